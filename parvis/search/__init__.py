"""The search hall: a registry of sources, one index, one query language. It knows no room."""
