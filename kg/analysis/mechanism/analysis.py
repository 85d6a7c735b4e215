"""`kg mechanism`: how factors act on one another."""

from __future__ import annotations

from kg.analysis.facts import Facts
from kg.analysis.result import EVERYTHING, Analysis, Scope, Table

METHOD = "mechanism"


def analyse(facts: Facts, scope: Scope = EVERYTHING) -> Analysis:
    """How factors act on one another."""
    assert facts
    table = Table("loops", "How factors act on one another", "Each row is one.", {"what": "what"}, ())
    return Analysis(
        METHOD, "How factors act on one another", tuple(("place", place) for place in scope.places), (table,)
    )
