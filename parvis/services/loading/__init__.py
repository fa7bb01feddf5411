"""Files of the inventory, one after the other, through reading into the database."""
