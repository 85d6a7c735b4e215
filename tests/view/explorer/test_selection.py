"""What goes into a file: all that was asked for, and nothing of what was left out."""

from __future__ import annotations

import gzip
import re
from base64 import b64decode
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.analysis.facts import Facts
from kg.api import Graph
from kg.errors import BadParameter, TooLarge, UnknownName, UseError
from kg.store.oxigraph import OxigraphStore
from kg.view.explorer import EVERYTHING, Selection, Settings
from kg.view.explorer.quads import split
from kg.view.explorer.selection import select

KINDS = {"places": ("place",), "chains": ("chain",), "classes": ("iis",), "sources": ("source",)}


def chosen(graph: Graph, **names: str) -> Selection:
    return Selection(**{kind: (graph.lookup.thing(name, KINDS[kind]),) for kind, name in names.items()})


_PARTS: dict[Selection, Facts] = {}


def part(graph: Graph, selection: Selection) -> Facts:
    """The facts of a part of the graph of the papers, which each test reads only."""
    if selection not in _PARTS:
        _PARTS[selection] = Facts(select(graph.embedded, graph.project, selection)[0], graph.project)
    return _PARTS[selection]


def nquads(facts: Facts) -> list[str]:
    assert isinstance(facts.store, OxigraphStore)
    return list(facts.store.nquads())


def things(facts: Facts) -> set[str]:
    return {str(row["thing"]) for row in facts.ask("drawn-things")}


def stated(lines: list[str], graph: Graph) -> Mapping[str, set[tuple[str, str, str]]]:
    """What each graph says that is not derived."""
    found = defaultdict(set)
    for line in lines:
        g, s, p, o = split(line)
        if not g.startswith(f"<{graph.prefixes.mapping['derived']}"):
            found[g].add((s, p, o))
    return found


def test_nothing_asked_for_is_everything(graph: Graph) -> None:
    assert list(select(graph.embedded, graph.project, EVERYTHING)[0].nquads()) == list(graph.embedded.nquads())


def test_of_a_source_only_what_it_states_and_nothing_of_the_others(graph: Graph) -> None:
    """Every term of the file is of the ontology, of the source's own graphs, of the reference data, or derived."""
    selection = chosen(graph, sources="baoji-titanium")
    (source,) = selection.sources
    whole = stated(list(graph.embedded.nquads()), graph)
    lines = nquads(part(graph, selection))
    kept = stated(lines, graph)
    own = {name for name in whole if name == f"<{source}>" or name.startswith(f"<{source}#")}
    for name in own:
        assert kept[name] == whole[name], name
    documents = {str(row["source"]) for row in graph.ask("passages")}
    others = {f"<{other}" for other in documents if other != source}
    left_out = {name for name in whole if any(name.startswith((f"{other}>", f"{other}#")) for other in others)}
    assert len(left_out) > 1000
    permitted = {term for name in set(whole) - left_out for quad in whole[name] for term in quad}
    gone = {term for name in left_out for quad in whole[name] for term in quad} - permitted
    # A number may well come out of the rules again; words and IRIs may not.
    told = {term for line in lines for term in split(line) if not term.rpartition('"')[2].startswith("^^")}
    assert gone & told == set()
    ontology = {term for name in whole if "/source/" not in name for quad in whole[name] for term in quad}
    assert not any(term.startswith(tuple(others)) for term in told - ontology)


def test_derived_facts_and_findings_rest_on_what_is_kept(graph: Graph) -> None:
    facts = part(graph, chosen(graph, sources="baoji-titanium"))
    passages = {str(row["passage"]) for row in facts.ask("passages")}
    subjects = {str(row["thing"]) for row in facts.ask("labels")}
    found = facts.ask("findings")
    assert found
    for row in found:
        assert set(str(row["passages"] or "").split()) <= passages
        assert set(str(row["about"] or "").split()) <= subjects | {str(t["thing"]) for t in facts.ask("labels")}
    whole = {str(row["finding"]): row["explanation"] for row in graph.findings()}
    assert all(whole[str(row["finding"])] == row["explanation"] for row in found)


def test_of_a_chain_its_stages_and_who_does_them(graph: Graph) -> None:
    """Baoji paper: the titanium chain; BaoTai Group is of it; the chain of Chinese medicine is another paper's."""
    facts = part(graph, chosen(graph, chains="titanium"))
    found = things(facts)
    stages = {str(row["stage"]) for row in graph.ask("stages-in-order", chain="titanium")}
    assert stages <= found
    assert graph.lookup.thing("Baoji", ("place",)) in found
    assert graph.lookup.thing("tcm", ("chain",)) not in found
    text = "\n".join(nquads(facts))
    assert graph.lookup.thing("tcm", ("chain",)) not in text


def test_left_out_things_leave_no_trace(graph: Graph) -> None:
    """No quad of the file speaks of a thing that is not in it, and no passage is there without a fact of its own."""
    selection = chosen(graph, places="baoji")
    facts = part(graph, selection)
    lines = nquads(facts)
    said = {term for line in lines for term in split(line)}
    assert {f"<{thing}>" for thing in things(graph.facts) - things(facts)} & said == set()
    own = stated(lines, graph)
    for row in facts.ask("passages"):
        assert own[f"<{row['passage']}>"], row["passage"]
    gone = {str(row["passage"]) for row in graph.ask("passages")} - {str(r["passage"]) for r in facts.ask("passages")}
    assert gone
    assert {f"<{passage}>" for passage in gone} & said == set()
    assert {f"<{passage}.selector>" for passage in gone} & said == set()


