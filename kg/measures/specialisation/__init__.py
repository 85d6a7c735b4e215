"""Specialisation of regions and concentration of industries."""

from kg.measures.specialisation.ellison_glaeser import ellison_glaeser
from kg.measures.specialisation.entropy import shannon_entropy
from kg.measures.specialisation.gini import gini
from kg.measures.specialisation.gradient import gradient
from kg.measures.specialisation.hachman import average_location_quotient, hachman
from kg.measures.specialisation.herfindahl import herfindahl
from kg.measures.specialisation.hoover import hoover_localisation, hoover_specialisation
from kg.measures.specialisation.krugman import krugman_pairs, krugman_specialisation, krugman_terms
from kg.measures.specialisation.location_quotient import location_quotient
from kg.measures.specialisation.locational_gini import locational_gini
from kg.measures.specialisation.primacy import primacy
from kg.measures.specialisation.regional_disparity import regional_disparity
from kg.measures.specialisation.related_variety import related_variety
from kg.measures.specialisation.shift_share import shift_share
from kg.measures.specialisation.structural_similarity import (
    minimum_shares_pairs,
    structural_similarity,
    structural_similarity_pairs,
)
from kg.measures.specialisation.theil import theil_l, theil_t

__all__ = [
    "average_location_quotient",
    "ellison_glaeser",
    "gini",
    "gradient",
    "hachman",
    "herfindahl",
    "hoover_localisation",
    "hoover_specialisation",
    "krugman_pairs",
    "krugman_specialisation",
    "krugman_terms",
    "location_quotient",
    "locational_gini",
    "minimum_shares_pairs",
    "primacy",
    "regional_disparity",
    "related_variety",
    "shannon_entropy",
    "shift_share",
    "structural_similarity",
    "structural_similarity_pairs",
    "theil_l",
    "theil_t",
]
