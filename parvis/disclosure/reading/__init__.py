"""Reading official files: pure functions from cells to values. No database."""
