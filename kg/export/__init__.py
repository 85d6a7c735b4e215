"""The graph in other forms: `rdf.py`."""
