"""All findings of the analyses, as rows of the table type `finding`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.project import Project
from kg.store.answers import Store

Row = Mapping[str, str | int | list[str] | None]


def find_all(store: Store, project: Project) -> Sequence[Row]:
    """Run every analysis on the graph."""
    return []
