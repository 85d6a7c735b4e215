"""The questions over HTTP: the same answers as `kg ask`, in every form, and what is wrong said as a problem."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import pytest
from rdflib import URIRef
from rdflib.plugins.sparql.results.jsonresults import JSONResult
from rdflib.plugins.sparql.results.xmlresults import XMLResult
from rdflib.query import Result

from kg.api import Graph
from kg.query.results import to_csv, to_json, to_jsonl
from kg.serve.questions import FORMS
from tests.serve.support import InProcess

ASKED = "/queries/gaps-in-place?place=xianyang"
"""The Xianyang paper, IV.C, says that stages and functions of the medicine chain are lacking."""


def rows(body: str, media_type: str) -> list[dict[str, object]]:
    """The rows as rdflib reads them, which is no software of ours."""
    result: Result = (
        JSONResult(json.loads(body)) if media_type.endswith("json") else XMLResult(io.BytesIO(body.encode("utf-8")))
    )
    return [{str(name): term for name, term in row.items()} for row in result.bindings]


class Page(HTMLParser):
    """What a page holds: its tags and attributes, links and fields."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fields: dict[str, dict[str, str | None]] = {}
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append(tag)
        self.attributes += known
        if tag == "a":
            self.links.append(known.get("href") or "")
        if tag == "input":
            self.fields[known["name"] or ""] = known


@pytest.mark.parametrize("given", ["xianyang", "Xianyang", "咸阳", "place:xianyang", "Xianyang City"])
def test_a_thing_is_found_by_whatever_it_is_called(client: InProcess, graph: Graph, given: str) -> None:
    answer = client.get("/queries/gaps-in-place", params={"place": given})
    assert answer.status_code == 200
    assert answer.json() == json.loads(to_json(graph.ask("gaps-in-place", place="xianyang")))


def test_several_things_are_parted_by_commas(client: InProcess, graph: Graph) -> None:
    answer = client.get("/queries/gaps-in-place", params={"place": "xianyang,宝鸡"})
    assert answer.text == to_json(graph.ask("gaps-in-place", place="xianyang,baoji"))


def test_forms_that_kg_ask_has_are_the_same(client: InProcess, graph: Graph) -> None:
    asked = graph.ask("gaps-in-place", place="xianyang")
    for media_type, write in (("application/json", to_json), ("text/csv", to_csv), ("application/jsonl", to_jsonl)):
        answer = client.get(ASKED, headers={"Accept": media_type})
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert answer.text == write(asked)
    assert client.get(ASKED).text == to_json(asked)


def test_csv_holds_the_rows_of_the_json(client: InProcess) -> None:
    by_csv = list(csv.DictReader(io.StringIO(client.get("/queries/gaps-in-place.csv?place=xianyang").text)))
    assert by_csv == [{name: value or "" for name, value in row.items()} for row in client.get(ASKED).json()]


