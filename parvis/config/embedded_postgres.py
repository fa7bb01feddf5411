"""The embedded PostgreSQL: the wheel's own binaries under a supervisor of ours."""
