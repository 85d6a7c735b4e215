"""Ten countries by thirty products, and what the Growth Lab's own program says of them.

From the tests of py-ecomplexity (github.com/cid-harvard/py-ecomplexity, commit 554cc5d, MIT licence), year 1995:
`tests/fixtures/manual_mcp_sample.csv` is the matrix, taken from real exports by HS92 codes of four digits,
`tests/fixtures/stata_manual_mcp.csv` what `ecomplexity` for Stata makes of it (option `bi`), and
`tests/fixtures/stata_proximity_discrete_sym.csv` the proximity by `genproximity` for Stata. Proximity and density have
the diagonal out; ECI and PCI are standardised with the mean and standard deviation of the ECI; the COI is a z-score.
The standard deviations are those of the 300 rows of the long table with ddof 1, ours those of the 10 regions with
ddof 0: `STATA` turns ours into theirs.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

PRODUCTS = [
    "1704", "1806", "1905", "2007", "2105", "3208", "3402", "3917", "3922", "4008",
    "4010", "4905", "5602", "6804", "6810", "7010", "7307", "7308", "7309", "7310",
    "7325", "7604", "7608", "7612", "7616", "8309", "8431", "8474", "8530", "9403",
]  # fmt: skip
HAS = {
    "aut": "000100011000110111001101101010",
    "blx": "111111100110001101011110000000",
    "che": "110101011011010010000111101010",
    "deu": "000001110110110110010001011110",
    "dnk": "101110000001101000000011000101",
    "esp": "100110100110110100111011110000",
    "gbr": "111101111011100011101001011110",
    "ita": "000000001000001110100000110101",
    "pol": "100010000000001001101000000001",
    "svn": "000001001110011000101110111001",
}
MATRIX = np.array([[float(digit) for digit in row] for row in HAS.values()])
STATA = np.sqrt(299 / 300)
DIVERSITY = [14, 16, 16, 15, 11, 16, 20, 9, 7, 14]
UBIQUITY = [6, 3, 3, 6, 4, 5, 4, 4, 5, 4, 6, 3, 5, 5, 5, 5, 5, 4, 5, 3, 6, 4, 5, 6, 5, 5, 5, 4, 4, 4]

ECI = [
    1.073207217992253, -0.3159764634559932, 1.06773721349865, 1.200861157616729, -0.9777046345252988,
    0.0180390442936879, 0.5359206138129307, -0.421184002398617, -2.170709342895322, -0.0101908039390183,
]  # fmt: skip
PCI = [
    -1.470491886427003, 0.9898334389413032, -1.28829614655021, 0.3359789984244054, -3.323137535581785,
    1.211838680172189, 0.7575610835667231, 2.794806326517154, 1.056227717927282, 0.3013836399410316,
    0.9458555639215322, 0.2528276298920076, 0.7921553064524651, 1.794091102846822, -3.047699996853477,
    0.5947683743763661, 1.865519843983964, -1.177374641095858, -1.81300391183786, 0.5613061109624367,
    -0.928657059139727, 1.071585041866113, -0.590077081819932, 1.180674892441301, 0.7101505141850155,
    0.4400665963872156, 2.140168306589086, -0.1620847904245116, 2.794806326517154, -3.434600369331548,
]  # fmt: skip
COI = [
    -0.9940121728867501, 1.073851078082253, -1.489194423334662, -1.382249032555092, 1.155769407885882,
    0.4207036089900156, -0.8461268439107059, 0.6531998940796336, 0.8628190011104738, 0.5452394825389525,
]  # fmt: skip
PROXIMITY_OF_1806 = [
    0.5, 0, 2 / 3, 0.5, 0.25, 0.6, 0.5, 0.5, 0.4, 0.25, 0.5, 2 / 3, 0.2, 0.2, 0.2,
    0.2, 0.4, 0.5, 0.2, 1 / 3, 1 / 3, 0.5, 0.4, 1 / 3, 0.2, 0.2, 0.4, 0.25, 0.5, 0,
]  # fmt: skip
DENSITY_OF_AUSTRIA = [
    0.4625, 0.483619344773791, 0.37221269296741, 0.4942528735632183, 0.3444055944055944,
    0.5125284738041002, 0.4594936708860758, 0.6070959264126149, 0.5710659898477156, 0.4414668547249647,
    0.5054945054945056, 0.4920913884007029, 0.5147058823529412, 0.5693069306930694, 0.3787375415282392,
    0.5026595744680851, 0.5925, 0.4872180451127819, 0.4715909090909089, 0.427807486631016,
    0.4691358024691358, 0.5389048991354467, 0.4512820512820513, 0.5348837209302325, 0.5594594594594594,
    0.505, 0.5794392523364486, 0.4712286158631416, 0.607095926412615, 0.3894967177242888,
]  # fmt: skip
COG_OF_AUSTRIA = [
    -0.6248181469470029, -0.2744855294705304, -0.4292530266199984, 0, -0.6022044277365377,
    -0.3906164462025452, -0.3333932024231372, 0, 0, -0.4570219148485872,
    -0.4144082699949609, -0.404827123675573, 0, 0, -0.7877019728211894,
    0, 0, 0, -0.6431600323722405, -0.2825744452506231,
    0, 0, -0.6696673611320821, 0, 0,
    -0.5064042852563998, 0, -0.545236454713044, 0, -0.6309372503165401,
]  # fmt: skip


HIDALGO_HAUSMANN = {"C1": "P1 P2 P3 P4", "C2": "P2", "C3": "P3 P4", "C4": "P4"}
"""The simple network of Hidalgo and Hausmann (2009), supporting information, figure S4, as EconGeo's `morc` has it."""


def table_of(has: dict[str, str]) -> pd.DataFrame:
    """What each region has, as a binary table."""
    rows = [(region, industry, 1.0) for region, names in has.items() for industry in names.split()]
    return pd.DataFrame(rows, columns=["region", "industry", "value"])


def table() -> pd.DataFrame:
    """The matrix as a table of region, industry and value."""
    return pd.DataFrame(
        {
            "region": np.repeat(list(HAS), len(PRODUCTS)),
            "industry": np.tile(PRODUCTS, len(HAS)),
            "value": MATRIX.ravel(),
        }
    )
