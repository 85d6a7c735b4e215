"""The analyses that a graph can be asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.query.lookup import Lookup
from kg.writing import Names, things

if TYPE_CHECKING:
    from kg.analysis.facts import Facts
    from kg.analysis.result import Analysis, Scope


class Analyses:
    """The part of `kg.api.Graph` that finds gaps, overlap, missing links and so on."""

    if TYPE_CHECKING:

        @cached_property
        def lookup(self) -> Lookup:
            """Finds things by what they are called."""

        @cached_property
        def facts(self) -> Facts:
            """The graph as the analyses read it."""

    def analyse(self, method: str, /, place: Names = (), chain: Names = (), **options: Any) -> Analysis:
        """Run an analysis: findings, tables, frames, and its own types in `detail`.

        Args:
            method: name of the analysis; `kg.analysis.methods.METHODS` lists them.
            place: places and clusters by key, label, alias or code; a text with commas names several; none means all.
            chain: chains in the same way.
            options: what the analysis takes besides.

        Raises:
            UnknownName: no such analysis, place or chain.

        >>> import kg
        >>> kg.open().analyse("gaps", place="xianyang").method
        'gaps'
        """
        from kg.analysis.methods import analyse

        return analyse(self.facts, method, self.scope(place, chain), **options)

    def gaps(self, place: Names = (), chain: Names = (), together: bool = False) -> Analysis:
        """Which links of a chain a place lacks, all places taken as one where `together`; docs/methods/gaps.md."""
        return self.analyse("gaps", place, chain, together=together)

    def overlap(self, place: Names = (), chain: Names = (), **options: Any) -> Analysis:
        """Where places or clusters do the same, head-on or complementing one another; docs/methods/overlap.md."""
        return self.analyse("overlap", place, chain, **options)

    def links(self, place: Names = (), chain: Names = ()) -> Analysis:
        """Which industries and which fields of universities ought to be connected; docs/methods/links.md."""
        return self.analyse("links", place, chain)

    def weak_points(self, place: Names = (), chain: Names = (), **options: Any) -> Analysis:
        """On which nodes of a network much rests, and what breaks without them; docs/methods/weak-points.md."""
        return self.analyse("weak-points", place, chain, **options)

    def next(self, place: Names = (), chain: Names = (), **options: Any) -> Analysis:
        """What a place could add next, and why; docs/methods/next.md."""
        return self.analyse("next", place, chain, **options)

    def mechanism(self, place: Names = (), chain: Names = (), **options: Any) -> Analysis:
        """How factors act on one another; docs/methods/mechanism.md.

        Args:
            place, chain: as for `analyse`.
            options: shock (`factor=0.5,other=-1`), hold, rule, squash, steepness, strength, source, target, as
                `kg.analysis.mechanism.analysis.analyse` has them.
        """
        return self.analyse("mechanism", place, chain, **options)

    def rules(self, place: Names = (), chain: Names = (), **options: Any) -> Analysis:
        """What rules say of facts, and which facts break them; docs/methods/rules.md."""
        return self.analyse("rules", place, chain, **options)

    def scope(self, place: Names = (), chain: Names = ()) -> Scope:
        """Places and chains by what they are called, as what an analysis is asked about.

        Raises:
            UnknownName: no such place or chain.
        """
        from kg.analysis.result import Scope

        return Scope(things(self.lookup, "place|cluster", place), things(self.lookup, "chain", chain))
