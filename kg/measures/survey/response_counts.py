"""How many chose which option."""

from __future__ import annotations

import pandas as pd

from kg.measures.measure import measure
from kg.measures.survey.responses import Layout, read_answers, warn_of_faults
from kg.measures.table import gathered


@measure
def response_counts(
    responses: pd.DataFrame,
    instrument: pd.DataFrame | None = None,
    respondent: str = "respondent",
    question: str | None = None,
    answer: str = "answer",
    ignore: str | None = None,
    separator: str = ";",
    positions: bool = False,
) -> pd.DataFrame:
    r"""How many respondents chose each option of each question, and which share of those who answered and of all.

    .. math:: s_{qo}^{answered} = 100 \frac{n_{qo}}{n_q}, \quad s_{qo}^{all} = 100 \frac{n_{qo}}{n}

    Plain: respondents who chose the option, in per cent of those who answered the question, and of all respondents

    Convention:
        Who answered is whoever chose at least one option that the instrument has; all are all respondents of the table.
        Where several answers are allowed a respondent counts at each of them, so that the shares of a question may add
        up to more than 100 %. A number is placed in the range that holds it; one in no range or in two is left out.

    Args:
        responses: a row for each respondent, a column for each question; or a row for each respondent and question.
        instrument: a row for each question and option, as `checked-responses` reads it; left out, the options are the
            answers that were given.
        respondent: column of respondents; left out, and where there is no column `respondent`, rows are counted.
        question: column of questions, where each answer has a row of its own.
        answer: column of answers, where each answer has a row of its own.
        ignore: columns that are no questions, with semicolons between them.
        separator: between several answers in one cell.
        positions: a bare number is always the position of an option, never a number to be placed in a range.

    Returns: a row for each question and option, in the order of the instrument, options that nobody chose among them,
        question_label: what the question asks
        label: what the option says
        count [1]: respondents who chose it
        share_of_answered [%]: of the respondents who answered the question
        share_of_all [%]: of all respondents
        answered [1]: respondents who answered the question
        respondents [1]: all respondents

    Degenerate:
        Where nobody answered a question there is no share of those who answered: empty, with the warning `NotDefined`.
        Open questions have no options and no rows.

    Warns:
        MissingValues: answers are missing; the warning names respondents and questions.
        Inconsistent: answers do not fit the instrument.

    References:
        - Groves, R. M., Fowler, F. J., Couper, M. P., Lepkowski, J. M., Singer, E., Tourangeau, R. (2009). Survey
          Methodology, 2nd ed. Wiley, chapter 6: nonresponse to single questions.

    >>> import pandas as pd
    >>> responses = pd.DataFrame({"respondent": ["r1", "r2", "r3", "r4"], "makes": ["A;B", "A", "A", "B"]})
    >>> response_counts(responses)[["option", "count", "share_of_answered"]].values.tolist()
    [['A', 3, 75.0], ['B', 2, 50.0]]
    """
    layout = Layout(respondent, question, answer, ignore, separator, positions)
    answers = read_answers(responses, instrument, layout)
    warn_of_faults(answers, list(answers.questions))
    counts = answers.chosen.groupby(["question", "position"])["respondent"].nunique()
    answered = answers.chosen.groupby("question")["respondent"].nunique()
    records = [
        (key, asked.called, option.key, option.label, counts.get((key, place), 0), answered.get(key, 0))
        for key, asked in answers.questions.items()
        for place, option in enumerate(asked.options)
        if asked.closed
    ]
    found = pd.DataFrame(records, columns=["question", "question_label", "option", "label", "count", "answered"])
    found = found.astype({"count": int, "answered": int})
    found.insert(5, "share_of_answered", 100 * found["count"] / found["answered"])
    found.insert(6, "share_of_all", 100 * found["count"] / len(answers.respondents))
    found["respondents"] = len(answers.respondents)
    return gathered([(None, found)], ["question_label", "option", "label"], "nobody answered the question")
