"""The pages of docs/measures: one for each measure, made from its docstring, and an index by family."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping

from kg.measures import FAMILIES, catalogue
from kg.measures.measure import Described, Measure, unit_in_words


def measure_pages() -> Mapping[str, str]:
    """The pages by their path from the root of a checkout."""
    pages = {f"docs/measures/{name}.md": _page(measure) for name, measure in catalogue().items()}
    return {"docs/measures/README.md": _index(), **pages}


def _index() -> str:
    lines = [
        "# Measures\n",
        "Each is a function of a table, `kg.measures.NAME(frame)`, and a command, `kg measure NAME TABLE.csv`. Its "
        "page says which formula and which convention it follows, what becomes of data for which it is not defined, "
        "and after whom.",
    ]
    for family, title in FAMILIES.items():
        lines.append(f"\n## {title}\n\n| measure | what it says | formula |\n|---|---|---|")
        for name, found in catalogue().items():
            if found.family == family:
                lines.append(f"| [{name}]({name}.md) | {_cell(found.summary)} | {_cell(f'`{found.plain}`')} |")
    return "\n".join(lines) + "\n"


def _page(found: Measure) -> str:
    lines = [f"# {found.title}\n", f"{found.summary}\n"]
    lines += [f"```math\n{formula}\n```\n" for formula in found.formulas]
    lines += [f"In plain text: `{found.plain}`\n", f"## Convention\n\n{found.convention}\n"]
    lines += ["## Command\n", f"```\n{_command(found)}\n```\n", *_options(found)]
    shape = f"{found.shape[:1].upper()}{found.shape[1:]}"
    lines += [f"## Answer\n\n{shape}.\n", *_columns(found.columns)]
    lines += [f"## Where it is not defined\n\n{found.degenerate}\n"]
    function = found.name.replace("-", "_")
    lines += [f"## In Python\n\n```python\n>>> from kg.measures import {function}\n{found.example}\n```\n"]
    lines += ["## References\n", *(f"- {_linked(reference)}" for reference in found.references)]
    return "\n".join(lines) + "\n"


def _command(found: Measure) -> str:
    needed = [
        f" --{name.replace('_', '-')} FILE.csv"
        for name, parameter in list(inspect.signature(found.function).parameters.items())[1:]
        if parameter.default is inspect.Parameter.empty
    ]
    return f"kg measure {found.name} TABLE.csv{''.join(needed)}"


def _options(found: Measure) -> list[str]:
    parameters = inspect.signature(found.function).parameters
    lines = ["| option | default | what it is |\n|---|---|---|"]
    for number, argument in enumerate(found.arguments):
        default = parameters[argument.name].default
        shown = "" if default in (None, inspect.Parameter.empty) else f"`{default}`"
        name = "TABLE" if number == 0 else f"`--{argument.name.replace('_', '-')}`"
        lines.append(f"| {name} | {shown} | {_cell(argument.meaning)} |")
    return [*lines, ""]


def _columns(columns: tuple[Described, ...]) -> list[str]:
    lines = ["| column | unit | meaning |\n|---|---|---|"]
    lines += [
        f"| `{c.name}` | {_cell(unit_in_words(c.unit) if c.unit else '')} | {_cell(c.meaning)} |" for c in columns
    ]
    return [*lines, ""]


def _linked(reference: str) -> str:
    """The reference with its DOI as a link.

    >>> _linked("A (2000). B. doi:10.1/x")
    'A (2000). B. [doi:10.1/x](https://doi.org/10.1/x)'
    """
    return re.sub(r"doi:(10\.[^\s]+)", lambda m: f"[doi:{m[1]}](https://doi.org/{m[1]})", reference)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
