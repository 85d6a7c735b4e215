"""What a questionnaire was answered, and how far its scales can be relied on."""

from kg.measures.survey.adequacy import bartlett_sphericity, kmo
from kg.measures.survey.alpha import cronbach_alpha
from kg.measures.survey.item_total import item_total_correlation

__all__ = ["bartlett_sphericity", "cronbach_alpha", "item_total_correlation", "kmo"]
