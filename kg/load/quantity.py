"""Numbers and periods as people write them: a value, with its unit if it carries one, or a refusal.

Nothing else enters the store as a number: one ill-typed literal makes a SUM silently unbound, and the store holds
decimals of at most 18 digits on either side of the point.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from decimal import Context, Decimal

_NUMBER = re.compile(
    r"^(?P<sign>[+-]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?(?P<exponent>[eE][+-]?\d{1,3})?"
)
_MULTIPLIERS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_LIMIT = Decimal(10) ** 18
_PLACES = 18
_SIGNS = "%‰°$¥€£"
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
    folded = _ordinary_width(text).strip().replace("−", "-")
    match = _NUMBER.match(folded)
    if not match:
        raise ValueError(f"not a number: {text}")
    rest = folded[match.end() :]
    if rest[:1] in (",", "."):
        raise ValueError(f"not a number: {text} (a comma separates thousands, a point decimals)")
    if rest and not (rest[0].isspace() or rest[0].isalpha() or rest[0] in _SIGNS):
        raise ValueError(f"not a single number: {text}")
    value = Decimal(
        match["sign"] + match["digits"].replace(",", "") + (match["fraction"] or "") + (match["exponent"] or "")
    )
    unit = unicodedata.normalize("NFKC", rest).strip()
    if unit in _MULTIPLIERS:
        value, unit = _times(value, _MULTIPLIERS[unit]), ""
    return Quantity(_storable(value), unit or None)


def parse_number(text: str) -> Quantity:
    """Read a number that has no unit.

    Raises:
        ValueError: not a number, or one with something behind it.

    >>> parse_number("107.24")
    Quantity(value=Decimal('107.24'), unit=None)
    """
    quantity = parse_quantity(text)
    if quantity.unit:
        raise ValueError(f"not a plain number: {text}")
    return quantity


def multiplied(quantity: Quantity) -> Quantity:
    """The quantity with a leading 万 or 亿 of its unit multiplied into the value, for units that are not known whole.

    Raises:
        ValueError: too large for the store.

    >>> multiplied(Quantity(Decimal(12), "亿元"))
    Quantity(value=Decimal('1200000000'), unit='元')
    """
    if quantity.unit and quantity.unit[0] in _MULTIPLIERS:
        value = _storable(_times(quantity.value, _MULTIPLIERS[quantity.unit[0]]))
        return Quantity(value, quantity.unit[1:].strip() or None)
    return quantity


def _ordinary_width(text: str) -> str:
    """Full-width characters made ordinary ones. NFKC would also make `10²` to 102 and `①` to 1."""
    wide = ("<wide>", "<narrow>")
    return "".join(
        unicodedata.normalize("NFKC", c) if unicodedata.decomposition(c).startswith(wide) else c for c in text
    )


def _times(value: Decimal, factor: Decimal) -> Decimal:
    """The product with all its digits; decimal arithmetic keeps 28 of them unless told."""
    return Context(prec=len(value.as_tuple().digits) + 20).multiply(value, factor)


def _storable(value: Decimal) -> Decimal:
    """The value, if the store can hold it.

    Raises:
        ValueError: more than 18 digits before or after the point.
    """
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_PLACES:
        value = Context(prec=len(value.as_tuple().digits)).normalize(value)
        exponent = value.as_tuple().exponent
    if not -_LIMIT < value < _LIMIT or not isinstance(exponent, int) or exponent < -_PLACES:
        raise ValueError(f"beyond what can be stored: {str(value)[:40]}")
    return value


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
