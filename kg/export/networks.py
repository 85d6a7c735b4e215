"""A network of `queries/networks/` as GraphML, GEXF, Cytoscape JSON and node-link JSON.

Nodes have `label`, `label_zh`, `class`, `kind`, `curie`, the `places` and `chains` that they are of, and `longitude`
and `latitude` where they are known; edges have `relation`, `status`, `citations`, the source and section that say so,
and `passages`, the IRIs of the passages. Two things that several relations join have an edge for each.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
from rdflib import RDFS

from kg.analysis.networks import UNDIRECTED
from kg.errors import UnknownName
from kg.export.formats import Exported, Options, Outcome
from kg.export.rdf_xml import FORBIDDEN
from kg.query.parameters import serialise
from kg.store.answers import IRI

if TYPE_CHECKING:
    from kg.analysis.facts import Facts

    Network = nx.MultiDiGraph[str]

_DATE = re.compile(r' lastmodifieddate="[^"]*"')
_STATE = re.compile(r" \([^()]*\)$")


def chinese_labels(facts: Facts) -> dict[str, str]:
    """The Chinese label of everything that has one; the first in order where there are several."""
    rows = facts.select(
        f"SELECT ?thing (MIN(STR(?label)) AS ?name) {{ ?thing {serialise(IRI(RDFS.label))} ?label "
        'FILTER(LANGMATCHES(LANG(?label), "zh")) } GROUP BY ?thing'
    ).rows
    return {str(thing): str(name) for thing, name in rows}


def network(graph: Exported, name: str) -> Network:
    """A network with an edge for each relation, and what is known of nodes and edges.

    Args:
        graph: the graph.
        name: of the network.

    Raises:
        UnknownName: there is no such network.
    """
    facts = graph.facts
    if name not in facts.networks:
        raise UnknownName("network", name, facts.networks, f"There are {', '.join(sorted(facts.networks))}")
    query = facts.networks[name]
    made: Network = nx.MultiDiGraph(name=query.name, **{UNDIRECTED: UNDIRECTED in query.header.tags})
    rows = [{key: str(value) for key, value in row.items()} for row in facts.select(query.text)]
    nodes = {row[end]: (row[f"{end}_label"], row[f"{end}_class"]) for row in rows for end in ("source", "target")}
    known = _Known(graph)
    for iri in sorted(nodes):
        made.add_node(iri, **known.node(iri, *nodes[iri]))
    for number, edge in enumerate(sorted({(row["source"], row["target"], row["relation"]) for row in rows})):
        made.add_edge(edge[0], edge[1], key=f"e{number}", **known.edge(*edge))
    return made


class _Known:
    """What is known of the things and relations of a graph."""

    def __init__(self, graph: Exported) -> None:
        facts = self._facts = graph.facts
        self._cited = graph.citations()
        self._chinese = chinese_labels(facts)
        self._kinds = {str(row["thing"]): facts.label(str(row["kind"])) for row in facts.ask("drawn-things")}
        self._points = {
            str(row["place"]): {"longitude": float(str(row["longitude"])), "latitude": float(str(row["latitude"]))}
            for row in facts.ask("points-of-places")
            if row["longitude"] is not None and row["latitude"] is not None
        }
        self._of: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in facts.ask("drawn-relations"):
            if row["belongs"] is not None:
                self._of[str(row["source"]), str(row["belongs"])].add(facts.label(str(row["target"])))
        self._said: dict[tuple[str, str, str], list[tuple[str, list[str]]]] = defaultdict(list)
        # By far the longest answer, and nobody else asks for it: it is not kept.
        for row in facts.select(facts.catalogue["passages-of-relations"].bound({})):
            called = str(row["called"] or facts.label(str(row["property"])))
            said = str(row["status"]), str(row["passages"]).split()
            self._said[str(row["source"]), str(row["target"]), called].append(said)

    def node(self, iri: str, label: str, class_: str) -> dict[str, Any]:
        """What is known of a thing; nothing stands for what is not known."""
        known: dict[str, Any] = {
            "label": label,
            "label_zh": self._chinese.get(iri),
            "class": class_,
            "kind": self._kinds.get(iri),
            "curie": self._facts.prefixes.shorten(iri),
            "places": "; ".join(sorted(self._of.get((iri, "place"), ()))),
            "chains": "; ".join(sorted(self._of.get((iri, "chain"), ()))),
            **self._points.get(iri, {}),
        }
        return {name: value for name, value in known.items() if name == "label" or value not in (None, "")}

    def edge(self, source: str, target: str, relation: str) -> dict[str, Any]:
        """A relation, what it is said to be, and by which passages."""
        stated = self._said.get((source, target, _STATE.sub("", relation)), [])
        said = sorted(set[str]().union(*(passages for _status, passages in stated)))
        known = {
            "relation": relation,
            "status": "; ".join(sorted({status for status, _passages in stated})),
            "citations": "; ".join(sorted({self._cited.get(iri) or self._named(iri) for iri in said})),
            "passages": " ".join(iri for iri in said if iri in self._cited),
        }
        return {name: value for name, value in known.items() if value}

    def _named(self, source: str) -> str:
        """A source that says so without a passage, as reference data do, or the ontology."""
        return self._facts.prefixes.shorten(source).partition(":")[2]


def graphml(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write a network as GraphML."""
    made = _for_xml(_made(graph, options))
    nx.write_graphml_xml(made, path, named_key_ids=True)
    return _counted(made)


def gexf(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write a network as GEXF 1.2."""
    made = _for_xml(_made(graph, options))
    for _source, _target, key, data in made.edges(keys=True, data=True):
        data.update(id=key, label=data["relation"])  # Gephi shows the label
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in nx.generate_gexf(made):
            file.write(_DATE.sub("", line) + "\n")  # else no two days would give the same bytes
    return _counted(made)


def cytoscape(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write a network as Cytoscape JSON."""
    made = _made(graph, options)
    nx.set_edge_attributes(made, {edge: {"id": edge[2]} for edge in made.edges(keys=True)})
    return _json(nx.cytoscape_data(made, name="label"), made, path)  # Cytoscape shows the name


def node_link(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write a network as node-link JSON, as d3 and networkx read it."""
    made = _made(graph, options)
    return _json(nx.node_link_data(made, edges="links"), made, path)


def _made(graph: Exported, options: Options) -> Network:
    options.tell(f"gathering the network {options.network}")
    return network(graph, options.network)


def _json(data: dict[str, Any], made: Network, path: Path) -> Outcome:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(data, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return _counted(made)


def _counted(made: Network) -> Outcome:
    return Outcome({"nodes": made.number_of_nodes(), "edges": made.number_of_edges()})


def _for_xml(made: Network) -> Network:
    """The network with texts that XML can hold: a mark stands for a control character, a line feed for a return."""
    described = [
        made.graph,
        *(data for _node, data in made.nodes(data=True)),
        *(d for *_ends, d in made.edges(data=True)),
    ]
    for data in described:
        for name, value in data.items():
            if isinstance(value, str):
                data[name] = FORBIDDEN.sub("\ufffd", value).replace("\r\n", "\n").replace("\r", "\n")
    return made
