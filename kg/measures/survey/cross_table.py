"""Whether the answers to two questions go together."""

from __future__ import annotations

import warnings
from typing import Literal

import numpy as np
import pandas as pd

from kg.errors import BadParameter, MeasureWarning, MissingValues, NotDefined, UnknownName
from kg.measures.measure import measure
from kg.measures.survey.instrument import plain
from kg.measures.survey.responses import Answers, Layout, read_answers, warn_of_faults
from kg.measures.table import Numbers, some

RULE = 5
"""Expected counts below it make the chi-square test doubtful."""


def independence(counts: Numbers, yates: bool = False) -> tuple[float, int, float, float]:
    """Pearson's chi-square test of independence, and Cramer's V.

    Args:
        counts: rows x columns, no row and no column without a count, two of each at least.
        yates: correct for continuity, in a table of two by two only.

    Returns: chi-square, degrees of freedom, probability, Cramer's V (of the chi-square without correction).
    """
    from scipy.stats import chi2_contingency

    tested, plain_ = chi2_contingency(counts, correction=yates), chi2_contingency(counts, correction=False)
    strength = float(np.sqrt(plain_.statistic / (counts.sum() * (min(counts.shape) - 1))))
    return float(tested.statistic), int(tested.dof), float(tested.pvalue), strength


@measure
def cross_table(
    responses: pd.DataFrame,
    rows: str | None = None,
    columns: str | None = None,
    instrument: pd.DataFrame | None = None,
    correction: Literal["none", "yates"] = "none",
    respondent: str = "respondent",
    question: str | None = None,
    answer: str = "answer",
    separator: str = ";",
    positions: bool = False,
) -> pd.DataFrame:
    r"""Whether the answers to two questions go together: counts, shares, Pearson's chi-square and Cramér's V.

    .. math:: \chi^2 = \sum_{ij} \frac{(n_{ij} - e_{ij})^2}{e_{ij}}, \quad e_{ij} = \frac{n_{i.} n_{.j}}{n}, \quad
        V = \sqrt{\frac{\chi^2}{n (\min(I, J) - 1)}}

    Plain: chi2 = sum of (count - expected)^2 / expected; V = sqrt(chi2 / (n * (smaller number of options - 1)))

    Convention:
        Of the respondents whose answers to both questions could be placed. Options that nobody among them chose are
        left out, and count for no degree of freedom. Chi-square without correction unless `correction` is `yates`,
        which is for tables of two by two; V is always without, and not corrected for bias. Expected counts below 5
        warn, after Cochran (1954). The test of the whole table stands in each row.

    Args:
        responses: a row for each respondent, a column for each question; or a row for each respondent and question.
        rows: the question whose options are the rows; left out, the first of the table that has options.
        columns: the question whose options are the columns; left out, the next of the table.
        instrument: a row for each question and option, as `checked-responses` reads it; left out, the options are the
            answers that were given.
        correction: `none`, or `yates` for continuity.
        respondent: column of respondents; left out, and where there is no column `respondent`, rows are counted.
        question: column of questions, where each answer has a row of its own.
        answer: column of answers, where each answer has a row of its own.
        separator: between several answers in one cell.
        positions: a bare number is always the position of an option, never a number to be placed in a range.

    Returns: a row for each pair of options (`row`, `column`),
        row_label: what the option of the row says
        column_label: what the option of the column says
        count [1]: respondents who chose both
        expected [1]: how many they would be if the questions had nothing to do with one another
        row_share [%]: of the respondents of the row
        column_share [%]: of the respondents of the column
        chi_square [1]: Pearson's statistic of the whole table
        degrees_of_freedom [1]: (rows - 1) * (columns - 1)
        p [1]: probability of so large a statistic where the questions have nothing to do with one another
        cramers_v [1]: how closely they go together, 0 to 1
        respondents [1]: respondents of the whole table

    Degenerate:
        Where all chose one option, or nobody answered both, there is no test: empty, with the warning `NotDefined`. So
        it is where respondents chose several options, since their cells are not independent; shares may then add up to
        more than 100 %.

    Warns:
        MissingValues: respondents are left out for an answer that is missing or could not be placed.
        MeasureWarning: expected counts are below 5, so that the probability should not be relied on.

    References:
        - Pearson, K. (1900). On the criterion that a given system of deviations from the probable in the case of a
          correlated system of variables is such that it can be reasonably supposed to have arisen from random sampling.
          Philosophical Magazine 50(302), 157-175. doi:10.1080/14786440009463897
        - Cramér, H. (1946). Mathematical Methods of Statistics. Princeton University Press, section 21.9.
        - Cochran, W. G. (1954). Some methods for strengthening the common chi-square tests. Biometrics 10(4), 417-451.
          doi:10.2307/3001616

    >>> import pandas as pd
    >>> responses = pd.DataFrame({"size": ["A"] * 20 + ["B"] * 20, "sells": ["X"] * 25 + ["Y"] * 15})
    >>> found = cross_table(responses, "size", "sells")
    >>> found[["row", "column", "count", "expected"]].values.tolist()
    [['A', 'X', 20, 12.5], ['A', 'Y', 0, 7.5], ['B', 'X', 5, 12.5], ['B', 'Y', 15, 7.5]]
    >>> found[["chi_square", "cramers_v"]].round(3).values.tolist()[0]
    [24.0, 0.775]
    """
    layout = Layout(respondent, question, answer, None, separator, positions)
    answers = read_answers(responses, instrument, layout, (rows, columns) if rows and columns else ())
    keys = _asked(answers, rows, columns)
    warn_of_faults(answers, keys)
    first, second = (answers.chosen[answers.chosen["question"] == key] for key in keys)
    pairs = first.merge(second, on="respondent", suffixes=("_row", "_column"))
    found = set(pairs["respondent"])
    asked = " and ".join(answers.called(key) for key in keys)
    left = [person for person in answers.respondents if person not in found]
    if left:
        text = f"no answer to both {asked} that could be placed: {some(left)}: left out"
        warnings.warn(MissingValues(text, left), stacklevel=2)
    return _tested(answers, keys, asked, pairs, correction == "yates")


