"""What the map shows: points of places, the groups that they are in, steps of spillover, figures to size them by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from kg.analysis.facts import Facts, Record, passages_of
from kg.analysis.gaps.areas import read_areas
from kg.analysis.gaps.assess import Assessment
from kg.analysis.gaps.knowledge import read_knowledge
from kg.analysis.gaps.matrix import State
from kg.view.explorer.quads import Quads

ROLES = {"member of": "member", "core city of": "core", "key city of": "key", "node city of": "node"}
"""The ways in which a place takes part in another, by the words of the question `nesting`."""
SITES = ("zone", "park")
"""Levels of places that are shown as marks at the place in which they lie."""
STATES = (State.PRESENT, State.SINGLE_PROVIDER, State.WEAK, State.PLANNED, State.SAID_MISSING)
_ORDER = ("core", "key", "node", "member", "through")
_LEAST = 2


def map_block(facts: Facts, quads: Quads) -> dict[str, Any]:
    """What the map holds beside the graph.

    Returns: lists of rows; places are told by their row in `places`, all else by the numbers of terms:
        `places`: [term, latitude, longitude, level, place in which it lies]; degrees of WGS 84, null where no point is
        recorded; the last is the innermost place with a point around one without, or null.
        `industries`: by place, how many it has, and how many more are only proposed.
        `states`: by place, how many stages are in each of `STATES`, then how many are stated gaps.
        `groups`: [place, kind, [[member, role], …]] of what has members with a point; the role is one of `ROLES`, or
        through for the members of members of an agglomeration.
        `steps`: [source, target, relation, basis, number of passages], as the question `spillover-steps` has them.
        `figures`: [measure, unit, period, product, population, [[place, value, upper value, comparator, issue], …]] of
        what two places with a point have at least; the population of a share of the place itself is null, as is what
        is not said; the issue is why the figure cannot be right, where it was flagged.
    """
    rows = facts.ask("points-of-places")
    index = {str(row["place"]): number for number, row in enumerate(rows)}
    located = {str(row["place"]) for row in rows if row["latitude"] is not None and row["longitude"] is not None}
    levels = {str(row["place"]): str(row["level"]) for row in facts.ask("levels-of-places")}
    lies = _lies_in(facts, located)
    return {
        "places": [
            [
                quads.number(str(row["place"])),
                _degrees(row["latitude"]),
                _degrees(row["longitude"]),
                levels.get(str(row["place"]), "other"),
                index.get(lies.get(str(row["place"]), "")),
            ]
            for row in rows
        ],
        "industries": _by_place(_industries(facts), index),
        "states": _by_place(_states(facts), index),
        "groups": _groups(facts, rows, located, levels, index),
        "steps": _steps(facts, index),
        "figures": _figures(facts, quads, located, index),
    }


def _degrees(value: Any) -> float | None:
    return None if value is None else round(float(value), 5)


def _by_place(found: Mapping[str, Iterable[int]], index: Mapping[str, int]) -> list[list[int]]:
    return sorted([index[place], *numbers] for place, numbers in found.items() if place in index)


def _lies_in(facts: Facts, located: Collection[str]) -> dict[str, str]:
    """For a place without a point, the innermost place with one that it lies in; none where two are as near."""
    around: dict[str, set[str]] = defaultdict(set)
    for row in facts.ask("nesting"):
        if row["relation"] == "within":
            around[str(row["part"])].add(str(row["whole"]))
    found = {}
    for place in around.keys() - located:
        near = around[place] & set(located)
        inner = [one for one in near if not any(one in around[other] for other in near)]
        if len(inner) == 1:
            found[place] = inner[0]
    return found


def _industries(facts: Facts) -> dict[str, tuple[int, int]]:
    """How many industries a place has, and how many it ought to have beside these; without the three sectors."""
    has: dict[str, set[str]] = defaultdict(set)
    proposed: dict[str, set[str]] = defaultdict(set)
    for row in facts.ask("industries-of-places"):
        if not row["sector"]:
            side = has if row["status_label"] == "actual" else proposed
            side[str(row["place"])].add(str(row["industry"]))
    return {place: (len(has[place]), len(proposed[place] - has[place])) for place in {*has, *proposed}}


def _states(facts: Facts) -> dict[str, list[int]]:
    """How many stages and functions, of all chains, are in which state in a place, and how many are stated gaps."""
    knowledge, areas = read_knowledge(facts), read_areas(facts)
    counted: dict[str, Counter[State]] = defaultdict(Counter)
    gaps: Counter[str] = Counter()
    for chain in knowledge.main_chains:
        assessment = Assessment(knowledge, areas, chain)
        for place in assessment.places:
            for node in assessment.assess(areas.of(place)):
                counted[place][node.cell.state] += 1
                gaps[place] += node.found and not node.of_parts and node.cell.state is not State.NOT_RECORDED
    return {place: [*(found[state] for state in STATES), gaps[place]] for place, found in counted.items()}


def _groups(
    facts: Facts, rows: Iterable[Record], located: Collection[str], levels: Mapping[str, str], index: Mapping[str, int]
) -> list[list[Any]]:
    agglomerations = {str(row["place"]) for row in rows if row["agglomeration"]}
    members: dict[str, dict[str, str]] = defaultdict(dict)
    for row in facts.ask("nesting"):
        part, whole = str(row["part"]), str(row["whole"])
        # What lies in an agglomeration is not thereby a member of it, unless it is an agglomeration too.
        role = ROLES.get(str(row["relation"])) or ("member" if {part, whole} <= agglomerations else None)
        if role:
            members[whole][part] = min(members[whole].get(part, role), role, key=_ORDER.index)
    found = []
    for whole in sorted(members.keys() & index.keys(), key=index.__getitem__):
        level = levels.get(whole)
        kind = "agglomeration" if whole in agglomerations else "zone" if level in SITES else level
        roles = {part: role for part, role in members[whole].items() if part in located}
        if whole in agglomerations:
            for part in _reached(whole, members) & located - roles.keys():
                roles[part] = "through"
        if roles and kind in ("agglomeration", "zone", "region"):
            order = sorted(roles.items(), key=lambda pair: (_ORDER.index(pair[1]), index[pair[0]]))
            found.append([index[whole], kind, [[index[part], role] for part, role in order]])
    return found


def _reached(whole: str, members: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [whole]
    while ahead:
        new = set(members.get(ahead.pop(), ())) - found - {whole}
        found |= new
        ahead += new
    return found


def _steps(facts: Facts, index: Mapping[str, int]) -> list[list[Any]]:
    return [
        [index[str(row["source"])], index[str(row["target"])], row["relation"], row["basis"], len(passages_of(row))]
        for row in facts.ask("spillover-steps")
        if row["source"] in index and row["target"] in index
    ]


def _figures(facts: Facts, quads: Quads, located: Collection[str], index: Mapping[str, int]) -> list[list[Any]]:
    """Figures of places that are so now and no ranks, by what they are of."""
    found: dict[tuple[Any, ...], list[list[Any]]] = defaultdict(list)
    for row in facts.ask("figures-of-places"):
        if row["place"] not in located or row["status"] != "actual" or row["comparator_label"] == "rank":
            continue
        of_itself = row["population"] in (None, row["place"])
        key = (
            quads.number(str(row["measure"])),
            quads.number(str(row["unit"])),
            row["period"] and str(row["period"]),
            row["product"] and quads.number(str(row["product"])),
            None if of_itself else quads.number(str(row["population"])),
        )
        upper = None if row["upper_value"] is None else float(row["upper_value"])
        comparator = quads.number(str(row["comparator"]))
        found[key].append([index[str(row["place"])], float(row["value"] or 0), upper, comparator, row["issue"]])
    kept = {key: rows for key, rows in found.items() if len({row[0] for row in rows}) >= _LEAST}
    return [[*key, sorted(rows, key=lambda row: (row[0], row[1]))] for key, rows in kept.items()]
