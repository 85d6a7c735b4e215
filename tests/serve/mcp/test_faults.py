"""Faults that nobody foresaw: the client learns that there was one, and nothing of the machine."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import cast

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError

from kg.errors import KGError, QueryFileError, StoreError, StoreMissing, UnknownName
from kg.serve.mcp import make_server
from kg.serve.mcp.calling import message
from kg.serve.service import Service
from tests.serve.mcp.support import Talk


class Broken:
    """A service whose graph cannot be had."""

    def graph(self) -> None:
        raise RuntimeError("/secret/folder is broken")


@pytest.fixture(scope="module")
def talk() -> Iterator[Talk]:
    server = make_server(cast(Service, Broken()))
    with Talk(lambda: Client(server)) as talk:
        yield talk


def test_a_fault_says_nothing_of_the_machine(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        for work in (talk.client.list_tools(), talk.client.list_resources(), talk.client.call_tool("sources", {})):
            with pytest.raises(MCPError) as told:
                talk.run(work)
            assert str(told.value) == "the request failed. The log of the server says why"
    assert "/secret/folder" in caplog.text


@pytest.mark.parametrize("error", [StoreMissing("/secret: no graph"), StoreError("/secret: damaged")])
def test_what_is_wrong_with_the_store_stays_in_the_log(error: KGError, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert "/secret" not in message(error)
    assert "/secret" in caplog.text


def test_what_is_wrong_with_a_question_is_told() -> None:
    assert message(QueryFileError("queries/a/b.rq: wrong")) == "queries/a/b.rq: wrong"
    error = UnknownName("place", "x", [], "`kg ask names-of-things` lists all names")
    assert message(error) == "unknown place: x. The tool things-by-name finds things by part of a name"
    error = UnknownName("factor", "x", [], "`kg ask influences` lists all factors")
    assert message(error) == "unknown factor: x. The tool influences lists all factors"
