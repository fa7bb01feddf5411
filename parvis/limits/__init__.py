"""How often one client may ask, counted across all processes."""
