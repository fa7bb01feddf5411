"""The kit for files of rows: reading them, repairing their letters, writing many rows at once, saying what was odd."""
