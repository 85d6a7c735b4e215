"""Technology readiness levels of regions on one scale."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from kg.errors import BadTable
from kg.measures.measure import measure
from kg.measures.table import Numbers, column, gathered, numbers, rows, where

STAGES = (
    "basic principles observed",
    "concept formulated",
    "proof of concept",
    "validated in the laboratory",
    "validated in a relevant environment",
    "demonstrated in a relevant environment",
    "prototype demonstrated in operation",
    "system complete and qualified",
    "proven in operation",
)
"""The nine levels in short."""


def maturity_score(levels: Numbers, scale: Literal["span", "share"] = "span") -> Numbers:
    """A number from 0 to 1 for levels from 1 to 9.

    >>> maturity_score(np.array([1.0, 5.0, 9.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    return (levels - 1.0) / (len(STAGES) - 1) if scale == "span" else levels / len(STAGES)


@measure
def technology_maturity(
    frame: pd.DataFrame,
    across: Literal["median", "mean", "lowest", "highest"] = "median",
    scale: Literal["span", "share"] = "span",
    region: str = "region",
    technology: str = "technology",
    level: str = "level",
    period: str | None = None,
) -> pd.DataFrame:
    r"""Maturity of the technologies of a region on the scale of nine levels, as a level and as a score from 0 to 1.

    .. math:: M_r = \frac{L_r - 1}{8}, \qquad L_r = \mathrm{median}_{t \in r} L_t, \qquad L_t \in \{1, \dots, 9\}

    Plain: score = (level - 1) / 8, level = median of the levels of the technologies

    Convention:
        The levels are the technology readiness levels (TRL) of Mankins: 1 basic principles observed, 2 concept
        formulated, 3 proof of concept, 4 validated in the laboratory, 5 validated and 6 demonstrated in a relevant
        environment, 7 prototype demonstrated in operation, 8 system complete and qualified, 9 proven in operation. The
        evaluation of the Qinba area asks for a scale of nine levels and does not say which; this is the usual one. They
        are an order, not a measure: that is why the median is the default. A score takes the steps between levels to
        be alike: `span` runs from 0 at level 1 to 1 at level 9, `share` is level / 9. Of an even number of technologies
        the median is half-way between the middle two, and the stage is that of the lower level.

    Args:
        frame: a row for each region and technology (and period).
        across: how the levels of several technologies of a region become one: median, mean, lowest or highest.
        scale: span or share.
        region: column of regions.
        technology: column of technologies.
        level: column of levels, whole numbers from 1 to 9.
        period: column of periods.

    Returns: a row for each region,
        level [1]: from 1 to 9.
        score [1]: from 0 to 1.
        technologies [1]: how many.
        stage: what the level means.

    Degenerate:
        A technology without a level is left out, with the warning `MissingValues`; a region with none has no row.
        One technology gives its own level.

    Raises:
        BadTable: a level is no whole number from 1 to 9, or a technology has two in a region.

    References:
        - Mankins, J. C. (1995). Technology Readiness Levels: A White Paper. NASA, Office of Space Access and
          Technology, Washington.
        - Mankins, J. C. (2009). Technology readiness assessments: a retrospective. Acta Astronautica 65(9-10),
          1216-1223. doi:10.1016/j.actaastro.2009.03.058
        - Liu, J., Tang, J., Huang, J., Ren, H., Zhou, Y., Li, J., Cai, Y. (2020). Developing strategic emerging and
          high-growth green industries in the Qinba Mountain Area. Strategic Study of CAE 22(1), 39-49, table 1.
          doi:10.15302/J-SSCAE-2020.01.014

    >>> import pandas as pd
    >>> rows = [("a", "extraction", 9), ("a", "gene editing", 3), ("b", "extraction", 4)]
    >>> technology_maturity(pd.DataFrame(rows, columns=["region", "technology", "level"]))["score"].tolist()
    [0.625, 0.375]
    """
    table = pd.DataFrame(
        {
            "region": column(frame, region, "region"),
            "technology": column(frame, technology, "technology"),
            "period": column(frame, period, "period") if period else "",
            "level": numbers(frame, level, "level"),
        }
    )
    wrong = table[table["level"].notna() & ~table["level"].isin(range(1, len(STAGES) + 1))]
    if len(wrong):
        cell = f"{rows(wrong.index)}, column {level}: {wrong['level'].iloc[0]:g}"
        raise BadTable(f"{where(frame)}{cell} is no level. Write a whole number from 1 to 9")
    twice = table[table.duplicated(["region", "technology", "period"], keep=False)]
    if len(twice):
        of = f"{twice['technology'].iloc[0]} of {twice['region'].iloc[0]}"
        raise BadTable(f"{where(frame)}{of} has several levels ({rows(twice.index)}). Keep one")
    table = table[table["level"].notna()]
    if table.empty:
        raise BadTable(f"{where(frame)}there are no rows with a level. Fill column {level}")
    how = {"lowest": "min", "highest": "max"}.get(across, across)
    parts = []
    for name, part in table.groupby("period"):
        levels = part.groupby("region", sort=False)["level"].agg(["size", how])
        found = levels[how].to_numpy(dtype=float)
        answer = pd.DataFrame(
            {
                "region": levels.index.to_numpy(dtype=object),
                "technologies": levels["size"].to_numpy(),
                "level": found,
                "score": maturity_score(found, scale),
                "stage": np.array(STAGES, dtype=object)[np.floor(found).astype(int) - 1],
            }
        )
        parts.append((str(name) if period else None, answer))
    return gathered(parts, ["region"])
