"""The pyvis network for notebooks: its limits, and a page that loads nothing and takes no name for markup."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.api import Graph
from kg.errors import TooLarge
from kg.view.notebook import OfflineNetwork, to_pyvis
from tests.view.hostile import PAYLOADS, Page


def network(label: str = "Baoji") -> nx.DiGraph[str]:
    made: nx.DiGraph[str] = nx.DiGraph()
    made.add_node("p:baoji", **{"label": label, "class": "place"})
    made.add_node("i:titanium", **{"label": "Titanium & R&D", "class": "industry"})
    made.add_edge("p:baoji", "i:titanium", relation=f"has {label}")
    return made


def chain(length: int) -> nx.DiGraph[str]:
    made: nx.DiGraph[str] = nx.DiGraph()
    made.add_edges_from((f"n{i}", f"n{i + 1}") for i in range(length - 1))
    return made


@pytest.mark.parametrize("payload", ["Baoji", *PAYLOADS])
def test_page_loads_nothing_and_titles_stay_text(payload: str) -> None:
    """The texts that run in pyvis' own page: in a title beside one with `href`, in a heading, in its menu of nodes."""
    picture = to_pyvis(network(payload))
    picture.add_node("late", payload, title=f'{payload} <b>HREF</b> href="x"')
    picture.heading, picture.select_menu = payload, True
    html = picture.generate_html()
    page, harmless = Page(html), Page(to_pyvis(network()).generate_html())
    assert page.loads == page.links == []
    assert page.elements == harmless.elements
    assert page.handlers == harmless.handlers
    assert "popup.innerHTML" not in html
    assert picture.directed
    for item in (*picture.nodes, *picture.edges):
        assert "<" not in item["title"] and ">" not in item["title"]
        assert "href" not in item["title"].lower()


def test_title_put_in_behind_its_back_is_mended() -> None:
    picture = to_pyvis(network())
    picture.nodes[0]["title"] = "<img src=x onerror=alert(1)> href"
    html = picture.generate_html()
    assert "popup.innerHTML" not in html
    assert "<img" not in picture.nodes[0]["title"]


def test_options_cannot_switch_the_cdn_on() -> None:
    picture = OfflineNetwork(cdn_resources="remote", select_menu=True, heading="<b>", directed=False)
    assert (picture.cdn_resources, picture.select_menu, picture.heading) == ("in_line", False, "")
    assert picture.directed


def test_title_keeps_what_readers_see() -> None:
    titles = {node["id"]: node["title"] for node in to_pyvis(network()).nodes}
    assert titles["i:titanium"] == "Titanium & R&D\nindustry"


def test_limits_name_the_explorer() -> None:
    assert len(to_pyvis(chain(300), physics=True).nodes) == 300
    with pytest.raises(TooLarge, match=r"301 things, more than the 300 that can move.*kg view -o graph\.html"):
        to_pyvis(chain(301), physics=True)
    with pytest.raises(TooLarge, match=r"2,001 things, more than the 2,000 .*kg view -o graph\.html"):
        to_pyvis(chain(2_001))


def test_things_around_a_city_of_the_papers(graph: Graph) -> None:
    """Baoji lies in Shaanxi."""
    labels = {node["label"] for node in graph.to_pyvis(entity="宝鸡").nodes}
    assert {"Baoji", "Shaanxi"} <= labels
