"""Tables of pairs of regions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from kg.measures.table import Columns, Numbers, check_size, gathered, matrices


def tabulate_pairs(
    frame: pd.DataFrame, columns: Columns, name: str, kernel: Callable[[Numbers], Numbers], why: str
) -> pd.DataFrame:
    """Compute a symmetric measure of all pairs of regions, for each period of a table.

    Args:
        frame: the table.
        columns: which columns hold what.
        name: of the column of the answer.
        kernel: from regions x industries, a value for each pair: first with second, third ..., second with third ...
        why: the reason for which the measure may not be defined, for the warning.

    Returns: columns `period` (where the table has one), `region`, `other_region` and the measure; each pair once, in
        the order of the table.

    Raises:
        TooLarge: there are too many pairs; otherwise as `matrices`.
    """
    parts = []
    for matrix in matrices(frame, columns):
        names = np.asarray(matrix.regions, dtype=object)
        check_size(len(names) * (len(names) - 1) // 2)
        first, second = np.triu_indices(len(names), 1)
        found = {"region": names[first], "other_region": names[second], name: kernel(matrix.values)}
        parts.append((matrix.period, pd.DataFrame(found)))
    return gathered(parts, ["region", "other_region"], why)
