"""Data at rest that neither the database nor a copy of it tells, under a key that can be renewed."""
