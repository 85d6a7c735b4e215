"""Conditions of requests to the Graph Store: RFC 9110, section 13. Two who write do not undo what the other wrote."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.serve.protocol.support import problem
from tests.serve.support import InProcess
from tests.serve.writing import MAY, SMALL, held

G, NEW, NOTHING = "/graphs?graph=urn:g", "/graphs?graph=urn:new", "/graphs?graph=urn:nothing"
TURTLE = {**MAY, "Content-Type": "text/turtle"}
OTHER = '"0123456789abcdef0123456789abcdef"'


def send(client: InProcess, method: str, path: str, value: str = "1", **headers: str) -> httpx.Response:
    given = {name.replace("_", "-"): text for name, text in headers.items()}
    return client.request(method, path, content=f"<urn:a> <urn:p> {value} .", headers={**TURTLE, **given})


def tag(client: InProcess, path: str = G, accept: str = "text/turtle") -> str:
    return client.get(path, headers={"Accept": accept}).headers["ETag"]


def test_who_writes_last_learns_that_another_wrote_before(client: InProcess, folder: Path) -> None:
    """13.1.1: both read, both change what they read; the second must not be performed."""
    read = tag(client)
    assert send(client, "PUT", G, "1", If_Match=read).status_code == 204
    first = held(folder)
    detail = problem(send(client, "PUT", G, "2", If_Match=read), 412)
    assert "Read it again" in detail
    assert held(folder) == first


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_the_other_methods_look_at_the_tag_too(client: InProcess, method: str, folder: Path) -> None:
    """13.1.1."""
    assert send(client, method, G, If_Match=OTHER).status_code == 412
    assert held(folder) == SMALL
    assert send(client, method, G, If_Match=f"{OTHER}, {tag(client)}").status_code == 204
    assert held(folder) != SMALL


def test_of_those_who_write_at_once_one_succeeds(client: InProcess) -> None:
    """13.1.1: the condition is looked at where no other change can come between."""
    read = tag(client)
    with ThreadPoolExecutor(3) as pool:
        answers = pool.map(lambda value: send(client, "PUT", G, str(value), If_Match=read).status_code, range(3))
    assert sorted(answers) == [204, 412, 412]


def test_the_tag_of_any_form_will_do(client: InProcess) -> None:
    """8.8.3: each form has a tag of its own; all are of the same state."""
    other = tag(client, accept="application/n-triples")
    assert other != tag(client)
    assert send(client, "PUT", G, If_Match=other).status_code == 204


def test_a_weak_tag_does_not_let_write(client: InProcess, folder: Path) -> None:
    """13.1.1: If-Match compares strongly (8.8.3.2)."""
    assert send(client, "PUT", G, If_Match=f"W/{tag(client)}").status_code == 412
    assert held(folder) == SMALL


def test_the_tag_of_another_graph_does_not_let_write(client: InProcess, folder: Path) -> None:
    assert send(client, "PUT", G, If_Match=tag(client, "/graphs?graph=urn:h")).status_code == 412
    assert held(folder) == SMALL


def test_an_update_outdates_a_tag(client: InProcess) -> None:
    """13.1.1: whichever way the graph was changed."""
    read = tag(client)
    headers = {**MAY, "Content-Type": "application/sparql-update"}
    assert client.post("/sparql", content="CLEAR GRAPH <urn:g>", headers=headers).status_code == 204
    assert send(client, "PUT", G, If_Match=read).status_code == 412


def test_a_star_in_if_match_wants_the_graph_to_be_there(client: InProcess, folder: Path) -> None:
    """13.1.1."""
    for method in ("PUT", "POST"):
        assert send(client, method, NEW, If_Match="*").status_code == 412
    assert held(folder) == SMALL
    assert send(client, "PUT", G, If_Match="*").status_code == 204


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_star_in_if_none_match_wants_the_graph_not_to_be_there(client: InProcess, method: str, folder: Path) -> None:
    """13.1.2: for who wants to make a graph and replace none. The default graph is always there."""
    for path in (G, "/graphs?default"):
        assert send(client, method, path, If_None_Match="*").status_code == 412
    assert held(folder) == SMALL
    assert send(client, method, NEW, If_None_Match="*").status_code == 201


def test_if_none_match_with_a_tag_that_the_graph_has_is_not_performed(client: InProcess, folder: Path) -> None:
    """13.1.2: 412 for methods that write; the comparison is weak."""
    for given in (tag(client), f"W/{tag(client)}", f"{OTHER}, {tag(client)}"):
        assert send(client, "PUT", G, If_None_Match=given).status_code == 412
    assert held(folder) == SMALL
    assert send(client, "PUT", G, If_None_Match=OTHER).status_code == 204


def test_both_conditions_must_hold(client: InProcess, folder: Path) -> None:
    """13.2.2."""
    for match, none_match in ((tag(client), "*"), (OTHER, OTHER), (tag(client), tag(client))):
        assert send(client, "PUT", G, If_Match=match, If_None_Match=none_match).status_code == 412
    assert held(folder) == SMALL
    assert send(client, "PUT", G, If_Match=tag(client), If_None_Match=OTHER).status_code == 204


def test_what_would_be_refused_anyway_is_refused_for_its_own_reason(client: InProcess, folder: Path) -> None:
    """13.2.1: conditions are looked at where the answer would be a success."""
    assert send(client, "DELETE", NOTHING, If_Match=OTHER).status_code == 404
    assert client.get(NOTHING, headers={"If-None-Match": "*"}).status_code == 404
    assert send(client, "PUT", "/graphs?graph=g", If_Match=OTHER).status_code == 400
    assert send(client, "PUT", G, If_Match=OTHER, Authorization="Bearer wrong").status_code == 401
    assert held(folder) == SMALL


def test_a_new_graph_has_no_state_to_be_known(client: InProcess, folder: Path) -> None:
    """13.1.1: where there is no representation, the condition is false."""
    for given in ("*", OTHER):
        assert send(client, "POST", "/graphs", If_Match=given).status_code == 412
    assert held(folder) == SMALL
    assert send(client, "POST", "/graphs", If_None_Match="*").status_code == 201


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("given", ["*", "{tag}", "W/{tag}", '"a,b", {tag}', '"x",{tag},"y"'])
def test_who_has_the_graph_is_not_sent_it_again(client: InProcess, method: str, given: str) -> None:
    """13.1.2 and 15.4.5: 304, with the headers that a cache needs."""
    known = client.get(G)
    answer = client.request(method, G, headers={"If-None-Match": given.format(tag=known.headers["ETag"])})
    assert (answer.status_code, answer.content) == (304, b"")
    for name in ("ETag", "Vary", "Cache-Control"):
        assert answer.headers[name] == known.headers[name]


def test_an_answer_to_put_has_no_tag(client: InProcess) -> None:
    """9.3.4: what is read afterwards is not what was sent, byte by byte."""
    assert "ETag" not in send(client, "PUT", G).headers


def test_a_part_of_a_graph_is_not_stored_as_the_whole(client: InProcess, folder: Path) -> None:
    """14.5: a PUT with Content-Range is refused where parts are not stored."""
    assert "whole" in problem(send(client, "PUT", G, Content_Range="bytes 0-9/100"), 400)
    assert held(folder) == SMALL
