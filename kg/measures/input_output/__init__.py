"""What industries take from one another."""

from kg.measures.input_output.extraction import extraction_loss, hypothetical_extraction
from kg.measures.input_output.inverse import ghosh_inverse, leontief_inverse, technical_coefficients
from kg.measures.input_output.key_sectors import influence_sensitivity, key_sectors
from kg.measures.input_output.multipliers import factor_multiplier, household_multiplier, output_multiplier
from kg.measures.input_output.position import upstreamness
from kg.measures.input_output.propagation import average_propagation_length

__all__ = [
    "average_propagation_length",
    "extraction_loss",
    "factor_multiplier",
    "ghosh_inverse",
    "household_multiplier",
    "hypothetical_extraction",
    "influence_sensitivity",
    "key_sectors",
    "leontief_inverse",
    "output_multiplier",
    "technical_coefficients",
    "upstreamness",
]
