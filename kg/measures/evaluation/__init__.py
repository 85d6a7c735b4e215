"""Weights, scores and rankings of an evaluation system."""

from kg.measures.evaluation.normalised_indicators import normalised_indicators

__all__ = ["normalised_indicators"]
