"""What a measure says of itself: name, formula, convention, columns with units, references, all from its docstring."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, cast, get_args, get_origin, get_type_hints

from kg.errors import BadTable, UnknownName, UseError

if TYPE_CHECKING:
    from pandas import DataFrame

P = ParamSpec("P")

_SECTION = re.compile(r"^(Plain|Convention|Args|Returns|Degenerate|Warns|Raises|References)\s*:[ \t]*", re.MULTILINE)
_MATH = re.compile(r"^\.\. math::[ \t]*(.*?)(?=\n\S|\n\n(?!    )|\Z)", re.MULTILINE | re.DOTALL)
_COLUMN = re.compile(r"^\w+(?:, \w+)*(?: \[[^\]]+\])?:\s")
_AS_IN = re.compile(r"as in `(\w+)`\.")
_WRITTEN = {"ahp": "AHP", "kmo": "KMO", "t": "T", "l": "L", "gini": "Gini", "glaeser": "Glaeser"}
"""Words of names that are not written in small letters."""
_EXAMPLE = re.compile(r"^>>> ", re.MULTILINE)
_PLAIN: Mapping[type, tuple[tuple[type, ...], str]] = {
    str: ((str,), "text"),
    bool: ((bool,), "truth value"),
    int: ((Integral,), "whole number"),
    float: ((Real,), "number"),
}
"""What is taken for each type of a parameter, and what it is called."""


@dataclass(frozen=True)
class Described:
    """A column of the answer, or an argument.

    Args:
        name: of the column or argument.
        meaning: what it is.
        unit: 1 for a number without unit, `value` for the unit of the table's values; none for text and arguments.
    """

    name: str
    meaning: str
    unit: str | None = None


@dataclass(frozen=True)
class Measure:
    """A measure, as its function describes itself.

    Args:
        function: computes it.
        name: as it is typed in a command.
        family: the package that it is in.
        summary: the first sentence.
        formulas: LaTeX, one or more.
        plain: the formula in one line of plain text.
        convention: which of several readings in the literature this is, and what counts as zero.
        arguments: what it is given.
        shape: what a row of the answer is.
        columns: the columns of the answer that hold what was measured.
        degenerate: what becomes of data for which it is not defined.
        references: publications, with DOI where there is one.
        example: a session of Python.
    """

    function: Callable[..., DataFrame]
    name: str
    family: str
    summary: str
    formulas: tuple[str, ...]
    plain: str
    convention: str
    arguments: tuple[Described, ...]
    shape: str
    columns: tuple[Described, ...]
    degenerate: str
    references: tuple[str, ...]
    example: str

    @property
    def title(self) -> str:
        """The name as a heading."""
        words = [_WRITTEN.get(word, word) for word in self.name.split("-")]
        return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """The values that each option allows, of the options that choose one of several conventions."""
        hints = _hints(self.function).items()
        return {name: get_args(hint) for name, hint in hints if name != "return" and get_origin(hint) is Literal}

    @property
    def units(self) -> dict[str, str]:
        """The unit of each column that was measured."""
        return {column.name: column.unit for column in self.columns if column.unit is not None}


def unit_in_words(unit: str) -> str:
    """A unit of a column as a reader sees it.

    >>> unit_in_words("value/km"), unit_in_words("%")
    ('the unit of the values/km', 'per cent')
    """
    return "per cent" if unit == "%" else re.sub(r"\bvalue\b", "the unit of the values", unit)


def measure(function: Callable[P, DataFrame]) -> Callable[P, DataFrame]:
    """Mark a function as a measure: its answer carries its name, the units of its columns and what it was told.

    They are in the frame's `attrs`: `measure`, `units`, and `options` for what differs from the defaults and for every
    choice of a convention, which a number without it would leave open.
    The docstring has, besides a first sentence, `.. math::` and `Plain:` (the formula), `Convention:`, `Args:`,
    `Returns:` (what a row is; then `column [unit]: meaning`), `Degenerate:`, `References:` and an example. An argument
    may be "as in" a class such as `Columns`, which describes those that many measures take. Tables and
    options are checked on every call against the types of the parameters.
    """
    signature = inspect.signature(function)

    @wraps(function)
    def measured(*args: P.args, **options: P.kwargs) -> DataFrame:
        bound = signature.bind(*args, **options)
        told = bound.arguments
        for name, given in told.items():
            told[name] = _checked(name, given, _hints(function)[name])
        frame = function(*bound.args, **bound.kwargs)
        described = describe(measured)
        defaults = {name: parameter.default for name, parameter in signature.parameters.items()}
        chosen = {name: told.get(name, default) for name, default in defaults.items()}
        frame.attrs = {
            "measure": described.name,
            "units": described.units,
            "options": {
                name: str(given)
                for name, given in chosen.items()
                if name in described.choices or (not hasattr(given, "columns") and given != defaults[name])
            },
        }
        return frame

    measured.is_measure = True  # type: ignore[attr-defined]
    return cast("Callable[P, DataFrame]", measured)


@cache
def _hints(function: Callable[..., DataFrame]) -> dict[str, Any]:
    import pandas as pd

    return get_type_hints(function, localns={"pd": pd})


def _checked(name: str, given: Any, hint: Any) -> Any:
    """An argument, of the type of its parameter; an index that is called like a column loses its name.

    Raises:
        UnknownName: it is not among the values that are allowed.
        UseError: it is of another type.
        BadTable: it is a frame with several rows of headings.
    """
    from pandas import DataFrame

    if get_origin(hint) is Literal:
        if not isinstance(given, str):
            raise UseError(f"{name} is {given!r}, which is no text. Write one of {', '.join(get_args(hint))} as text")
        if given not in get_args(hint):
            raise UnknownName(name, str(given), get_args(hint), f"There are: {', '.join(get_args(hint))}")
        return given
    kinds = get_args(hint) or (hint,)
    if given is None and type(None) in kinds:
        return given
    if DataFrame in kinds:
        if not isinstance(given, DataFrame):
            raise UseError(f"{name} is of type {type(given).__name__}, no frame. Read the table with pandas first")
        if given.columns.nlevels > 1:
            raise BadTable(f"{name} has {given.columns.nlevels} rows of headings. Give each column one name")
        double = set(given.index.names) & set(given.columns)
        return given.rename_axis([None] * given.index.nlevels) if double else given
    for kind, (known, words) in _PLAIN.items():
        if kind in kinds and (not isinstance(given, known) or (isinstance(given, bool) and kind is not bool)):
            raise UseError(f"{name} is {given!r}, which is no {words}. Give a {words}")
    return given


@cache
def describe(function: Callable[..., DataFrame]) -> Measure:
    """Read a measure's docstring.

    Args:
        function: marked by `measure`.
    """
    text = inspect.getdoc(function) or ""
    example = _EXAMPLE.search(text)
    shown = text[example.start() :] if example else ""
    text = text[: example.start()] if example else text
    head, sections = _sections(text)
    shape, columns = _returns(sections.get("Returns", ""))
    return Measure(
        function,
        function.__name__.replace("_", "-"),
        function.__module__.split(".")[2],
        head.partition("\n\n")[0].replace("\n", " ").strip(),
        tuple(_joined(match[1]) for match in _MATH.finditer(text)),
        _joined(sections.get("Plain", "")),
        _prose(sections.get("Convention", "")),
        tuple(_arguments(function, sections.get("Args", ""))),
        shape,
        columns,
        _prose(sections.get("Degenerate", "")),
        tuple(_joined(item.removeprefix("- ")) for item in _blocks(sections.get("References", ""))),
        shown.strip(),
    )


def _sections(text: str) -> tuple[str, dict[str, str]]:
    """What stands before the first section of a docstring, and the sections by name."""
    starts = list(_SECTION.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    sections = {match[1]: text[match.end() : end].strip("\n") for match, end in zip(starts, ends, strict=True)}
    return text[: starts[0].start()] if starts else text, sections


def _arguments(function: Callable[..., DataFrame], text: str) -> Iterator[Described]:
    """The arguments; what is `as in` a class that the module uses is described there, once for many measures."""
    for item in _items(text):
        if match := _AS_IN.fullmatch(item.meaning):
            shared = inspect.getdoc(inspect.unwrap(function).__globals__[match[1]]) or ""
            yield next(other for other in _items(_sections(shared)[1]["Args"]) if other.name == item.name)
        else:
            yield item


def _returns(text: str) -> tuple[str, tuple[Described, ...]]:
    first, _, rest = text.partition("\n")
    lines = rest.split("\n") if rest else []
    while lines and lines[0].strip() and not _COLUMN.match(lines[0].strip()):
        first += f" {lines.pop(0).strip()}"
    return first.strip().rstrip(",:"), tuple(_items("\n".join(lines)))


def _items(text: str) -> list[Described]:
    found = []
    for block in _blocks(text):
        names, _, meaning = block.partition(":")
        for name in names.partition("[")[0].split(","):
            match = re.search(r"\[([^\]]+)\]", names)
            found.append(Described(name.strip(), _joined(meaning), match[1] if match else None))
    return found


def _blocks(text: str) -> list[str]:
    """Entries of a section: each starts at the section's own indentation, its further lines are deeper."""
    lines = [line for line in inspect.cleandoc(f"\n{text}").split("\n") if line.strip()]
    blocks: list[str] = []
    for line in lines:
        if line.startswith(" ") and blocks:
            blocks[-1] += f"\n{line}"
        else:
            blocks.append(line)
    return blocks


def _joined(text: str) -> str:
    return " ".join(text.split())


def _prose(text: str) -> str:
    """Paragraphs of a section, each in one line."""
    return "\n\n".join(_joined(part) for part in re.split(r"\n[ \t]*\n", text) if part.strip())
