"""From cells to values: pure, no database."""
