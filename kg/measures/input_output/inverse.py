"""What each sector needs of all others, directly and over all rounds: coefficients and their inverses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kg.errors import BadTable
from kg.measures.input_output.table import InputOutput, Layout, chosen, read_table
from kg.measures.measure import measure
from kg.measures.table import Numbers, axes_frame, some

LARGEST = 1e12
"""A sum of an inverse from which rounding has eaten the number: as good as infinite."""


def technical(transactions: Numbers, output: Numbers) -> Numbers:
    """Input of the row's sector per unit of output of the column's.

    Args:
        transactions: sectors x sectors.
        output: sectors, all above 0.

    Returns: sectors x sectors.
    """
    return transactions / output


def allocation(transactions: Numbers, output: Numbers) -> Numbers:
    """Share of the row's sector's output that the column's takes.

    Args:
        transactions: sectors x sectors.
        output: sectors, all above 0.

    Returns: sectors x sectors.
    """
    return transactions / output[:, None]


def totals(coefficients: Numbers, sectors: Sequence[str] = ()) -> Numbers:
    """Row sums of the inverse of the unit matrix less coefficients, without the inverse.

    They exist and are all positive just if the spectral radius of coefficients that are none negative is below 1.

    Args:
        coefficients: sectors x sectors, none negative.
        sectors: names, for the message.

    Returns: sectors, 1 upwards.

    Raises:
        BadTable: the spectral radius is 1 or more.
    """
    size = len(coefficients)
    try:
        found = np.asarray(np.linalg.solve(np.eye(size) - coefficients, np.ones(size)), dtype=np.float64)
    except np.linalg.LinAlgError:
        found = np.zeros(size)
    if not (found > 0).all() or found.max() > LARGEST:
        heavy = chosen(sectors or [str(i) for i in range(size)], coefficients.sum(axis=1) >= 1)
        raise BadTable(
            f"the table is not productive: the spectral radius of its coefficients is {_radius(coefficients):.4g}, not "
            f"below 1, so that the rounds of inputs never end. Check the transactions and total output of {some(heavy)}"
        )
    return found


def inverses(coefficients: Numbers, sectors: Sequence[str] = ()) -> Numbers:
    """Inverse of the unit matrix less coefficients: direct and indirect needs over all rounds.

    Scaled by its own column sums the matrix is dominated by its diagonal in every column, so that elimination changes
    no rows: what is not connected stays exactly 0, and small entries keep their digits.

    Args:
        coefficients: sectors x sectors, none negative.
        sectors: names, for the message.

    Returns: sectors x sectors, none negative, 1 upwards on the diagonal.

    Raises:
        BadTable: the spectral radius is 1 or more.
    """
    scale = totals(coefficients.T, sectors)
    found = np.linalg.solve(scale[:, None] * (np.eye(len(scale)) - coefficients), np.diag(scale))
    return np.asarray(found, dtype=np.float64)


def supplied(inverse: Numbers, output: Numbers) -> Numbers:
    """The Ghosh inverse, from the Leontief inverse: the two are the same up to output of row and column.

    Args:
        inverse: of Leontief, sectors x sectors.
        output: sectors, all above 0.

    Returns: sectors x sectors.
    """
    found: Numbers = inverse * output
    found /= output[:, None]
    return found


def leontief(table: InputOutput) -> Numbers:
    """The Leontief inverse of a table, sectors x sectors."""
    return inverses(technical(table.transactions, table.output), table.sectors)


@measure
def technical_coefficients(
    frame: pd.DataFrame,
    sector: str = "sector",
    total_output: str = "output",
    final: str = "final demand",
    value_added: str = "value added",
    total_input: str = "total input",
    leave_out: str | None = None,
    tolerance: float = 0.001,
) -> pd.DataFrame:
    r"""What one sector buys of another, per unit of output of the one and of the other.

    .. math:: a_{ij} = \frac{z_{ij}}{x_j}, \qquad b_{ij} = \frac{z_{ij}}{x_i}

    Plain: a_ij = z_ij / x_j; b_ij = z_ij / x_i

    Convention:
        Rows sell, columns buy. Total output is the column of output; without one, the sum of the row and of final
        demand; without that, the row of total input. The table is taken as it is given: one of domestic flows gives
        domestic coefficients, one that includes imports gives those of technology. Several labels of an option
        have semicolons between them; a minus before a column of final demand subtracts it.

    Args:
        frame: a row and a column for each sector, and further ones for final demand, output and value added.
        sector, total_output, final, value_added, total_input, leave_out, tolerance: as in `Layout`.

    Returns: a row for each sector that sells and each that buys,
        technical_coefficient [1]: input per unit of output of the sector that buys, 0 upwards.
        allocation_coefficient [1]: share of the output of the sector that sells, 0 upwards.

    Degenerate:
        A sector without output is left out, with the warning `NotDefined`; what does not add up is used as it stands,
        with the warning `Inconsistent`; empty transactions count as 0, with the warning `MissingValues`.

    References:
        - Leontief, W. (1936). Quantitative input and output relations in the economic system of the United States. The
          Review of Economics and Statistics 18(3), 105-125. doi:10.2307/1927837
        - Ghosh, A. (1958). Input-output approach in an allocation system. Economica 25(97), 58-64. doi:10.2307/2550694

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sector": ["a", "b"], "a": [150, 200], "b": [500, 100], "output": [1000, 2000]})
    >>> technical_coefficients(table)["technical_coefficient"].tolist()
    [0.15, 0.25, 0.2, 0.05]
    """
    table = read_table(frame, Layout(sector, total_output, final, value_added, total_input, leave_out, tolerance))
    return axes_frame(
        {"industry": table.sectors, "other_industry": table.sectors},
        {
            "technical_coefficient": technical(table.transactions, table.output),
            "allocation_coefficient": allocation(table.transactions, table.output),
        },
    )


@measure
def leontief_inverse(
    frame: pd.DataFrame,
    sector: str = "sector",
    total_output: str = "output",
    final: str = "final demand",
    value_added: str = "value added",
    total_input: str = "total input",
    leave_out: str | None = None,
    tolerance: float = 0.001,
) -> pd.DataFrame:
    r"""What one sector must produce, over all rounds of inputs, for a unit of final demand for another.

    .. math:: L = (I - A)^{-1} = I + A + A^2 + \dots, \qquad a_{ij} = \frac{z_{ij}}{x_j}

    Plain: L = (I - A)^-1, with a_ij = z_ij / x_j

    Convention:
        Leontief's model of demand: x = L f. The unit itself is counted, so that the diagonal is 1 or more. How the
        table is read: see technical-coefficients.

    Args:
        frame: a row and a column for each sector, and further ones for final demand, output and value added.
        sector, total_output, final, value_added, total_input, leave_out, tolerance: as in `Layout`.

    Returns: a row for each sector that produces and each for which there is final demand,
        leontief_inverse [1]: output of `industry` per unit of final demand for `other_industry`, 0 upwards.

    Degenerate:
        A table whose coefficients have a spectral radius of 1 or more has no such inverse: an error that says so. A
        sector without output is left out, with the warning `NotDefined`.

    References:
        - Leontief, W. (1936). Quantitative input and output relations in the economic system of the United States. The
          Review of Economics and Statistics 18(3), 105-125. doi:10.2307/1927837
        - Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd edition. Cambridge
          University Press, chapter 2. doi:10.1017/CBO9780511626982

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sector": ["a", "b"], "a": [150, 200], "b": [500, 100], "output": [1000, 2000]})
    >>> leontief_inverse(table)["leontief_inverse"].round(4).tolist()
    [1.2541, 0.33, 0.264, 1.1221]
    """
    table = read_table(frame, Layout(sector, total_output, final, value_added, total_input, leave_out, tolerance))
    axes = {"industry": table.sectors, "other_industry": table.sectors}
    return axes_frame(axes, {"leontief_inverse": leontief(table)})


@measure
def ghosh_inverse(
    frame: pd.DataFrame,
    sector: str = "sector",
    total_output: str = "output",
    final: str = "final demand",
    value_added: str = "value added",
    total_input: str = "total input",
    leave_out: str | None = None,
    tolerance: float = 0.001,
) -> pd.DataFrame:
    r"""What passes from a unit of primary input of one sector into the output of another, over all rounds of sales.

    .. math:: G = (I - B)^{-1} = \hat{x}^{-1} L \hat{x}, \qquad b_{ij} = \frac{z_{ij}}{x_i}

    Plain: G = (I - B)^-1, with b_ij = z_ij / x_i

    Convention:
        Ghosh's model of supply: x' = v' G, with v the primary inputs; since Dietzenbacher (1997) read as a model of
        prices. How the table is read: see technical-coefficients.

    Args:
        frame: a row and a column for each sector, and further ones for final demand, output and value added.
        sector, total_output, final, value_added, total_input, leave_out, tolerance: as in `Layout`.

    Returns: a row for each sector that has the primary input and each that its sales reach,
        ghosh_inverse [1]: value of output of `other_industry` per unit of primary input of `industry`, 0 upwards.

    Degenerate:
        A table whose coefficients have a spectral radius of 1 or more has no such inverse: an error that says so. A
        sector without output is left out, with the warning `NotDefined`.

    References:
        - Ghosh, A. (1958). Input-output approach in an allocation system. Economica 25(97), 58-64. doi:10.2307/2550694
        - Dietzenbacher, E. (1997). In vindication of the Ghosh model: a reinterpretation as a price model. Journal of
          Regional Science 37(4), 629-651. doi:10.1111/0022-4146.00073

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sector": ["a", "b"], "a": [150, 200], "b": [500, 100], "output": [1000, 2000]})
    >>> ghosh_inverse(table)["ghosh_inverse"].round(4).tolist()
    [1.2541, 0.6601, 0.132, 1.1221]
    """
    table = read_table(frame, Layout(sector, total_output, final, value_added, total_input, leave_out, tolerance))
    axes = {"industry": table.sectors, "other_industry": table.sectors}
    return axes_frame(axes, {"ghosh_inverse": supplied(leontief(table), table.output)})


def _radius(coefficients: Numbers, rounds: int = 500) -> float:
    """Largest eigenvalue of a matrix without negatives, by powers of it and the unit matrix together."""
    vector, size = np.ones(len(coefficients)), 1.0
    for _ in range(rounds):
        vector = vector + coefficients @ vector
        size = float(vector.max())
        vector /= size
    return size - 1
