"""Which sectors pull others along, and which are pushed along by all: influence, sensitivity and key sectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from kg.measures.input_output.inverse import leontief, supplied
from kg.measures.input_output.table import InputOutput, Layout, chosen, read_table
from kg.measures.measure import measure
from kg.measures.table import Numbers, axes_frame, column, gathered, numbers

MARGIN = 1e-9
"""A coefficient counts as above 1 if it is so by more than rounding."""


def dispersion(inverse: Numbers) -> Numbers:
    """Column sums of an inverse over their mean: how much more than the average a column calls forth.

    Args:
        inverse: sectors x sectors; transposed, the answer is that of the rows.

    Returns: sectors, 0 upwards, with a mean of 1.
    """
    sums = inverse.sum(axis=0)
    found: Numbers = sums / sums.mean()
    return found


def variation(inverse: Numbers) -> Numbers:
    """Coefficient of variation of each column of an inverse, with n - 1.

    Args:
        inverse: sectors x sectors; transposed, the answer is that of the rows.

    Returns: sectors, 0 upwards, at most the root of the number of sectors; NaN for a single sector.
    """
    if len(inverse) < 2:
        return np.full(len(inverse), np.nan)
    found: Numbers = inverse.std(axis=0, ddof=1) / inverse.mean(axis=0)
    return found


def classes(influence: Numbers, sensitivity: Numbers) -> Sequence[str]:
    """The quadrant of each sector in words.

    >>> classes(np.array([1.2, 1.2, 0.8, 0.8]), np.array([1.1, 0.9, 1.1, 0.9]))
    ['key', 'backward', 'forward', 'weak']
    """
    pulls, pushed = influence > 1 + MARGIN, sensitivity > 1 + MARGIN
    found: list[str] = np.select([pulls & pushed, pulls, pushed], ["key", "backward", "forward"], "weak").tolist()
    return found


@measure
def influence_sensitivity(
    frame: pd.DataFrame,
    sector: str = "sector",
    total_output: str = "output",
    final: str = "final demand",
    value_added: str = "value added",
    total_input: str = "total input",
    leave_out: str | None = None,
    tolerance: float = 0.001,
    forward: Literal["leontief", "ghosh"] = "leontief",
) -> pd.DataFrame:
    r"""How strongly a sector draws on all others, and how strongly it is drawn on, against the average sector.

    .. math:: F_j = \frac{\sum_i l_{ij}}{\frac{1}{n} \sum_{ij} l_{ij}}, \qquad
              E_i = \frac{\sum_j l_{ij}}{\frac{1}{n} \sum_{ij} l_{ij}}, \qquad
              V_j = \frac{\sqrt{\frac{1}{n-1} \sum_i (l_{ij} - \bar{l}_j)^2}}{\bar{l}_j}

    .. math:: E_i^{G} = \frac{\sum_j g_{ij}}{\frac{1}{n} \sum_{ij} g_{ij}}

    Plain: influence = column sum of L over the mean column sum; sensitivity = row sum of L (or G) over their mean

    Convention:
        Rasmussen's power of dispersion (influence coefficient) and sensitivity of dispersion (sensitivity coefficient),
        unweighted. The evaluation of the Qinba area names the two without a formula or an inverse. The sensitivity is
        by rows of the Leontief inverse, as Rasmussen has it: the growth of a sector if final demand for every sector
        rose by one unit. With forward=ghosh it is by rows of the Ghosh inverse, as Jones proposed, because demand of
        one unit for every sector is not a plausible push. Coefficients of variation are after Rasmussen, with n - 1:
        low where a sector draws on all others evenly, high where on a few (or on itself) alone. How the table is read:
        see technical-coefficients.

    Args:
        frame: a row and a column for each sector, and further ones for final demand, output and value added.
        sector, total_output, final, value_added, total_input, leave_out, tolerance: as in `Layout`.
        forward: the inverse whose rows give the sensitivity.

    Returns: a row for each sector,
        influence [1]: what a unit of final demand for it calls forth in all sectors, over the average, 0 upwards.
        sensitivity [1]: what is called forth in it, or with forward=ghosh passed on by it, over the average.
        influence_variation [1]: coefficient of variation of the column, 0 upwards; high is uneven.
        sensitivity_variation [1]: coefficient of variation of the row, 0 upwards; high is uneven.

    Degenerate:
        Sectors that are all alike have 1. In a table of one sector both are 1 and there is no variation: empty, with
        the warning `NotDefined`. A sector without output is left out, and does not count in the average, with the same
        warning.

    References:
        - Rasmussen, P. N. (1956). Studies in Inter-Sectoral Relations. North-Holland, Amsterdam.
        - Jones, L. P. (1976). The measurement of Hirschmanian linkages. The Quarterly Journal of Economics 90(2),
          323-333. doi:10.2307/1884635
        - Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd edition. Cambridge
          University Press, chapter 12. doi:10.1017/CBO9780511626982
        - Liu, J., Tang, J., Huang, J., Ren, H., Zhou, Y., Li, J., Cai, Y. (2020). Developing strategic emerging and
          high-growth green industries in the Qinba Mountain Area. Strategic Study of CAE 22(1), 39-49, table 1.
          doi:10.15302/J-SSCAE-2020.01.014

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sector": ["a", "b"], "a": [150, 200], "b": [500, 100], "output": [1000, 2000]})
    >>> influence_sensitivity(table)[["influence", "sensitivity"]].round(3).values.tolist()
    [[1.022, 1.067], [0.978, 0.933]]
    """
    table = read_table(frame, Layout(sector, total_output, final, value_added, total_input, leave_out, tolerance))
    inverse = leontief(table)
    rows = _rows(inverse, table, forward)
    found = axes_frame(
        {"industry": table.sectors},
        {
            "influence": dispersion(inverse),
            "sensitivity": dispersion(rows),
            "influence_variation": variation(inverse),
            "sensitivity_variation": variation(rows),
        },
    )
    return gathered([(None, found)], ("industry",), "one sector does not vary")


@measure
def key_sectors(
    frame: pd.DataFrame,
    sector: str = "sector",
    total_output: str = "output",
    final: str = "final demand",
    value_added: str = "value added",
    total_input: str = "total input",
    leave_out: str | None = None,
    tolerance: float = 0.001,
    forward: Literal["leontief", "ghosh"] = "leontief",
    influence: str = "influence",
    sensitivity: str = "sensitivity",
) -> pd.DataFrame:
    r"""Key sectors: those whose influence and sensitivity are both above the average; and what the others are.

    .. math:: \text{key}: F_i > 1 \wedge E_i > 1, \quad \text{backward}: F_i > 1 \geq E_i, \quad
              \text{forward}: E_i > 1 \geq F_i, \quad \text{weak}: F_i \leq 1 \wedge E_i \leq 1

    Plain: key if influence > 1 and sensitivity > 1; backward if influence alone, forward if sensitivity alone; or weak

    Convention:
        Above 1 by more than 1e-9; exactly 1 is not above. Key sectors are those that depend on all others both ways;
        backward ones pull their suppliers along, forward ones are needed by all. A table that holds the two
        coefficients (of a publication, say) is classed as it stands; from any other they are computed as
        influence-sensitivity does.

    Args:
        frame: a row and a column for each sector, and further ones for final demand, output and value added.
        sector, total_output, final, value_added, total_input, leave_out, tolerance: as in `Layout`.
        forward: the inverse whose rows give the sensitivity.
        influence: column of influence coefficients, in a table that holds them.
        sensitivity: column of sensitivity coefficients, in a table that holds them.

    Returns: a row for each sector,
        influence [1]: of the sector on all others, over the average, 0 upwards.
        sensitivity [1]: of the sector to all others, over the average, 0 upwards.
        sector_class: key, backward, forward or weak; the quadrant, with influence across and sensitivity upwards.

    Degenerate:
        Sectors that are all alike are weak: none is above the average. A sector without a coefficient is left out, with
        the warning `MissingValues`; one without output with `NotDefined`.

    References:
        - Rasmussen, P. N. (1956). Studies in Inter-Sectoral Relations. North-Holland, Amsterdam.
        - Hirschman, A. O. (1958). The Strategy of Economic Development. Yale University Press.
        - Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd edition. Cambridge
          University Press, chapter 12. doi:10.1017/CBO9780511626982

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sector": ["steel", "tea"], "influence": [1.2, 0.7], "sensitivity": [1.4, 1.1]})
    >>> key_sectors(table)["sector_class"].tolist()
    ['key', 'forward']
    """
    held = {influence, sensitivity} & set(frame.columns)
    if held or (influence, sensitivity) != ("influence", "sensitivity"):
        names = column(frame, sector, "sector")
        pulls, pushed = numbers(frame, influence, "influence"), numbers(frame, sensitivity, "sensitivity")
        known = (pulls.notna() & pushed.notna()).to_numpy()
        industries: Sequence[str] = chosen(list(names), known)
        strength, need = (np.asarray(found, dtype=np.float64)[known] for found in (pulls, pushed))
    else:
        layout = Layout(sector, total_output, final, value_added, total_input, leave_out, tolerance)
        table = read_table(frame, layout)
        inverse = leontief(table)
        industries, strength = table.sectors, dispersion(inverse)
        need = dispersion(_rows(inverse, table, forward))
    found = axes_frame({"industry": industries}, {"influence": strength, "sensitivity": need})
    found["sector_class"] = classes(strength, need)
    return found


def _rows(inverse: Numbers, table: InputOutput, forward: str) -> Numbers:
    """The inverse whose rows give the sensitivity, transposed."""
    return (inverse if forward == "leontief" else supplied(inverse, table.output)).T
