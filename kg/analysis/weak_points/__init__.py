"""On which nodes of a network much rests."""
