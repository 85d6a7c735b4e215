"""Weights, scores and rankings of an evaluation system."""

from kg.measures.evaluation.ahp_weights import ahp_weights
from kg.measures.evaluation.evaluation_ranking import evaluation_ranking
from kg.measures.evaluation.evaluation_scores import evaluation_scores
from kg.measures.evaluation.interval_ahp_weights import interval_ahp_weights
from kg.measures.evaluation.normalised_indicators import normalised_indicators
from kg.measures.evaluation.technology_maturity import technology_maturity
from kg.measures.evaluation.weight_sensitivity import weight_sensitivity

__all__ = [
    "ahp_weights",
    "evaluation_ranking",
    "evaluation_scores",
    "interval_ahp_weights",
    "normalised_indicators",
    "technology_maturity",
    "weight_sensitivity",
]
