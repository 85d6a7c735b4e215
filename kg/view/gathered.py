"""What the graph answers about one thing, asked in one place for pages, fragments and models alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.names import Prefixes, is_iri
from kg.query.catalogue import Catalogue
from kg.query.lookup import NAMES
from kg.store.answers import IRI, Solutions, Store, Value
from kg.view.report.tables import Passages

LABELS = "labels-in-both-languages"
_TERMS = "iis"
"""The prefix of the terms of the ontology."""
_SOURCES = "source"
"""The prefix of sources, behind which a # and the name of a passage may follow."""
_HEADINGS = {
    "basis": "依据",
    "chinese": "中文",
    "condition": "条件",
    "count": "数量",
    "detail": "详情",
    "direction": "方向",
    "english": "英文",
    "fact": "事实",
    "from": "从",
    "issue": "数据问题",
    "kind": "类别",
    "label": "名称",
    "name": "名称",
    "other": "另一方",
    "part": "部分",
    "qualifier": "限定语",
    "regarding": "针对",
    "relation": "关系",
    "role": "角色",
    "state": "状态",
    "target": "对象",
    "thing": "事物",
    "to": "到",
    "whole": "整体",
    "year": "年份",
}
"""Columns that are no terms of an ontology, in Chinese."""


@dataclass(frozen=True)
class Known:
    """What is known of the things that facts speak of.

    Args:
        labels: English and Chinese label by IRI; either may be empty.
        passages: by IRI.
    """

    labels: Mapping[str, tuple[str, str]]
    passages: Passages


@dataclass(frozen=True)
class Gathered:
    """A thing and what the graph answers about it.

    Args:
        iri: of the thing.
        facts: the answer of facts-about.
        findings: that of findings-about.
        issues: that of issues-about.
        names: those that the thing has, with its codes.
        known: labels and passages of what these speak of.
    """

    iri: str
    facts: Solutions
    findings: Solutions
    issues: Solutions
    names: tuple[str, ...]
    known: Known


@dataclass(frozen=True)
class Gathering:
    """Asks questions about things that are known by their IRIs.

    Args:
        store: the graph.
        catalogue: its questions.
        prefixes: of compact IRIs.
    """

    store: Store
    catalogue: Catalogue
    prefixes: Prefixes

    def about(self, iri: str, facts: Solutions | None = None) -> Gathered:
        """All about a thing.

        Args:
            iri: the thing.
            facts: the answer of facts-about, where it was asked already.
        """
        facts = self._answer("facts-about", [iri]) if facts is None else facts
        findings, issues = (self._answer(name, [iri]) for name in ("findings-about", "issues-about"))
        cited = {word for answer in (findings, issues) for row in answer for word in str(row["passages"] or "").split()}
        values = {value for row in facts.rows for value in row if isinstance(value, IRI)}
        cited |= {value for value in values if "#" in value and self.prefixes.kind(value) == _SOURCES}
        things = {str(value) for value in values if value not in cited}
        things |= {str(row["kind"]) for answer in (findings, issues) for row in answer}
        names = tuple(dict.fromkeys(str(row["name"]) for row in self._answer(NAMES, [iri])))
        known = Known(self.labels({iri, *things}), self.passages(sorted(cited)))
        return Gathered(iri, facts, findings, issues, names, known)

    def labels(self, things: Iterable[str]) -> dict[str, tuple[str, str]]:
        """English and Chinese labels of things."""
        wanted = sorted(thing for thing in things if is_iri(thing))
        rows = self._answer(LABELS, wanted) if wanted else ()
        return {str(row["thing"]): (str(row["english"] or ""), str(row["chinese"] or "")) for row in rows}

    def in_chinese(self, answer: Solutions) -> Solutions:
        """An answer with Chinese labels beside its IRIs, where there are any."""
        names = answer.variables
        pairs = [
            (names.index(thing), column)
            for column, name in enumerate(names)
            if (thing := name.removesuffix("_label")) != name and thing in names
        ]
        labels = self.labels({str(row[at]) for row in answer.rows for at, _ in pairs if row[at] is not None})
        rows: list[tuple[Value | None, ...]] = []
        for row in answer.rows:
            cells = list(row)
            for at, column in pairs:
                cells[column] = labels.get(str(row[at]), ("", ""))[1] or row[column]
            rows.append(tuple(cells))
        return replace(answer, rows=rows)

    def headings(self, english: Iterable[str]) -> dict[str, str]:
        """Headings of columns in Chinese: as the terms of the ontology that have their names, as far as there are."""
        terms = {words: self._terms(words) for words in english}
        labels = self.labels({term for those in terms.values() for term in those})
        return {
            words: next((labels[term][1] for term in those if labels.get(term, ("", ""))[1]), "")
            or next((_HEADINGS[form] for form in _forms(words) if form in _HEADINGS), words)
            for words, those in terms.items()
        }

    def _terms(self, words: str) -> list[str]:
        """The classes and properties that may be meant by a heading."""
        namespace, found = self.prefixes.mapping[_TERMS], []
        for form in _forms(words):
            joined = "".join(f"{word[:1].upper()}{word[1:]}" for word in form.split())
            found += [f"{namespace}{joined}", f"{namespace}{joined[:1].lower()}{joined[1:]}"]
        return found

    def passages(self, wanted: Iterable[str] | None = None) -> Passages:
        """Passages; all of them where none is named."""
        return Passages.read(self.store, self.catalogue["passages"], self.prefixes, wanted)

    def _answer(self, name: str, things: Iterable[str]) -> Solutions:
        query = self.catalogue[name]
        parameter = query.header.parameters[0].name
        return query.in_order(self.store.select(query.bound({parameter: [IRI(thing) for thing in things]})))


def _forms(words: str) -> tuple[str, str]:
    """A heading as it is, and in the singular.

    >>> _forms("industries"), _forms("in place")
    (('industries', 'industry'), ('in place', 'in place'))
    """
    return words, f"{words[:-3]}y" if words.endswith("ies") else words.removesuffix("s")