@pytest.mark.parametrize("media_type", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_forms_of_sparql_have_terms_and_parts_in_order(client: InProcess, graph: Graph, media_type: str) -> None:
    answer = client.get("/queries/chains", headers={"Accept": media_type})
    assert answer.headers["content-type"] == media_type
    found = rows(answer.text, media_type)
    expected = list(graph.ask("chains"))
    assert [str(row["chain"]) for row in found] == [str(row["chain"]) for row in expected]
    assert all(isinstance(row["chain"], URIRef) for row in found)
    assert getattr(found[0]["chain_label"], "language", None) == "en"
    # Concatenated columns: sorted as `kg ask` sorts them, whatever the engine's order.
    assert [str(row.get("passages") or "") for row in found] == [str(row["passages"] or "") for row in expected]


def test_numbers_keep_their_datatypes(client: InProcess) -> None:
    body = client.get("/queries/findings.srj").json()
    cell = body["results"]["bindings"][0]["severity"]
    assert cell["datatype"] == "http://www.w3.org/2001/XMLSchema#decimal"


def test_tab_separated_values_have_one_line_a_row(client: InProcess, graph: Graph) -> None:
    lines = client.get("/queries/gaps-in-place.tsv?place=xianyang").text.rstrip("\n").split("\n")
    assert lines[0].split("\t")[0] == "?stage"
    assert len(lines) == 1 + len(graph.ask("gaps-in-place", place="xianyang"))


def test_text_of_a_question_runs_on_any_endpoint(client: InProcess, graph: Graph) -> None:
    text = client.get("/queries/gaps-in-place?place=咸阳", headers={"Accept": "application/sparql-query"}).text
    by_endpoint = client.get("/sparql", params={"query": text}, headers={"Accept": "text/csv"})
    assert by_endpoint.text.count("\r\n") == 1 + len(graph.ask("gaps-in-place", place="xianyang"))
    as_it_stands = client.get("/queries/gaps-in-place.rq")
    assert as_it_stands.text == graph.queries["gaps-in-place"].text


@pytest.mark.parametrize("form", sorted(FORMS.values()))
def test_an_ending_asks_for_a_form(client: InProcess, form: str) -> None:
    answer = client.get(f"/queries/sources.{form}", headers={"Accept": "image/png"})
    assert answer.status_code == 200
    assert FORMS[answer.headers["content-type"].partition(";")[0]] == form


def test_list_has_every_question_with_its_link(client: InProcess, graph: Graph) -> None:
    listed = client.get("/queries").json()
    assert [each["name"] for each in listed] == list(graph.queries)
    chosen = next(each for each in listed if each["name"] == "gaps-in-place")
    assert (chosen["group"], chosen["parameters"]) == ("gaps", "place")
    assert client.get(chosen["link"] + "?place=baoji").status_code == 200
    by_csv = list(csv.DictReader(io.StringIO(client.get("/queries.csv").text)))
    assert [each["name"] for each in by_csv] == list(graph.queries)
    page = Page(client.get("/queries", headers={"Accept": "text/html"}).text)
    assert {f"/queries/{name}" for name in graph.queries} <= set(page.links)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/queries/gaps-in-plac?place=baoji", 404, "gaps-in-place"),
        ("/queries/gaps-in-place?place=xianyng", 404, "xianyang"),
        ("/queries/gaps-in-place", 400, "place is missing"),
        ("/queries/gaps-in-place?place=", 400, "place is missing"),
        ("/queries/gaps-in-place?place=baoji&place=xianyang", 400, "given twice"),
        ("/queries/gaps-in-place?plaice=baoji", 400, "It takes: place"),
        ("/queries/chains?place=baoji", 400, "It takes none"),
        ("/queries/gaps-in-place?place=concept:actual", 404, "unknown place"),
        ("/queries/rules/within", 404, "no such resource"),
    ],
)
def test_what_is_wrong_is_said_in_a_problem_document(client: InProcess, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert words in answer.json()["detail"]


def test_a_form_that_there_is_not_is_refused(client: InProcess) -> None:
    answer = client.get("/queries/chains", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/csv" in answer.json()["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_questions_are_only_read(client: InProcess, method: str) -> None:
    answer = client.request(method, "/queries/chains")
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= set(answer.headers["allow"].split(", "))


def test_head_has_the_headers_of_get(client: InProcess) -> None:
    got, head = client.get("/queries/chains"), client.request("HEAD", "/queries/chains")
    assert head.status_code == 200
    assert head.headers["content-length"] == got.headers["content-length"]
    assert "Accept" in head.headers["vary"]


def test_page_has_a_form_and_links_labels_to_things(client: InProcess) -> None:
    answer = client.get(ASKED, headers={"Accept": "text/html,*/*;q=0.8"})
    assert "Accept-Language" in answer.headers["vary"]
    page = Page(answer.text)
    assert page.fields["place"]["value"] == "xianyang"
    assert "/id/stage/medical-devices" in page.links
    assert any(link.startswith("/source/xianyang-tcm#") for link in page.links)
    assert "/queries/gaps-in-place.csv?place=xianyang" in page.links
    assert "script" not in page.tags
    assert ">https://" not in answer.text


def test_page_without_parameters_asks_for_them(client: InProcess) -> None:
    answer = client.get("/queries/gaps-in-place", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    page = Page(answer.text)
    assert "required" in page.fields["place"]
    assert page.fields["place"]["placeholder"] == "place:xianyang"
    assert "table" not in page.tags


def test_page_says_what_is_wrong_in_words(client: InProcess) -> None:
    answer = client.get("/queries/gaps-in-place?place=<b>xianyng</b>", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "unknown place: &lt;b&gt;xianyng&lt;/b&gt;" in answer.text


def test_page_speaks_the_language_of_the_reader(client: InProcess, graph: Graph) -> None:
    answer = client.get(ASKED, headers={"Accept": "text/html", "Accept-Language": "zh-CN,zh;q=0.9"})
    assert '<html lang="zh">' in answer.text
    assert graph.queries["gaps-in-place"].header.summary_zh in answer.text
    page = Page(answer.text)
    assert "?place=xianyang&lang=en" in page.links
    names = graph.ask("labels-in-both-languages", thing="stage:medical-devices")
    (chinese,) = (str(row["chinese"]) for row in names)
    assert f'<a href="/id/stage/medical-devices"><bdi>{chinese}</bdi></a>' in answer.text
    assert ">环节</th>" in answer.text  # the label of iis:Stage


def test_pages_may_run_and_load_nothing(client: InProcess) -> None:
    policy = client.get("/queries.html").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
