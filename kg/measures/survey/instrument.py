"""A questionnaire as a table: a row for each question and option, and the ranges of numbers that options stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

import pandas as pd

from kg.errors import BadTable
from kg.measures.table import column, numbers, rows, texts, where

KINDS = ("single", "multiple", "scale", "number", "text")


@dataclass(frozen=True)
class Option:
    """An answer that a question allows.

    Args:
        key: as it is ticked, such as A; empty where the question has a range but no options.
        label: what it says.
        order: position, from 1.
        low: the lowest number that it stands for.
        high: the highest.
        excluded: a bound that does not belong to it.
        row: of the table.
    """

    key: str
    label: str
    order: int
    low: float = -inf
    high: float = inf
    excluded: float | None = None
    row: object = None

    @property
    def called(self) -> str:
        """What it says, or its key where it says nothing."""
        return self.label or self.key

    @property
    def ranged(self) -> bool:
        """Whether it stands for numbers."""
        return self.low > -inf or self.high < inf

    def holds(self, number: float) -> bool:
        """Whether a number lies in its range."""
        return self.ranged and self.low <= number <= self.high and number != self.excluded

    def __str__(self) -> str:
        return f"{self.key} ({self.label})" if self.label and self.label != self.key else self.key or "the range"


@dataclass(frozen=True)
class Question:
    """A question of an instrument.

    Args:
        key: names it, as columns of responses do.
        label: what it asks.
        kind: one of `KINDS`; empty where the instrument does not say whether several answers are allowed.
        options: in their order.
        issues: what is flagged as wrong.
    """

    key: str
    label: str = ""
    kind: str = ""
    options: tuple[Option, ...] = ()
    issues: tuple[str, ...] = ()
    names: Mapping[str, Option] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name: dict[str, Option] = {}
        for name, option in [(o.key, o) for o in self.options] + [(o.label, o) for o in self.options]:
            by_name.setdefault(plain(name), option)
        by_name.pop("", None)
        object.__setattr__(self, "names", by_name)

    @property
    def called(self) -> str:
        """What it asks, or its key where that is not said."""
        return self.label or self.key

    @property
    def ranged(self) -> bool:
        """Whether its options stand for numbers."""
        return any(option.ranged for option in self.options)

    @property
    def closed(self) -> bool:
        """Whether it has options to choose from."""
        return any(option.key for option in self.options)


def plain(text: str) -> str:
    """A name in lower case, with single spaces.

    >>> plain(" 60 Years  and over")
    '60 years and over'
    """
    return " ".join(text.split()).casefold()


def read_instrument(frame: pd.DataFrame) -> dict[str, Question]:
    """The questions of an instrument, by key.

    Args:
        frame: a row for each question and option; a question without options has one row. Column `question` is needed;
            `question_label`, `kind`, `option`, `option_label`, `option_order`, `low`, `high`, `excluded` and `issue`
            may be there. Without `option`, options are A, B, C in their order. Several issues have ` | ` between them.

    Raises:
        UnknownName: there is no column `question`.
        BadTable: there are no rows, a question has no name, a kind is not known, or a bound is no number.
    """
    if not len(frame):
        raise BadTable(f"{where(frame)}the instrument has no rows. Write one for each question and option")
    kinds = _texts(frame, "kind")
    if not (known := kinds.isin(["", *KINDS])).all():
        bad = kinds.index[~known]
        raise BadTable(
            f"{where(frame)}{rows(bad)}, column kind: {kinds[bad[0]]!r} is not known. Write one of {', '.join(KINDS)}, "
            "or leave it empty"
        )
    table = pd.DataFrame(
        {
            "question": column(frame, "question", "instrument"),
            "question_label": _texts(frame, "question_label"),
            "kind": kinds,
            "option": _texts(frame, "option"),
            "option_label": _texts(frame, "option_label"),
            "order": _numbers(frame, "option_order"),
            "low": _numbers(frame, "low"),
            "high": _numbers(frame, "high"),
            "excluded": _numbers(frame, "excluded"),
            "issue": _texts(frame, "issue"),
        }
    )
    return {str(key): _question(str(key), part) for key, part in table.groupby("question", sort=False)}


def _question(key: str, part: pd.DataFrame) -> Question:
    options = []
    for position, (row, given) in enumerate(part.iterrows(), start=1):
        name, label = given["option"], given["option_label"]
        low, high = given["low"], given["high"]
        if name or label or pd.notna(low) or pd.notna(high):
            order = int(given["order"]) if pd.notna(given["order"]) else position
            options.append(
                Option(
                    name or (letter(order) if label else ""),
                    label,
                    order,
                    -inf if pd.isna(low) else float(low),
                    inf if pd.isna(high) else float(high),
                    None if pd.isna(given["excluded"]) else float(given["excluded"]),
                    row,
                )
            )
    kinds = [kind for kind in part["kind"] if kind]
    return Question(
        key,
        str(part["question_label"].iloc[0]),
        kinds[0] if kinds else "" if options else "text",
        tuple(sorted(options, key=lambda option: option.order)),
        tuple(dict.fromkeys(issue.strip() for cell in part["issue"] for issue in cell.split(" | ") if issue.strip())),
    )


def letter(order: int) -> str:
    """The letter of a position, from 1: A to Z, then AA.

    >>> letter(2), letter(27)
    ('B', 'AA')
    """
    text = ""
    while order > 0:
        order, rest = divmod(order - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _texts(frame: pd.DataFrame, name: str) -> pd.Series[str]:
    if name not in frame.columns:
        return pd.Series("", index=frame.index, dtype=object)
    return texts(frame[name])


def _numbers(frame: pd.DataFrame, name: str) -> pd.Series[float]:
    if name not in frame.columns:
        return pd.Series(float("nan"), index=frame.index)
    return numbers(frame, name, negative=True, quiet=True)  # an empty bound means that there is none
