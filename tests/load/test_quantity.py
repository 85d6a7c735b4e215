"""Numbers and periods as people write them (threat T20)."""

from __future__ import annotations

import contextlib
import datetime
from decimal import Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.load.quantity import Quantity, check_period, multiplied, parse_quantity

FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
STORABLE = st.decimals(min_value=-(10**17), max_value=10**17, places=4, allow_nan=False, allow_infinity=False)

READ = [
    ("12", "12", None),
    ("１２", "12", None),
    ("１２．５", "12.5", None),
    ("0012", "12", None),
    ("0", "0", None),
    ("-3.5", "-3.5", None),
    ("−3.5", "-3.5", None),
    ("+5", "5", None),
    ("1,200", "1200", None),
    ("1,234,567.89", "1234567.89", None),
    ("1e3", "1000", None),
    ("1.5E-3", "0.0015", None),
    (" 7 ", "7", None),
    ("1,200万", "12000000", None),
    ("１，２００万", "12000000", None),
    ("3亿", "300000000", None),
    ("3.5 亿", "350000000", None),
    ("12亿元", "12", "亿元"),
    ("193.56 billion yuan", "193.56", "billion yuan"),
    ("15.9%", "15.9", "%"),
    ("15.9％", "15.9", "%"),
    ("28 km²", "28", "km2"),
    ("999999999999999999", "999999999999999999", None),
    ("0.000000000000000001", "0.000000000000000001", None),
    ("12.500000000000000000000000000", "12.5", None),
]

REFUSED = [
    *("", " ", "-", "--", "—", "N/A", "n/a", "NaN", "nan", "inf", "-inf", "Infinity", "null", "?", "万", "亿元"),
    *("1,5", "１，５", "12,34,567", "1,2000", "1,20", ",5", "1.2.3", "12.345.678", "5.", ".5", "1..2", "--5", "+-5"),
    *("约12", "about 12", "~12", ">12", "<12", "≥12", "第12"),
    *("3-5", "3–5", "3—5", "3~5", "3～5", "1/2", "½", "1:2", "12+", "1_000", "1'000", "1٫5"),
    *("10²", "10₂", "①", "Ⅻ", "５²"),
    *("1e400", "1E400", "1e19", "1e18", "-1e18", "1000000000000000000", "9" * 19, "9" * 5000),
    *("1e-19", "1e-400", "0.0000000000000000001", "99999999999999999.1234567890123456789012345"),
    *("99999999999999亿", "0.12345678901234567891"),
]


@pytest.mark.parametrize(("text", "value", "unit"), READ)
def test_a_number_is_read_with_what_follows_it(text: str, value: str, unit: str | None) -> None:
    found = parse_quantity(text)
    assert (found.value, found.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:30])
def test_what_is_no_single_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a number|not a single number|beyond what can be stored"):
        parse_quantity(text)


def test_digits_are_never_lost() -> None:
    """28 digits are what Python's decimal arithmetic keeps unless told."""
    assert parse_quantity("99999999999999999.123456789012345678").value == Decimal(
        "99999999999999999.123456789012345678"
    )
    assert parse_quantity("12345678901.123456789012345678万").value == Decimal("123456789011234.56789012345678")


@pytest.mark.parametrize(
    ("quantity", "value", "unit"),
    [
        (Quantity(Decimal(12), "亿元"), 1_200_000_000, "元"),
        (Quantity(Decimal(12), "万 t"), 120_000, "t"),
        (Quantity(Decimal(12), "万"), 120_000, None),
        (Quantity(Decimal(12), "yuan"), 12, "yuan"),
        (Quantity(Decimal(12)), 12, None),
    ],
)
def test_a_multiplier_moves_from_the_unit_to_the_value(quantity: Quantity, value: int, unit: str | None) -> None:
    assert multiplied(quantity) == Quantity(Decimal(value), unit)


def test_a_multiplier_does_not_lead_beyond_what_can_be_stored() -> None:
    with pytest.raises(ValueError, match="beyond what can be stored"):
        multiplied(Quantity(Decimal("999999999999999999"), "亿元"))


@given(STORABLE)
def test_every_storable_number_is_read_back(value: Decimal) -> None:
    assert parse_quantity(f"{value:f}") == Quantity(value)


@given(STORABLE)
def test_thousands_and_width_make_no_difference(value: Decimal) -> None:
    assert parse_quantity(f"{value:,f}".translate(FULL_WIDTH)) == Quantity(value)


@given(st.text())
def test_any_text_is_read_or_refused_and_what_is_read_can_be_stored(text: str) -> None:
    with contextlib.suppress(ValueError):
        value = parse_quantity(text).value
        assert -(10**18) < value < 10**18
        assert value == Context(prec=60).quantize(value, Decimal(10) ** -18)


@pytest.mark.parametrize(
    "text",
    ["2019", "2019-05", "2019-05-01", "2020-02-29", "1992/2018", "2019/2019", "2019-05/2019-06", "2019/2019-05"],
)
def test_a_period_that_exists_is_kept(text: str) -> None:
    assert check_period(text) == text


def test_a_period_is_written_plainly() -> None:
    assert check_period(" ２０１９／２０２１ ") == "2019/2021"


@pytest.mark.parametrize(
    "text",
    [
        *("2024-02-30", "2019-02-29", "2100-02-29", "2019-13", "2019-00", "2019-04-31", "2019-01-00"),
        *("2021/2019", "2019-06/2019-05", "2020-01/2019-12"),
        *("44197", "43831.5", "2019-5", "19", "19-05-01", "05/2019", "2019/", "/2019", "2019/2020/2021", "2019 - 2021"),
        *("2019-05-01T00:00", "201905", "May 2019", "2019年", "2019-2021", "", "-", "N/A", "-2019"),
    ],
)
def test_a_period_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a year|no such date|backwards"):
        check_period(text)


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_day_is_a_period(day: datetime.date) -> None:
    assert check_period(day.isoformat()) == day.isoformat()


@given(st.dates(min_value=datetime.date(1000, 1, 1)), st.dates(min_value=datetime.date(1000, 1, 1)))
def test_an_interval_is_one_that_runs_forwards(first: datetime.date, second: datetime.date) -> None:
    start, end = sorted((first, second))
    assert check_period(f"{start}/{end}") == f"{start}/{end}"
    if start != end:
        with pytest.raises(ValueError, match="backwards"):
            check_period(f"{end}/{start}")


@given(st.text())
def test_any_text_is_a_period_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert check_period(text)[:4].isdigit()
