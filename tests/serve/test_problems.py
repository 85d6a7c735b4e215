"""Problem documents: RFC 9457, and threat T22, that they leak nothing."""

from __future__ import annotations

import json
import logging

import pytest
from starlette.responses import Response

from kg.errors import (
    BadParameter,
    BadQuery,
    Busy,
    DataError,
    KGError,
    MissingExtra,
    NotAcceptable,
    OutOfMemory,
    QueryFileError,
    RemoteError,
    StoreError,
    StoreMissing,
    TimedOut,
    TooLarge,
    UnknownName,
    UseError,
)
from kg.serve.problems import problem, problem_of
from tests.serve.support import InProcess

PLACE = "/".join(["", "srv", "graph", "g-0123"])


def said(response: Response) -> dict[str, object]:
    read = json.loads(bytes(response.body))
    assert isinstance(read, dict)
    return read


def test_a_problem_has_the_members_of_the_standard() -> None:
    """RFC 9457, 3.1 and 4.2.1: the title of about:blank is the phrase of the status."""
    response = problem(404, "there is no such thing", Allow="GET")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Allow"] == "GET"
    assert said(response) == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "there is no such thing",
    }


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (BadQuery("x"), 400),
        (BadParameter("x"), 400),
        (UnknownName("place", "x", []), 404),
        (NotAcceptable("x"), 406),
        (TooLarge("x"), 413),
        (TimedOut("x"), 503),
        (OutOfMemory("x"), 503),
        (Busy("x"), 503),
        (StoreError("x"), 500),
        (KGError("x"), 500),
    ],
)
def test_each_error_has_its_status(error: KGError, status: int) -> None:
    response = problem_of(error)
    assert response.status_code == status == said(response)["status"]


@pytest.mark.parametrize(
    ("error", "seconds"), [(Busy("x", 7), 7), (Busy("x"), 1), (TimedOut("x"), 5), (OutOfMemory("x"), 5)]
)
def test_what_is_over_a_limit_says_when_to_come_again(error: KGError, seconds: int) -> None:
    """RFC 9110, 10.2.3."""
    assert problem_of(error).headers["Retry-After"] == str(seconds)


def test_a_query_that_does_not_parse_has_its_place() -> None:
    listed = "error at 3:14: expected one of \"$\", OPTIONAL, Prefix not found, ['%'], ['-' | '0' ..= '9'] ..."
    problem = said(problem_of(BadQuery(f"the query does not parse: {listed}. Correct it there")))
    assert (problem["line"], problem["column"]) == (3, 14)
    assert problem["detail"] == (
        "the query does not parse: line 3, column 14 (OPTIONAL, Prefix not found). Correct it there"
    )


def test_another_fault_of_a_query_has_none() -> None:
    assert not {"line", "column"} & set(said(problem_of(BadQuery("the query has 70006 bytes. Look at 1 :2"))))


@pytest.mark.parametrize(
    "error",
    [
        StoreMissing(f"{PLACE}: no graph there. Run `kg build` first"),
        StoreError(f"{PLACE}: the store cannot be opened (IO error)"),
        QueryFileError(f"{PLACE}/x.rq: not YAML"),
        RemoteError("https://user:secret@example.org/ does not answer"),
        MissingExtra("no module kg.view at line 3"),
        UseError(f"{PLACE}: cannot be written"),
        DataError(PLACE),
        KGError(PLACE),
    ],
)
def test_t22_what_speaks_of_the_machine_stays_with_the_server(error: KGError, caplog: pytest.LogCaptureFixture) -> None:
    """The client is told nothing of it, the log all."""
    with caplog.at_level(logging.ERROR):
        response = problem_of(error)
    assert response.status_code == 500
    assert str(error) not in bytes(response.body).decode("utf-8")
    assert "srv" not in str(said(response)["detail"])
    assert str(error) in caplog.text


def test_a_message_with_half_a_character_is_told() -> None:
    """What was sent may be repeated in a message, also what no text can hold."""
    assert "detail" in said(problem_of(BadQuery("unknown: \udcff")))


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("/queries/gaps-in-place?place=qwxyz", "GET /queries/names-of-things lists all names"),
        ("/id/place/qwxyz", "GET /queries/names-of-things lists all names"),
        ("/embed/id/place/qwxyz", "GET /queries/names-of-things lists all names"),
        ("/queries/qwxyz", "GET /queries lists all"),
    ],
)
def test_a_remedy_is_one_that_goes_over_http(client: InProcess, path: str, remedy: str) -> None:
    detail = client.get(path).json()["detail"]
    assert detail.endswith(f". {remedy}")
    where = remedy.split()[1]
    assert client.get(where, headers={"Accept": "application/json"}).status_code == 200


def test_the_page_of_a_question_names_that_remedy_too(client: InProcess) -> None:
    page = client.get("/queries/gaps-in-place.html?place=qwxyz").text
    assert "GET /queries/names-of-things lists all names" in page
    assert "kg ask names-of-things" not in page
