"""What institutions have released, and what they hold."""
