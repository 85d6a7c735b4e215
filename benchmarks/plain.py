"""The formulas of the measures in plain numpy, as one would write them down: the peers of the array functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import pdist

from kg.measures.complexity.density import densities, relative_densities
from kg.measures.complexity.eigenvector import eigenvectors
from kg.measures.complexity.fitness import fitnesses
from kg.measures.complexity.outlook import outlook_gains, outlooks
from kg.measures.complexity.presence import presences
from kg.measures.complexity.proximity import product_space, proximities
from kg.measures.complexity.reflections import reflections
from kg.measures.specialisation.ellison_glaeser import ellison_glaesers
from kg.measures.specialisation.entropy import entropies, evennesses
from kg.measures.specialisation.gini import gini_coefficients
from kg.measures.specialisation.gradient import gradients
from kg.measures.specialisation.hachman import average_location_quotients
from kg.measures.specialisation.herfindahl import herfindahl_indices
from kg.measures.specialisation.hoover import hoover_coefficients
from kg.measures.specialisation.krugman import krugman_indices, krugman_of_pairs
from kg.measures.specialisation.location_quotient import location_quotients
from kg.measures.specialisation.locational_gini import localisation_ginis, quotient_ginis
from kg.measures.specialisation.primacy import primacies
from kg.measures.specialisation.regional_disparity import disparities
from kg.measures.specialisation.related_variety import varieties
from kg.measures.specialisation.shift_share import shift_shares
from kg.measures.specialisation.structural_similarity import (
    minimum_shares_of_pairs,
    similarities,
    similarities_of_pairs,
)
from kg.measures.specialisation.theil import decomposed, divergences

Numbers = NDArray[np.float64]
Action = Callable[[], object]


def pairs(x: Numbers) -> Mapping[str, tuple[Action, Action]]:
    """Ours and the plain formula, by name, on a matrix of regions by industries."""
    return {**_of_shares(x), **_of_dispersion(x), **_of_complexity(x)}


def _of_shares(x: Numbers) -> Mapping[str, tuple[Action, Action]]:
    def own() -> Any:
        return x / x.sum(axis=1, keepdims=True)

    def pooled() -> Any:
        return x.sum(axis=0) / x.sum()

    def rest() -> Any:
        others = x.sum(axis=0) - x
        return others / others.sum(axis=1, keepdims=True)

    def mean_of_others() -> Any:
        s = own()
        return (s.sum(axis=0) - s) / (len(s) - 1)

    def cosine() -> Any:
        s, p = own(), pooled()
        return (s * p).sum(axis=1) / np.sqrt((s**2).sum(axis=1) * (p**2).sum())

    def cosines() -> Any:
        s = own()
        s = s / np.sqrt((s**2).sum(axis=1, keepdims=True))
        return (s @ s.T)[np.triu_indices(len(s), 1)]

    def entropy() -> Any:
        s = own()
        return -np.where(s > 0, s * np.log2(np.where(s > 0, s, 1)), 0).sum(axis=1)

    return {
        "location quotient": (lambda: location_quotients(x), lambda: own() / pooled()),
        "average location quotient": (
            lambda: average_location_quotients(x),
            lambda: (own() * (own() / pooled())).sum(axis=1),
        ),
        "Krugman, pooled": (lambda: krugman_indices(x, "pooled"), lambda: np.abs(own() - pooled()).sum(axis=1)),
        "Krugman, rest": (lambda: krugman_indices(x, "rest"), lambda: np.abs(own() - rest()).sum(axis=1)),
        "Krugman, mean": (lambda: krugman_indices(x, "mean"), lambda: np.abs(own() - mean_of_others()).sum(axis=1)),
        "Krugman, pairs": (lambda: krugman_of_pairs(x), lambda: pdist(own(), "cityblock")),
        "Hoover": (lambda: hoover_coefficients(x), lambda: np.abs(own() - pooled()).sum(axis=1) / 2),
        "Herfindahl": (lambda: herfindahl_indices(x), lambda: (own() ** 2).sum(axis=1)),
        "structural similarity": (lambda: similarities(x, "pooled"), cosine),
        "structural similarity, pairs": (lambda: similarities_of_pairs(x), cosines),
        "minimum shares, pairs": (
            lambda: minimum_shares_of_pairs(x),
            lambda: 1 - pdist(own(), "cityblock") / 2,
        ),
        "Shannon": (lambda: entropies(x), entropy),
        "evenness": (lambda: evennesses(x), lambda: entropy() / np.log2(x.shape[1])),
    }


def _of_dispersion(x: Numbers) -> Mapping[str, tuple[Action, Action]]:
    count, industries = x.shape
    groups = np.arange(industries) // 10
    provinces = np.arange(count) // 10
    heads = np.arange(1000, 1000 + count, dtype=np.float64)
    plants = np.full(industries, 0.01)
    after = x * np.linspace(1, 2, industries)
    whole = x.sum(axis=1)
    sizes = x.ravel() + 1
    up, down = x + 2, x + 1

    def gini() -> Any:
        ranked = np.sort(x, axis=1)
        rank = np.arange(1, industries + 1)
        return ((2 * rank - industries - 1) * ranked).sum(axis=1) / (industries * ranked.sum(axis=1))

    def gini_of_quotients() -> Any:
        quotients = x / x.sum(axis=1, keepdims=True) / (x.sum(axis=0) / x.sum())
        ranked = np.sort(quotients, axis=1)
        rank = np.arange(1, industries + 1)
        return ((2 * rank - industries - 1) * ranked).sum(axis=1) / (industries * ranked.sum(axis=1))

    def localisation() -> Any:
        s, p = x / x.sum(axis=1, keepdims=True), x.sum(axis=0) / x.sum()
        order = np.argsort(s / p, axis=1)
        up, across = np.take_along_axis(s, order, axis=1), p[order]
        height = np.cumsum(up, axis=1)
        return 1 - (across * (2 * height - up)).sum(axis=1)

    def variety() -> Any:
        s = x / x.sum(axis=1, keepdims=True)
        of_group = np.stack([s[:, groups == g].sum(axis=1) for g in range(groups[-1] + 1)], axis=1)
        fine = -np.where(s > 0, s * np.log2(np.where(s > 0, s, 1)), 0).sum(axis=1)
        coarse = -np.where(of_group > 0, of_group * np.log2(np.where(of_group > 0, of_group, 1)), 0).sum(axis=1)
        return coarse, fine - coarse

    def glaeser() -> Any:
        s, p = x / x.sum(axis=0), (whole / whole.sum())[:, None]
        raw = ((s - p) ** 2).sum(axis=0)
        spread = 1 - (p**2).sum()
        return (raw - spread * plants) / (spread * (1 - plants)), raw

    def theil() -> Any:
        s, w = x / x.sum(axis=0), np.broadcast_to((heads / heads.sum())[:, None], x.shape)
        return np.where(s > 0, s * np.log(np.where(s > 0, s, 1) / w), 0).sum(axis=0)

    def theil_in_groups() -> Any:
        s, w = x / x.sum(axis=0), np.broadcast_to((heads / heads.sum())[:, None], x.shape)
        s_of = np.stack([s[provinces == g].sum(axis=0) for g in range(provinces[-1] + 1)])
        w_of = np.stack([w[provinces == g].sum(axis=0) for g in range(provinces[-1] + 1)])
        between = np.where(s_of > 0, s_of * np.log(np.where(s_of > 0, s_of, 1) / w_of), 0).sum(axis=0)
        return between, theil() - between

    def spread() -> Any:
        levels = x / heads[:, None]
        share = (heads / heads.sum())[:, None]
        middle = (share * levels).sum(axis=0)
        mean, high, low = levels.mean(axis=0), levels.max(axis=0), levels.min(axis=0)
        williamson = np.sqrt((share * (levels - middle) ** 2).sum(axis=0)) / middle
        ratio = np.where(low > 0, high / np.where(low > 0, low, 1), np.nan)
        return np.stack([levels.std(axis=0) / mean, williamson, ratio, (high - low) / mean])

    def dunn() -> Any:
        growth, of_industry = after.sum() / x.sum(), after.sum(axis=0) / x.sum(axis=0)
        national, mix = x * (growth - 1), x * (of_industry - growth)
        return np.stack([after - x, national, mix, after - x * of_industry])

    def primates() -> Any:
        ranked = np.sort(sizes)[::-1]
        first, whole = ranked[0], ranked.sum()
        others = [ranked[1], ranked[1:4].sum(), ranked[1:11].sum() / 2]
        return np.array(
            [*(first / other for other in others), *(100 * ranked[n] / first for n in (1, 2)), 100 * first / whole]
        )

    def slopes() -> Any:
        return np.stack([up / down, up - down, 2 * (up - down) / (up + down)])

    def shares_of_regions() -> Any:
        return x / x.sum(axis=0), np.broadcast_to((heads / heads.sum())[:, None], x.shape)

    return {
        "Gini": (lambda: gini_coefficients(x), gini),
        "locational Gini": (lambda: localisation_ginis(x), localisation),
        "Gini of location quotients": (lambda: quotient_ginis(x), gini_of_quotients),
        "related and unrelated variety": (lambda: varieties(x, groups), variety),
        "Ellison-Glaeser": (lambda: ellison_glaesers(x, plants, whole), glaeser),
        "Theil": (lambda: divergences(*shares_of_regions()), theil),
        "Theil in groups": (
            lambda: decomposed(shares_of_regions()[0], shares_of_regions()[1], provinces),
            theil_in_groups,
        ),
        "regional disparity": (lambda: np.stack(list(disparities(x, heads).values())), spread),
        "primacy": (lambda: np.array(list(primacies(sizes).values())), primates),
        "gradient": (lambda: np.stack(list(gradients(up, down).values())), slopes),
        "shift-share": (
            lambda: np.stack(
                list(shift_shares(x, after, x.sum(axis=0), after.sum(axis=0), after.sum() / x.sum()).values())
            ),
            dunn,
        ),
    }


def _of_complexity(x: Numbers) -> Mapping[str, tuple[Action, Action]]:
    here = presences(x)
    space = product_space(here)
    density = densities(here, space)
    worth = np.asarray(np.random.default_rng(3).normal(size=x.shape[1]))

    def present() -> Any:
        return (x / x.sum(axis=1, keepdims=True) / (x.sum(axis=0) / x.sum()) >= 1).astype(float)

    def proximity() -> Any:
        ubiquity = here.sum(axis=0)
        return here.T @ here / np.maximum.outer(ubiquity, ubiquity)

    def relative() -> Any:
        options = np.where(here > 0, np.nan, density)
        mean = np.nanmean(options, axis=1, keepdims=True)
        return (options - mean) / np.nanstd(options, axis=1, keepdims=True)

    def complexity() -> Any:
        diversity, ubiquity = here.sum(axis=1), here.sum(axis=0)
        tilde = (here / diversity[:, None]) @ (here / ubiquity).T
        found, vectors = np.linalg.eig(tilde)
        second = vectors[:, np.argsort(-found.real)[1]].real
        second *= np.sign(np.corrcoef(second, diversity)[0, 1])
        return (second - second.mean()) / second.std()

    def ours_scaled() -> Any:
        second = eigenvectors(here).regions
        return (second - second.mean()) / second.std()

    def reflected() -> Any:
        diversity, ubiquity = here.sum(axis=1), here.sum(axis=0)
        regions, industries = diversity, ubiquity
        for _ in range(18):
            regions, industries = here @ industries / diversity, here.T @ regions / ubiquity
        return np.concatenate([regions, industries])

    def fit() -> Any:
        fitness, complexity = np.ones(here.shape[0]), np.ones(here.shape[1])
        for _ in range(50):
            fitter, harder = here @ complexity, 1 / (here.T @ (1 / fitness))
            fitness, complexity = fitter / fitter.mean(), harder / harder.mean()
        return np.concatenate([fitness, complexity])

    def ours_fit() -> Any:
        found = fitnesses(here, 50, 0.0)
        return np.concatenate([found.regions, found.industries])

    return {
        "presence": (lambda: presences(x), present),
        "proximity": (lambda: proximities(here), proximity),
        "relatedness density": (lambda: densities(here, space), lambda: here @ space / space.sum(axis=0)),
        "relative relatedness": (lambda: relative_densities(here, density), relative),
        "complexity (ECI)": (ours_scaled, complexity),
        "reflections": (lambda: np.concatenate(reflections(here, 18)), reflected),
        "fitness": (ours_fit, fit),
        "complexity outlook": (lambda: outlooks(here, density, worth), lambda: ((1 - here) * density) @ worth),
        "complexity outlook gain": (
            lambda: outlook_gains(here, space, worth),
            lambda: np.where(here > 0, np.nan, ((1 - here) * (worth / space.sum(axis=0))) @ space),
        ),
    }
