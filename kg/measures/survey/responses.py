"""Answers of respondents, each placed at the options of its question."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kg.errors import BadTable, Inconsistent, MissingValues, UnknownName, UseError
from kg.measures.options import listed
from kg.measures.survey.instrument import Option, Question, plain, read_instrument
from kg.measures.survey.items import RESPONDENT, read_respondents
from kg.measures.table import column, rows, some, texts, where

Fault = tuple[str, str]
"""What is wrong, and in words."""

NONE, UNKNOWN_QUESTION, NOT_ASKED = "no answer", "unknown question", "question not in the table"
UNKNOWN_OPTION, SEVERAL, TWICE = "unknown option", "several answers", "same answer twice"
OUTSIDE, IN_SEVERAL, NO_NUMBER = "outside all ranges", "in several ranges", "no number"
REPEATED = "repeated respondent"


@dataclass(frozen=True)
class Layout:
    """How a table of responses is laid out, and how its cells are written.

    Args:
        respondent: column of respondents.
        question: column of questions, of a table with a row for each respondent and question; none for a table with a
            column for each question.
        answer: column of answers, of a table with a column of questions.
        ignore: columns that are no questions, with semicolons between them.
        separator: between several answers in one cell.
        positions: whether a bare number is the position of an option even where options are ranges of numbers.
    """

    respondent: str = RESPONDENT
    question: str | None = None
    answer: str = "answer"
    ignore: str | None = None
    separator: str = ";"
    positions: bool = False


@dataclass(frozen=True)
class Answers:
    """Answers, read against an instrument.

    Args:
        questions: of the instrument that the table has, by key.
        absent: those of the instrument that the table does not have, by key.
        order: keys of the questions in the order of the table.
        respondents: all of them, in the order of the table.
        chosen: a row for each option that was chosen: `respondent`, `question` (key), `position` (in its options).
        faults: a row for each fault: `respondent`, `question`, `answer`, `what`, `explanation`.
    """

    questions: Mapping[str, Question]
    absent: Mapping[str, Question]
    order: tuple[str, ...]
    respondents: tuple[str, ...]
    chosen: pd.DataFrame
    faults: pd.DataFrame

    def called(self, key: str) -> str:
        """What a question asks, by its key; a heading that is no question is its own name."""
        question = self.questions.get(key) or self.absent.get(key)
        return question.called if question else key


def read_answers(
    frame: pd.DataFrame, instrument: pd.DataFrame | None, layout: Layout, only: Sequence[str] = ()
) -> Answers:
    """Place all answers of a table.

    Args:
        frame: the responses.
        instrument: as `read_instrument` reads it; none where what was answered is all that is known of the options.
        layout: of the responses.
        only: keys or labels of the questions that are wanted; none for all.

    Raises:
        UnknownName: a column is not there.
        UseError: the separator is empty.
        BadTable: there are no rows, none of the questions is in the instrument, or two columns are one question.
    """
    if not layout.separator:
        raise UseError("separator is empty. Give what stands between several answers of one cell, such as ;")
    frame = frame.rename_axis([None] * frame.index.nlevels)
    headings = _headings(frame, layout)
    known = {name: Question(name) for name in headings} if instrument is None else read_instrument(instrument)
    keys = _keys(headings, known)
    for key in filter(None, keys.values()):
        if len(same := [heading for heading, of in keys.items() if of == key]) > 1:
            raise BadTable(f"{where(frame)}columns {some(same)} are both question {key}. Keep one")
    if only:
        wanted = set(_keys(only, known).values())
        keys = {heading: key for heading, key in keys.items() if key in wanted}
        headings = list(keys)
    long = _long(frame, layout, headings)
    if instrument is None:
        known = _guessed(long, layout.separator)
    if not any(keys.values()):
        names = some([*known])
        raise BadTable(f"{where(frame)}none of {some(headings)} is a question of the instrument ({names}). Rename them")
    records: list[tuple[str, str, str, str, str]] = [
        ("", heading, "", UNKNOWN_QUESTION, f"{heading} is not in the instrument")
        for heading in headings
        if not keys[heading]
    ]
    asked = {key: known[key] for key in known if key in keys.values()}
    absent = {key: known[key] for key in known if key not in asked}
    records += [("", key, "", NOT_ASKED, f"{known[key].called} is not in the table") for key in absent]
    people = tuple(long["respondent"].astype(object).unique())
    long = long.assign(question=long["question"].map(keys))
    long = long[long["question"] != ""]
    records += list(_repeated(long))
    long = long.drop_duplicates(["respondent", "question"])
    if layout.question is not None:
        every = pd.MultiIndex.from_product([people, list(asked)], names=["respondent", "question"])
        long = long.set_index(["respondent", "question"]).reindex(every)["cell"].fillna("").reset_index()
    chosen, wrong = _place(long, asked, layout)
    faults = pd.DataFrame(records + wrong, columns=["respondent", "question", "answer", "what", "explanation"])
    order = tuple(key for key in keys.values() if key)
    return Answers(asked, absent, order, people, chosen, faults)


def _place(
    long: pd.DataFrame, asked: Mapping[str, Question], layout: Layout
) -> tuple[pd.DataFrame, list[tuple[str, str, str, str, str]]]:
    """Options that were chosen, and faults of answers; each text is read once."""
    records: list[tuple[str, str, str, str, str]] = []
    chosen = [pd.DataFrame({"respondent": [], "question": [], "position": []}, dtype=object)]
    for key, part in long.groupby("question", sort=False):
        question = asked[str(key)]
        places: list[tuple[str, int]] = []
        for text in part["cell"].unique():
            options, wrong = read_cell(question, text, layout)
            places += [(text, question.options.index(option)) for option in options]
            if wrong:
                concerned = part["respondent"][part["cell"] == text]
                records += [(person, question.key, text, *fault) for person in concerned for fault in wrong]
        placed = pd.DataFrame(places, columns=["cell", "position"])
        chosen.append(part.merge(placed, on="cell")[["respondent", "question", "position"]])
    return pd.concat(chosen, ignore_index=True), records


def read_cell(question: Question, text: str, layout: Layout) -> tuple[tuple[Option, ...], list[Fault]]:
    """The options that an answer chooses, and what is wrong with it.

    Args:
        question: that is answered.
        text: the cell.
        layout: how cells are written.

    Returns: options without repetition, and faults.
    """
    if not text:
        return (), [(NONE, "there is no answer")]
    if not question.options:
        number = question.kind == "number" and _number(text) is None
        return (), [(NO_NUMBER, f"{text} is not a number")] if number else []
    whole = question.names.get(plain(text))
    parts = [text] if whole else [part.strip() for part in text.split(layout.separator) if part.strip()]
    options: list[Option] = []
    faults: list[Fault] = []
    for part in parts:
        option, fault = _placed(question, part, layout.positions)
        if fault:
            faults.append(fault)
        elif option in options:
            faults.append((TWICE, f"{option} is there twice"))
        elif option:
            options.append(option)
    if len(options) > 1 and question.kind != "multiple":
        allowed = "one is allowed" if question.kind else "the instrument does not say whether several are allowed"
        faults.append((SEVERAL, f"{', '.join(o.key for o in options)}: {allowed}"))
    return tuple(options), faults


def warn_of_faults(answers: Answers, questions: Sequence[str]) -> None:
    """Say which answers are missing, could not be placed, or are more than the instrument allows.

    Args:
        answers: all.
        questions: keys of those that are computed with.

    Raises:
        BadTable: a respondent answered twice.

    Warns:
        MissingValues: there is no answer.
        Inconsistent: an answer does not fit the instrument.
    """
    again = answers.faults["respondent"][answers.faults["what"] == REPEATED]
    if len(again):
        raise BadTable(f"{some(list(again))} answered more than once. Keep one answer (checked-responses tells rows)")
    faults = answers.faults[answers.faults["question"].isin(questions)]
    missing, several = faults["what"] == NONE, faults["what"] == SEVERAL
    misfit = "does not fit the instrument (checked-responses tells why)"
    for concerned, kind, what, becomes in (
        (missing, MissingValues, "there is no answer", "left out"),
        (several, Inconsistent, "an answer is more than the instrument allows", "each option is counted"),
        (~missing & ~several, Inconsistent, f"an answer {misfit}", "left out"),
    ):
        if concerned.any():
            part = faults.loc[concerned].assign(question=faults["question"].map(answers.called))
            cells = part[["respondent", "question", "answer"]].itertuples(index=False)
            named = [" ".join(str(cell) for cell in row if cell) for row in cells]
            warnings.warn(kind(f"{what}: {some(named)}: {becomes}", named), stacklevel=3)


def _placed(question: Question, part: str, positions: bool) -> tuple[Option | None, Fault | None]:
    if option := question.names.get(plain(part)):
        return option, None
    number = _number(part)
    if number is not None and (positions or not question.ranged):
        for option in question.options:
            if option.order == number:
                return option, None
    elif number is not None:
        holding = [option for option in question.options if option.holds(number)]
        if len(holding) == 1:
            return holding[0], None
        if holding:
            return None, (IN_SEVERAL, f"{part} is in {' and in '.join(map(str, holding))}")
        return None, (OUTSIDE, f"{part} is in no range of the question")
    if question.kind == "number" and not question.closed:
        return None, (NO_NUMBER, f"{part} is not a number")
    options = some([str(option) for option in question.options])
    return None, (UNKNOWN_OPTION, f"{part} is none of {options}")


def _headings(frame: pd.DataFrame, layout: Layout) -> list[str]:
    """The questions as the table names them."""
    if not len(frame):
        raise BadTable(f"{where(frame)}there are no responses. Write a row for each respondent")
    if layout.question is not None:
        return list(dict.fromkeys(column(frame, layout.question, "question")))
    left = [layout.respondent, *listed("ignore", layout.ignore)]
    headings = [str(name) for name in frame.columns if name not in left]
    if twice := sorted({name for name in headings if headings.count(name) > 1}):
        raise BadTable(f"{where(frame)}column {some(twice)} is there twice. Keep one")
    return headings


def _long(frame: pd.DataFrame, layout: Layout, headings: Sequence[str]) -> pd.DataFrame:
    """A row for each respondent and question."""
    people = read_respondents(frame, layout.respondent)
    if layout.question is not None:
        cells = _column(frame, layout.answer, "answer")
        asked = column(frame, layout.question, "question")
        return pd.DataFrame({"respondent": people, "question": asked, "cell": cells})[asked.isin(headings)]
    parts = [
        pd.DataFrame({"respondent": people, "question": name, "cell": _column(frame, name, "")}) for name in headings
    ]
    return pd.concat(parts) if parts else pd.DataFrame(columns=["respondent", "question", "cell"])


def _column(frame: pd.DataFrame, name: str, role: str) -> pd.Series[str]:
    if name not in frame.columns:
        raise UnknownName("column", name, map(str, frame.columns), f"Name one with {role}")
    found = frame[name]
    if pd.api.types.is_float_dtype(found) and (found.dropna() % 1 == 0).all():
        found = found.astype("Int64")  # 2 of a column with gaps, which pandas reads as 2.0
    return texts(found)


def _keys(headings: Sequence[str], known: Mapping[str, Question]) -> dict[str, str]:
    """The key of the question for each heading, which is a key or a label; empty where there is none."""
    names: dict[str, str] = {}
    for name, key in [(key, key) for key in known] + [(q.label, key) for key, q in known.items() if q.label]:
        names.setdefault(plain(name), key)
    return {heading: names.get(plain(heading), "") for heading in headings}


def _repeated(long: pd.DataFrame) -> Iterator[tuple[str, str, str, str, str]]:
    again = long.duplicated(["respondent", "question"])
    for person, part in long[again].groupby("respondent", sort=False):
        lines = rows(pd.Index(sorted(set(part.index))))
        yield str(person), "", "", REPEATED, f"{person} answered before ({lines}): only the first answer is read"


def _guessed(long: pd.DataFrame, separator: str) -> dict[str, Question]:
    """The questions of a table without an instrument: every text is an option, numbers in their order."""
    found = {}
    for key, part in long.groupby("question", sort=False):
        texts = {text.strip() for cell in part["cell"].unique() for text in cell.split(separator) if text.strip()}
        ordered = sorted(texts, key=lambda text: (_number(text) is None, _number(text) or 0.0, text))
        options = tuple(Option(text, "", order) for order, text in enumerate(ordered, start=1))
        found[str(key)] = Question(str(key), kind="multiple", options=options)
    return found


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if found == found and abs(found) != float("inf") else None
