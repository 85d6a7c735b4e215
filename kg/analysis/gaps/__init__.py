"""Which links of a chain a place lacks."""
