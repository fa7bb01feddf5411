"""What people enter about services, each form in the file of its noun."""
