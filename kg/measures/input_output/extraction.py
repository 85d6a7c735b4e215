"""What all sectors would lose if one of them stopped buying, selling or existing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kg.measures.input_output.inverse import leontief
from kg.measures.input_output.table import Layout, read_table
from kg.measures.measure import measure
from kg.measures.table import Numbers, axes_frame


def extraction_total(inverse: Numbers, output: Numbers) -> Numbers:
    """Loss of output if a sector is taken out with its final demand.

    The inverse without a row and column follows from the whole one, after Sherman and Morrison: no second inverse.

    Args:
        inverse: of Leontief, sectors x sectors.
        output: sectors.

    Returns: sector taken out x sector that loses; the sector taken out loses all its output.
    """
    found: Numbers = np.ascontiguousarray((inverse * (output / np.diagonal(inverse))).T)
    return found


def extraction_backward(inverse: Numbers, output: Numbers) -> Numbers:
    """Loss of output if a sector buys nothing from any (its column of technical coefficients is 0).

    Args:
        inverse: of Leontief, sectors x sectors.
        output: sectors.

    Returns: sector that buys nothing x sector that loses.
    """
    found = extraction_total(inverse, output)
    np.fill_diagonal(found, _own(inverse, output))
    return found


def extraction_forward(inverse: Numbers, output: Numbers) -> Numbers:
    """Loss of output if a sector sells nothing to any (its row of allocation coefficients is 0).

    Args:
        inverse: of Leontief, sectors x sectors.
        output: sectors.

    Returns: sector that sells nothing x sector that loses.
    """
    found: Numbers = inverse * output / np.diagonal(inverse)[:, None]
    np.fill_diagonal(found, _own(inverse, output))
    return found


def _own(inverse: Numbers, output: Numbers) -> Numbers:
    """What a sector itself loses that buys nothing, or sells nothing: the same by both models, never below 0."""
    return np.maximum(output * (1 - 1 / np.diagonal(inverse)), 0.0)


@measure
def hypothetical_extraction(
    frame: pd.DataFrame,
    sector: str = "sector",
    total_output: str = "output",
    final: str = "final demand",
    value_added: str = "value added",
    total_input: str = "total input",
    leave_out: str | None = None,
    tolerance: float = 0.001,
) -> pd.DataFrame:
    r"""Output that all sectors together would lose without a sector, without its purchases, or without its sales.

    .. math:: T_k = \mathbf{1}'x - \mathbf{1}'\bar{x}_{(k)} = \frac{x_k}{l_{kk}} \sum_i l_{ik}, \qquad
              B_k = \frac{x_k}{l_{kk}} \Big(\sum_i l_{ik} - 1\Big), \qquad
              F_k = \frac{x_k}{g_{kk}} \Big(\sum_j g_{kj} - 1\Big)

    Plain: T = x_k sum_i l_ik / l_kk; B = x_k (sum_i l_ik - 1) / l_kk; F = x_k (sum_j g_kj - 1) / g_kk

    Convention:
        Total: row, column and final demand of the sector are taken out, and its own output counts as lost. Backward:
        its column of technical coefficients is set to 0, its own cell too, with final demand as it was. Forward: its
        row of allocation coefficients is set to 0, with primary inputs as they were (Ghosh). Nothing is replaced by
        imports. The others lose the same in total and backward. Shares are of the output of all sectors. Final demand
        and primary inputs are what is left of output, where the table does not add up. How the table is read: see
        technical-coefficients.

    Args:
        frame: a row and a column for each sector, and further ones for final demand, output and value added.
        sector, total_output, final, value_added, total_input, leave_out, tolerance: as in `Layout`.

    Returns: a row for each sector that is taken out,
        total_loss [value]: output lost by all, the sector itself with them.
        backward_loss [value]: output lost by all if it bought nothing from any.
        forward_loss [value]: output lost by all if it sold nothing to any.
        total_share [%]: total loss in the output of all.
        backward_share [%]: backward loss in the output of all.
        forward_share [%]: forward loss in the output of all.

    Degenerate:
        A sector that neither buys nor sells costs its own output, and nothing backward or forward. A sector without
        output is left out, with the warning `NotDefined`.

    References:
        - Dietzenbacher, E., van der Linden, J. A. (1997). Sectoral and spatial linkages in the EC production structure.
          Journal of Regional Science 37(2), 235-257. doi:10.1111/0022-4146.00053
        - Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd edition. Cambridge
          University Press, chapter 12. doi:10.1017/CBO9780511626982

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sector": ["a", "b"], "a": [150, 200], "b": [500, 100], "output": [1000, 2000]})
    >>> losses = hypothetical_extraction(table)
    >>> losses[["total_loss", "backward_loss", "forward_loss"]].round(2).values.tolist()[0]
    [1210.53, 413.16, 728.95]
    """
    table = read_table(frame, Layout(sector, total_output, final, value_added, total_input, leave_out, tolerance))
    inverse, output = leontief(table), table.output
    losses = {
        "total": extraction_total(inverse, output).sum(axis=1),
        "backward": extraction_backward(inverse, output).sum(axis=1),
        "forward": extraction_forward(inverse, output).sum(axis=1),
    }
    columns = {f"{way}_loss": loss for way, loss in losses.items()}
    columns |= {f"{way}_share": 100 * loss / output.sum() for way, loss in losses.items()}
    return axes_frame({"industry": table.sectors}, columns)


@measure
def extraction_loss(
    frame: pd.DataFrame,
    sector: str = "sector",
    total_output: str = "output",
    final: str = "final demand",
    value_added: str = "value added",
    total_input: str = "total input",
    leave_out: str | None = None,
    tolerance: float = 0.001,
) -> pd.DataFrame:
    r"""Output that each sector would lose without another, without its purchases, or without its sales.

    .. math:: T_{ki} = \frac{l_{ik}}{l_{kk}} x_k, \qquad
              B_{ki} = \frac{l_{ik} - \delta_{ik}}{l_{kk}} x_k, \qquad
              F_{kj} = \frac{g_{kj} - \delta_{kj}}{g_{kk}} x_k

    Plain: T = x_k l_ik / l_kk; B = x_k (l_ik - d_ik) / l_kk; F = x_k (g_kj - d_kj) / g_kk

    Convention:
        As hypothetical-extraction, which has the sums. In total the sector that is taken out loses all its output.
        Shares are of the output of the sector that loses.

    Args:
        frame: a row and a column for each sector, and further ones for final demand, output and value added.
        sector, total_output, final, value_added, total_input, leave_out, tolerance: as in `Layout`.

    Returns: a row for each sector that is taken out and each that loses,
        total_loss [value]: output that `other_industry` loses without `industry`.
        backward_loss [value]: output that it loses if `industry` bought nothing from any.
        forward_loss [value]: output that it loses if `industry` sold nothing to any.
        total_share [%]: total loss in the output of the sector that loses.

    Degenerate:
        Sectors that are not connected lose nothing. A sector without output is left out, with the warning `NotDefined`.

    References:
        - Dietzenbacher, E., van der Linden, J. A. (1997). Sectoral and spatial linkages in the EC production structure.
          Journal of Regional Science 37(2), 235-257. doi:10.1111/0022-4146.00053
        - Miller, R. E., Blair, P. D. (2009). Input-Output Analysis: Foundations and Extensions. 2nd edition. Cambridge
          University Press, chapter 12. doi:10.1017/CBO9780511626982

    >>> import pandas as pd
    >>> table = pd.DataFrame({"sector": ["a", "b"], "a": [150, 200], "b": [500, 100], "output": [1000, 2000]})
    >>> extraction_loss(table)["total_loss"].round(2).tolist()
    [1000.0, 210.53, 588.24, 2000.0]
    """
    table = read_table(frame, Layout(sector, total_output, final, value_added, total_input, leave_out, tolerance))
    inverse = leontief(table)
    total = extraction_total(inverse, table.output)
    return axes_frame(
        {"industry": table.sectors, "other_industry": table.sectors},
        {
            "total_loss": total,
            "backward_loss": extraction_backward(inverse, table.output),
            "forward_loss": extraction_forward(inverse, table.output),
            "total_share": 100 * total / table.output,
        },
    )
