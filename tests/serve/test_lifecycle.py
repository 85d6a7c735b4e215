"""A server from its start to its end."""

from __future__ import annotations

from tests.serve.support import InProcess, Served


def test_the_application_answers_in_this_process(client: InProcess) -> None:
    assert client.get("/nothing-here").status_code == 404


def test_the_server_answers(server: Served) -> None:
    assert server.get("/nothing-here").status_code == 404