def test_class_keeps_things_of_it_and_of_its_subclasses(graph: Graph) -> None:
    """Organisations have subclasses: enterprises, universities."""
    facts = part(graph, chosen(graph, classes="Organisation"))
    kinds = {str(row["kind"]) for row in facts.ask("drawn-things")}
    classes = {str(row["class"]) for row in facts.ask("drawn-things")}
    assert kinds == {graph.lookup.thing("Organisation", ("iis",))}
    assert len(classes) > 2


def test_options_intersect_and_values_of_one_unite(graph: Graph) -> None:
    both = chosen(graph, places="baoji", chains="titanium")
    of_both, place, chain = (
        things(part(graph, s)) for s in (both, Selection(places=both.places), Selection(chains=both.chains))
    )
    assert of_both == place & chain
    two = Selection(places=(*both.places, graph.lookup.thing("xianyang", ("place",))))
    assert things(part(graph, two)) >= place


def test_sources_of_the_file_are_described_and_no_others(graph: Graph) -> None:
    facts = part(graph, chosen(graph, sources="qinba"))
    described = {str(row["source"]).rpartition("/")[2] for row in facts.ask("sources")}
    assert "qinba" in described
    assert described & {"baoji-titanium", "xianyang-tcm", "yijing-jingen", "industrial-clusters"} == set()


def test_selection_that_leaves_nothing_is_told(graph: Graph) -> None:
    """The Baoji paper names no policies of Enshi."""
    with pytest.raises(UseError, match="nothing in the graph is of all that was asked for"):
        select(graph.embedded, graph.project, chosen(graph, sources="baoji-titanium", places="enshi"))


def blocks_of(path: Path) -> dict[str, bytes]:
    """The blocks of a page, unpacked."""
    parts = path.read_text(encoding="utf-8").split('<script type="text/plain" id="kg-')[1:]
    found = {}
    for each in parts:
        name, _, rest = each.partition('">')
        found[name] = gzip.decompress(b64decode(rest.partition("<")[0]))
    return found


def test_file_of_a_part_has_no_term_of_the_rest_in_any_block(graph: Graph, tmp_path: Path) -> None:
    """Words that stand in no kept quad are in no block: neither in the graph nor in what the views hold."""
    path = tmp_path / "part.html"
    written = graph.write_explorer(path, "BaoTai Group", chain="钛产业链", settings=Settings(language="zh"))
    found = blocks_of(path)
    terms = set(found["terms"].decode("utf-8").split("\n"))
    assert len(found["nodes"]) > 0
    assert written.size == path.stat().st_size
    gone = {f"<{thing}>" for thing in things(graph.facts)} - terms
    names = {str(row["name"]) for row in graph.ask("names-of-things") if f"<{row['thing']}>" in gone}
    names -= {str(row["name"]) for row in graph.ask("names-of-things") if f"<{row['thing']}>" not in gone}
    assert {f'"{name}"@en' for name in names} & terms == set()
    assert {f'"{name}"@zh' for name in names} & terms == set()
    # Other blocks speak by numbers; where a text of theirs has an IRI, it is one of the terms.
    del found["wasm"], found["questions"], found["terms"], found["meta"]
    for name, block in found.items():
        iris = set(re.findall(r"https://w3id\.org/iis-kg/id/[\w/-]+", block.decode("utf-8", "ignore")))
        assert {f"<{iri}>" for iri in iris} & gone == set(), name
    found = blocks_of(path)
    assert '"language":"zh"' in found["meta"].decode()
    assert '"start":"actor:' in found["meta"].decode()
    assert '"chains":[{"en":"Titanium industry chain","zh":"钛产业链"}]' in found["meta"].decode()


@pytest.mark.parametrize("origin", ["https://a.example/x", "a.example", "javascript:alert(1)", "https://a b", ""])
def test_origin_that_is_none_is_refused(origin: str) -> None:
    with pytest.raises(BadParameter, match="not an origin"):
        Settings(origins=(origin,))


@pytest.mark.parametrize("origin", ["https://a.example", "http://localhost:8000", "http://[::1]:80", "null", "*"])
def test_origins_are_taken(origin: str) -> None:
    assert Settings(origins=(origin,)).meta == {"origins": [origin]}


def test_boundaries_need_their_credit() -> None:
    with pytest.raises(BadParameter, match="boundaries and their credit line go together"):
        Settings(boundaries=Path("x.geojson"))


def test_more_quads_than_asked_for_are_told_with_the_ways_out(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(TooLarge, match=r"quads, more than the 1,000 .*--place.*raise --most-quads"):
        graph.write_explorer(tmp_path / "x.html", chain="titanium", settings=Settings(most_quads=1_000))
    assert list(tmp_path.iterdir()) == []


def test_unknown_class_is_told_with_the_nearest(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"unknown class: Enterprize\. Did you mean Enterprise"):
        graph.write_explorer(tmp_path / "x.html", class_="Enterprize")
