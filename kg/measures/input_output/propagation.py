"""In how many rounds a push on one sector reaches another."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kg.measures.input_output.inverse import leontief, supplied, technical
from kg.measures.input_output.table import Layout, read_table
from kg.measures.measure import measure
from kg.measures.table import Numbers, axes_frame, gathered


def later_rounds(coefficients: Numbers, inverse: Numbers) -> Numbers:
    """The Leontief inverse without the unit that starts it, exact where a subtraction would round.

    Args:
        coefficients: A, sectors x sectors.
        inverse: its Leontief inverse, sectors x sectors.

    Returns: sectors x sectors, 0 upwards.
    """
    return coefficients @ inverse


def propagation_lengths(inverse: Numbers, later: Numbers) -> Numbers:
    """Mean number of rounds in which one sector reaches another, weighted by what each round carries.

    Args:
        inverse: of Leontief (or of Ghosh), sectors x sectors.
        later: the same without the unit that starts it, as `later_rounds` has it.

    Returns: sectors x sectors, 1 upwards; NaN where no path leads from the one to the other.
    """
    found = inverse @ later
    with np.errstate(divide="ignore", invalid="ignore"):
        found /= later
    return found


@measure
def average_propagation_length(
    frame: pd.DataFrame,
    sector: str = "sector",
    total_output: str = "output",
    final: str = "final demand",
    value_added: str = "value added",
    total_input: str = "total input",
    leave_out: str | None = None,
    tolerance: float = 0.001,
) -> pd.DataFrame:
    r"""Mean number of rounds in which a push on one sector reaches another: the economic distance between the two.

    .. math:: v_{ij} = \frac{\sum_k k \, [A^k]_{ij}}{\sum_k [A^k]_{ij}} = \frac{[L (L - I)]_{ij}}{l_{ij} - \delta_{ij}}

    .. math:: f_{ij} = \frac{l_{ij} - \delta_{ij} + g_{ij} - \delta_{ij}}{2}

    Plain: v = (L (L - I))_ij / (L - I)_ij; strength = ((L - I)_ij + (G - I)_ij) / 2

    Convention:
        After Dietzenbacher, Romero and Bosma: the first effect, on the sector that is pushed, counts as no round. The
        length is the same looked at forwards (cost push along sales, Ghosh) and backwards (demand pull along
        purchases, Leontief), from the sector that sells to the one that buys. The strength of the link is the mean of
        both inverses; they leave out pairs whose strength is below a threshold, here none is left out. How the table
        is read: see technical-coefficients.

    Args:
        frame: a row and a column for each sector, and further ones for final demand, output and value added.
        sector, total_output, final, value_added, total_input, leave_out, tolerance: as in `Layout`.

    Returns: a row for each sector that sells, directly or indirectly, and each that buys,
        average_propagation_length [1]: rounds, 1 (all of it direct) upwards.
        strength [1]: mean of the Leontief and the Ghosh inverse, without the first effect, 0 upwards.

    Degenerate:
        Where no path leads from one sector to another (from a sector to itself, if nothing returns) there is no length:
        empty, with the warning `NotDefined`; the strength is 0. A sector without output is left out, with the same
        warning.

    References:
        - Dietzenbacher, E., Romero, I., Bosma, N. S. (2005). Using average propagation lengths to identify production
          chains in the Andalusian economy. Estudios de Economía Aplicada 23(2), 405-422.
        - Dietzenbacher, E., Romero, I. (2007). Production chains in an interregional framework: identification by means
          of average propagation lengths. International Regional Science Review 30(4), 362-383.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sector": ["a", "b"], "a": [150, 200], "b": [500, 100], "output": [1000, 2000]})
    >>> average_propagation_length(table)["average_propagation_length"].round(3).tolist()
    [1.597, 1.376, 1.376, 1.836]
    """
    table = read_table(frame, Layout(sector, total_output, final, value_added, total_input, leave_out, tolerance))
    inverse = leontief(table)
    later = later_rounds(technical(table.transactions, table.output), inverse)
    found = axes_frame(
        {"industry": table.sectors, "other_industry": table.sectors},
        {
            "average_propagation_length": propagation_lengths(inverse, later),
            "strength": (later + supplied(later, table.output)) / 2,
        },
    )
    return gathered([(None, found)], ("industry", "other_industry"), "no path leads from the one to the other")
