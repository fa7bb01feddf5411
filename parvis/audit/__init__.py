"""The append-only trail of what happened: one table and append_event()."""
