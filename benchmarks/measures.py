"""The measures at the size of a national table: 300 regions by 500 industries, and 2,000 sectors of input and output.

`python -m benchmarks.measures` prints the time of every measure from the long table (limit 2 s; input-output 5 s), and
of every array function against the same formula in plain numpy (limit 1.5 times), alternating in one run; with the word
`quick` only the second.
"""

from __future__ import annotations

import statistics
import sys
import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

import kg.measures
from benchmarks import plain
from benchmarks.timing import timed
from kg.errors import MeasureWarning

REGIONS, INDUSTRIES, SECTORS = 300, 500, 2000
ROUNDS = 9
LIMIT, LIMIT_INPUT_OUTPUT, LIMIT_RATIO = 2.0, 5.0, 1.5


def values() -> plain.Numbers:
    """Regions by industries, a third of them 0, with a fixed seed."""
    drawn = np.random.default_rng(1)
    return drawn.lognormal(sigma=2, size=(REGIONS, INDUSTRIES)) * (drawn.random((REGIONS, INDUSTRIES)) > 1 / 3)


def long_table(years: int = 1) -> pd.DataFrame:
    """The same as a table, with what some measures take besides."""
    across, up = np.meshgrid(np.arange(INDUSTRIES), np.arange(REGIONS))
    parts = [
        pd.DataFrame(
            {
                "region": [f"region {n}" for n in up.ravel()],
                "industry": [f"{n // 10:02}{n % 10:02}" for n in across.ravel()],
                "value": values().ravel() * (1 + year * across.ravel() / INDUSTRIES),
                "population": 1000.0 + up.ravel(),
                "province": [f"province {n // 10}" for n in up.ravel()],
            }
        ).assign(period=str(2019 + year))
        for year in range(years)
    ]
    return pd.concat(parts, ignore_index=True)


def distances() -> pd.DataFrame:
    """A distance for each pair of regions."""
    one, other = np.triu_indices(REGIONS, 1)
    names = np.array([f"region {n}" for n in range(REGIONS)])
    return pd.DataFrame({"region": names[one], "other_region": names[other], "distance": 1.0 + one + other})


def options() -> Mapping[str, Mapping[str, Any]]:
    """What measures are told besides the table, by name."""
    herfindahl = pd.DataFrame({"industry": [f"{n // 10:02}{n % 10:02}" for n in range(INDUSTRIES)], "herfindahl": 0.01})
    return {
        "cross-space-proximity": {"other": long_table()},
        "cross-space-relatedness": {"other": long_table()},
        "ellison-glaeser": {"herfindahl": herfindahl},
        "gradient": {"heads": "population", "distances": distances()},
        "primacy": {"groups": "industry"},
        "regional-disparity": {"heads": "population", "per": "industry"},
        "theil-l": {"weights": "population", "groups": "province", "zeros": "left-out"},
        "theil-t": {"weights": "population", "groups": "province"},
    }


def frame_of(name: str, table: pd.DataFrame, two_years: pd.DataFrame) -> pd.DataFrame:
    """The table of regions and industries that a measure is given."""
    if name == "shift-share":
        return two_years
    if name == "primacy":  # a city for each region and industry, grouped by industry
        return table.assign(region=table["region"] + " " + table["industry"])
    return table


def input_output(households: bool = False) -> pd.DataFrame:
    """A square table of flows with final demand and value added that adds up, with a fixed seed."""
    drawn = np.random.default_rng(2)
    flows = drawn.random((SECTORS, SECTORS))
    names = [f"sector {n}" for n in range(SECTORS)]
    table = pd.DataFrame(flows, index=pd.Index(names, name="sector"), columns=names)
    table["households"] = flows.sum(axis=1) / 2
    table["final demand"] = flows.sum(axis=1)
    added = table.sum(axis=1).to_numpy() - flows.sum(axis=0)
    table.loc["value added", names] = added / 2 if households else added
    if households:
        table.loc["households", names] = added / 2
    else:
        table["final demand"] += table.pop("households")
    return table.reset_index()


def whole_measures() -> None:
    """Every measure from its table."""
    table, two_years, square, told = long_table(), long_table(2), input_output(), options()
    families = ("specialisation", "complexity", "input_output")
    for name, measure in kg.measures.catalogue().items():
        if measure.family not in families:
            continue
        of_sectors = measure.family == "input_output"
        if of_sectors:
            frame = input_output(households=True) if name == "household-multiplier" else square
        else:
            frame = frame_of(name, table, two_years)
        extra = told.get(name, {})
        limit = LIMIT_INPUT_OUTPUT if of_sectors else LIMIT
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", MeasureWarning)
            seconds = min(timed(lambda m=measure, f=frame, e=extra: m.function(f, **e)) for _ in range(2))  # type: ignore[misc]
        size = f"{SECTORS:,} sectors" if of_sectors else f"{REGIONS} x {INDUSTRIES}"
        print(
            f"{name:<36} {seconds:8.3f} s   {seconds / limit:5.2f} of the limit   ({limit:.0f} s, {size})", flush=True
        )


def against_plain_numpy() -> None:
    """Every array function against the same formula in plain numpy, alternating."""
    for name, (ours, peer) in plain.pairs(values()).items():
        times: dict[str, list[float]] = {"ours": [], "peer": []}
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            np.testing.assert_allclose(np.asarray(ours()), np.asarray(peer()), rtol=1e-6, atol=1e-9, err_msg=name)
            for _ in range(ROUNDS):
                times["ours"].append(timed(ours))
                times["peer"].append(timed(peer))
        mine, others = statistics.median(times["ours"]), statistics.median(times["peer"])
        ratio = mine / others
        told = f"{name:<36} {1000 * mine:8.2f} ms  {ratio:5.2f} times plain numpy"
        print(f"{told}  (limit {LIMIT_RATIO}){'   above it' if ratio > LIMIT_RATIO else ''}", flush=True)


if __name__ == "__main__":
    against_plain_numpy()
    if "quick" not in sys.argv:
        whole_measures()
