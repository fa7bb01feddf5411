"""The pages of this room, each in the file of its noun."""
