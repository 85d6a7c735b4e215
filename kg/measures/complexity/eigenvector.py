"""The second eigenvectors of the network of regions and industries, and when there are none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.measures.table import Numbers

TIE = 1e-9
"""Difference up to which two eigenvalues (0 to 1) count as equal, and a correlation as 0."""
ALONE = "without speciality, or not connected with the largest group of regions that share industries"
NO_LARGEST = "the regions fall into groups that share no industry, and none is the largest"
ALIKE = "the regions that are connected do not differ, or are fewer than two"
TWICE = "the second eigenvalue occurs twice, so that its eigenvector is not unique"
NO_SIGN = "the sign is not determined: diversity and ubiquity say nothing of it"


@dataclass(frozen=True)
class Eigenvectors:
    """Complexity before it is standardised: each region's number is the mean of those of its industries.

    Args:
        regions: one number each, with a standard deviation of 1 (ddof 0); NaN where there is none.
        industries: one number each, in the same unit; NaN where there is none.
        reasons: why some have none, in words.
    """

    regions: Numbers
    industries: Numbers
    reasons: tuple[str, ...]


def groups(here: Numbers) -> tuple[Numbers, Numbers]:
    """Which regions are connected by industries that they share, directly or by way of others.

    Args:
        here: regions x industries, 1 or 0.

    Returns: the number of the group of each region and of each industry, -1 for those that are present nowhere.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    count, of_region = connected_components(csr_array(here @ here.T > 0), directed=False)
    members = np.eye(count)[of_region].T @ here > 0
    return np.where(here.any(axis=1), of_region, -1), np.where(here.any(axis=0), members.argmax(axis=0), -1)


def eigenvectors(here: Numbers) -> Eigenvectors:
    """The second eigenvectors of the two matrices of economic complexity.

    The matrices are D^-1 M U^-1 M' (regions) and U^-1 M' D^-1 M (industries), with diversities D and ubiquities U; they
    share their eigenvalues, so that the smaller one, made symmetric, gives both. Computed within the largest group of
    regions that are connected: beyond it the eigenvalue 1 occurs several times, and its eigenvectors only say which
    group a region is in.

    Args:
        here: regions x industries, 1 or 0.

    Returns: positively correlated with the diversity of regions; failing that, industries negatively with ubiquity.
    """
    region, industry = groups(here)
    nothing = np.full(here.shape[0], np.nan), np.full(here.shape[1], np.nan)
    names, sizes = np.unique(region[region >= 0], return_counts=True)
    if not len(names):
        return Eigenvectors(*nothing, (ALONE,))
    measured = [(size, int((industry == name).sum())) for name, size in zip(names, sizes, strict=True)]
    if measured.count(max(measured)) > 1:
        return Eigenvectors(*nothing, (NO_LARGEST,))
    rows, columns = (kind == names[measured.index(max(measured))] for kind in (region, industry))
    of_regions, of_industries, why = _second(here[np.ix_(rows, columns)])
    if why:
        return Eigenvectors(*nothing, (why,))
    nothing[0][rows], nothing[1][columns] = of_regions, of_industries
    return Eigenvectors(*nothing, () if rows.all() and columns.all() else (ALONE,))


def _second(here: Numbers) -> tuple[Numbers, Numbers, str]:
    """The same of a connected network; with the reason where there are none."""
    diversity, ubiquity = here.sum(axis=1), here.sum(axis=0)
    scaled = here / np.sqrt(np.outer(diversity, ubiquity))
    tall = len(diversity) > len(ubiquity)
    values, vectors = np.linalg.eigh(scaled.T @ scaled if tall else scaled @ scaled.T)
    if len(values) < 2 or values[-2] < TIE:
        return diversity, ubiquity, ALIKE
    if len(values) > 2 and values[-2] - values[-3] < TIE:
        return diversity, ubiquity, TWICE
    if tall:
        industries = vectors[:, -2] / np.sqrt(ubiquity)
    else:
        industries = here.T @ (vectors[:, -2] / np.sqrt(diversity)) / ubiquity
    regions = here @ industries / diversity
    sign = _sign(regions, diversity) or -_sign(industries, ubiquity)
    if not sign:
        return diversity, ubiquity, NO_SIGN
    unit = sign * float(np.std(regions))
    return regions / unit, industries / unit, ""


def _sign(first: Numbers, second: Numbers) -> float:
    """The sign of the correlation, 0 where there is none."""
    one, other = first - first.mean(), second - second.mean()
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    found = float(one @ other) / size if size else 0.0
    return 0.0 if abs(found) < TIE else float(np.sign(found))
