"""The law engine: statutory time and grounds as data. Pure Python, usable on its own."""
