"""How far a sector stands from final demand, and how far from primary inputs."""

from __future__ import annotations

import pandas as pd

from kg.errors import BadTable
from kg.measures.input_output.inverse import allocation, technical, totals
from kg.measures.input_output.table import Layout, chosen, read_table
from kg.measures.measure import measure
from kg.measures.table import axes_frame, some, where


@measure
def upstreamness(
    frame: pd.DataFrame,
    sector: str = "sector",
    total_output: str = "output",
    final: str = "final demand",
    value_added: str = "value added",
    total_input: str = "total input",
    leave_out: str | None = None,
    tolerance: float = 0.001,
    exports: str | None = None,
    imports: str | None = None,
    inventories: str | None = None,
) -> pd.DataFrame:
    r"""Mean number of stages from a sector's output to final demand (upstreamness) and from primary inputs to it.

    .. math:: U = (I - \Delta)^{-1} \mathbf{1}, \quad \delta_{ij} = \frac{z_{ij}}{x_i - e_i + m_i - s_i}, \qquad
              D' = \mathbf{1}' (I - A)^{-1}, \quad a_{ij} = \frac{z_{ij}}{x_j}

    Plain: U = row sums of (I - Delta)^-1, with delta_ij = z_ij / (x_i - e_i + m_i - s_i); D = column sums of L

    Convention:
        Upstreamness after Antràs, Chor, Fally and Hillberry: 1 for a sector all of whose output is final demand, higher
        the more stages follow; without exports, imports and inventories it is the row sum of the Ghosh inverse (output
        upstreamness). Their correction for an open economy takes exports e, imports m and net additions to inventories
        s, imports as positive numbers, and assumes that they are used as the rest is. Downstreamness is the column sum
        of the Leontief inverse (input downstreamness of Miller and Temurshoev), and so equals the output multiplier; it
        is not corrected. How the table is read: see technical-coefficients.

    Args:
        frame: a row and a column for each sector, and further ones for final demand, output and value added.
        sector, total_output, final, value_added, total_input, leave_out, tolerance: as in `Layout`.
        exports: column of exports, where upstreamness is to be that of an open economy.
        imports: column of imports that compete with the sector's output.
        inventories: column of net additions to inventories.

    Returns: a row for each sector,
        upstreamness [1]: stages to final demand, weighted by value, 1 upwards.
        downstreamness [1]: stages from primary inputs, weighted by value, 1 upwards.

    Degenerate:
        A sector without output is left out, with the warning `NotDefined`. A table that is not productive, or a sector
        whose output, less exports and inventories and with imports, is not above 0: an error that says so.

    References:
        - Antràs, P., Chor, D., Fally, T., Hillberry, R. (2012). Measuring the upstreamness of production and trade
          flows. American Economic Review 102(3), 412-416. doi:10.1257/aer.102.3.412
        - Miller, R. E., Temurshoev, U. (2017). Output upstreamness and input downstreamness of industries/countries in
          world production. International Regional Science Review 40(5), 443-475. doi:10.1177/0160017615608095

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sector": ["ore", "cars"], "ore": [0, 0], "cars": [8, 0], "output": [10, 20]})
    >>> upstreamness(table).values.tolist()
    [['ore', 1.8, 1.0], ['cars', 1.0, 1.4]]
    """
    layout = Layout(sector, total_output, final, value_added, total_input, leave_out, tolerance)
    signs = {"exports": -1, "imports": 1, "inventories": -1}
    named = {name: option for name, option in zip((exports, imports, inventories), signs, strict=True) if name}
    table = read_table(frame, layout, more_columns=named)
    used = table.output.copy()
    for name, option in named.items():
        used += signs[option] * table.column(name)
    if (used <= 0).any():
        none = some(chosen(table.sectors, used <= 0))
        raise BadTable(
            f"{where(frame)}output less exports and inventories, with imports, is not above 0 for {none}: it has no "
            "upstreamness. Check the columns of exports, imports and inventories, or leave the sectors out"
        )
    return axes_frame(
        {"industry": table.sectors},
        {
            "upstreamness": totals(allocation(table.transactions, used), table.sectors),
            "downstreamness": totals(technical(table.transactions, table.output).T, table.sectors),
        },
    )
