"""What the page's matrices hold: stages by places, places by places, industries by the fields that serve them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from typing import Any

from kg.analysis.facts import Facts
from kg.analysis.gaps.areas import read_areas
from kg.analysis.gaps.assess import Node
from kg.analysis.gaps.matrices import assessed_chains
from kg.analysis.gaps.matrix import GapMatrix, State, Statement
from kg.analysis.overlap.pairs import overlap_of
from kg.analysis.overlap.profiles import ONE_SIDED, Profiles, read_profiles
from kg.view.explorer.links_matrix import fields_by_industries
from kg.view.explorer.order import MOST_ORDERED, alike
from kg.view.explorer.quads import Quads

MOST_OUTPUTS = 100
"""Places of which outputs are compared in pairs, by the order of their IRIs."""
STATES = tuple(State)


def matrices(facts: Facts, quads: Quads) -> dict[str, Any]:
    """The three matrices: `gaps`, `overlap` and `fields`, each as its own function gives it."""
    return {
        "gaps": [_gaps(quads, nodes, matrix) for nodes, matrix in assessed_chains(facts)],
        "overlap": _overlap(facts, quads),
        "fields": fields_by_industries(facts, quads),
    }


def _gaps(quads: Quads, nodes: Sequence[Node], matrix: GapMatrix) -> dict[str, Any]:
    """One chain.

    Returns: terms of the `chain`, its `stages` and `places`; `alike`, both in order of similarity; `cells`: row,
        column, state, severity in hundredths or -1 where it is no gap, provider or -1, statements, problems, and
        pairs of a place around it with the state there; `statements`: state, place, actor or -1, low end or not,
        words (a term or a text), what it regards, passages. States are numbers of their order; a pair without a cell
        is not recorded.
    """
    places = [p for p in matrix.places if any(place == p for _stage, place in matrix.cells)]
    row, column = ({iri: n for n, iri in enumerate(found)} for found in (matrix.stages, places))
    statements: dict[Statement, int] = {}
    cells = []
    for node in nodes:
        cell = node.cell
        if node.area.key not in column or not (cell.statements or node.problems or node.around or node.found):
            continue
        cells.append(
            [
                row[node.node],
                column[node.area.key],
                STATES.index(cell.state),
                round(node.severity * 100) if node.found else -1,
                quads.number(cell.provider) if cell.provider else -1,
                [statements.setdefault(s, len(statements)) for s in dict.fromkeys(cell.statements)],
                quads.all(problem.iri for problem in node.problems),
                [[quads.number(place), STATES.index(state)] for place, state in node.around.items()],
            ]
        )
    by_row: list[set[Hashable]] = [set() for _ in row]
    by_column: list[set[Hashable]] = [set() for _ in column]
    for (stage, place), found in matrix.cells.items():
        by_row[row[stage]].add((place, found.state))
        by_column[column[place]].add((stage, found.state))
    return {
        "chain": quads.number(nodes[0].chain),
        "stages": [quads.number(iri) for iri in matrix.stages],
        "places": [quads.number(iri) for iri in places],
        "alike": [alike(by_row), alike(by_column)],
        "cells": cells,
        "statements": [_statement(quads, s) for s in statements],
    }


def _statement(quads: Quads, s: Statement) -> list[Any]:
    actor = quads.number(s.actor) if s.actor else -1
    regarding, passages = quads.all(s.regarding), quads.all(s.passages)
    return [
        STATES.index(s.state),
        quads.number(s.place),
        actor,
        int(s.low_end),
        quads.named_or_text(s.words),
        regarding,
        passages,
    ]


def _overlap(facts: Facts, quads: Quads) -> dict[str, Any]:
    """What places and clusters have, by aspect, from which the page takes Jaccard's index.

    Returns: `things`: term and levels; `levels`: terms of their classes; `nested`: pairs of things of which one is a
        part of the other; `groups`: a whole and the things in it; `items`: lists of terms; `aspects`: name, how many
        pairs of one level share something, things in order of similarity, and `has`: a thing with pairs of item and
        passages; `competing`: two things and who says so; `outputs`: two things, Krugman's index and the sum of
        minimum shares, in thousandths.
    """
    profiles = read_profiles(facts)
    things = {iri: n for n, iri in enumerate(iri for iri in profiles.things if quads.number(iri) >= 0)}
    levels = sorted({level for iri in things for level in profiles.levels.get(iri, ())})
    items: dict[tuple[str, ...], int] = {}
    nested = sorted({tuple(sorted((things[a], things[b]))) for a, b in profiles.nested if a in things and b in things})
    groups = {
        whole: [things[part] for part in sorted(parts) if part in things]
        for whole, parts in read_areas(facts).inside.items()
        if whole in read_areas(facts).with_members
    }
    return {
        "levels": [quads.named(level) for level in levels],
        "things": [[quads.number(i), [levels.index(x) for x in sorted(profiles.levels.get(i, ()))]] for i in things],
        "nested": [list(pair) for pair in nested],
        "groups": [[quads.number(whole), parts] for whole, parts in sorted(groups.items()) if len(parts) > 1],
        "aspects": [_aspect(quads, profiles, aspect, things, items) for aspect in ONE_SIDED],
        "items": [quads.all(item) for item in items],
        "competing": [
            [things[a], things[b], quads.all(said)]
            for (a, b), said in sorted(profiles.competing.items())
            if a in things and b in things and a < b
        ],
        "outputs": _outputs(profiles, things),
    }


def _aspect(
    quads: Quads, profiles: Profiles, aspect: str, things: Mapping[str, int], items: dict[tuple[str, ...], int]
) -> dict[str, Any]:
    has = {iri: sorted(found) for iri in things if (found := profiles.items(aspect, iri))}
    order = alike([set(found) for found in has.values()])
    iris = list(has)
    holders: dict[tuple[str, ...], list[str]] = {}
    for iri, own in has.items():
        for item in own:
            holders.setdefault(item, []).append(iri)
    pairs = {pair for held in holders.values() for pair in combinations(held[:MOST_ORDERED], 2)}
    return {
        "aspect": aspect,
        "pairs": sum(profiles.of_one_level(*pair) and not profiles.are_nested(*pair) for pair in pairs),
        "order": [things[iris[n]] for n in order],
        "has": [
            [
                things[iri],
                [
                    [items.setdefault(item, len(items)), quads.all(profiles.said.get((aspect, iri, item), ()))]
                    for item in found
                ],
            ]
            for iri, found in has.items()
        ],
    }


def _outputs(profiles: Profiles, things: Mapping[str, int]) -> list[list[int]]:
    known = [iri for iri in sorted(profiles.outputs) if iri in things][:MOST_OUTPUTS]
    found = []
    for a, b in combinations(known, 2):
        pair = overlap_of(a, b, {}, profiles.outputs)
        if pair.krugman is not None and pair.minimum_shares is not None and not profiles.are_nested(a, b):
            found.append([things[a], things[b], round(pair.krugman * 1000), round(pair.minimum_shares * 1000)])
    return found
