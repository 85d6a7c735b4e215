"""Specialisation of regions and concentration of industries."""

from kg.measures.specialisation.location_quotient import location_quotient

__all__ = ["location_quotient"]
