"""Relatedness of industries and complexity of what regions make."""

from kg.measures.complexity.cross_space import cross_space_proximity, cross_space_relatedness
from kg.measures.complexity.density import relatedness_density, relative_relatedness
from kg.measures.complexity.fitness import industry_fitness, regional_fitness
from kg.measures.complexity.frontier import diversification_frontier
from kg.measures.complexity.index import economic_complexity, product_complexity
from kg.measures.complexity.outlook import complexity_outlook, complexity_outlook_gain
from kg.measures.complexity.proximity import industry_proximity
from kg.measures.complexity.reflections import industry_reflections, regional_reflections

__all__ = [
    "complexity_outlook",
    "complexity_outlook_gain",
    "cross_space_proximity",
    "cross_space_relatedness",
    "diversification_frontier",
    "economic_complexity",
    "industry_fitness",
    "industry_proximity",
    "industry_reflections",
    "product_complexity",
    "regional_fitness",
    "regional_reflections",
    "relatedness_density",
    "relative_relatedness",
]
