"""Derived facts: the updates of `queries/rules/`, run until none of them adds anything."""

from __future__ import annotations

from kg.errors import BadQuery, QueryFileError
from kg.project import Project, read_text
from kg.store.oxigraph import OxigraphStore

_ROUNDS = 50


def run_rules(project: Project, store: OxigraphStore) -> int:
    """Run all rules to a fixpoint and say how many quads they added.

    Raises:
        QueryFileError: a rule does not parse or is not UTF-8, or the rules still add facts after 50 rounds.
    """
    rules = [
        (name, read_text(path, f"queries/{name}", QueryFileError))
        for name, path in project.files("queries", "rules/*.ru")
    ]
    start = size = len(store)
    for _ in range(_ROUNDS):
        for name, text in rules:
            try:
                store.update(text)
            except BadQuery as error:
                raise QueryFileError(f"queries/{name}: {error}") from None
        if len(store) == size:
            return size - start
        size = len(store)
    raise QueryFileError(
        f"the rules still add facts after {_ROUNDS} rounds. Look for one that makes new terms from its own results"
    )
