"""All questions: every file of `queries/` outside `rules/`, `hygiene/`, `networks/` and `reasoning/`, by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BadParameter, QueryFileError, UnknownName
from kg.project import Project, read_text
from kg.query.header import Header, read_header
from kg.query.parameters import bind, examples
from kg.store.answers import Solutions, Value

_CONCATENATED = re.compile(
    r"GROUP_CONCAT\([^()]*(?:\([^()]*\)[^()]*)*SEPARATOR=\"(?P<separator>[^\"]+)\"\)[^?]*AS \?(?P<name>\w+)\)"
)
_NOT_ASKED = ("rules", "hygiene", "networks", "reasoning")


@dataclass(frozen=True)
class Query:
    """A question: its name, the folder it lies in, its header and its text."""

    name: str
    group: str
    header: Header
    text: str
    path: Path

    @property
    def separators(self) -> dict[str, str]:
        """What stands between the parts of each concatenated column."""
        return {match["name"]: match["separator"] for match in _CONCATENATED.finditer(self.text)}

    @property
    def example(self) -> dict[str, str]:
        """The values of its parameters in the file, as a user would give them; without those that it has none for."""
        found = examples(self.text)
        return {p.name: ",".join(found[p.name]) for p in self.header.parameters if found.get(p.name)}

    def in_order(self, solutions: Solutions) -> Solutions:
        """The answer with the parts of concatenated columns sorted; engines concatenate in any order."""
        columns = [self.separators.get(name) for name in solutions.variables]
        if not any(columns):
            return solutions
        rows = [
            tuple(
                separator.join(sorted(value.split(separator))) if separator and isinstance(value, str) else value
                for separator, value in zip(columns, row, strict=True)
            )
            for row in solutions.rows
        ]
        return Solutions(solutions.variables, rows)

    def bound(self, values: Mapping[str, Iterable[Value] | None]) -> str:
        """The text with values for its parameters; the lines of those not given are taken out.

        Raises:
            UnknownName: a value for a parameter that the query does not have.
            BadParameter: a required parameter has no value.
        """
        known = {parameter.name: parameter for parameter in self.header.parameters}
        for name in values:
            if name not in known:
                raise UnknownName(
                    f"parameter of {self.name}",
                    name,
                    known,
                    f"It takes: {', '.join(known)}" if known else "It takes none",
                )
        for parameter in known.values():
            if parameter.required and not values.get(parameter.name):
                raise BadParameter(
                    f"{self.name}: parameter {parameter.name} is missing ({parameter.description}). "
                    f"Add {parameter.name}=..."
                )
        full = {name: values.get(name) or None for name in known}
        return bind(self.text, known.values(), full, self.path.name)


class Catalogue(Mapping[str, Query]):
    """The questions of a project by name.

    >>> from kg.project import Project, read_text
    >>> Catalogue.read(Project.find())["stages-in-order"].group
    'chains'
    """

    def __init__(self, queries: Mapping[str, Query]) -> None:
        self._queries = dict(queries)

    @classmethod
    def read(cls, project: Project, folder: str = "") -> Catalogue:
        """Read all questions, or those of one folder of `queries/` (which may be `networks` or `hygiene`).

        Raises:
            QueryFileError: a header is malformed, or two files have the same name.
        """
        found: dict[str, Query] = {}
        for relative, path in project.files("queries", "*/*.rq"):
            group, name = path.parent.name, path.stem
            if (folder and group != folder) or (not folder and group in _NOT_ASKED):
                continue
            if name in found:
                raise QueryFileError(f"queries/{relative}: there is a query {name} already. Give it another name")
            text = read_text(path, f"queries/{relative}", QueryFileError)
            found[name] = Query(name, group, read_header(text, f"queries/{relative}"), text, path)
        return cls(found)

    def __getitem__(self, name: str) -> Query:
        """The question of that name; its folder may stand before it, as in `evidence/data-issues`."""
        group, _, own = name.rpartition("/")
        query = self._queries.get(own)
        if query is None or group not in ("", query.group):
            raise UnknownName("query", name, self._queries, "`kg ask` without a name lists all")
        return query

    def __contains__(self, name: object) -> bool:
        return name in self._queries

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._queries, key=lambda n: (self._queries[n].group, n)))

    def __len__(self) -> int:
        return len(self._queries)
