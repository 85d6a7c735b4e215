"""The explorer: one HTML file that holds a graph, shows it, and answers SPARQL without a network."""

from kg.view.explorer.page import MOST_QUADS, Settings, Written, write_explorer
from kg.view.explorer.selection import EVERYTHING, Selection

__all__ = ["EVERYTHING", "MOST_QUADS", "Selection", "Settings", "Written", "write_explorer"]
