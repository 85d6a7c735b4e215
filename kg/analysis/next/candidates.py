"""Which stages, functions and industries a place could add: what is not there yet, or weak, or to be extended."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analysis.facts import joined
from kg.analysis.gaps.matrix import THERE, State
from kg.analysis.next.evidence import Evidence
from kg.analysis.next.model import Candidate

MIN_STAGES = 2
LEVELS = ("city", "county", "town", "park", "zone", "region")


def default_places(evidence: Evidence) -> tuple[str, ...]:
    """Places below a province of which at least two stages or functions are recorded."""
    levels = evidence.surroundings.levels
    return tuple(
        sorted(
            place
            for place, nodes in evidence.of_place.items()
            if len(nodes) >= MIN_STAGES and levels.get(place) in LEVELS
        )
    )


def candidates(evidence: Evidence, place: str) -> tuple[Candidate, ...]:
    """The candidates of a place, each thing once."""
    return (*_nodes(evidence, place), *_industries(evidence, place))


def needing(evidence: Evidence, place: str, node: str) -> dict[str, tuple[str, ...]]:
    """The chains here that need a function, with the stages performed here for which they do."""
    found = {}
    for chain in evidence.chains_here(place):
        stages = evidence.performed(place, chain)
        if node in chain.needs.get(chain.iri, ()):
            found[chain.iri] = stages
            continue
        those = tuple(stage for stage in stages if node in chain.needs.get(stage, ()))
        if those:
            found[chain.iri] = those
    return found


def _nodes(evidence: Evidence, place: str) -> Iterator[Candidate]:
    here = {chain.iri for chain in evidence.chains_here(place)}
    for node, chains in sorted(evidence.nodes.items()):
        cell = evidence.cell(node, place)
        extended = evidence.performs(place, node) and cell.state != State.WEAK
        if extended and State.PLANNED not in cell.recorded:
            continue
        needs = tuple(needing(evidence, place, node))
        inside = tuple(iri for iri in chains if iri in here)
        if not (inside or needs or cell.recorded):
            continue
        yield Candidate(
            place,
            node,
            "function" if node in evidence.functions else "stage",
            (*inside, *chains)[0],
            tuple(dict.fromkeys((*chains, *needs))),
            str(cell.state),
            extended,
            joined(cell.said.values()) if extended else cell.grounds,
            cell.state == State.WEAK and all(s.low_end for s in cell.statements if s.state in THERE),
        )


def _is_recommended(evidence: Evidence, place: str, thing: str) -> bool:
    here = evidence.surroundings.here(place)
    return any(here & recommendation.places for recommendation in evidence.recommended.get(thing, ()))


def _industries(evidence: Evidence, place: str) -> Iterator[Candidate]:
    """Industries planned or recommended here, those of a chain of which a stage is here, and related ones."""
    own = evidence.industries.get(place, {})
    wanted = {industry for industry, said in own.items() if not said.present}
    for chain in evidence.chains.values():
        if evidence.performed(place, chain):
            wanted.update(chain.industries)
    known = {industry for here in evidence.industries.values() for industry in here}
    wanted.update(thing for thing in evidence.recommended if thing in known and _is_recommended(evidence, place, thing))
    wanted.update(industry for (where, industry) in evidence.density.values if where == place)
    for industry in sorted(wanted):
        if evidence.is_within(place, industry):
            continue
        found = evidence.chain_of(industry)
        own_chain = found.iri if found else None
        said = own[industry].said if industry in own else {}
        state = State.PLANNED if said else State.NOT_RECORDED
        chains = (own_chain,) if own_chain else ()
        yield Candidate(place, industry, "industry", own_chain, chains, str(state), False, joined(said.values()))
