"""What a scenario changes."""
