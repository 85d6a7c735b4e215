"""The `#+` lines on top of a query file: what it asks, its parameters and what it returns.

Texts may be given in Chinese too, for pages that are read in Chinese: `summary_zh`, `question_zh`, and `description_zh`
of a parameter. `picture` names the analysis whose picture shows what the question asks, where there is one.

They are YAML, in the manner of grlc's decorators (Meroño-Peñuela and Hoekstra 2016, doi:10.1007/978-3-319-47602-5_48).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

import yaml

from kg.errors import QueryFileError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEYS = {"summary", "summary_zh", "question", "question_zh", "parameters", "returns", "tags", "picture"}
_FORMS: tuple[tuple[str, type, str], ...] = (
    ("summary_zh", str, "text"),
    ("question_zh", str, "text"),
    ("picture", str, "text"),
    ("parameters", list, "list"),
    ("returns", dict, "map"),
    ("tags", list, "list"),
)
_VARIABLE = re.compile(r"[A-Za-z_]\w*")
_TYPE = re.compile(r"[a-z0-9-]+(\|[a-z0-9-]+)*")
_PARAMETER_KEYS = {"name", "type", "description", "description_zh", "required"}


@dataclass(frozen=True)
class Parameter:
    """A parameter: its name, its type (a kind of thing, or string, integer, number) and what it is.

    The Chinese text is empty where the file gives none.
    """

    name: str
    type: str
    description: str
    required: bool = True
    description_zh: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of things that it takes; empty for plain values."""
        return () if self.type in ("string", "integer", "number") else tuple(self.type.split("|"))


@dataclass(frozen=True)
class Header:
    """What a query file says of itself; its Chinese texts and its picture are empty where it gives none."""

    summary: str
    question: str = ""
    parameters: tuple[Parameter, ...] = ()
    returns: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    summary_zh: str = ""
    question_zh: str = ""
    picture: str = ""


@lru_cache(maxsize=1_000)
def read_header(text: str, name: str) -> Header:
    """Read the header of a query file.

    Args:
        text: the whole file.
        name: what to call the file in errors.

    Raises:
        QueryFileError: the YAML is malformed, a key is unknown or of the wrong form, or the summary is missing.

    >>> read_header("#+ summary: Stages\\nSELECT * {}", "x.rq").summary
    'Stages'
    """
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    try:
        data = yaml.load("\n".join(lines), Loader=_LOADER) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" at header line {where.line + 1}" if where else ""
        raise QueryFileError(f"{name}: the #+ header is not YAML{line}. Quote texts that hold a colon") from None
    if not isinstance(data, dict) or not data.get("summary"):
        raise QueryFileError(f"{name}: no summary in the #+ header. Add `#+ summary: ...` as the first line")
    if unknown := sorted(set(data) - _KEYS, key=str):
        raise QueryFileError(f"{name}: unknown key {unknown[0]} in the #+ header. Known: {', '.join(sorted(_KEYS))}")
    for key, kind, form in _FORMS:
        if not isinstance(data.get(key) or kind(), kind):
            raise QueryFileError(f"{name}: {key} is not a {form}. Write it as in the other files of queries/")
    parameters = tuple(_parameter(item, name) for item in data.get("parameters") or ())
    names = [parameter.name for parameter in parameters]
    if twice := [each for each in names if names.count(each) > 1]:
        raise QueryFileError(f"{name}: two parameters are called {twice[0]}. Give each a name of its own")
    return Header(
        summary=str(data["summary"]),
        question=str(data.get("question", "")),
        parameters=parameters,
        returns={str(k): str(v) for k, v in (data.get("returns") or {}).items()},
        tags=tuple(str(tag) for tag in data.get("tags") or ()),
        summary_zh=data.get("summary_zh") or "",
        question_zh=data.get("question_zh") or "",
        picture=data.get("picture") or "",
    )


def _parameter(item: object, name: str) -> Parameter:
    if not isinstance(item, dict) or not {"name", "type", "description"} <= set(item):
        raise QueryFileError(f"{name}: a parameter needs name, type and description. Got: {item}")
    if unknown := sorted(set(item) - _PARAMETER_KEYS, key=str):
        raise QueryFileError(
            f"{name}: unknown key {unknown[0]} in a parameter. Known: {', '.join(sorted(_PARAMETER_KEYS))}"
        )
    if not _VARIABLE.fullmatch(str(item["name"])):
        raise QueryFileError(f"{name}: {item['name']!r} is no name of a variable. Use letters, digits and _")
    if not _TYPE.fullmatch(str(item["type"])):
        raise QueryFileError(
            f"{name}: {item['type']!r} is no type. Use string, integer, number, thing or kinds: place|actor"
        )
    required = item.get("required", True)
    if not isinstance(required, bool):
        raise QueryFileError(f"{name}: required is true or false. Got: {required!r}")
    chinese = item.get("description_zh") or ""
    if not isinstance(chinese, str):
        raise QueryFileError(f"{name}: description_zh of a parameter is not a text. Got: {chinese!r}. Quote it")
    return Parameter(str(item["name"]), str(item["type"]), str(item["description"]), required, chinese)
