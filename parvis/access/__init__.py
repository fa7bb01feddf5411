"""Access requests: what a person asks of an institution, and the case that it becomes, with its statutory clock."""
