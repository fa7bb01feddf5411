"""Rules of quality: read as data, checked by small pure functions."""
