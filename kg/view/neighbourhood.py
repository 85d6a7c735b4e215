"""The things around one thing, as a page with a picture that can be moved and pointed at.

The picture is drawn by the vis-network that pyvis brings. Its own page is not used: that loads Bootstrap from the
network and, once the title of any node has the letters `href`, hands all titles to `innerHTML`. Ours has a policy under
which nothing is loaded and only the two scripts written here run; names of things reach it as JSON alone. The layout is
given, so that the picture stands still and is the same each time, unless it is to move.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx

from kg.analysis.networks import read_network
from kg.errors import TooLarge, UseError
from kg.names import Prefixes
from kg.project import Project
from kg.query.catalogue import Catalogue
from kg.store.answers import IRI, Store
from kg.view import svg
from kg.view.columns import BOX_WIDTH, Box, Placed, place
from kg.view.pages import environment, policy, write_page

MOST_NODES = 2_000
"""More things than this, though they stand still, cannot be moved about smoothly."""

MOST_MOVING = 300
"""More things than this do not come to rest within minutes in a browser."""

NETWORK = "everything"
_COUNTS = "passages-about"
_COLOURS = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#e69f00",
    "#56b4e9",
    "#cc79a7",
    "#8c7a00",
    "#6b4c9a",
    "#767676",
    "#1b1b1b",
)
_TINTS = ("#e3f0f8", "#fbe9dd", "#e0f3ec", "#fdf3dc", "#eaf5fc", "#f8ecf3", "#fbf8d4", "#eee8f6", "#efefef", "#e8e8e8")
_STARTER = """"use strict";
const data = JSON.parse(document.getElementById("network-data").textContent);
const frame = document.getElementById("mynetwork");
const network = new vis.Network(frame,
  { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) }, data.options);
