"""`kg rules`: breaches of rules."""

from __future__ import annotations

from kg.analysis.facts import Facts
from kg.analysis.result import EVERYTHING, Analysis, Scope, Table

METHOD = "rules"


def analyse(facts: Facts, scope: Scope = EVERYTHING) -> Analysis:
    """Breaches of rules."""
    assert facts
    table = Table("breaches", "Breaches of rules", "Each row is one.", {"what": "what"}, ())
    return Analysis(METHOD, "Breaches of rules", scope.parameters, (table,))
