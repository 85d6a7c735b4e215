"""The tables of the mechanism, and what a reader must know of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from kg.analysis.facts import Facts, passages_of
from kg.analysis.mechanism.loops import Path, polarity
from kg.analysis.mechanism.options import Hold
from kg.analysis.result import Scope, Table
from kg.store.answers import Value

if TYPE_CHECKING:
    from kg.analysis.mechanism.analysis import Mechanism

Row = tuple[Value | None, ...]
POLARITY = {1: "positive", -1: "negative", 0: "not said"}


def all_tables(facts: Facts, found: Mechanism, paths: Sequence[Path], scope: Scope) -> Iterator[Table]:
    """The tables, the loops first; those of a run only where there is one."""
    yield _loops(facts, found)
    yield _paths(facts, found, paths)
    yield _effects(facts, found)
    if found.run is not None:
        yield _equilibrium(facts, found)
        yield _trajectories(facts, found)
    yield _openness(facts, found, scope)
    yield _integrity(facts, found)


def notes(facts: Facts, found: Mechanism) -> Iterator[str]:
    """What a reader must know: what was left out, how the run was made, how it ended."""
    shown = found.view.network
    unsigned = [pair for pair, link in shown.links.items() if link.sign == 0]
    opposite = [pair for pair in shown.contradicted if pair in shown.links]
    told = f"{len(shown.links):,} links among {len(shown.factors):,} factors"
    yield f"{told}; {len(unsigned)} without a said sign are left out of every run, and leave loops and paths open."
    yield "Of chains and stages, driving, pulling and supporting count as positive; other couplings have no said sign."
    if opposite:
        named = "; ".join(f"{facts.label(a)} → {facts.label(b)}" for a, b in opposite)
        yield f"Sources give opposite signs, so no sign is used: {named}."
    d = found.options.dynamics
    bound = d.contraction(found.model.weights)
    yield (
        f"Runs: {d.rule} rule, {d.squash} with steepness {d.steepness:g}, strength {found.options.strength:g} shared "
        f"by what acts on a factor; a step brings states nearer by the factor {bound:.2f} at least"
        + (", so there is one equilibrium." if bound < 1 else ", which does not assure one equilibrium.")
    )
    if any(not isfinite(effect) for effect in found.effects.values()):
        yield "Some pushes do not settle; what they change is left empty."
    if found.run is None:
        yield "No shock is given: --shock factor=0.5 runs one, and gives its equilibrium and trajectories."
        return
    how = "held at its value" if found.options.hold == Hold.CLAMPED else "added at every step"
    sizes = "; ".join(f"{facts.label(f)} {size:+g}" for f, size in found.options.shock.items())
    yield f"Shock, {how}: {sizes}. The run {found.run.words}."
    if lost := [f for f in found.options.shock if f not in found.model.factors]:
        yield f"Not among the factors of the scope, so not shocked: {'; '.join(map(facts.label, lost))}."
    if not any(f in found.network.parts and f in found.view.inside for f in found.options.shock):
        yield "The shock is on no factor of one part alone, so it tells nothing of integrity."


def _names(facts: Facts, things: Iterable[str], separator: str = " → ") -> str:
    return separator.join(facts.label(thing) for thing in things)


def _number(value: float) -> float | None:
    return round(value, 4) + 0.0 if isfinite(value) else None


def _loops(facts: Facts, found: Mechanism) -> Table:
    columns = {
        "kind": "reinforcing (a rise comes back as a rise), balancing (as a fall), open (a sign is not said)",
        "length": "number of factors on it",
        "first": "the factor that it is written from",
        "first_label": "its name",
        "factors": "its factors in their order",
        "signs": "sign of each influence in the same order; ? where it is not said",
        "status": "actual where every influence is said to be so, else partly proposed",
        "said_of": "places of its factors; empty for what is said in general",
        "passages": "passages that say so",
    }
    rows: list[Row] = []
    for loop in found.loops:
        places = sorted({place for f in loop.factors for place in found.network.places.get(f, ())})
        rows.append(
            (
                loop.kind,
                len(loop.links),
                loop.factors[0],
                facts.label(loop.factors[0]),
                _names(facts, (*loop.factors, loop.factors[0])),
                " ".join({1: "+", -1: "−", 0: "?"}[link.sign] for link in loop.links),
                loop.status,
                _names(facts, places, "; ") or None,
                " ".join(loop.passages),
            )
        )
    reading = (
        "Each row is a circle of factors of which each acts on the next, and the last on the first; it is reinforcing "
        "where the product of its signs is positive."
    )
    return Table("loops", "Feedback loops", reading, columns, rows)


def _paths(facts: Facts, found: Mechanism, paths: Sequence[Path]) -> Table:
    columns = {
        "from": "what acts",
        "from_label": "its name",
        "to": "what is acted on in the end",
        "to_label": "its name",
        "steps": "number of influences on the way",
        "ways": "number of ways as short as this one",
        "polarity": "positive (a rise makes the other rise), negative, or not said where a sign on the way is not",
        "way": "the factors in their order",
        "status": "actual where every influence is said to be so, else partly proposed",
        "passages": "passages that say so",
    }
    both = found.options.source is not None and found.options.target is not None
    one = found.options.source is not None or found.options.target is not None
    ordered = paths if both else sorted(paths, key=lambda p: (len(p.links) if one else -len(p.links), p.factors))
    rows: list[Row] = [
        (
            p.factors[0],
            facts.label(p.factors[0]),
            p.factors[-1],
            facts.label(p.factors[-1]),
            len(p.links),
            p.ways,
            POLARITY[polarity(p.links)],
            _names(facts, p.factors),
            "actual" if all(link.is_actual for link in p.links) else "partly proposed",
            " ".join(p.passages),
        )
        for p in ordered
    ]
    if both:
        reading = "Each row is one of the shortest ways from the one factor to the other."
    elif one:
        reading = "Each row is a shortest way between the factor and one that it is joined to, nearest first."
    else:
        reading = "Each row is the shortest way from a factor to the one that lies farthest from it, longest first."
    return Table("paths", "Paths of influence", reading, columns, rows)


def _effects(facts: Facts, found: Mechanism) -> Table:
    columns = {
        "from": "the factor that is pushed by 1, as long as the run lasts",
        "from_label": "its name",
        "to": "the factor that moves",
        "to_label": "its name",
        "effect": "change at the new equilibrium, within -1 and 1; empty where the run does not settle",
    }
    pairs = sorted(
        (
            (pair, effect)
            for pair, effect in found.effects.items()
            if pair[0] != pair[1]
            and found.options.source in (None, pair[0])
            and found.options.target in (None, pair[1])
        ),
        key=lambda item: (-abs(item[1]) if isfinite(item[1]) else 1.0, item[0]),
    )
    rows: list[Row] = [(a, facts.label(a), b, facts.label(b), _number(effect)) for (a, b), effect in pairs]
    reading = "Each row says by how much a push of 1 on the first factor moves the second in the end, strongest first."
    return Table("effects", "Effects of a push of 1", reading, columns, rows)


def _equilibrium(facts: Facts, found: Mechanism) -> Table:
    assert found.run is not None
    columns = {
        "factor": "the factor",
        "factor_label": "its name",
        "before": "its state at the equilibrium without the shock",
        "after": "its state at the equilibrium with it",
        "change": "after less before",
    }
    before = dict(zip(found.run.factors, map(float, found.run.before), strict=True))
    rows: list[Row] = [
        (f, facts.label(f), _number(before[f]), _number(before[f] + change), _number(change))
        for f, change in found.run.changes.items()
    ]
    reading = "Each row is a factor that the shock moves, most first; states lie within -1 and 1 and have no unit."
    return Table("equilibrium", "New equilibrium", reading, columns, rows)


def _trajectories(facts: Facts, found: Mechanism) -> Table:
    assert found.run is not None
    columns = {
        "factor": "the factor",
        "factor_label": "its name",
        "step": "number of the step, from 0",
        "state": "its state then",
    }
    number = {factor: index for index, factor in enumerate(found.run.factors)}
    rows: list[Row] = [
        (f, facts.label(f), step, _number(float(state[number[f]])))
        for f in found.run.changes
        for step, state in enumerate(found.run.states)
    ]
    reading = "Each row is the state of a factor at a step of the run; factors that the shock moves, most first."
    return Table("trajectories", "Trajectories", reading, columns, rows)


def _openness(facts: Facts, found: Mechanism, scope: Scope) -> Table:
    columns = {
        "kind": "influence from outside, influence from within (of a factor of the system that nothing acts on); "
        "for places: dependence, transfer in, radiation, policy, cooperation",
        "from": "where it comes from",
        "from_label": "its name",
        "what": "what comes, where something else than an influence",
        "what_label": "its name",
        "to": "what it enters",
        "to_label": "its name",
        "status": "actual where a source says that it is so",
        "effect": "what raising it alone by 1 changes in the other factors, added up; empty for what is no influence",
        "passages": "passages that say so",
    }
    o = found.openness
    rows: list[Row] = [
        (
            "influence from outside" if link.source in o.outside else "influence from within",
            link.source,
            facts.label(link.source),
            None,
            None,
            link.target,
            facts.label(link.target),
            "actual" if link.is_actual else ", ".join(link.statuses),
            _number(o.alone[link.source]),
            " ".join(link.passages),
        )
        for link in sorted(o.inflows, key=lambda k: (-o.alone[k.source], k.source, k.target))
    ]
    if not scope.chains:
        rows += [_recorded(row) for row in facts.ask("inflows", **({"place": scope.places} if scope.places else {}))]
    reading = (
        f"Each row is something that comes in. Of {o.links} influences on the factors of the system, {len(o.inflows)} "
        f"come from outside or from what nothing acts on (openness {o.share:.2f}); with all of these on at 1 its other "
        f"factors change by {o.moved:+.2f} in sum, with them off by {o.closed:+.2f}."
    )
    return Table("openness", "Openness", reading, columns, rows)


def _recorded(row: Mapping[str, Value | None]) -> Row:
    place, name = row["place"], row["place_label"]
    what, what_name = (None, None) if row["what"] == row["from"] else (row["what"], row["what_label"])
    said = " ".join(passages_of(dict(row)))
    return (row["kind"], row["from"], row["from_label"], what, what_name, place, name, row["status"], None, said)


def _integrity(facts: Facts, found: Mechanism) -> Table:
    columns = {
        "part": "the chain whose factors it has; empty for what is of no one part, and for the whole",
        "part_label": "its name",
        "factors": "number of factors",
        "within": "signed links within it",
        "across": "signed links that join it to the rest",
        "alone": "sum of the changes of its factors when it runs alone, beyond what the push itself does",
        "in_the_whole": "the same when the whole runs",
        "surplus": "in the whole less alone",
    }
    i = found.integrity
    rows: list[Row] = [
        (
            p.part,
            facts.label(p.part),
            p.factors,
            p.within,
            p.across,
            _number(p.alone),
            _number(p.whole),
            _number(p.surplus),
        )
        for p in i.parts
    ]
    if i.parts:
        between, size = len(i.between), i.others + sum(p.factors for p in i.parts)
        rows += [
            (None, "Of no one part", i.others, None, None, 0.0, _number(i.beyond), _number(i.beyond)),
            (None, "Whole", size, i.links - between, between, _number(i.alone), _number(i.whole), _number(i.surplus)),
        ]
    pushed = "the shock" if found.options.shock else "a push of 1 on each factor of a part in turn"
    reading = (
        f"Each row compares a part run alone with the same part in the whole, under {pushed}; the surplus of the whole "
        "is its integrity: above 0 it reaches more than its parts together, below 0 the parts dampen one another."
    )
    return Table("integrity", "Integrity", reading, columns, rows)
