"""A small network as pyvis draws it, for notebooks: without its requests, and with names that stay text.

pyvis' page loads Bootstrap from the network, twice. It hands all titles to `innerHTML` once one of them has the letters
`href`; it does the same with a heading, and writes names into its menu of nodes. None of this is left here.
"""

from __future__ import annotations

import re
from typing import Any

import networkx as nx
import numpy as np
from pyvis.network import Network
from scipy.sparse import csr_array

from kg.errors import TooLarge
from kg.view.explorer.communities import communities
from kg.view.explorer.placing import positions
from kg.view.neighbourhood import MOST_MOVING, MOST_NODES

_LOADS = re.compile(r"<link\b[^>]*\bhref=[^>]*>|<script\b[^>]*\bsrc=[^>]*>\s*</script>", re.IGNORECASE)
_SWITCH = re.compile("href", re.IGNORECASE)
_WIDE = 60.0
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#e69f00", "#56b4e9", "#cc79a7", "#8c7a00", "#6b4c9a", "#767676")


class OfflineNetwork(Network):  # type: ignore[misc]
    """pyvis' network: directed, all in one file, no requests, titles as text, no heading and no menus."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"height": "640px", "width": "100%", **options, **_FIXED})

    def add_node(self, n_id: str | int, label: str | None = None, **options: Any) -> None:
        """Add a node; its title is made harmless."""
        super().add_node(n_id, label, **_harmless(options))

    def add_edge(self, source: str | int, to: str | int, **options: Any) -> None:
        """Add an edge; its title is made harmless."""
        super().add_edge(source, to, **_harmless(options))

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """The page, without what it would load."""
        self.heading, self.select_menu, self.filter_menu, self.cdn_resources = "", False, False, "in_line"
        for item in (*self.nodes, *self.edges):
            item.update(_harmless(item))
        self.html = _LOADS.sub("", super().generate_html(name, local, notebook))
        return str(self.html)


_FIXED = {"directed": True, "cdn_resources": "in_line", "heading": "", "select_menu": False, "filter_menu": False}


def to_pyvis(network: nx.DiGraph[str], physics: bool = False) -> OfflineNetwork:
    """A network as pyvis draws it.

    Args:
        network: nodes with `label` and `class`, edges with `relation`, as `kg.api.Graph.to_networkx` gives it.
        physics: let the things find their places in the browser, at most 300; else they have theirs, at most 2,000.

    Raises:
        TooLarge: it has more.

    >>> line = nx.DiGraph()
    >>> line.add_edge("a", "b", relation="within")
    >>> [edge["title"] for edge in to_pyvis(line).edges]
    ['a – within → b']
    """
    check_size(len(network), physics, f"the network has {len(network):,} things")
    picture = OfflineNetwork()
    nodes = sorted(network)
    places = _places(network, nodes)
    kinds = sorted({_kind(network, node) for node in nodes})
    for node, (x, y) in zip(nodes, places, strict=True):
        kind = _kind(network, node)
        given = {} if physics else {"x": x, "y": y}
        colour = _COLOURS[kinds.index(kind) % len(_COLOURS)]
        picture.add_node(node, _label(network, node), title=f"{_label(network, node)}\n{kind}", color=colour, **given)
    for source, target, data in sorted(network.edges(data=True), key=lambda edge: edge[:2]):
        said = f"{_label(network, source)} – {data.get('relation', '')} → {_label(network, target)}"
        picture.add_edge(source, target, title=said)
    picture.toggle_physics(physics)
    return picture


def check_size(things: int, physics: bool, what: str) -> None:
    """Refuse more things than a small picture can show.

    Raises:
        TooLarge: they are more than 300 with physics, or than 2,000 with places given.
    """
    most = MOST_MOVING if physics else MOST_NODES
    if things > most:
        how = " that can move" if physics else ""
        raise TooLarge(
            f"{what}, more than the {most:,}{how} that a small picture can show. Write the explorer: "
            "kg view -o graph.html"
        )


def _harmless(options: dict[str, Any]) -> dict[str, Any]:
    """Options with a title that no template takes for markup."""
    if not isinstance(options.get("title"), str):
        return {name: value for name, value in options.items() if name != "title" or value is None}
    title = _SWITCH.sub(lambda found: f"{found[0][0]}\u200b{found[0][1:]}", options["title"])
    return {**options, "title": title.replace("<", "&lt;").replace(">", "&gt;")}


def _places(network: nx.DiGraph[str], nodes: list[str]) -> list[tuple[float, float]]:
    number = {node: index for index, node in enumerate(nodes)}
    pairs = {(number[a], number[b]) for a, b in network.edges if a != b}
    ends = np.array(sorted(pairs | {(b, a) for a, b in pairs}), dtype=np.int64).reshape(-1, 2)
    ties = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(nodes), len(nodes)))
    _, kinds = np.unique([_kind(network, node) for node in nodes], return_inverse=True)
    found = positions(ties, kinds.astype(np.int64).ravel(), communities(ties)) * _WIDE
    return [(round(x, 1), round(y, 1)) for x, y in found.tolist()]


def _label(network: nx.DiGraph[str], node: str) -> str:
    return str(network.nodes[node].get("label", node))


def _kind(network: nx.DiGraph[str], node: str) -> str:
    return str(network.nodes[node].get("class", "thing"))
