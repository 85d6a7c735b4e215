"""Link prediction on a bipartite graph, and how well it finds links that are taken away.

The ends of a bipartite graph never share a neighbour. The common neighbours of a pair *x*, *y* are here the nodes on
paths of length three between them (Daminelli et al. 2015): neighbours of *x* that are linked to a neighbour of *y*, and
the other way round. With *k* for the number of links of a node, and *Z* for the common neighbours:

- resource allocation: sum of 1/k(z) over Z (Zhou, Lü and Zhang 2009);
- Adamic-Adar: sum of 1/ln k(z) over Z (Adamic and Adar 2003); a node of Z has at least two links;
- preferential attachment: k(x) k(y) (Liben-Nowell and Kleinberg 2007), the baseline: it knows only how busy both are.

References:
    S. Daminelli et al., New J. Phys. 17 (2015) 113037, https://doi.org/10.1088/1367-2630/17/11/113037.
    T. Zhou, L. Lü, Y.-C. Zhang, Eur. Phys. J. B 71 (2009) 623-630, https://doi.org/10.1140/epjb/e2009-00335-8.
    L. A. Adamic, E. Adar, Social Networks 25 (2003) 211-230, https://doi.org/10.1016/S0378-8733(03)00009-1.
    D. Liben-Nowell, J. Kleinberg, J. Am. Soc. Inf. Sci. Technol. 58 (2007) 1019-1031,
    https://doi.org/10.1002/asi.20591.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Matrix = NDArray[np.float64]

METHODS = ("resource allocation", "Adamic-Adar", "preferential attachment")
MIN_LINKS = 40
"""With fewer, an AUC of 0.6 lies within two standard errors of chance (`standard_error`), so that it says nothing."""
HITS = (1, 3, 10)


@dataclass(frozen=True)
class Quality:
    """How well a method ranks links above pairs without a link.

    Args:
        auc: chance that a link scores higher than a pair without one, ties counting half; 0.5 is no better than chance.
        hits: by k, share of the links that are among the first k of all that could be linked to the same right node.
        chance: the same shares by luck alone.
        links: how many links were ranked.
        error: standard error of `auc`.
    """

    auc: float
    hits: Mapping[int, float]
    chance: Mapping[int, float]
    links: int
    error: float


@dataclass(frozen=True)
class Prediction:
    """Scores of all pairs of a bipartite graph, and how good they are.

    Args:
        left: nodes of the left side.
        right: nodes of the right side.
        scores: by method, left x right; a link is scored as if it were not there.
        quality: by method; empty where it is refused.
        refusal: why the quality is not given; empty where it is.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    scores: Mapping[str, Matrix]
    quality: Mapping[str, Quality] = field(default_factory=dict)
    refusal: str = ""


def predict(links: Iterable[tuple[str, str]]) -> Prediction:
    """Score every pair of a bipartite graph, leaving each link out in turn.

    Args:
        links: pairs of a node of the left and one of the right side; the same name on both sides is two nodes.

    Returns: the quality is refused for fewer than `MIN_LINKS` links, and for a graph without a circle, where no path is
        left between the ends of a link that is taken away.
    """
    import numpy as np

    pairs = sorted(set(links))
    left = tuple(sorted({a for a, _ in pairs}))
    right = tuple(sorted({b for _, b in pairs}))
    rows, columns = {a: i for i, a in enumerate(left)}, {b: i for i, b in enumerate(right)}
    graph = np.zeros((len(left), len(right)))
    for a, b in pairs:
        graph[rows[a], columns[b]] = 1.0
    scores = pair_scores(graph) if pairs else dict.fromkeys(METHODS, graph)
    found = {method: values.copy() for method, values in scores.items()}
    ranked: dict[str, list[tuple[float, Matrix]]] = {method: [] for method in METHODS}
    for a, b in pairs:
        at = rows[a], columns[b]
        graph[at] = 0.0
        without = pair_scores(graph)
        graph[at] = 1.0
        for method, values in without.items():
            found[method][at] = values[at]
            ranked[method].append((float(values[at]), values))
    refusal = _refusal(pairs)
    quality = {} if refusal else {m: _quality(ranked[m], pairs, graph, columns) for m in METHODS}
    return Prediction(left, right, found, quality, refusal)


