"""All findings of the analyses, as rows of the table type `finding`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.load.mapping import MappingValue
from kg.project import Project
from kg.store.answers import Store


def find_all(store: Store, project: Project) -> Sequence[Mapping[str, MappingValue]]:
    """Run every analysis on the graph."""
    return []
