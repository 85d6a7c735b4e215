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
    response = problem_of(BadQuery("the query does not parse: error at 3:14: expected one of WHERE. Correct it there"))
    assert (said(response)["line"], said(response)["column"]) == (3, 14)


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
