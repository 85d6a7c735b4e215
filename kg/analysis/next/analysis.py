"""`kg next`: what a place could add next."""

from __future__ import annotations

from kg.analysis.facts import Facts
from kg.analysis.result import EVERYTHING, Analysis, Scope, Table

METHOD = "next"


def analyse(facts: Facts, scope: Scope = EVERYTHING) -> Analysis:
    """What a place could add next."""
    assert facts
    table = Table("suggestions", "What a place could add next", "Each row is one.", {"what": "what"}, ())
    return Analysis(METHOD, "What a place could add next", scope.parameters, (table,))
