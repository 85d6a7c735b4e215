"""Relatedness between two kinds of activity of the same places, such as what is taught and what is made there.

Catalán, Navarrete and Figueroa (2022) relate scientific fields to technologies by how often countries have both, and
call the average proximity of a technology to the science of a country its cross-density. Presence is given here as true
or false: with volumes at hand, presence is by convention a revealed comparative advantage of at least 1 (Balassa 1965).

References:
    P. Catalán, C. Navarrete, F. Figueroa, The scientific and technological cross-space, Research Policy 51 (2022)
    104016, https://doi.org/10.1016/j.respol.2020.104016.
    C. Hidalgo, B. Klinger, A.-L. Barabási, R. Hausmann, The product space conditions the development of nations,
    Science 317 (2007) 482-487, https://doi.org/10.1126/science.1144581.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray


def cross_proximity(first: ArrayLike, second: ArrayLike) -> NDArray[np.float64]:
    r"""How often two activities are found in the same places.

    .. math:: \phi_{ab} = \min\{P(a|b), P(b|a)\} = \frac{n_{ab}}{\max(n_a, n_b)}

    the smaller of the two conditional probabilities (Hidalgo et al. 2007), where :math:`n_{ab}` counts the places that
    have both.

    Args:
        first: places x activities of the first kind, true or false.
        second: places x activities of the second kind, the same places in the same order.

    Returns: first x second, 0 to 1; NaN where one of the two is found nowhere, for then nothing is known.

    Raises:
        ValueError: the two do not have the same places.

    >>> cross_proximity([[1, 0], [1, 1]], [[1], [0]]).tolist()
    [[0.5], [0.0]]
    """
    import numpy as np

    a, b = _presence(first), _presence(second)
    if len(a) != len(b):
        raise ValueError(f"{len(a)} places of the first kind, {len(b)} of the second: they must be the same places")
    both = a.T @ b
    most = np.maximum(a.sum(axis=0)[:, None], b.sum(axis=0)[None, :])
    least = np.minimum(a.sum(axis=0)[:, None], b.sum(axis=0)[None, :])
    return np.where(least > 0, both / np.where(most > 0, most, 1.0), np.nan)


def cross_density(first: ArrayLike, proximity: ArrayLike) -> NDArray[np.float64]:
    r"""How close an activity of the second kind lies to what places have of the first.

    .. math:: \omega_{pb} = \frac{\sum_a x_{pa}\phi_{ab}}{\sum_a \phi_{ab}}

    Args:
        first: places x activities of the first kind, true or false.
        proximity: first x second, from `cross_proximity`.

    Returns: places x second, 0 to 1; NaN where the activity is close to none of the first kind.

    >>> cross_density([[1, 0]], [[0.5], [0.0]]).tolist()
    [[1.0]]
    """
    import numpy as np

    close = np.nan_to_num(np.asarray(proximity, dtype=float))
    total = close.sum(axis=0)
    return np.where(total > 0, _presence(first) @ close / np.where(total > 0, total, 1.0), np.nan)


def _presence(values: ArrayLike) -> NDArray[np.float64]:
    import numpy as np

    found = np.asarray(values)
    return np.atleast_2d(found.astype(bool).astype(float)) if found.size else np.zeros((len(found), 0))
