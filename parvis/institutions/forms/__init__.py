"""What people enter about institutions, each form in the file of its noun."""
