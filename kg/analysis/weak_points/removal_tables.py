"""The tables and notes of what breaks when things are removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analysis.facts import Facts, joined
from kg.analysis.networks import is_directed
from kg.analysis.result import Table
from kg.analysis.weak_points.tables import NETWORK, NODE, Reach, Row, short, yes
from kg.store.answers import IRI

if TYPE_CHECKING:
    from kg.analysis.weak_points.analysis import Broken
    from kg.analysis.weak_points.reading import Reading


def of_removal(reading: Reading, broken: Broken, reach: Reach) -> tuple[Table, ...]:
    """The tables of what breaks."""
    facts = reading.facts
    return (
        _unreachable(facts, broken, reach),
        _removal(broken),
        _lost_providers(facts, broken, reach),
        _cascade(reading, broken, reach),
    )


def notes_of_removal(facts: Facts, broken: Broken) -> tuple[str, ...]:
    """What a reader must know: things that no network has, and what is removed with a place."""
    known = {thing for removal in broken.networks.values() for thing in removal.removed}
    known |= {c.place for found in broken.stages.values() for c in found}
    known |= {failure.node for failure in broken.cascade}
    absent = [facts.label(thing) for thing in broken.things if thing not in known]
    notes = [f"none of the networks has {name}, and no stage loses its provider with it" for name in absent]
    if any(facts.prefixes.kind(thing) == "place" for thing in broken.things):
        notes.append(
            "a network loses the node only; of providers, a place goes with what lies within it and the actors there"
        )
    return tuple(notes)


def _unreachable(facts: Facts, broken: Broken, reach: Reach) -> Table:
    rows: list[Row] = []
    for name, removal in broken.networks.items():
        network, cut_off = facts.network(name), set(removal.cut_off)
        rows += [
            (
                name,
                IRI(loss.node),
                facts.label(loss.node),
                str(network.nodes[loss.node]["class"]),
                loss.before,
                loss.after,
                yes(loss.node in cut_off),
            )
            for loss in removal.losses
            if (reach is None or loss.node in reach) and (is_directed(network) or loss.node in cut_off)
        ]
    columns = {
        **NODE,
        "before": "number of the remaining nodes from which a way led to it",
        "after": "number of those from which one still does",
        "cut_off": "yes where it is no longer tied, in any direction, to the largest part that remains",
    }
    reading = "Each row is a node reached from fewer others than before; of an undirected network, one cut off."
    return Table("unreachable", "What is no longer reached", reading, columns, rows)


def _removal(broken: Broken) -> Table:
    rows: list[Row] = [
        (name, len(r.removed), r.pieces[0], r.pieces[1], r.pairs[0], r.pairs[1], short(r.lost), len(r.cut_off))
        for name, r in broken.networks.items()
    ]
    columns = {
        **NETWORK,
        "removed": "number of its nodes that are removed",
        "pieces_before": "number of pieces that no edge joins",
        "pieces_after": "the same without them",
        "pairs_before": "number of ordered pairs of remaining nodes of which the one was reached from the other",
        "pairs_after": "number of those that still are",
        "lost": "share of the pairs that are lost, 0 to 1",
        "cut_off": "number of nodes no longer tied to the largest part that remains",
    }
    return Table("removal", "Networks without what is removed", "Each row is a network.", columns, rows)


def _lost_providers(facts: Facts, broken: Broken, reach: Reach) -> Table:
    rows: list[Row] = []
    for stage, found in broken.stages.items():
        if reach is not None and stage not in reach:
            continue
        who = sorted({facts.label(c.actor or c.place) for c in found})
        passages = joined(c.passages for c in found)
        rows.append((IRI(stage), facts.label(stage), "; ".join(who), " ".join(passages)))
    columns = {
        "stage": "the stage or function",
        "stage_label": "its name",
        "providers": "names of those recorded to perform it, all of whom are gone",
        "passages": "passages that say so",
    }
    reading = "Each row is a stage that nobody else is recorded to perform; that somebody does is not ruled out."
    return Table("last-providers", "Stages that lose their last recorded provider", reading, columns, rows)


def _cascade(reading: Reading, broken: Broken, reach: Reach) -> Table:
    facts = reading.facts
    removed, without = set(broken.things), set(broken.stages)

    def why(node: str) -> str:
        return "removed" if node in removed else "lost its last provider" if node in without else "lost suppliers"

    rows: list[Row] = [
        (f.round, IRI(f.node), facts.label(f.node), why(f.node), f.failed, f.suppliers)
        for f in broken.cascade
        if reach is None or f.node in reach
    ]
    columns = {
        "round": "0 where it starts, then round by round",
        "node": "the stage, function or chain",
        "node_label": "its name",
        "why": "removed, lost its last provider, or lost suppliers",
        "failed": "number of its suppliers that had failed by then",
        "suppliers": "number of its suppliers",
    }
    text = f"A row fails when {broken.threshold:.0%} of what feeds it or what it needs has failed; the rest holds."
    return Table("cascade", "What fails in its wake", text, columns, rows)
