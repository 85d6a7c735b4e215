"""What a unit of final demand brings in output, value added, income or employment, over all rounds."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd

from kg.errors import BadParameter, BadTable
from kg.measures.input_output.inverse import technical, totals
from kg.measures.input_output.table import InputOutput, Layout, read_table
from kg.measures.measure import measure
from kg.measures.options import listed
from kg.measures.table import Numbers, axes_frame, gathered, where


def effects(coefficients: Numbers, direct: Numbers) -> Numbers:
    """Direct effects per unit of output, summed over all rounds of inputs: direct @ L, without the inverse.

    Args:
        coefficients: A, productive, sectors x sectors.
        direct: kinds of effects x sectors.

    Returns: kinds of effects x sectors, per unit of final demand for the sector.
    """
    found = np.linalg.solve((np.eye(len(coefficients)) - coefficients).T, direct.T).T
    return np.asarray(found, dtype=np.float64)


def induced(open_effects: Numbers, open_income: Numbers, consumption: Numbers, own: float = 0.0) -> Numbers:
    """What households' spending of their income adds to effects over all rounds.

    The inverse of the table closed with households follows from that of the open one: no second inverse.

    Args:
        open_effects: per unit of final demand for each sector, kinds of effects x sectors.
        open_income: income per unit of final demand for each sector, sectors.
        consumption: spending on each sector per unit of households' income, sectors.
        own: income that households pay one another, per unit of their income.

    Returns: kinds of effects x sectors.

    Raises:
        BadTable: households would spend more than their income, over all rounds, and so on without end.
    """
    kept = 1 - own - float(open_income @ consumption)
    if kept <= 0:
        raise BadTable(
            f"the table closed with households is not productive: a unit of their income brings them {1 - kept:.4g} "
            "more, so that the rounds never end. Check the row of income and the column of consumption"
        )
    found: Numbers = np.outer(open_effects @ consumption, open_income / kept)
    return found


@measure
def output_multiplier(
    frame: pd.DataFrame,
    sector: str = "sector",
    total_output: str = "output",
    final: str = "final demand",
    value_added: str = "value added",
    total_input: str = "total input",
    leave_out: str | None = None,
    tolerance: float = 0.001,
) -> pd.DataFrame:
    r"""Output of all sectors that a unit of final demand for one brings, over all rounds of inputs.

    .. math:: m_j = \sum_i l_{ij}

    Plain: m_j = sum_i l_ij

    Convention:
        The simple output multiplier of Miller and Blair (type I): households are outside the model, the unit of final
        demand itself is counted. The sum is also the total backward linkage. With households inside:
        household-multiplier. How the table is read: see technical-coefficients.

    Args:
        frame: a row and a column for each sector, and further ones for final demand, output and value added.
        sector, total_output, final, value_added, total_input, leave_out, tolerance: as in `Layout`.

    Returns: a row for each sector,
        output_multiplier [1]: output of all sectors per unit of final demand for it, 1 upwards.

    Degenerate:
        A sector that buys nothing has 1. One without output is left out, with the warning `NotDefined`.

    References:
        - Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd edition. Cambridge
          University Press, chapter 6. doi:10.1017/CBO9780511626982

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sector": ["a", "b"], "a": [150, 200], "b": [500, 100], "output": [1000, 2000]})
    >>> output_multiplier(table)["output_multiplier"].round(3).tolist()
    [1.518, 1.452]
    """
    table = read_table(frame, Layout(sector, total_output, final, value_added, total_input, leave_out, tolerance))
    found = totals(technical(table.transactions, table.output).T, table.sectors)
    return axes_frame({"industry": table.sectors}, {"output_multiplier": found})


@measure
def factor_multiplier(
    frame: pd.DataFrame,
    sector: str = "sector",
    total_output: str = "output",
    final: str = "final demand",
    value_added: str = "value added",
    total_input: str = "total input",
    leave_out: str | None = None,
    tolerance: float = 0.001,
    factors: str = "value added",
) -> pd.DataFrame:
    r"""Value added, income, employment or another input that a unit of final demand for a sector brings in all.

    .. math:: m_j = \sum_i c_i l_{ij}, \quad c_i = \frac{v_i}{x_i}, \qquad t_j = \frac{m_j}{c_j}

    Plain: m_j = sum_i (v_i / x_i) l_ij; type I = m_j / (v_j / x_j)

    Convention:
        Simple multipliers of Miller and Blair, per unit of final demand, and their type I multipliers, per unit of the
        sector's own direct effect; households are outside the model. Each row that is named is a factor of its own, in
        its own unit (money, persons, tonnes). How the table is read: see technical-coefficients.

    Args:
        frame: a row and a column for each sector, and further ones for final demand, output and value added.
        sector, total_output, final, value_added, total_input, leave_out, tolerance: as in `Layout`.
        factors: rows of value added, income, employment or others.

    Returns: a row for each factor and sector (`factor`, `industry`),
        multiplier [unit of the row / value]: of all sectors, per unit of final demand for it.
        direct [unit of the row / value]: of the sector itself, per unit of its output.
        type_1 [1]: multiplier over direct, 1 upwards.

    Degenerate:
        A sector without the factor has no type I multiplier: empty, with the warning `NotDefined`. A sector without
        output is left out, with the same warning.

    References:
        - Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd edition. Cambridge
          University Press, chapter 6. doi:10.1017/CBO9780511626982

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sector": ["a", "b", "wages"], "a": [150, 200, 300], "b": [500, 100, 500]})
    >>> table["output"] = [1000, 2000, None]
    >>> factor_multiplier(table, factors="wages")["multiplier"].round(3).tolist()
    [0.442, 0.38]
    """
    layout = Layout(sector, total_output, final, value_added, total_input, leave_out, tolerance)
    names = listed("factors", factors)
    if not names:
        raise BadParameter("no factor is named. Name rows with factors, with ; between them")
    table = read_table(frame, layout, more_rows=dict.fromkeys(names, "factors"))
    coefficients = technical(table.transactions, table.output)
    totals(coefficients.T, table.sectors)
    direct = np.array([table.row(name) for name in names]) / table.output
    sums = effects(coefficients, direct)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(direct != 0, sums / direct, np.nan)
    axes = {"factor": names, "industry": table.sectors}
    found = axes_frame(axes, {"direct": direct, "multiplier": sums, "type_1": ratio})
    return gathered([(None, found)], tuple(axes), "the sector itself has none of the factor")


@measure
def household_multiplier(
    frame: pd.DataFrame,
    sector: str = "sector",
    total_output: str = "output",
    final: str = "final demand",
    value_added: str = "value added",
    total_input: str = "total input",
    leave_out: str | None = None,
    tolerance: float = 0.001,
    income: str = "households",
    consumption: str = "households",
    factors: str | None = None,
) -> pd.DataFrame:
    r"""What a unit of final demand for a sector brings if households spend the income that it brings them.

    .. math:: \bar{A} = \begin{pmatrix} A & h_c \\ h_r' & h \end{pmatrix}, \qquad
              \bar{L} = (I - \bar{A})^{-1}, \qquad \bar{m}_j = \sum_{i=1}^{n} c_i \bar{l}_{ij}

    Plain: closed = sum over the n sectors of c_i lbar_ij, with lbar from the table closed with households

    Convention:
        Total multipliers of Miller and Blair, as type II: households are a sector that sells labour (the row of income)
        and buys consumption (the column). The output of households is the cell of their row in the column of output;
        where that is empty or there is none, their income from all sectors and columns of final demand. The effect
        `output` counts the n sectors without households (truncated); `income` is the row of households in the closed
        inverse. Type II over type I is the same for all sectors as far as income goes. How the table is read: see
        technical-coefficients; the row of income counts among primary inputs, the column of consumption among final
        demand, if they are named there too.

    Args:
        frame: a row and a column for each sector, and further ones for final demand, output and value added.
        sector, total_output, final, value_added, total_input, leave_out, tolerance: as in `Layout`.
        income: row of households' income from each sector (wages).
        consumption: column of households' spending on each sector.
        factors: further rows, such as employment.

    Returns: a row for each effect, `output`, `income` or a factor, and sector (`effect`, `industry`),
        closed [unit of the row / value]: of all sectors, per unit of final demand, households inside (type II).
        direct [unit of the row / value]: of the sector itself, per unit of its output; 1 for output.
        open [unit of the row / value]: of all sectors, per unit of final demand, households outside (type I).
        type_1 [1]: open over direct, 1 upwards.
        type_2 [1]: closed over direct, not below type I.

    Degenerate:
        A sector without the factor has no multipliers of type I and II: empty, with the warning `NotDefined`. If
        households spend, over all rounds, more than they earn: an error that says so.

    References:
        - Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd edition. Cambridge
          University Press, chapters 2 and 6. doi:10.1017/CBO9780511626982

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sector": ["a", "b", "households"], "a": [150, 200, 300], "b": [500, 100, 500]})
    >>> table["households"], table["output"] = [50, 400, 50], [1000, 2000, 1000]
    >>> household_multiplier(table)[["open", "closed"]].round(3).values.tolist()
    [[1.518, 1.892], [1.452, 1.773], [0.442, 0.57], [0.38, 0.489]]
    """
    layout = Layout(sector, total_output, final, value_added, total_input, leave_out, tolerance)
    names = listed("factors", factors)
    rows = dict.fromkeys(names, "factors") | {income: "income"}
    table = read_table(frame, layout, more_rows=rows, more_columns={consumption: "consumption"})
    coefficients = technical(table.transactions, table.output)
    simple = totals(coefficients.T, table.sectors)
    cells = table.cells.loc[income].to_dict()
    earned = _earned(where(frame), table, layout, cells, income, consumption)
    direct = np.array([np.ones(len(simple)), *(table.row(name) / table.output for name in (income, *names))])
    sums = np.vstack([simple, effects(coefficients, direct[1:])])
    own = float(np.nan_to_num(cells[consumption])) / earned
    spending = table.column(consumption) / earned
    closed = sums + induced(sums, sums[1], spending, own)
    closed[1] = sums[1] / (1 - own - float(sums[1] @ spending))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = [np.where(direct != 0, part / direct, np.nan) for part in (sums, closed)]
    axes = {"effect": ("output", "income", *names), "industry": table.sectors}
    columns = {"direct": direct, "open": sums, "closed": closed, "type_1": ratios[0], "type_2": ratios[1]}
    return gathered([(None, axes_frame(axes, columns))], tuple(axes), "the sector itself has none of it")


def _earned(
    at: str, table: InputOutput, layout: Layout, cells: Mapping[Hashable, float], income: str, consumption: str
) -> float:
    """Total income of households, of whose row these are the cells."""
    earned = cells.get(layout.total_output, np.nan)
    if np.isnan(earned):
        beside = {consumption, *(name.removeprefix("-").strip() for name in listed("final", layout.final))}
        earned = float(np.nansum([cells[name] for name in (*table.sectors, *sorted(beside)) if name in cells]))
    if not earned > 0:
        raise BadTable(f"{at}households have no income in row {income}. Name the row of income with income")
    return earned
