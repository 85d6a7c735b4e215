"""Engines behind one small protocol: `oxigraph.py` embedded, one folder of generations on disk (`folder.py`)."""
