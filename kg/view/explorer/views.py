"""What the page's views hold beside the graph: one function for each, called with the facts and the numbered quads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg.analysis.facts import Facts
from kg.view.explorer.details import details
from kg.view.explorer.quads import Quads

VIEWS: dict[str, Callable[[Facts, Quads], Any]] = {
    "details": details,
}
"""By the name of the block; each gives what JSON can hold, with terms by their numbers."""
