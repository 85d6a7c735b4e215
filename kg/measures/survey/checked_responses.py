"""What is wrong with the answers to a questionnaire."""

from __future__ import annotations

import pandas as pd

from kg.measures.measure import measure
from kg.measures.survey.responses import Layout, read_answers


@measure
def checked_responses(
    responses: pd.DataFrame,
    instrument: pd.DataFrame,
    respondent: str = "respondent",
    question: str | None = None,
    answer: str = "answer",
    ignore: str | None = None,
    separator: str = ";",
    positions: bool = False,
) -> pd.DataFrame:
    r"""What is wrong with the answers to a questionnaire, held against its questions and options.

    .. math:: |\{o \in O_q : a \text{ names } o \text{ or } a \in [low_o, high_o]\}| = 1
        \quad \text{for each answer } a \text{ to question } q

    Plain: each answer names exactly one option of its question, or is a number that lies in exactly one of its ranges

    Convention:
        An answer may be the key of an option (B), its label (19-30), its position (2) where options are no ranges, or
        a number that lies in one of the ranges (25). Capitals and extra spaces do not matter. Questions are known by
        their key or label. Where the instrument does not say whether several answers are allowed, several are a fault.

    Args:
        responses: a row for each respondent, a column for each question; or a row for each respondent and question.
        instrument: a row for each question and option: `question`, `question_label`, `kind` (single, multiple, scale,
            number, text or empty), `option`, `option_label`, `option_order`, `low`, `high`, `excluded`; only
            `question` is needed.
        respondent: column of respondents; left out, and where there is no column `respondent`, rows are counted.
        question: column of questions, where each answer has a row of its own.
        answer: column of answers, where each answer has a row of its own.
        ignore: columns that are no questions, with semicolons between them.
        separator: between several answers in one cell.
        positions: a bare number is always the position of an option, never a number to be placed in a range.

    Returns: a row for each fault,
        respondent: who; empty where the whole question is concerned
        question: key of the question, or the heading that is no question
        question_label: what the question asks
        answer: what was answered
        what: no answer, unknown option, several answers, same answer twice, outside all ranges, in several ranges, no
            number, unknown question, question not in the table, repeated respondent
        explanation: the fault in words

    Degenerate:
        Answers without faults give no rows. A respondent with several rows is read by the first.

    References:
        - Groves, R. M., Fowler, F. J., Couper, M. P., Lepkowski, J. M., Singer, E., Tourangeau, R. (2009). Survey
          Methodology, 2nd ed. Wiley, chapter 10: range and consistency edits.

    >>> import pandas as pd
    >>> rows = [("age", "single", "A", None, 50), ("age", "single", "B", 51, 60), ("age", "single", "C", 60, None)]
    >>> instrument = pd.DataFrame(rows, columns=["question", "kind", "option", "low", "high"])
    >>> responses = pd.DataFrame({"respondent": ["r1", "r2", "r3"], "age": ["B", "60", "A;B"]})
    >>> checked_responses(responses, instrument)[["respondent", "what"]].values.tolist()
    [['r2', 'in several ranges'], ['r3', 'several answers']]
    """
    layout = Layout(respondent, question, answer, ignore, separator, positions)
    answers = read_answers(responses, instrument, layout)
    order = {person: number for number, person in enumerate(answers.respondents)}
    keys = {key: number for number, key in enumerate(answers.questions)}
    found = answers.faults
    ranks = found.assign(
        person=found["respondent"].map(order).fillna(-1), place=found["question"].map(keys).fillna(-1)
    ).sort_values(["person", "place"], kind="stable")
    found = found.loc[ranks.index].reset_index(drop=True)
    found.insert(2, "question_label", found["question"].map(answers.called))
    return found
