"""Numbers that a user gives an analysis, as numbers or as text."""

from __future__ import annotations

from math import inf, isfinite

from kg.errors import BadParameter


def number(given: float | str, wrong: str, above: float = -inf, most: float = inf) -> float:
    """A finite number from text.

    Args:
        given: what the user gives.
        wrong: the message where it is none, or out of range.
        above: it is larger than this.
        most: it is this or smaller.

    Raises:
        BadParameter: it is no number, or out of range.

    >>> number("0.5", "share: not a share", 0, 1)
    0.5
    """
    try:
        value = float(given)
    except ValueError:
        raise BadParameter(wrong) from None
    if not (isfinite(value) and above < value <= most):
        raise BadParameter(wrong)
    return value


def whole_number(given: int | str, wrong: str, least: int, most: float = inf) -> int:
    """A whole number from text.

    Args:
        given: what the user gives.
        wrong: the message where it is none, or out of range.
        least: it is this or larger.
        most: it is this or smaller.

    Raises:
        BadParameter: it is no whole number, or out of range.

    >>> whole_number("3", "top: not a number of suggestions", 1)
    3
    """
    try:
        value = int(str(given))
    except ValueError:
        raise BadParameter(wrong) from None
    if not least <= value <= most:
        raise BadParameter(wrong)
    return value