def _tested(answers: Answers, keys: list[str], asked: str, pairs: pd.DataFrame, yates: bool) -> pd.DataFrame:
    """Of pairs `respondent`, `position_row`, `position_column`; who chose several options is in several."""
    several = bool(pairs["respondent"].duplicated().any())
    table = pd.crosstab(pairs["position_row"], pairs["position_column"]).sort_index().sort_index(axis=1)
    counts: Numbers = table.to_numpy(dtype=float)
    total = pairs["respondent"].nunique()
    down, across = (
        pairs.groupby(name)["respondent"].nunique().sort_index().to_numpy(dtype=float)
        for name in ("position_row", "position_column")
    )
    expected = np.full(counts.shape, np.nan) if several else np.outer(down, across) / max(total, 1)
    options = [answers.questions[key].options for key in keys]
    row, column = (np.asarray(axis, dtype=int) for axis in (table.index, table.columns))
    test: tuple[float, float, float, float] = (np.nan, np.nan, np.nan, np.nan)
    why = "respondents chose several options, so that the cells are not independent" if several else ""
    if min(counts.shape) < 2:
        why = "fewer than two options of a question were chosen"
    if why:
        warnings.warn(NotDefined(f"no test of {asked} ({why}): left empty", keys), stacklevel=3)
    else:
        test = independence(counts, yates)
        low = np.argwhere(expected < RULE)
        if len(low):
            named = [f"{options[0][row[i]].called} and {options[1][column[j]].called}" for i, j in low]
            text = f"{len(low)} of {expected.size} expected counts are below {RULE} ({some(named)}): p is not reliable"
            warnings.warn(MeasureWarning(text, named), stacklevel=3)
    size = counts.size
    names = ("chi_square", "degrees_of_freedom", "p", "cramers_v")
    return pd.DataFrame(
        {
            "row": np.repeat([options[0][i].key for i in row], len(column)) if size else [],
            "row_label": np.repeat([options[0][i].called for i in row], len(column)) if size else [],
            "column": np.tile([options[1][j].key for j in column], len(row)) if size else [],
            "column_label": np.tile([options[1][j].called for j in column], len(row)) if size else [],
            "count": counts.ravel().astype(int),
            "expected": expected.ravel(),
            "row_share": (100 * counts / down[:, None]).ravel() if size else [],
            "column_share": (100 * counts / across).ravel() if size else [],
            **{name: np.full(size, value) for name, value in zip(names, test, strict=True)},
            "respondents": np.full(size, total),
        }
    )


def _asked(answers: Answers, rows: str | None, columns: str | None) -> list[str]:
    """Keys of the two questions; where one is not named, the first of the table that is left."""
    closed = {key: asked for key, asked in answers.questions.items() if asked.closed}
    labels = {plain(asked.label): key for key, asked in closed.items() if asked.label}
    keys = [name if name is None or name in closed else labels.get(plain(name), "") for name in (rows, columns)]
    for name, key, role in ((rows, keys[0], "rows"), (columns, keys[1], "columns")):
        if key == "":
            remedy = f"Name a question with options in {role}. There are: {some([*closed])}."
            raise UnknownName("question", str(name), closed, remedy)
    left = (key for key in answers.order if key in closed and key not in keys)
    found = [next(left, "") if key is None else key for key in keys]
    if "" in found:
        raise BadParameter("there are no two questions with options. Name them with rows and columns")
    if found[0] == found[1]:
        raise BadParameter(f"{found[0]} is both rows and columns. Name two questions")
    return found
