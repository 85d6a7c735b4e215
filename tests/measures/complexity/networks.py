"""Networks of regions and industries for property tests."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.measures.table import Numbers
from tests.measures.matrices import long

BINARY = arrays(np.float64, st.tuples(st.integers(1, 7), st.integers(1, 8)), elements=st.sampled_from([0.0, 1.0]))
POSITIVE = arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.floats(0.01, 1e6))

FEW = settings(max_examples=20)
"""For tests that go through a long table, which takes a while."""


def connected(seed: int, regions: int = 9, industries: int = 12) -> Numbers:
    """A network in one part, whose second eigenvector is unique: each industry present with another probability."""
    random = np.random.default_rng(seed)
    chance = np.linspace(0.9, 0.2, industries) * np.linspace(1.0, 0.4, regions)[:, None]
    here = (random.random((regions, industries)) < chance).astype(float)
    here[:, 0] = here[0] = 1.0
    return here


def shuffled(measure: Callable[..., pd.DataFrame], values: Numbers, seed: int, **options: object) -> pd.DataFrame:
    """A measure of the rows of a table in another order, its answer in the order of names."""
    found = measure(long(values).sample(frac=1, random_state=seed), **options)
    return in_order(found)


def in_order(found: pd.DataFrame) -> pd.DataFrame:
    """An answer in the order of the names of its rows."""
    names = [name for name in found.columns if found[name].dtype == object or str(found[name].dtype).startswith("str")]
    return found.sort_values(names, ignore_index=True)
