"""Input-output tables of the literature, and any small ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

FEW = settings(max_examples=25)
"""For properties of whole tables: what is computed is checked in more examples."""
SECTORS = ["agriculture", "manufacturing", "construction", "trade", "business services", "other services"]
BACKWARD = [1.7048, 1.8413, 1.8136, 1.6035, 1.5951, 1.3782]
"""Column sums of the Leontief inverse of Germany 1995: Eurostat Manual, pages 506-507, by the tests of iotables 0.9."""
FORWARD = [2.1126, 1.6910, 1.3558, 1.5848, 2.1037, 1.2106]
"""Row sums of its Ghosh inverse, from the same; but the second, there 1.6691, is that of pymrio 0.7.0, calc_G."""


def two_sectors() -> pd.DataFrame:
    """Miller and Blair (2009), section 2.3.1: transactions, final demand and output."""
    return pd.DataFrame(
        [["a", 150, 500, 350, 1000], ["b", 200, 100, 1700, 2000]],
        columns=["sector", "a", "b", "final demand", "output"],
    )


def with_an_idle_sector() -> pd.DataFrame:
    """The same and a sector that has no output, neither buys nor sells."""
    return pd.DataFrame(
        [["a", 150, 500, 0, 350, 1000], ["b", 200, 100, 0, 1700, 2000], ["c", 0, 0, 0, 0, 0]],
        columns=["sector", "a", "b", "c", "final demand", "output"],
    )


def with_households() -> pd.DataFrame:
    """The same with households' labour and consumption, after Miller and Blair (2009), section 2.5."""
    return pd.DataFrame(
        [
            ["a", 150, 500, 50, 300, 1000],
            ["b", 200, 100, 400, 1300, 2000],
            ["households", 300, 500, 50, 150, 1000],
            ["other", 350, 900, 500, None, None],
        ],
        columns=["sector", "a", "b", "households", "rest", "output"],
    )


def germany() -> pd.DataFrame:
    """Germany 1995, domestic output: Eurostat Manual of Supply, Use and Input-Output Tables (2008), table 15.4.

    As in the data of the R package iotables 0.9 (germany_1995).
    """
    flows = [
        [1131, 25480, 1, 607, 710, 762, 15219, 43910],
        [7930, 304584, 64167, 41082, 11981, 30360, 619342, 1079446],
        [426, 7334, 3875, 5296, 23457, 9155, 196063, 245606],
        [3559, 72717, 14190, 74399, 10835, 21008, 343355, 540063],
        [3637, 96115, 31027, 65755, 193176, 34223, 268554, 692487],
        [1552, 14986, 1747, 11225, 15058, 22070, 442280, 508918],
        [9382, 296464, 78819, 214450, 124810, 272975, None, None],
        [1096, 8381, 3236, 9251, 4258, 10206, None, None],
    ]
    found = pd.DataFrame(flows, columns=[*SECTORS, "final demand", "output"])
    found.insert(0, "sector", [*SECTORS, "wages", "employment"])
    return found


def square(transactions: np.ndarray, final: np.ndarray) -> pd.DataFrame:
    """A table with sectors s0, s1 ..., with output as it adds up."""
    names = [f"s{i}" for i in range(len(final))]
    found = pd.DataFrame(transactions, columns=names)
    found.insert(0, "sector", names)
    found["final demand"] = final
    found["output"] = transactions.sum(axis=1) + final
    return found


FLOWS = st.integers(1, 6).flatmap(
    lambda size: st.tuples(
        arrays(np.float64, (size, size), elements=st.just(0.0) | st.floats(0.01, 1e3)),
        arrays(np.float64, (size,), elements=st.floats(1, 1e3)),
    )
)
"""Transactions and final demand of a table that is productive, since each sector sells some of its output finally."""
