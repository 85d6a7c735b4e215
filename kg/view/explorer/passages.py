"""Where each passage stands, by the numbers of terms."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from kg.analysis.facts import Facts
from kg.view.explorer.quads import Quads


def passages(facts: Facts, quads: Quads) -> Mapping[str, npt.NDArray[np.int64]]:
    """Columns of equal length, of numbers of terms: `passage`, `source`, and plus one `section` and `anchor`."""
    literals = {literal_text(term): number for number, term in enumerate(quads.terms) if term.startswith('"')}
    rows = facts.ask("passages")
    found = {
        (
            quads.number(str(row["passage"])),
            quads.number(str(row["source"])),
            literals.get(str(row["section"]), -1) + 1,
            literals.get(str(row["anchor"]), -1) + 1,
        )
        for row in rows
    }
    table = np.array(sorted(found), dtype=np.int64).reshape(-1, 4)
    return dict(zip(("passage", "source", "section", "anchor"), table.T, strict=True))


def literal_text(literal: str) -> str:
    """The text of a literal as N-Triples has it; which of several with the same text does not matter here."""
    body = literal[1 : literal.rindex('"')]
    return body if "\\" not in body else body.encode("ascii", "backslashreplace").decode("unicode_escape")
