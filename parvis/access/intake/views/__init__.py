"""The pages of asking and of following."""