def pair_scores(graph: Matrix) -> dict[str, Matrix]:
    """The three scores of all pairs of a 0/1 matrix left x right; they mean something for pairs without a link."""
    import numpy as np

    left, right = graph.sum(axis=1), graph.sum(axis=0)
    near_right = (graph.T @ graph > 0).astype(float)
    near_left = (graph @ graph.T > 0).astype(float)

    def shared(weight: Callable[[Matrix], Matrix]) -> Matrix:
        return np.asarray(graph * weight(right) @ near_right + near_left @ (weight(left)[:, None] * graph))

    def inverse(degree: Matrix) -> Matrix:
        return np.where(degree > 1, 1.0 / np.maximum(degree, 1.0), 0.0)

    def inverse_log(degree: Matrix) -> Matrix:
        return np.where(degree > 1, 1.0 / np.log(np.maximum(degree, 2.0)), 0.0)

    return dict(zip(METHODS, (shared(inverse), shared(inverse_log), np.outer(left, right)), strict=True))


def area_under_curve(links: ArrayLike, others: ArrayLike) -> float:
    """Chance that a link scores higher than another pair, ties counting half: the Mann-Whitney statistic.

    Hanley and McNeil, Radiology 143 (1982) 29-36, https://doi.org/10.1148/radiology.143.1.7063747.

    >>> area_under_curve([2.0, 1.0], [1.0, 0.0])
    0.875
    """
    import numpy as np

    a, b = np.asarray(links)[:, None], np.asarray(others)[None, :]
    return float(np.mean((a > b) + 0.5 * (a == b)))


def standard_error(auc: float, links: int, others: int) -> float:
    """Standard error of an area under the curve by Hanley and McNeil (1982), with their negative exponential model.

    >>> 2 * standard_error(0.6, 40, 10_000) < 0.1 < 2 * standard_error(0.6, 20, 10_000)
    True
    """
    first, second = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = auc * (1 - auc) + (links - 1) * (first - auc**2) + (others - 1) * (second - auc**2)
    return float((spread / (links * others)) ** 0.5)


def share_of_first(score: float, others: Sequence[float], k: int) -> float:
    """Chance that a score is among the first k, those that are equal being in any order.

    >>> share_of_first(1.0, [2.0, 1.0, 0.0], 2)
    0.5
    """
    above = sum(other > score for other in others)
    equal = sum(other == score for other in others)
    return min(1.0, max(0.0, (k - above) / (equal + 1)))


def _quality(
    ranked: Sequence[tuple[float, Matrix]], pairs: Sequence[tuple[str, str]], graph: Matrix, columns: Mapping[str, int]
) -> Quality:
    import numpy as np

    free = graph == 0
    areas: list[float] = []
    hits: dict[int, list[float]] = {k: [] for k in HITS}
    chance: dict[int, list[float]] = {k: [] for k in HITS}
    for (_, b), (score, values) in zip(pairs, ranked, strict=True):
        areas.append(area_under_curve([score], values[free]))
        column = columns[b]
        others = values[free[:, column], column].tolist()
        for k in HITS:
            hits[k].append(share_of_first(score, others, k))
            chance[k].append(min(1.0, k / (len(others) + 1)))
    mean = {k: float(np.mean(hits[k])) for k in HITS}
    auc = float(np.mean(areas))
    by_luck = {k: float(np.mean(chance[k])) for k in HITS}
    return Quality(auc, mean, by_luck, len(pairs), standard_error(auc, len(pairs), int(free.sum())))


def _refusal(pairs: Sequence[tuple[str, str]]) -> str:
    if len(pairs) < MIN_LINKS:
        plural = "" if len(pairs) == 1 else "s"
        return f"{len(pairs)} link{plural}, fewer than {MIN_LINKS}: an AUC of 0.6 could not be told from chance"
    import networkx as nx

    graph: nx.Graph[tuple[str, str]] = nx.Graph((("left", a), ("right", b)) for a, b in pairs)
    if nx.is_forest(graph):
        return "no circle: with a link taken away no path is left between its ends, so the neighbours say nothing"
    return ""
