"""Small pages: a question with its answer, a thing with what is said of it, a finding with what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kg.analysis.facts import Facts
from kg.analysis.methods import METHODS
from kg.analysis.result import Finding
from kg.query.catalogue import Query
from kg.store.answers import Solutions
from kg.view.fragments.said import Relation, said
from kg.view.fragments.settings import Settings
from kg.view.fragments.words import WORDS
from kg.view.gathered import LABELS, Gathering
from kg.view.pages import environment, policy
from kg.view.plots import Picture
from kg.view.report.model import sections
from kg.view.report.tables import Passage, Passages, table

if TYPE_CHECKING:
    import jinja2

SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
"""What a frame with a fragment may: open a link that the reader follows, in a window of its own."""

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_FINDINGS = 8


@dataclass(frozen=True)
class Source:
    """A source that a page names: its name, its title, and where it is to be read."""

    name: str
    title: str
    link: str


@dataclass(frozen=True)
class Page:
    """A page and its title."""

    title: str
    html: str


def question_page(
    facts: Facts,
    query: Query,
    solutions: Solutions,
    given: Mapping[str, str],
    settings: Settings = Settings(),  # noqa: B008
    picture: Picture | None = None,
) -> Page:
    """The page of a question and its answer.

    Args:
        facts: the graph.
        query: the question.
        solutions: its answer.
        given: its parameters as they were typed.
        settings: how it is to look.
        picture: that shows the same.
    """
    shown = replace(solutions, rows=solutions.rows[: settings.rows])
    gathering = Gathering(facts.store, facts.catalogue, facts.prefixes)
    if settings.language == "zh":
        shown = gathering.in_chinese(shown)
    cited = {word for row in solutions.rows[: settings.rows] for cell in row for word in str(cell or "").split()}
    passages = _passages(facts, (word for word in cited if "://" in word))
    answer = table(query, shown, passages, facts.prefixes)
    header = query.header
    chinese = settings.language == "zh"
    if chinese:
        headings = gathering.headings(words for words, _ in answer.columns)
        answer = replace(answer, columns=tuple((headings[words], meaning) for words, meaning in answer.columns))
    return _page(
        facts,
        settings,
        {p for row in answer.rows for p in row.passages},
        form="question",
        title=(header.summary_zh if chinese else "") or header.summary,
        question=(header.question_zh if chinese else "") or header.question,
        given=given,
        picture=picture,
        table=answer,
        left=len(solutions) - len(shown),
    )


def thing_page(facts: Facts, iri: str, settings: Settings = Settings()) -> Page:  # noqa: B008
    """The page of a thing and what is said of it.

    Args:
        facts: the graph.
        iri: the thing.
        settings: how it is to look.
    """
    thing = said(facts, iri, settings.language)
    total = sum(len(relation.statements) for relation in (*thing.facts, *thing.pointing))
    forward = _first(thing.facts, settings.rows)
    pointing = _first(thing.pointing, settings.rows - _count(forward))
    thing = replace(thing, facts=forward, pointing=pointing, findings=thing.findings[:_FINDINGS])
    return _page(
        facts,
        settings,
        thing.passages,
        form="thing",
        title=thing.label,
        thing=thing,
        left=total - _count(forward) - _count(pointing),
    )


def finding_page(facts: Facts, finding: Finding, settings: Settings = Settings()) -> Page:  # noqa: B008
    """The page of a finding: what it says, what its severity is made of, and the passages that it rests on.

    Args:
        facts: the graph.
        finding: as its analysis gives it.
        settings: how it is to look.
    """
    labels = _chinese(facts) if settings.language == "zh" else {}
    passages = _passages(facts, finding.passages).of(finding.passages)
    return _page(
        facts,
        settings,
        passages,
        form="finding",
        title=finding.label,
        finding=finding,
        about=[labels.get(iri) or facts.label(iri) for iri in finding.about],
        method=METHODS.get(finding.method, ""),
        passages=passages,
    )


def framed(page: Page, settings: Settings = Settings()) -> str:  # noqa: B008
    """A fragment of HTML that shows a page in a frame, wherever it is pasted.

    >>> framed(Page("A & B", "<p>a</p>")).startswith('<iframe title="A &amp; B" sandbox=')
    True
    """
    return _frame(page.title, settings, f'srcdoc="{escape(page.html, quote=True)}"')


def framed_at(address: str, title: str, settings: Settings = Settings()) -> str:  # noqa: B008
    """A fragment of HTML that shows a page of a server in a frame.

    >>> 'src="https://example.org/embed/id/place/baoji"' in framed_at(
    ...     "https://example.org/embed/id/place/baoji", "Baoji"
    ... )
    True
    """
    return _frame(title, settings, f'src="{escape(address, quote=True)}"')


def _frame(title: str, settings: Settings, content: str) -> str:
    style = f"width: 100%; height: {settings.height}px; border: 1px solid #8886; border-radius: 6px"
    return (
        f'<iframe title="{escape(title, quote=True)}" sandbox="{SANDBOX}" loading="lazy" '
        f'referrerpolicy="no-referrer" style="{style}" {content}></iframe>\n'
    )


def is_link(value: str) -> bool:
    """Whether a text is an address that a reader may follow: of the web, and nothing else.

    >>> is_link("https://example.org/a"), is_link("javascript:alert(1)//https://example.org")
    (True, False)
    """
    return _LINK.fullmatch(value) is not None


def _page(facts: Facts, settings: Settings, cited: Iterable[Passage], *, title: str, **content: Any) -> Page:
    title = settings.title or title
    html = _template().render(
        title=title,
        language=settings.language,
        words=WORDS[settings.language],
        policy=policy(),
        sources=_sources(facts, cited),
        **content,
    )
    return Page(title, html)


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    """The template of all pages, compiled once."""
    engine = environment(Path(__file__).parent)
    engine.tests["link"] = is_link
    engine.filters["sections"] = sections
    engine.filters["drawn"] = _drawn
    return engine.get_template("page.html")


def _drawn(picture: Picture) -> Markup:
    """A picture, which is drawn as a tree, so that nothing in it can be markup of another's."""
    return Markup(picture.svg)


def _sources(facts: Facts, cited: Iterable[Passage]) -> list[Source]:
    """The sources of passages, with a link where they have a DOI."""
    named = {passage.source for passage in cited}
    found = []
    for row in facts.ask("sources"):
        name = facts.prefixes.shorten(str(row["source"])).partition(":")[2]
        if name in named:
            doi = str(row["doi"] or "")
            found.append(Source(name, str(row["source_label"]), doi and f"https://doi.org/{doi}"))
    return found


def _passages(facts: Facts, iris: Iterable[str]) -> Passages:
    return Passages.read(facts.store, facts.catalogue["passages"], facts.prefixes, sorted(set(iris)))


def _chinese(facts: Facts) -> dict[str, str]:
    return {str(row["thing"]): str(row["chinese"]) for row in facts.ask(LABELS) if row["chinese"]}


def _count(relations: Iterable[Relation]) -> int:
    return sum(len(relation.statements) for relation in relations)


def _first(relations: Iterable[Relation], most: int) -> tuple[Relation, ...]:
    """Relations with so many statements at most; none gets more than it takes for all to be shown."""
    found = list(relations)
    kept = [0] * len(found)
    while most > 0 and any(k < len(r.statements) for k, r in zip(kept, found, strict=True)):
        for index, relation in enumerate(found):
            if most > 0 and kept[index] < len(relation.statements):
                kept[index] += 1
                most -= 1
    return tuple(replace(r, statements=r.statements[:k]) for k, r in zip(kept, found, strict=True) if k)
