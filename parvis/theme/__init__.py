"""Base pages, components and template tags."""
