"""The components of a suggestion: each a value from 0 to 1 with its words and passages, or not known."""

from __future__ import annotations

from collections.abc import Iterable

from kg.analysis.facts import joined, passages_of
from kg.analysis.gaps.matrix import State
from kg.analysis.next.candidates import needing
from kg.analysis.next.evidence import Evidence, Recommendation
from kg.analysis.next.model import Candidate, Component, Suggestion
from kg.analysis.next.permission import permission

NAMED, AROUND, GENERAL = 1.0, 0.6, 0.3
FORECAST = 0.5
HALF = 0.5


def suggest(evidence: Evidence, candidate: Candidate) -> Suggestion:
    """A candidate with all its components."""
    allowed, degree = permission(evidence, candidate, industries_of(evidence, candidate))
    components = (
        position(evidence, candidate),
        relatedness(evidence, candidate),
        recommendations(evidence, candidate),
        inputs(evidence, candidate),
        allowed,
        fields(evidence, candidate),
    )
    return Suggestion(candidate, components, degree)


def industries_of(evidence: Evidence, candidate: Candidate) -> tuple[str, ...]:
    """The industry that a candidate is, or those of its chain."""
    if candidate.kind == "industry":
        return (candidate.thing,)
    return evidence.chains[candidate.chain].industries if candidate.chain in evidence.chains else ()


def position(evidence: Evidence, candidate: Candidate) -> Component:
    """How much of what is here it would join, and for a stage how far up the stream it lies."""
    name = "position"
    if candidate.kind == "function":
        return _position_of_function(evidence, candidate)
    chain = evidence.chains.get(candidate.chain or "")
    if chain is None:
        return Component(name, None, "the industry has no chain in the sources")
    here = [stage for stage in evidence.performed(candidate.place, chain) if stage != candidate.thing]
    if candidate.kind == "industry":
        words = f"{len(here)} of the {_count(len(chain.stages), 'stage')} of its chain are here"
        if not here:
            return Component(name, None, "no stage of its chain is recorded here")
        return Component(name, len(here) / len(chain.stages), words, _said(evidence, candidate.place, here))
    if not (chain.downstream(candidate.thing) or chain.upstream(candidate.thing)):
        return Component(name, None, "no source says what it feeds or what feeds it")
    if not here:
        return Component(name, None, "no other stage of its chain is recorded here")
    down = [stage for stage in here if stage in chain.downstream(candidate.thing)]
    up = [stage for stage in here if stage in chain.upstream(candidate.thing)]
    value = len({*down, *up}) / len(here) / 2 + chain.position(candidate.thing) / 2
    words = (
        f"{_lie(len(down), len(up), len(here))}; "
        f"{len(chain.downstream(candidate.thing).intersection(chain.stages))} of {len(chain.stages) - 1} "
        "others of the chain lie downstream"
    )
    return Component(name, value, words, _said(evidence, candidate.place, [*down, *up]))


def _position_of_function(evidence: Evidence, candidate: Candidate) -> Component:
    here = {
        (chain.iri, stage)
        for chain in evidence.chains_here(candidate.place)
        for stage in evidence.performed(candidate.place, chain)
    }
    served = {
        (chain, stage)
        for chain, stages in needing(evidence, candidate.place, candidate.thing).items()
        for stage in stages
    }
    if not served:
        return Component("position", None, "no chain here is said to need it")
    words = f"{len(served)} of {_count(len(here), 'stage')} here belong to a chain that is said to need it"
    passages = _said(evidence, candidate.place, [stage for _, stage in served])
    return Component("position", len(served) / len(here), words, passages)


def relatedness(evidence: Evidence, candidate: Candidate) -> Component:
    """The density of its industry, or of that of its chain, in the place."""
    density = evidence.density
    for industry in industries_of(evidence, candidate):
        value = density.values.get((candidate.place, industry))
        if value is not None:
            words = f"density of {evidence.facts.label(industry)}: {value:.2f} ({density.note})"
            return Component("relatedness", value, words, density.passages.get(candidate.place, ()))
    why = density.note if not density.places else "no outputs of this place and industry are known"
    return Component("relatedness", None, why)