network.once("afterDrawing", () => {
  if (frame.clientWidth < 600) network.moveTo({ position: { x: 0, y: 0 }, scale: 0.6 });
  else {
    network.fit({ maxZoomLevel: 1 });
    // It fits the middles of the boxes; the outer halves need room too.
    network.moveTo({ scale: network.getScale() * 0.85 });
  }
});
"""


def write_neighbourhood(
    store: Store, project: Project, entity: str, path: Path, depth: int = 1, physics: bool = False
) -> None:
    """Write the page of the things around one thing.

    Args:
        store: the graph.
        project: has the network `everything`.
        entity: IRI of the thing in the middle.
        path: the file.
        depth: how many steps away from it, in either direction.
        physics: let the things move until they have found their places; else they stand in blocks.

    Raises:
        UseError: nothing is joined to it, or the file cannot be written.
        TooLarge: more things than a picture can show.
    """
    network = read_network(store, Catalogue.read(project, "networks")[NETWORK])
    prefixes = Prefixes.read(project.file("ontology/prefixes.ttl"))
    around = surroundings(network, entity, depth, prefixes.shorten(entity), MOST_MOVING if physics else MOST_NODES)
    classes = sorted({str(kind) for _, kind in network.nodes(data="class")})
    write_page(path, page(around, entity, classes, _passages(store, project, around), physics))


def surroundings(
    network: nx.DiGraph[str], entity: str, depth: int, name: str, most: int = MOST_NODES
) -> nx.DiGraph[str]:
    """The part of a network at most so many steps from a thing; nodes get their distance as `steps`.

    Raises:
        UseError: the depth is below 1, or nothing is joined to it.
        TooLarge: it has more than `most` nodes.

    >>> chain = nx.DiGraph([("a", "b"), ("b", "c")])
    >>> sorted(surroundings(chain, "a", 1, "a").nodes)
    ['a', 'b']
    """
    if depth < 1:
        raise UseError(f"depth {depth}: the picture needs at least one step. Give a depth of 1 or more")
    if entity not in network or not network.degree[entity]:
        raise UseError(f"{name}: nothing is joined to it. Ask what is said about it: kg ask said-about thing={name}")
    steps = nx.single_source_shortest_path_length(network.to_undirected(as_view=True), entity, cutoff=depth)
    if len(steps) > most:
        reached = Counter(steps.values())
        smaller = next((d for d in range(depth - 1, 0, -1) if sum(reached[s] for s in range(d + 1)) <= most), 0)
        remedy = f"Give a depth of {smaller}, or write" if smaller else "Write"
        raise TooLarge(
            f"{name} has {len(steps) - 1:,} things within {depth} step{'s' if depth > 1 else ''}, "
            f"more than the {most:,} that a small picture can show. {remedy} the explorer: kg view {name} -o graph.html"
        )
    found: nx.DiGraph[str] = nx.DiGraph(network.subgraph(steps))
    nx.set_node_attributes(found, steps, "steps")
    return found


def page(
    network: nx.DiGraph[str],
    centre: str,
    classes: Iterable[str] = (),
    passages: Mapping[str, int] | None = None,
    physics: bool = False,
) -> str:
    """The page that shows a network around its centre.

    Args:
        network: nodes with `label`, `class` and `steps`, edges with `relation`.
        centre: the node in the middle.
        classes: all classes in the order of their colours, so that pages of the same graph agree.
        passages: how many passages speak of a node.
        physics: let the things move until they have found their places.
    """
    from markupsafe import Markup
    from pyvis.network import Network

    present = Counter(_kind(network, node) for node in network)
    order = {kind: number for number, kind in enumerate(dict.fromkeys([*classes, *sorted(present)]))}
    picture = Network(directed=True, cdn_resources="in_line", height="calc(100vh - 15rem)")
    picture.options = _options(physics)
    for box in _placed(network, centre):
        if not (physics and box.heading):
            _add(picture, network, box, order, passages or {}, centre)
    for source, target in sorted(network.edges):
        picture.add_edge(source, target, **_edge(network, source, target, centre))
    nodes, edges, _, height, _, options = picture.get_network_data()
    name = _label(network, centre)
    template = environment(Path(__file__).parent).get_template("neighbourhood.html")
    return template.render(
        heading=f"What is joined to {name}",
        caption=f"How to read this: {_reading(name, physics)}, and a line is one relation, read along its arrow; "
        "dashed lines join the others.",
        height=height,
        data={"nodes": nodes, "edges": edges, "options": json.loads(options)},
        legend=[{"label": k, "count": n, "mark": Markup(_swatch(order[k]))} for k, n in sorted(present.items())],
        relations=sorted((_label(network, s), _relation(network, s, t), _label(network, t)) for s, t in network.edges),
        engine=Markup(_engine()),
        starter=Markup(_STARTER),
        policy=policy(_engine(), _STARTER),
    )


def _reading(name: str, physics: bool) -> str:
    if physics:
        return f"a box is a thing that is joined to {name} or to such a thing"
    return f"{name} stands in the middle; each block holds the things joined to it in the way its heading says"


def _placed(network: nx.DiGraph[str], centre: str) -> list[Placed]:
    """Groups by distance and by the way in which they are joined to the centre, the largest first."""
    groups: dict[tuple[int, str], list[str]] = {}
    for node, data in network.nodes(data=True):
        if node != centre:
            groups.setdefault((data["steps"], _heading(network, node, centre)), []).append(node)
    blocks = []
    for (_steps, heading), members in sorted(groups.items(), key=lambda g: (g[0][0], -len(g[1]), g[0][1])):
        text = f"{heading} ({len(members)})"
        boxes = [Box(n, len(_lines(_label(network, n)))) for n in sorted(members, key=lambda n: _label(network, n))]
        blocks.append((Box(text, len(_lines(text)), heading=True), boxes))
    return [Placed(centre, 0, 0), *place(blocks)]


def _heading(network: nx.DiGraph[str], node: str, centre: str) -> str:
    """In words: how a node is joined to the centre, or how far away it is."""
    kind, name = _kind(network, node), _label(network, centre)
    there = _relation(network, centre, node) if network.has_edge(centre, node) else ""
    back = _relation(network, node, centre) if network.has_edge(node, centre) else ""
    if there and there == back:
        return f"{name} – {there} – {kind}"
    ways = [f"{name} – {there} → {kind}"] if there else []
    ways += [f"{kind} – {back} → {name}"] if back else []
    return "; ".join(ways) or f"{kind}, {network.nodes[node]['steps']} steps away"


def _add(
    picture: Any,
    network: nx.DiGraph[str],
    box: Placed,
    order: Mapping[str, int],
    passages: Mapping[str, int],
    centre: str,
) -> None:
    if box.heading:
        key = f"heading {len(picture.nodes)}"
        font = {"size": 15, "color": svg.INK, "face": svg.FONT}
        text = f"{box.key.rpartition(' (')[0]}, continued" if box.continued else box.key
        picture.add_node(key, label="\n".join(_lines(text)), shape="text", x=box.x, y=box.y, font=font)
        return
    name, kind = _label(network, box.key), _kind(network, box.key)
    colour = order[kind] % len(_COLOURS)
    fill, ink = (_COLOURS[colour], svg.PAPER) if box.key == centre else (_TINTS[colour], svg.INK)
    count = passages.get(box.key)
    said = f"\n{count} passage{'' if count == 1 else 's'} speak{'s' if count == 1 else ''} of it" if count else ""
    picture.add_node(
        box.key,
        label="\n".join(_lines(name)) or " ",
        title=f"{name}\n{kind}{said}",
        shape="box",
        x=box.x,
        y=box.y,
        borderWidth=2,
        color={"background": fill, "border": _COLOURS[colour], "highlight": {"background": fill, "border": svg.INK}},
        font={"size": 18 if box.key == centre else 13, "color": ink, "face": svg.FONT},
        widthConstraint={"minimum": BOX_WIDTH - 24},
    )


def _edge(network: nx.DiGraph[str], source: str, target: str, centre: str) -> dict[str, Any]:
    """A line; only those of the centre bear their relation, the others tell it when pointed at."""
    relation = _relation(network, source, target)
    near = centre in (source, target)
    return {
        "title": f"{_label(network, source)} – {relation} → {_label(network, target)}",
        "color": {"color": "#9a9a9a" if near else "#d6d6d6", "highlight": svg.INK, "hover": svg.INK},
        "width": 1,
        "dashes": not near,
        **({"label": relation} if near else {}),
    }


def _options(physics: bool) -> dict[str, Any]:
    smooth = {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.45}
    font = {
        "size": 11,
        "color": svg.SOFT,
        "face": svg.FONT,
        "strokeWidth": 4,
        "strokeColor": svg.PAPER,
        "align": "horizontal",
    }
    return {
        "physics": {"enabled": physics, "solver": "forceAtlas2Based", "stabilization": {"iterations": 200}},
        "nodes": {"shapeProperties": {"borderRadius": 3}, "margin": 6},
        "edges": {
            "smooth": smooth,
            "font": font,
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
            "scaling": {"label": {"drawThreshold": 10}},
        },
        "interaction": {"hover": True, "tooltipDelay": 100, "keyboard": {"enabled": True, "bindToWindow": False}},
    }


def _swatch(number: int) -> str:
    root = svg.Element("svg", {"width": "18", "height": "14", "aria-hidden": "true"})
    number %= len(_COLOURS)
    svg.add(
        root, "rect", x=1, y=1, width=16, height=12, rx=2, fill=_TINTS[number], stroke=_COLOURS[number], stroke_width=2
    )
    return svg.markup(root)


def _passages(store: Store, project: Project, nodes: Iterable[str]) -> dict[str, int]:
    catalogue = Catalogue.read(project)
    if _COUNTS not in catalogue:
        return {}
    rows = store.select(catalogue[_COUNTS].bound({"thing": [IRI(node) for node in nodes]}))
    return {str(row["thing"]): int(str(row["count"])) for row in rows}


@cache
def _engine() -> str:
    """vis-network, the newest that pyvis brings."""
    found = (files("pyvis") / "templates" / "lib").iterdir()
    newest = max((folder for folder in found if folder.name.startswith("vis-")), key=lambda folder: folder.name)
    return (newest / "vis-network.min.js").read_text(encoding="utf-8")


def _lines(text: str) -> list[str]:
    return svg.wrap(svg.clean(text), BOX_WIDTH - 28, 3, 13)


def _label(network: nx.DiGraph[str], node: str) -> str:
    return svg.clean(str(network.nodes[node].get("label", node)))


def _relation(network: nx.DiGraph[str], source: str, target: str) -> str:
    return svg.clean(str(network[source][target].get("relation", "")))


def _kind(network: nx.DiGraph[str], node: str) -> str:
    return svg.clean(str(network.nodes[node].get("class", "thing")))
