"""Where places do the same."""
