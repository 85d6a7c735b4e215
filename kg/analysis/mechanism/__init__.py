"""How factors act on one another."""
