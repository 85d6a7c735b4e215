"""Which facts break a rule."""
