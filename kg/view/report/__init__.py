"""The report: one page that opens offline, with findings first and the passages behind each."""

from __future__ import annotations

from pathlib import Path

from kg.project import Project
from kg.store.answers import Store
from kg.view.pages import environment, policy, write_page
from kg.view.report.model import Report, gather, sections

FIRST = 12


def write_report(store: Store, project: Project, path: Path) -> None:
    """Write the report of a graph.

    Args:
        store: the graph, with its findings.
        project: whose questions with the tag `report` are the sections.
        path: the file.

    Raises:
        UseError: the file cannot be written.
    """
    write_page(path, render(gather(store, project)))


def render(report: Report) -> str:
    """The page; it loads nothing and runs no script."""
    import markupsafe

    engine = environment(Path(__file__).parent)
    engine.filters["picture"] = markupsafe.Markup
    engine.filters["sections"] = sections
    return engine.get_template("template.html").render(report=report, policy=policy(), first=FIRST)
