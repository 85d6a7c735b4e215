"""Hygiene: queries whose rows are faults of the ontology or of the graph (`queries/hygiene/`)."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import BadQuery, QueryFileError
from kg.project import Project
from kg.query.catalogue import Catalogue, Query
from kg.store.answers import Solutions, Store


@dataclass(frozen=True)
class HygieneResult:
    """What one hygiene query found."""

    query: Query
    faults: Solutions

    @property
    def is_error(self) -> bool:
        """Whether its rows are errors; else they are warnings."""
        return "error" in self.query.header.tags


def run_hygiene(store: Store, project: Project) -> list[HygieneResult]:
    """Run all hygiene queries, errors first.

    Raises:
        QueryFileError: one of them does not parse.
    """
    results = []
    for query in Catalogue.read(project, "hygiene").values():
        try:
            results.append(HygieneResult(query, store.select(query.text)))
        except BadQuery as error:
            raise QueryFileError(f"queries/hygiene/{query.path.name}: {error}") from None
    return sorted(results, key=lambda result: (not result.is_error, result.query.name))