def recommendations(evidence: Evidence, candidate: Candidate) -> Component:
    """The strongest of: for the place, for a place around it, for its chain or in general."""
    place, thing = candidate.place, candidate.thing
    found = [*_plans(evidence, candidate)]
    here, around = evidence.surroundings.here(place), evidence.surroundings.around.get(place, frozenset())
    wide = evidence.surroundings.countries
    own = evidence.recommended.get(thing, ())
    named = [r for r in own if here & (r.places - r.by_problem)]
    answering = [] if named else [r for r in own if here & r.by_problem]
    found.append((NAMED, "a recommendation for the place speaks of it", named))
    found.append((NAMED, "a recommendation that answers a problem of the place speaks of it", answering))
    found.append((AROUND, "a recommendation for a place around it speaks of it", [r for r in own if around & r.places]))
    found.append(
        (
            GENERAL,
            "a recommendation for no place in particular speaks of it",
            [r for r in own if not r.places or wide & r.places],
        )
    )
    wider = {candidate.chain, *industries_of(evidence, candidate)} - {thing, None}
    of_chain = [r for one in sorted(filter(None, wider)) for r in evidence.recommended.get(one, ())]
    concerned = [r for r in of_chain if not r.places or (here | around | wide) & r.places]
    found.append((GENERAL, "a recommendation speaks of its chain or industry", concerned))
    value = max((value for value, _, those in found if those), default=0.0)
    if not value:
        return Component("recommendations", 0.0, "no source plans or recommends it")
    best = [(words, those) for worth, words, those in found if those and worth == value]
    if value == NAMED:
        plain = " and ".join(dict.fromkeys(words for words, those in best if not those[0].label))
        words = (plain or best[0][0]) + _labels(r for _, those in best for r in those)
    else:
        words = "; ".join(f"{words}{_labels(those)}" for words, those in best)
    return Component("recommendations", value, words, joined(r.passages for _, those in best for r in those))


def _plans(evidence: Evidence, candidate: Candidate) -> Iterable[tuple[float, str, list[Recommendation]]]:
    """What the sources say is planned or recommended at the place itself, without a recommendation by name."""
    place, thing = candidate.place, candidate.thing
    if candidate.kind != "industry":
        said = evidence.cell(thing, place).said.get(State.PLANNED, ())
        if said:
            yield (NAMED, "planned or recommended here", [Recommendation("", "", said, frozenset({place}))])
        return
    here = evidence.industries.get(place, {})
    if thing in here:
        for status, passages in sorted(here[thing].said.items()):
            value = FORECAST if status == "forecast" else NAMED
            yield (value, f"{status} here", [Recommendation("", "", joined([passages]), frozenset({place}))])


def inputs(evidence: Evidence, candidate: Candidate) -> Component:
    """How much of what it needs is here: of a stage what feeds it and what it needs, of an industry its kin."""
    if candidate.kind == "industry":
        return _kin(evidence, candidate)
    chain = evidence.chains.get(candidate.chain or "")
    if chain is None or candidate.kind == "function":
        return Component("inputs", None, "no source says what it needs")
    feeding = chain.feeds.predecessors(candidate.thing) if candidate.thing in chain.feeds else ()
    needed = [*feeding, *chain.needs.get(candidate.thing, ()), *chain.needs.get(chain.iri, ())]
    if not needed:
        return Component("inputs", None, "no source says what it needs")
    values: dict[str, float] = {}
    passages = []
    for node in dict.fromkeys(needed):
        cell = evidence.cell(node, candidate.place)
        near = [p for p in sorted(evidence.surroundings.near(candidate.place)) if evidence.performs(p, node)]
        if cell.state == State.WEAK or (near and not evidence.performs(candidate.place, node)):
            values[node] = HALF
        elif cell.recorded:
            values[node] = float(evidence.performs(candidate.place, node))
        passages.append(cell.passages or joined(evidence.cell(node, p).passages for p in near))
    silent = [node for node in needed if node not in values]
    if not values:
        return Component("inputs", None, f"nothing is recorded of what it needs: {evidence.names(silent)}")
    words = "; ".join(
        f"{word}: {evidence.names(n for n, v in values.items() if v == value)}"
        for word, value in (("here", 1.0), ("weak, or only near", HALF), ("not here", 0.0))
        if value in values.values()
    )
    words += f"; not recorded, so not counted: {evidence.names(silent)}" if silent else ""
    return Component("inputs", sum(values.values()) / len(values), words, joined(passages))


