"""What a questionnaire was answered, and how far its scales can be relied on."""

from kg.measures.survey.adequacy import bartlett_sphericity, kmo
from kg.measures.survey.alpha import cronbach_alpha
from kg.measures.survey.checked_responses import checked_responses
from kg.measures.survey.cross_table import cross_table
from kg.measures.survey.instrument_faults import instrument_faults
from kg.measures.survey.item_total import item_total_correlation
from kg.measures.survey.response_counts import response_counts

__all__ = [
    "bartlett_sphericity",
    "checked_responses",
    "cronbach_alpha",
    "cross_table",
    "instrument_faults",
    "item_total_correlation",
    "kmo",
    "response_counts",
]
