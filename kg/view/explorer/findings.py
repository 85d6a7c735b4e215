"""What the page's list of findings holds: each finding by the numbers of its terms, as the graph has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg.analysis.chains import read_chains
from kg.analysis.facts import Facts, Record
from kg.view.explorer.quads import Quads
from kg.view.report.model import options_of


def findings(facts: Facts, quads: Quads) -> dict[str, Any]:
    """All findings, the worst first.

    Returns: `kinds`, pairs of a term and the last word of its IRI; `methods`, names of analyses; `commands`, texts;
        `places` and `chains`, terms of those that findings are about, clusters among the places; and columns of equal
        length: `finding`, terms; `kind`, `method` and `command`, places in these lists; `severity`, in thousandths;
        `explanation`, a literal; `about` and `passages`, lists of terms.
    """
    rows = sorted(
        facts.ask("findings"), key=lambda r: (-float(str(r["severity"])), str(r["kind"]), int(str(r["order"])))
    )
    kinds = _places(rows, lambda r: str(r["kind"]))
    methods = _places(rows, lambda r: str(r["method"]))
    commands = _places(rows, _command)
    about = {thing for row in rows for thing in _words(row, "about")}
    return {
        "kinds": [[quads.number(iri), iri.rpartition("/")[2]] for iri in kinds],
        "methods": list(methods),
        "places": quads.all(sorted({str(row["thing"]) for row in facts.ask("comparable-things")} & about)),
        "chains": quads.all(sorted({*read_chains(facts)} & about)),
        "commands": list(commands),
        "finding": [quads.number(str(r["finding"])) for r in rows],
        "kind": [kinds[str(r["kind"])] for r in rows],
        "method": [methods[str(r["method"])] for r in rows],
        "command": [commands[_command(r)] for r in rows],
        "severity": [round(float(str(r["severity"])) * 1000) for r in rows],
        "explanation": [quads.text(str(r["explanation"])) for r in rows],
        "about": [quads.all(_words(r, "about")) for r in rows],
        "passages": [quads.all(_words(r, "passages")) for r in rows],
    }


def _words(row: Record, column: str) -> list[str]:
    return str(row[column] or "").split()


def _command(row: Record) -> str:
    """How the analysis finds it again."""
    return f"kg {row['method']} {options_of(str(row['parameters'] or ''))}".rstrip()


def _places(rows: list[Record], value: Callable[[Record], str]) -> dict[str, int]:
    """The different values of rows, sorted, and the place of each."""
    return {found: place for place, found in enumerate(sorted({value(row) for row in rows}))}
