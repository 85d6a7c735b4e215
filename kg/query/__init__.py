"""Questions: `header.py` (what a file says of itself), `parameters.py` (terms put in), `catalogue.py` (all of them)."""
