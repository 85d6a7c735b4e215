"""Which industries and which fields of universities ought to be connected."""
