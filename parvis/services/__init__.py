"""The service inventory: what services there are, what they promise, and how they do."""
