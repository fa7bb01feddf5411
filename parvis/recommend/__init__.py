"""What was already asked, and who likely holds it."""
