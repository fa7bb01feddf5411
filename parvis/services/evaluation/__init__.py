"""Our figures held against the official results of the Government of Canada, row by row."""
