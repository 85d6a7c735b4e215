"""Numbers and periods as people write them: a value, with its unit if it carries one, or a refusal.

Nothing else enters the store as a number: one ill-typed literal makes a SUM silently unbound, and the store holds
decimals of at most 18 digits on either side of the point.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = re.compile(
    r"^(?P<sign>[+-]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?(?P<exponent>[eE][+-]?\d{1,3})?"
)
_MULTIPLIERS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_LIMIT = Decimal(10) ** 18
_PERIOD = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


@dataclass(frozen=True)
class Quantity:
    """A number, and the text after it that may be its unit."""

    value: Decimal
    unit: str | None = None


def parse_quantity(text: str) -> Quantity:
    """Read a number with an optional unit; full-width digits and thousands separators are understood.

    The unit is returned as written. Where the rest starts with 万 or 亿 and is no more than that, it multiplies.

    Raises:
        ValueError: not a number, not finite, or too large for the store.

    >>> parse_quantity("193.56 billion yuan")
    Quantity(value=Decimal('193.56'), unit='billion yuan')
    >>> parse_quantity("１，２００万")
    Quantity(value=Decimal('12000000'), unit=None)
    >>> parse_quantity("12亿元")
    Quantity(value=Decimal('12'), unit='亿元')
    """
    folded = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    match = _NUMBER.match(folded)
    if not match:
        raise ValueError(f"not a number: {text}")
    rest = folded[match.end() :]
    if rest[:1] in (",", "."):
        raise ValueError(f"not a number: {text} (a comma separates thousands, a point decimals)")
    value = Decimal(
        match["sign"] + match["digits"].replace(",", "") + (match["fraction"] or "") + (match["exponent"] or "")
    )
    unit = rest.strip()
    if unit in _MULTIPLIERS:
        value, unit = value * _MULTIPLIERS[unit], ""
    exponent = value.normalize().as_tuple().exponent
    if abs(value) >= _LIMIT or (isinstance(exponent, int) and exponent < -18):
        raise ValueError(f"beyond what can be stored: {text}")
    return Quantity(value, unit or None)


def multiplied(quantity: Quantity) -> Quantity:
    """The quantity with a leading 万 or 亿 of its unit multiplied into the value, for units that are not known whole.

    >>> multiplied(Quantity(Decimal(12), "亿元"))
    Quantity(value=Decimal('1200000000'), unit='元')
    """
    if quantity.unit and quantity.unit[0] in _MULTIPLIERS:
        return Quantity(quantity.value * _MULTIPLIERS[quantity.unit[0]], quantity.unit[1:].strip() or None)
    return quantity


def check_period(text: str) -> str:
    """A year, month, day, or an interval of two of them (ISO 8601), each of which exists.

    Raises:
        ValueError: no such date, or an interval that runs backwards.

    >>> check_period("1992/2018")
    '1992/2018'
    """
    parts = unicodedata.normalize("NFKC", text).strip().split("/")
    if not 1 <= len(parts) <= 2:
        raise ValueError(f"not a year, month, day or interval: {text}")
    for part in parts:
        match = _PERIOD.match(part)
        if not match:
            raise ValueError(f"not a year, month or day of ISO 8601: {text}")
        year, month, day = (int(group) if group else 1 for group in match.groups())
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
            raise ValueError(f"no such date: {text}")
    if len(parts) == 2 and parts[1] < parts[0][: len(parts[1])]:
        raise ValueError(f"an interval that runs backwards: {text}")
    return "/".join(parts)
