"""What is wrong with a questionnaire itself, before anybody answers it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import ceil, floor, inf

import numpy as np
import pandas as pd

from kg.errors import BadParameter
from kg.measures.measure import measure
from kg.measures.survey.instrument import Option, Question, read_instrument

Found = tuple[str, str, float, float, str]
"""What, the options concerned, the numbers from and to, in words."""


@measure
def instrument_faults(instrument: pd.DataFrame, step: float = 1.0) -> pd.DataFrame:
    r"""What is wrong with a questionnaire: options that overlap, numbers that no option holds, what it leaves unsaid.

    .. math:: \text{overlap: } O_i \cap O_j \ne \emptyset,\ i \ne j, \quad
        \text{hole: } x \in \mathrm{step} \cdot \mathbb{Z},\ \min_i O_i < x < \max_i O_i,\ x \notin \bigcup_i O_i

    Plain: two options hold the same number, or a number between the lowest and the highest bound is in none

    Convention:
        Options are ranges with both bounds, unless one is named in `excluded`. The answers asked for are multiples of
        `step`: with 1, options 19-30 and 31-40 leave no hole, with 0 (any number) they do. That no option is below the
        lowest bound or above the highest is told apart from a hole, since 0 to 100 per cent needs none. Overlaps of
        words cannot be seen in a table: they are those that the instrument's column `issue` flags.

    Args:
        instrument: a row for each question and option: `question`, `kind` (single, multiple, scale, number, text or
            empty), `option`, `option_label`, `low`, `high`, `excluded`, `issue`; only `question` is needed.
        step: the answers asked for are multiples of it; 0 for any number.

    Returns: a row for each fault,
        question_label: what the question asks
        what: overlap, hole, no option below, no option above, empty range, repeated option, several answers unsaid,
            one option, flagged
        options: the options concerned
        low: lowest number concerned; empty for none
        high: highest number concerned; empty for none
        explanation: the fault in words

    Degenerate:
        A questionnaire without faults gives no rows; so do open questions.

    References:
        - Dillman, D. A., Smyth, J. D., Christian, L. M. (2014). Internet, Phone, Mail, and Mixed-Mode Surveys: The
          Tailored Design Method, 4th ed. Wiley. Answer categories are to be exhaustive and mutually exclusive.

    >>> import pandas as pd
    >>> rows = [("age", "single", "A", None, 50), ("age", "single", "B", 51, 60), ("age", "single", "C", 60, None)]
    >>> table = pd.DataFrame(rows, columns=["question", "kind", "option", "low", "high"])
    >>> instrument_faults(table)["explanation"].tolist()
    ['60 is in B and in C']
    """
    if not 0 <= step < inf:
        raise BadParameter(f"step is {step}. Give a number above 0, or 0 where any number may be the answer")
    records = [
        (question.key, question.label, *fault)
        for question in read_instrument(instrument).values()
        for fault in _faults(question, step)
    ]
    names = ["question", "question_label", "what", "options", "low", "high", "explanation"]
    found = pd.DataFrame(records, columns=names)
    return found.astype({"low": float, "high": float}).replace({"low": -inf, "high": inf}, np.nan)


def _faults(question: Question, step: float) -> Iterator[Found]:
    options = question.options
    yield from (("flagged", "", np.nan, np.nan, issue) for issue in question.issues)
    for name in dict.fromkeys(o.key for o in options if [p.key for p in options].count(o.key) > 1):
        yield "repeated option", name, np.nan, np.nan, f"{name or 'the range'} is there more than once"
    if question.closed and not question.kind:
        yield "several answers unsaid", "", np.nan, np.nan, "it is not said whether several answers are allowed"
    if question.closed and len(options) == 1:
        yield "one option", str(options[0]), np.nan, np.nan, "there is nothing to choose from"
    ranged = sorted((o for o in options if o.ranged), key=lambda o: (o.low, o.high))
    for option in ranged:
        if _empty(option.low, option.high, option):
            yield "empty range", str(option), option.low, option.high, f"no number is in {option}"
    sound = [o for o in ranged if not _empty(o.low, o.high, o)]
    for first, second in combinations(sound, 2):
        low, high = max(first.low, second.low), min(first.high, second.high)
        if not _empty(low, high, first, second):
            yield "overlap", f"{first}; {second}", low, high, f"{_span(low, high)} is in {first} and in {second}"
    if question.closed and sound:
        yield from _gaps(sound, step)


def _gaps(ranged: list[Option], step: float) -> Iterator[Found]:
    """Of options with ranges, sorted by their lower bounds."""
    lowest = ranged[0].low
    if lowest > -inf:
        yield "no option below", str(ranged[0]), -inf, lowest, f"below {lowest:g} there is no option"
    before = ranged[0]
    for option in ranged[1:]:
        edge = before.holds(before.high)
        if _uncovered(before.high, edge, option.low, option.holds(option.low), step):
            what = _span(before.high, option.low) if before.high < option.low else f"{option.low:g}"
            words = f"between {before} and {option} there are numbers in neither ({what})"
            yield "hole", f"{before}; {option}", before.high, option.low, words
        if (option.high, option.holds(option.high)) > (before.high, edge):
            before = option
    if before.high < inf:
        yield "no option above", str(before), before.high, inf, f"above {before.high:g} there is no option"


def _uncovered(high: float, holds_high: bool, low: float, holds_low: bool, step: float) -> bool:
    """Whether a multiple of the step lies between the upper bound of one option and the lower of the next."""
    if high > low or (high == low and (holds_high or holds_low)):
        return False
    if step == 0 or high == low:
        return True
    first, last = ceil(round(high / step, 9)), floor(round(low / step, 9))
    first += holds_high and first * step <= high
    last -= holds_low and last * step >= low
    return first <= last


def _empty(low: float, high: float, *options: Option) -> bool:
    return low > high or (low == high and any(option.excluded == low for option in options))


def _span(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"
