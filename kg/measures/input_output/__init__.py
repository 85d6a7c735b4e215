"""What industries take from one another."""

from kg.measures.input_output.inverse import ghosh_inverse, leontief_inverse, technical_coefficients
from kg.measures.input_output.key_sectors import influence_sensitivity, key_sectors

__all__ = [
    "ghosh_inverse",
    "influence_sensitivity",
    "key_sectors",
    "leontief_inverse",
    "technical_coefficients",
]
