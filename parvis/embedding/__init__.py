"""The embedding engine: text in, vectors out. Pure Python, usable on its own."""
