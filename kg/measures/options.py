"""What measures are told by their options: lists of names, and numbers within bounds."""

from __future__ import annotations

from math import isfinite

from kg.errors import BadParameter
from kg.measures.table import some


def listed(option: str, text: str | None) -> tuple[str, ...]:
    """The names of an option, which semicolons separate: names of industries and questions often have commas.

    Args:
        option: its name, for messages.
        text: what was given; none for no names.

    Raises:
        BadParameter: a name is there twice.

    >>> listed("factors", "wages; profits, gross")
    ('wages', 'profits, gross')
    """
    names = tuple(part.strip() for part in (text or "").split(";") if part.strip())
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadParameter(f"{option} names {some(twice)} twice. Name each once")
    return names


def at_least(option: str, value: float, least: float) -> None:
    """Check a number that was given as an option.

    Raises:
        BadParameter: it is less, infinite, or not a number.
    """
    if not (isfinite(value) and value >= least):
        raise BadParameter(f"{option} is {value}, too low or no number. Give a number, {least:g} upwards")
