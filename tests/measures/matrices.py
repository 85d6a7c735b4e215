"""Matrices of regions by industries of published examples, and long tables of any."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

POSITIVE = arrays(np.float64, st.tuples(st.integers(2, 6), st.integers(2, 6)), elements=st.floats(0.01, 1e6))
"""Regions x industries without zeros."""

ECONGEO = np.array(
    [
        [100.0, 0.0, 0.0, 0.0, 0.0],
        [0.0, 15.0, 5.0, 70.0, 10.0],
        [0.0, 20.0, 10.0, 20.0, 50.0],
        [0.0, 25.0, 30.0, 5.0, 40.0],
        [0.0, 40.0, 55.0, 5.0, 0.0],
    ]
)
"""Regions R1 to R5 by industries I1 to I5 in the examples of the R package EconGeo 2.0 (`location_quotient_avg`)."""

NEIGHBOURS = np.array(
    [
        [45000.0, 15000.0, 32000.0, 10000.0, 30000.0],
        [35000.0, 12000.0, 30000.0, 8000.0, 22000.0],
        [40000.0, 10000.0, 25000.0, 9000.0, 18000.0],
        [30000.0, 11000.0, 18000.0, 3000.0, 13000.0],
        [40000.0, 6000.0, 11000.0, 2000.0, 12000.0],
    ]
)
"""Jobs in Sweden, Norway, Denmark, Finland and Iceland by industry: example of `krugman.spec2` of REAT (R package)."""


def long(values: np.ndarray | Sequence[Sequence[float]]) -> pd.DataFrame:
    """A long table of regions r0, r1 ... (rows) by industries i0, i1 ... (columns)."""
    matrix = np.asarray(values, dtype=float)
    return pd.DataFrame(
        [(f"r{row}", f"i{place}", cell) for row, cells in enumerate(matrix) for place, cell in enumerate(cells)],
        columns=["region", "industry", "value"],
    )
