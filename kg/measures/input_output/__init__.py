"""What industries take from one another."""

from kg.measures.input_output.inverse import ghosh_inverse, leontief_inverse, technical_coefficients

__all__ = [
    "ghosh_inverse",
    "leontief_inverse",
    "technical_coefficients",
]