def _kin(evidence: Evidence, candidate: Candidate) -> Component:
    """Whether an industry right above or below it is here, or one of them or itself in a place around or beside."""
    place, thing = candidate.place, candidate.thing
    kin = evidence.wider.get(thing, frozenset()) | evidence.narrower.get(thing, frozenset())
    here = [one for one in sorted(kin) if evidence.has_industry(place, one)]
    if here:
        said = joined(evidence.industries[place][one].said["actual"] for one in here)
        return Component("inputs", 1.0, f"kin that is here: {evidence.names(here)}", said)
    near = [
        (other, one)
        for other in sorted(evidence.surroundings.near(place))
        for one in sorted(kin | {thing})
        if evidence.has_industry(other, one)
    ]
    if near:
        said = joined(evidence.industries[other][one].said["actual"] for other, one in near)
        where = evidence.names({other for other, _ in near})
        return Component("inputs", HALF, f"it or its kin is near: {where}", said)
    own = [one for one, said in evidence.industries.get(place, {}).items() if said.present]
    if not own:
        return Component("inputs", None, "no industry is recorded here")
    words = f"none of the {_count(len(own), 'industry', 'industries')} recorded here is kin to it"
    return Component("inputs", 0.0, words)


def fields(evidence: Evidence, candidate: Candidate) -> Component:
    """Whether a field that serves its industry, or the one right above it, is taught here or near."""
    name = "fields"
    own = industries_of(evidence, candidate)
    wanted = {*own, *(above for one in own for above in evidence.wider.get(one, ()))}
    if not wanted & evidence.served:
        return Component(name, None, "no field taught anywhere in the sources serves its industry")
    here, near = evidence.surroundings.here(candidate.place), evidence.surroundings.near(candidate.place)
    found = []
    taught = 0
    for places, share in ((here, 1.0), (near, HALF)):
        for row in (row for p in sorted(places) for row in evidence.programmes.get(p, ())):
            taught += 1
            if str(row["industry"]) in wanted:
                few = str(row["provision_label"]) != "present"
                found.append((share * (HALF if few else 1.0), str(row["field_label"]), row, few, share == 1.0))
    if not taught:
        return Component(name, None, "no programme is recorded here or near")
    if not found:
        return Component(name, 0.0, "none of the fields recorded here or near serves its industry")
    best = max(value for value, *_ in found)
    _, _, _, few, is_here = next(one for one in found if one[0] == best)
    those = [one for one in found if one[3:] == (few, is_here)]
    labels = ", ".join(sorted({label for _, label, *_ in those}))
    words = f"{'taught by few' if few else 'taught'} {'here' if is_here else 'near'}: {labels}"
    passages = joined(passages_of(row) for _, _, row, *_ in those)
    return Component(name, best, words, passages)


def _lie(down: int, up: int, here: int) -> str:
    """How many of the other stages here lie down and up the stream.

    >>> _lie(5, 1, 6)
    'of 6 other stages here 5 lie downstream and 1 upstream'
    >>> _lie(0, 1, 1)
    '1 of 1 other stage here lies upstream'
    """
    if down and up:
        return f"of {here} other stages here {down} lie downstream and {up} upstream"
    number, where = (up, "upstream") if up else (down, "downstream")
    return f"{number} of {_count(here, 'other stage')} here {'lies' if number == 1 else 'lie'} {where}"


def _said(evidence: Evidence, place: str, nodes: Iterable[str]) -> tuple[str, ...]:
    return joined(evidence.cell(node, place).grounds for node in nodes)


def _labels(those: Iterable[Recommendation]) -> str:
    labels = sorted({r.label for r in those if r.label})
    more = f" and {len(labels) - 2} more" if len(labels) > 2 else ""
    return f" ({'; '.join(labels[:2])}{more})" if labels else ""


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
