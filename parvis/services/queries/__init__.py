"""Reads of this room, for pages, the API, exports and the rooms above."""
