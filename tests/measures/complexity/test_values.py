"""From values by way of location quotients to every number that py-ecomplexity computes.

Second program: py-ecomplexity 0.5.3 (numpy 2.4.6, pandas 3.1.1), `ecomplexity(table, ..., rca_mcp_threshold=1)` run on
VALUES. Its proximities have the diagonal in; PCI and COG are in the unit of the ECI, the COI is a z-score.
"""

from __future__ import annotations

import numpy as np
import pytest

from kg.measures import (
    complexity_outlook,
    complexity_outlook_gain,
    diversification_frontier,
    economic_complexity,
    product_complexity,
    relatedness_density,
)
from tests.measures.matrices import long

VALUES = np.array(
    [
        [40.0, 12, 9, 0, 3],
        [30, 20, 0, 8, 1],
        [5, 18, 22, 0, 0],
        [0, 25, 30, 16, 2],
        [1, 40, 10, 30, 0],
        [0, 2, 50, 20, 0],
    ]
)
TABLE = long(VALUES)
ECI = [1.6719167003047872, 1.0319215409468434, -0.664913473565807, -0.2922531247574471, -0.664913473565807]
PCI = [2.1012607831451793, -0.2480687777690444, -1.0817581693625697, -1.0817581693625697, 1.2425726174643954]
COI = [-0.783171779528038, -1.4733466014537524, 0.1156491148824025, 1.7670582148936667, 0.1156491148824025]
DENSITY = [0.8695652173913043, 0.2727272727272727, 0.13333333333333333, 0.13333333333333333, 0.5882352941176471]
COG = [-0.5456876017703062, -0.791583866765568, -0.791583866765568]


def test_indices() -> None:
    found = economic_complexity(TABLE)
    assert found["eci"].tolist() == pytest.approx([*ECI, -1.0817581693625697])
    assert found["diversity"].tolist() == [2, 3, 2, 4, 2, 2]
    assert product_complexity(TABLE, scale="eci")["pci"].tolist() == pytest.approx(PCI)


def test_density() -> None:
    found = relatedness_density(TABLE, diagonal="in").query("region == 'r0'")
    assert found["relatedness_density"].tolist() == pytest.approx(DENSITY)
    assert found["present"].tolist() == [1, 0, 0, 0, 1]
    assert diversification_frontier(TABLE, diagonal="in")["relatedness_density"][:5].tolist() == pytest.approx(DENSITY)


def test_outlook() -> None:
    found = complexity_outlook(TABLE, diagonal="in", convention="ecomplexity")
    assert found["coi"].tolist() == pytest.approx([*COI, 0.25816193632331874])
    gain = complexity_outlook_gain(TABLE, diagonal="in", convention="ecomplexity").query("region == 'r0'")
    assert gain["cog"].tolist() == pytest.approx(COG)
