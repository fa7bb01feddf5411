"""What is published and frozen: the rows of an edition, and what is different from the one before."""
