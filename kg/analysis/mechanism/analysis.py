"""`kg mechanism`: how factors act on one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from kg.analysis.facts import Facts, joined
from kg.analysis.mechanism import tables
from kg.analysis.mechanism.loops import Loop, find_loops, loop_finding, shortest_paths
from kg.analysis.mechanism.network import Network, View, read_network, view
from kg.analysis.mechanism.options import DYNAMICS, STRENGTH, Options, read_options
from kg.analysis.mechanism.runs import Integrity, Model, Openness, ShockRun, integrity, openness
from kg.analysis.result import EVERYTHING, Analysis, Finding, Part, Scope

METHOD = "mechanism"
TITLE = "How factors act on one another"


@dataclass(frozen=True)
class Mechanism:
    """What is known of how factors act on one another.

    Args:
        network: all links.
        view: what the scope has of them.
        options: what was asked.
        loops: circles of influence.
        model: the map that was run.
        effects: what a push of 1 on the first changes in the second.
        run: the run of the shock asked for, if one was.
        openness: what comes in from outside.
        integrity: what the whole reaches beyond its parts.
    """

    network: Network
    view: View
    options: Options
    loops: tuple[Loop, ...]
    model: Model
    effects: Mapping[tuple[str, str], float]
    run: ShockRun | None
    openness: Openness
    integrity: Integrity


def analyse(
    facts: Facts,
    scope: Scope = EVERYTHING,
    *,
    shock: str | Mapping[str, float] = "",
    hold: str = "added",
    rule: str = DYNAMICS.rule,
    squash: str = DYNAMICS.squash,
    steepness: float | str = DYNAMICS.steepness,
    strength: float | str = STRENGTH,
    source: str = "",
    target: str = "",
) -> Analysis:
    """How factors act on one another: loops, paths, the run of a shock, openness and integrity.

    Args:
        facts: the graph.
        scope: places and chains; none means all.
        shock: size by factor, or as text `factor=0.5,other=-1`; it lasts as long as the run.
        hold: added (to what acts on the factor) or clamped (the factor is held at it).
        rule: kosko or stylios-groumpos.
        squash: tanh, logistic or threshold.
        steepness: of the squashing function, above 0.
        strength: what acts on a factor amounts to at most, above 0 and at most 1.
        source: only loops through this factor, and paths and effects from it.
        target: only paths and effects to this factor.

    Raises:
        UnknownName: there is no such factor.
        BadParameter: a value is no number, out of range, or not one of those to choose from.
    """
    network = read_network(facts)
    options = read_options(facts, network.factors, shock, hold, rule, squash, steepness, strength, source, target)
    seen = view(facts, network, scope)
    kept = set(seen.network.factors)
    all_loops, notes = find_loops(network)
    loops = tuple(
        loop
        for loop in all_loops
        if kept.issuperset(loop.factors)
        and (not scope.chains or not seen.inside.isdisjoint(loop.factors))
        and (options.source is None or options.source in loop.factors)
    )
    model = Model.of(seen.network, options)
    effects = model.effects()
    run = model.shocked(options.shock) if options.shock else None
    found = Mechanism(
        network,
        seen,
        options,
        loops,
        model,
        effects,
        run,
        openness(seen, model, effects),
        integrity(seen, model),
    )
    paths = list(shortest_paths(seen.network, options.source, options.target))
    made = tables.all_tables(facts, found, paths, scope)
    findings = [loop_finding(facts, loop, METHOD) for loop in loops]
    if options.source is None and options.target is None:
        findings += _of_the_whole(facts, found, scope)
    return Analysis(
        METHOD,
        TITLE,
        (*scope.parameters, *options.parameters(facts)),
        tuple(made),
        tuple(findings),
        (*tables.notes(facts, found), *notes),
        found,
    )


def _of_the_whole(facts: Facts, found: Mechanism, scope: Scope) -> list[Finding]:
    """Openness and integrity, where there is something to say."""
    about = found.view.about
    name = ", ".join(facts.label(thing) for thing in about)
    parameters = (*scope.parameters, *found.options.parameters(facts))
    findings = []
    o, i = found.openness, found.integrity
    if o.inflows and about and isfinite(o.moved):
        touched = o.touched / o.inner if o.inner else 0.0
        findings.append(
            Finding(
                "mechanism-finding",
                f"Openness of {name}: {len(o.inflows)} of {o.links} influences come from outside or from what nothing "
                f"acts on; together they move {o.touched} of {o.inner} other factors",
                about,
                (
                    Part("inflow", o.share, 1.0, f"{len(o.inflows)} of {o.links} influences"),
                    Part("moved by inflow", touched, 1.0, f"{o.touched} of {o.inner} factors"),
                ),
                METHOD,
                parameters,
                joined(link.passages for link in o.inflows),
                "openness",
            )
        )
    if len(i.parts) > 1 and i.between and about and isfinite(i.surplus):
        share = min(1.0, abs(i.surplus) / abs(i.whole)) if i.whole else 0.0
        verb = "more" if i.surplus >= 0 else "less"
        push = "the shock" if found.options.shock else "a push of 1 on each factor in turn"
        findings.append(
            Finding(
                "mechanism-finding",
                f"Integrity of {name}: {push} moves the states of others by {i.whole:.2f} in sum, and by {i.alone:.2f} "
                f"where its {len(i.parts)} parts run alone: {abs(i.surplus):.2f} {verb}",
                about,
                (
                    Part("beyond the parts", share, 1.0, f"{i.surplus:+.2f} of {i.whole:.2f}"),
                    Part("joined", len(i.between) / i.links, 1.0, f"{len(i.between)} of {i.links} links join parts"),
                ),
                METHOD,
                parameters,
                joined(link.passages for link in i.between),
                "integrity",
            )
        )
    return findings
