"""The explorer: one HTML file that holds a graph, shows it, and answers SPARQL without a network."""

from kg.view.explorer.page import write_explorer

__all__ = ["write_explorer"]
