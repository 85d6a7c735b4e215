"""`kg weak-points`: how central nodes are, what rests on one provider, and what breaks when something is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.analysis.facts import Facts
from kg.analysis.numbers import number, whole_number
from kg.analysis.result import EVERYTHING, Analysis, Parameters, Scope
from kg.analysis.weak_points import removal_tables, tables
from kg.analysis.weak_points.centrality import NetworkMeasures, network_measures
from kg.analysis.weak_points.communities import Comparison, communities, compare
from kg.analysis.weak_points.engines import ENGINES, Tell
from kg.analysis.weak_points.findings import CHAINS, METHOD, findings, subjects
from kg.analysis.weak_points.reading import Provider, Reading
from kg.analysis.weak_points.resilience import Capability, Failure, Removal, cascade, last_providers, remove
from kg.analysis.weak_points.uncertainty import MEASURES, RankInterval, rank_intervals
from kg.errors import BadParameter, UnknownName
from kg.query.header import Parameter
from kg.query.lookup import Lookup

NETWORKS = ("stages", "actors", "places")
DRAWN = "agglomerations"
"""The network of the groups that communities are compared with."""
BY = "betweenness"
MOST_SAMPLES = 10_000
REMOVABLE = ("stage", "place", "actor")
"""Where a key is that of several things, the first of these kinds is meant."""

Names = str | Iterable[str]


@dataclass(frozen=True)
class Broken:
    """What breaks when things are removed.

    Args:
        things: IRIs of what is removed.
        networks: what becomes of each network, by its name.
        stages: the stages that lose their last provider, with who was recorded.
        cascade: the nodes of the chains that fail in its wake, in the order in which they do.
        threshold: share of the suppliers of a node that must have failed.
    """

    things: tuple[str, ...]
    networks: Mapping[str, Removal]
    stages: Mapping[str, list[Capability]]
    cascade: tuple[Failure, ...]
    threshold: float


@dataclass(frozen=True)
class WeakPoints:
    """The typed result.

    Args:
        networks: the measures of each network by name.
        providers: stages with a single provider.
        comparisons: communities beside agglomerations, by network and by whether their edges were in it.
        broken: what breaks, where something was removed.
        rankings: how sure ranks are, by network, where they were sampled.
    """

    networks: Mapping[str, NetworkMeasures]
    providers: tuple[Provider, ...] = ()
    comparisons: Mapping[tuple[str, bool], Comparison] = field(default_factory=dict)
    broken: Broken | None = None
    rankings: Mapping[str, tuple[RankInterval, ...]] = field(default_factory=dict)


def analyse(
    facts: Facts,
    scope: Scope = EVERYTHING,
    network: Names = NETWORKS,
    remove: Names = (),
    resample: int | str = 0,
    threshold: float | str = 0.5,
    by: str = BY,
    engine: str = "auto",
    tell: Tell = lambda _step: None,
) -> Analysis:
    """The weak points of the networks of a graph, or what breaks when things are removed.

    Args:
        facts: the graph.
        scope: the places and chains in whose reach nodes are shown; measures are always those of the whole network.
        network: names of networks of `queries/networks/`; several with commas.
        remove: things to remove, by key, label, alias or code; nothing is measured then but what breaks.
        resample: how many samples a ranking is drawn from; none where 0.
        threshold: share of its suppliers that must have failed for a stage to fail, above 0 and at most 1.
        by: the measure that nodes are ranked by: betweenness, harmonic, degree, pagerank or katz.
        engine: auto, networkx or igraph.
        tell: is told what is being done.

    Raises:
        UnknownName: no such network or thing.
        BadParameter: an option makes no sense.
        MissingExtra: the engine is not installed.
    """
    asked = _networks(facts, network)
    samples, share = _samples(resample), _threshold(threshold)
    _one_of("by", by, MEASURES)
    _one_of("engine", engine, ENGINES)
    reading = Reading(facts)
    if things := _things(facts, asked, remove):
        broken = _break(reading, asked, things, share)
        parameters = (*_asked(network, asked), *(("remove", thing) for thing in things), ("threshold", f"{share:g}"))
        return Analysis(
            METHOD,
            "What breaks without " + ", ".join(map(facts.label, things)),
            (*scope.parameters, *parameters),
            removal_tables.of_removal(reading, broken, reading.reach(scope)),
            notes=(*removal_tables.notes_of_removal(facts, broken), *_unused(samples, by)),
            detail=WeakPoints({}, broken=broken),
        )
    measured = {name: network_measures(facts.network(name), name, engine, tell) for name in asked}
    rankings = {
        name: tuple(
            rank_intervals(facts.network(name), samples, by, engine, lambda step, name=name: tell(f"{name}: {step}"))  # type: ignore[misc]
        )
        for name in asked
        if samples
    }
    providers = reading.providers if CHAINS in asked else ()
    detail = WeakPoints(measured, providers, _compare(facts, measured), None, rankings)
    reach = reading.reach(scope)
    parameters = (*_asked(network, asked), *((("resample", str(samples)), ("by", by)) if samples else ()))
    return Analysis(
        METHOD,
        "Weak points",
        (*scope.parameters, *parameters),
        tables.of_networks(facts, detail, reach, by),
        tuple(f for f in findings(reading, measured) if reach is None or not reach.isdisjoint(subjects(f))),
        tables.notes_of_networks(facts, detail, scope),
        detail,
    )


def _compare(facts: Facts, measured: Mapping[str, NetworkMeasures]) -> dict[tuple[str, bool], Comparison]:
    """Communities of each network that has members of agglomerations, with the edges of these and without."""
    drawn: dict[str, set[str]] = {}
    for member, group in facts.network(DRAWN).edges if DRAWN in facts.networks else ():
        drawn.setdefault(group, set()).add(member)
    found = {}
    for name, measures in measured.items():
        network = facts.network(name)
        if name == DRAWN or not any(member in network for members in drawn.values() for member in members):
            continue
        without = [edge for edge in network.edges if not drawn.keys().isdisjoint(edge)]
        if without:
            found[name, True] = compare(measures.communities, drawn)
        found[name, False] = compare(communities(network, without) if without else measures.communities, drawn)
    return found


def _break(reading: Reading, asked: Iterable[str], things: tuple[str, ...], threshold: float) -> Broken:
    networks = {name: remove(reading.facts.network(name), things) for name in asked}
    stages = last_providers(reading.capabilities, things, reading.within)
    failures = cascade(reading.supplies, {*things, *stages}, threshold)
    return Broken(things, networks, stages, tuple(failures), threshold)


def _networks(facts: Facts, given: Names) -> tuple[str, ...]:
    names = given.split(",") if isinstance(given, str) else [part for name in given for part in name.split(",")]
    found = tuple(dict.fromkeys(name.strip() for name in names if name.strip())) or NETWORKS
    for name in found:
        if name not in facts.networks:
            raise UnknownName("network", name, facts.networks, f"There are: {', '.join(facts.networks)}")
    return found


def _asked(given: Names, asked: tuple[str, ...]) -> Parameters:
    return () if asked == NETWORKS and given == NETWORKS else tuple(("network", name) for name in asked)


def _things(facts: Facts, asked: Iterable[str], given: Names) -> tuple[str, ...]:
    names = [given] if isinstance(given, str) and given else list(given)
    if any(not name.strip(" ,") for name in names):
        raise BadParameter("remove: it names nothing. Give a stage, place or actor by key or label")
    lookup = Lookup(facts.store, facts.catalogue, facts.prefixes)
    inside = {facts.prefixes.kind(node) for name in asked for node in facts.network(name)}
    kinds = dict.fromkeys((*REMOVABLE, *sorted(kind for kind in inside if kind)))
    thing = Parameter("remove", "|".join(kinds), "a thing")
    return tuple(dict.fromkeys(str(value) for name in names for value in lookup.values(thing, name)))


def _unused(samples: int, by: str) -> Iterator[str]:
    """Which options say nothing of a removal."""
    if samples:
        yield "resample is not used where something is removed: nothing is ranked then"
    if by != BY:
        yield "by is not used where something is removed: nothing is ranked then"


def _samples(given: int | str) -> int:
    wrong = f"resample={given}: not a number of samples. Give 0 to {MOST_SAMPLES:,}"
    return whole_number(given, wrong, 0, MOST_SAMPLES)


def _threshold(given: float | str) -> float:
    wrong = f"threshold={given}: not a share of suppliers. Give a number above 0 and at most 1"
    return number(given, wrong, 0, 1)


def _one_of(name: str, given: str, known: Iterable[str]) -> None:
    if given not in known:
        raise BadParameter(f"{name}={given}: not known. Take {', '.join(known)}")
