"""The ontology (`ontology.py`), what is well formed (`shapes.py`), and the reasoner (`reasoner.py`)."""
