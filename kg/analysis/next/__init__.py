"""What a place could add next."""
