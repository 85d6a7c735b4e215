"""Weights of indicators from pairwise judgements, with their consistency."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kg.errors import BadTable
from kg.measures.evaluation.judgements import ratios, read_groups
from kg.measures.evaluation.tree import Tree
from kg.measures.evaluation.weights import global_weights
from kg.measures.measure import measure
from kg.measures.options import at_least
from kg.measures.table import Numbers, where

RandomIndex = Literal["saaty-1980", "alonso-lamata-2006"]
RANDOM_INDICES: dict[str, tuple[float, ...]] = {
    "saaty-1980": (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    "alonso-lamata-2006": (
        *(0, 0, 0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056),
        *(1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838),
    ),
}
"""Mean consistency index of random matrices of 1, 2, ... 15 rows."""


def priorities(matrix: Numbers, method: Literal["eigenvector", "geometric-mean"] = "eigenvector") -> Numbers:
    """Weights from a matrix of pairwise judgements.

    Args:
        matrix: n x n, positive, the cell below the diagonal 1 over the one above it.
        method: the right principal eigenvector, or the geometric mean of each row.

    Returns: n weights that sum to 1.
    """
    if method == "eigenvector":
        values, vectors = np.linalg.eig(matrix)
        found = np.abs(vectors[:, np.argmax(values.real)].real)
    else:
        found = np.exp(np.log(matrix).mean(axis=1))
    weights: Numbers = found / found.sum()
    return weights


def largest_eigenvalue(matrix: Numbers) -> float:
    """The largest eigenvalue of a positive matrix, n where the judgements are consistent."""
    return float(np.linalg.eigvals(matrix).real.max())


def consistency(matrix: Numbers, random_index: RandomIndex = "saaty-1980") -> tuple[float, float, float, float]:
    """Largest eigenvalue, consistency index, random index, and consistency ratio of a matrix of judgements.

    Raises:
        BadTable: it has more rows than the table of random indices.
    """
    size = len(matrix)
    known = RANDOM_INDICES[random_index]
    if size > len(known):
        raise BadTable(f"{size} indicators are compared in one group; random indices go to {len(known)}. Split it")
    if size < 3:
        return float(size), 0.0, 0.0, 0.0
    largest = max(largest_eigenvalue(matrix), size)
    index = (largest - size) / (size - 1)
    return largest, index, known[size - 1], index / known[size - 1]


@measure
def ahp_weights(
    frame: pd.DataFrame,
    tree: pd.DataFrame | None = None,
    method: Literal["eigenvector", "geometric-mean"] = "eigenvector",
    random_index: RandomIndex = "saaty-1980",
    accept: float = 0.1,
    indicator: str = "indicator",
    other_indicator: str = "other_indicator",
    judgement: str = "judgement",
) -> pd.DataFrame:
    r"""Weights of indicators from judgements of how much more important one is than another (AHP).

    .. math:: A w = \lambda_{\max} w, \qquad \sum_i w_i = 1, \qquad a_{ij} \approx w_i / w_j

    .. math:: CI = \frac{\lambda_{\max} - n}{n - 1}, \qquad CR = \frac{CI}{RI_n}

    Plain: A w = lambda w, sum(w) = 1; CI = (lambda - n) / (n - 1); CR = CI / RI

    Convention:
        A judgement is how many times as important the one indicator is as the other, on Saaty's scale from 1 (alike)
        to 9, or 1/9 to 1 the other way round; the pair the other way round is 1 over it and need not be given. Only
        parts of the same indicator are compared, each group by itself; a part without siblings weighs 1. The global
        weight is the product of the weights down the tree.

        `eigenvector` (Saaty) takes the right principal eigenvector, `geometric-mean` (Crawford and Williams) the mean
        of the logarithms of each row, which is the least-squares fit of the logarithms. Both give the same up to three
        parts. The consistency ratio rests on the eigenvalue in either case, over the mean index of random matrices of
        the same size: those of Saaty (1980), or those of Alonso and Lamata (2006). Up to two parts it is 0.

    Args:
        frame: a row for each pair of siblings, in either order.
        tree: a row for each indicator, with the columns indicator and parent; without it all are compared with all.
        method: eigenvector or geometric-mean.
        random_index: saaty-1980 or alonso-lamata-2006.
        accept: the largest consistency ratio that is accepted; beyond, judgements are refused.
        indicator: column of the one indicator.
        other_indicator: column of the other.
        judgement: column of judgements, such as 3, 0.5 or 1/3.

    Returns: a row for each indicator, those of the first level first,
        parent: the indicator of the level above, or total.
        weight [1]: share in the importance of its parent.
        global_weight [1]: share in the importance of the whole.
        lambda_max [1]: largest eigenvalue of the judgements of its group; the number of parts if they are consistent.
        consistency_index [1]: of its group.
        random_index [1]: mean consistency index of random judgements of as many parts.
        consistency_ratio [1]: of its group; 0 if the judgements are consistent, 1 if they are as good as random.

    Degenerate:
        A group of one part has the weight 1. A pair that was not judged, or twice and not alike, is refused.

    Raises:
        BadTable: the consistency ratio of a group is above `accept`, or a judgement is missing, doubled or off the
            scale; the message names the group or the pairs.

    References:
        - Saaty, T. L. (1977). A scaling method for priorities in hierarchical structures. Journal of Mathematical
          Psychology 15(3), 234-281. doi:10.1016/0022-2496(77)90033-5
        - Saaty, T. L. (1980). The Analytic Hierarchy Process. McGraw-Hill, New York.
        - Crawford, G., Williams, C. (1985). A note on the analysis of subjective judgment matrices. Journal of
          Mathematical Psychology 29(4), 387-405. doi:10.1016/0022-2496(85)90002-1
        - Alonso, J. A., Lamata, M. T. (2006). Consistency in the analytic hierarchy process: a new approach.
          International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 14(4), 445-459.
          doi:10.1142/S0218488506004114

    >>> import pandas as pd
    >>> rows = [("roads", "rail", "2"), ("roads", "ports", "4"), ("rail", "ports", "2")]
    >>> judged = pd.DataFrame(rows, columns=["indicator", "other_indicator", "judgement"])
    >>> ahp_weights(judged)["weight"].round(4).tolist()
    [0.5714, 0.2857, 0.1429]
    """
    at_least("accept", accept, 0)
    judged = ratios(frame, judgement, "judgement")
    at_least("accept", accept, 0)
    shape, groups = read_groups(frame, tree, judged, judged, indicator, other_indicator)
    parts = []
    for group in groups:
        found = consistency(group.low, random_index)
        check_consistency(shape.name(group.place), found[3], accept, where(frame))
        local = priorities(group.low, method)
        parts.append(weight_rows(shape, group.parts, {"weight": local}, found))
    table = pd.concat(parts)
    table.insert(3, "global_weight", global_weights(shape, table["weight"].sort_index().to_numpy())[table.index])
    return table.reset_index(drop=True)


def check_consistency(group: str, ratio: float, accept: float, of: str) -> None:
    """Refuse the judgements of a group whose consistency ratio is above what is accepted."""
    if ratio > accept:
        raise BadTable(
            f"{of}the judgements under {group} contradict one another: their consistency ratio is {ratio:.3f}, above "
            f"{accept:g}. Judge again, or take a larger accept"
        )


def weight_rows(
    tree: Tree, parts: NDArray[np.int64], columns: dict[str, Numbers], found: tuple[float, float, float, float]
) -> pd.DataFrame:
    """Rows of the answer for one group, by position in the tree."""
    table = pd.DataFrame(columns, index=parts)
    table.insert(0, "parent", [tree.name(int(tree.parents[place])) for place in table.index])
    table.insert(1, "indicator", [tree.names[place] for place in table.index])
    for name, value in zip(
        ("lambda_max", "consistency_index", "random_index", "consistency_ratio"), found, strict=True
    ):
        table[name] = value
    return table
