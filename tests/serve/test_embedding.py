"""`GET /embed/...`: the same pages over HTTP, and the headers that say who may frame them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.api import Graph
from kg.errors import UseError
from kg.serve.embedding import framing
from kg.serve.service import Settings
from kg.view.fragments import Settings as Look
from tests.serve.support import InProcess
from tests.view.hostile import PAYLOADS, Page

CITY = "/embed/id/place/baoji"


@pytest.fixture(scope="module")
def framed(graph: Graph, store_folder: Path) -> Iterator[InProcess]:  # noqa: ARG001
    settings = Settings(framing=("https://good.example", "http://localhost:8000"))
    with InProcess(store_folder, settings=settings) as client:
        yield client


def test_the_pages_are_those_of_the_python_face(client: InProcess, graph: Graph) -> None:
    question = client.get("/embed/queries/stages-in-order?chain=titanium&page-language=zh&page-rows=3")
    assert question.status_code == 200
    assert question.headers["content-type"] == "text/html; charset=utf-8"
    look = Look(language="zh", rows=3)
    assert question.text == graph.fragment_page("stages-in-order", look, chain="titanium").html
    assert client.get(CITY).text == graph.fragment_page("place:baoji").html
    worst = graph.prefixes.shorten(str(next(iter(graph.findings()))["finding"]))
    finding = client.get(f"/embed/findings/{worst.partition(':')[2]}")
    assert finding.text == graph.fragment_page(worst).html


def test_a_thing_is_found_by_prefix_or_by_the_end_of_its_address(client: InProcess) -> None:
    assert client.get("/embed/id/gbt4754/A").text == client.get("/embed/id/gbt4754-2017/A").text
    assert "Agriculture" in client.get("/embed/id/gbt4754/A").text


def test_only_its_own_origin_may_frame_it_unless_others_are_named(client: InProcess, framed: InProcess) -> None:
    own = client.get(CITY).headers
    assert "frame-ancestors 'self'" in own["content-security-policy"]
    assert own["content-security-policy"].endswith("'self'")
    assert own["x-frame-options"] == "SAMEORIGIN"
    named = framed.get(CITY).headers
    assert named["content-security-policy"].endswith(
        "frame-ancestors 'self' https://good.example http://localhost:8000"
    )
    assert "x-frame-options" not in named


def test_the_page_may_run_and_load_nothing(client: InProcess) -> None:
    answer = client.get(CITY)
    rules = answer.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "base-uri 'none'", "form-action 'none'"} <= set(rules)
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in rules
    page = Page(answer.text)
    assert (page.elements["script"], page.handlers, page.loads) == (0, [], [])


@pytest.mark.parametrize(
    ("origins", "ancestors", "older"),
    [
        ((), "'self'", "SAMEORIGIN"),
        (("none",), "'none'", "DENY"),
        (("*",), "*", None),
        (("https://a.example", "*"), "*", None),
        (("https://*.a.example:8443",), "'self' https://*.a.example:8443", None),
    ],
)
def test_the_two_headers_agree(origins: tuple[str, ...], ancestors: str, older: str | None) -> None:
    headers = framing(origins)
    assert headers["Content-Security-Policy"].endswith(f"frame-ancestors {ancestors}")
    assert headers.get("X-Frame-Options") == older


@pytest.mark.parametrize("origin", ["a.example", "https://a.example/; script-src *", "https://a b", "data:", "'self'"])
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(UseError, match="no origin"):
        framing((origin,))
    with pytest.raises(UseError, match="one or the other"):
        framing(("none", "https://a.example"))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/embed/queries/stage-in-order", 404),
        ("/embed/queries/stages-in-order?chain=titaniun", 404),
        ("/embed/queries/stages-in-order?chian=titanium", 404),
        ("/embed/queries/said-about", 400),
        ("/embed/queries/sources?page-rows=many", 400),
        ("/embed/queries/sources?page-rows=0", 400),
        ("/embed/queries/sources?page-language=fr", 400),
        ("/embed/queries/stages-in-order?chain=a&chain=b", 400),
        ("/embed/id/place/nowhere", 404),
        ("/embed/id/nothing/baoji", 404),
        ("/embed/id/place/baoji?page-title=x", 404),
        ("/embed/findings/none", 404),
    ],
)
def test_what_there_is_not_is_a_problem_document(client: InProcess, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_a_copy_that_is_still_right_is_not_sent_again(client: InProcess) -> None:
    first = client.get(CITY)
    assert "max-age" in first.headers["cache-control"]
    again = client.get(CITY, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get(CITY, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_parameters_stay_text(client: InProcess, payload: str) -> None:
    answer = client.get("/embed/queries/things-by-name", params={"text": payload})
    assert answer.status_code == 200
    page = Page(answer.text)
    assert (page.elements["script"], page.handlers, page.loads, page.links) == (0, [], [], [])
    assert " ".join(payload.split()) in page.text
