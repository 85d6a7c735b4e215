"""Weights, scores and rankings of an evaluation system."""

__all__: list[str] = []
