"""Carrying a whole file into the tables, chunk by chunk, so that a kill loses nothing."""
