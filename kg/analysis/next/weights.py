"""The components of a score and their weights."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import BadParameter

COMPONENTS: Mapping[str, str] = {
    "position": "how much of what the place does in the chain it would join, and how far up the stream it lies",
    "relatedness": "how much of what the place specialises in is related to the industry, from outputs by industry",
    "recommendations": "whether a source plans or recommends it for the place, for a place around it, or in general",
    "inputs": "feasibility: how much of what it needs is here",
    "permission": "feasibility: what the ecological unit or zone of the place permits",
    "fields": "feasibility: whether a field of study that serves the industry is taught here",
}
"""Meaning by name of a component, in the order in which they are shown."""

DEFAULTS: Mapping[str, float] = {
    "position": 3.0,
    "relatedness": 3.0,
    "recommendations": 3.0,
    "inputs": 1.0,
    "permission": 1.0,
    "fields": 1.0,
}
"""Four heads count alike; the three components of feasibility share the weight of the fourth."""

MOST = 1000
"""No weight is larger; a sum of larger ones could be no number."""

Weights = Mapping[str, float]


def read_weights(given: str | Mapping[str, float] | None) -> Weights:
    """Weights by component: the defaults, and what is given instead.

    Args:
        given: pairs such as `position=2,fields=0`, or a mapping; what it does not name keeps its default.

    Raises:
        BadParameter: a name is unknown or given twice, a weight is no number from 0 to `MOST`, or all are 0.

    >>> read_weights("position=1")["position"]
    1.0
    """
    found = dict(DEFAULTS)
    for name, value in _pairs(given):
        if name not in DEFAULTS:
            raise _bad(f"unknown name {name!r}")
        try:
            weight = float(value)
        except (TypeError, ValueError):
            raise _bad(f"{name}={value} is no number") from None
        if not 0 <= weight <= MOST:
            raise _bad(f"{name}={value} must be a number from 0 to {MOST}")
        found[name] = weight
    if not any(found.values()):
        raise _bad("all are 0, so that nothing counts")
    return found


def weights_text(weights: Weights) -> str:
    """Those that differ from the defaults, as `read_weights` takes them; empty where none does.

    >>> weights_text(read_weights("fields=0,position=3"))
    'fields=0'
    """
    return ",".join(
        f"{name}={weights[name]!r}".removesuffix(".0") for name in DEFAULTS if weights[name] != DEFAULTS[name]
    )


def _pairs(given: str | Mapping[str, float] | None) -> list[tuple[str, float | str]]:
    if given is None:
        return []
    if isinstance(given, Mapping):
        return [(str(name), value) for name, value in given.items()]
    found: dict[str, float | str] = {}
    for pair in filter(None, (part.strip() for part in str(given).split(","))):
        name, separator, value = (part.strip() for part in pair.partition("="))
        if not separator or not value:
            raise _bad(f"{pair!r} is not name=number")
        if name in found:
            raise _bad(f"{name} is given twice")
        found[name] = value
    return list(found.items())


def _bad(fault: str) -> BadParameter:
    return BadParameter(f"weights: {fault}. Write pairs such as position=2,fields=0; names are {', '.join(DEFAULTS)}")
