"""`kg serve` of this project as the endpoint of another `kg`: asked, and published to."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import RemoteError
from kg.store.oxigraph import OxigraphStore
from kg.store.remote.address import Credentials, Limits
from kg.store.remote.client import Client
from kg.store.remote.publish import Target, publish
from kg.store.remote.store import RemoteStore
from tests.conftest import RunKg
from tests.serve.support import serving
from tests.serve.writing import TOKEN, held, small_graph

_MAY = Credentials(token=TOKEN)
_LINES = [f'<urn:s{number}> <urn:p> "{number}" <urn:g{number % 50}> .' for number in range(6_000)]
_BLANK = ["<urn:a> <urn:c> _:n <urn:blank> .", '_:n <urn:d> "end" <urn:blank> .']

_END_WITH_US = "import ctypes, signal; ctypes.CDLL(None).prctl(1, signal.SIGKILL)"


def test_it_is_published_to_and_asked(kg: RunKg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, source = small_graph(tmp_path / "served"), OxigraphStore.of_lines([*_LINES, *_BLANK])
    mine = small_graph(tmp_path / "mine", sorted(source.nquads()))
    with serving(folder, "--write", token=TOKEN, first=_END_WITH_US) as served:
        url = f"{served.url}/sparql"
        for wrong in ("", "a-token-of-another-server"):
            monkeypatch.setenv("IIS_KG_REMOTE_TOKEN", wrong)
            refused = kg("publish", url, "--store", mine)
            assert (refused.code, "answers 401" in refused.err, "IIS_KG_REMOTE_TOKEN" in refused.err) == (1, True, True)
        monkeypatch.setenv("IIS_KG_REMOTE_TOKEN", TOKEN)
        ran = kg("publish", url, "--replace", "--store", mine)
        assert (ran.code, ran.err) == (0, "")
        assert [line.split()[0] for line in ran.out.splitlines()] == ["6,002", "0", "2", "6,002"]
        again = kg("publish", url, "--store", mine)
        assert again.out.split()[0] == "0"
        monkeypatch.delenv("IIS_KG_REMOTE_TOKEN")

        counted = "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?g) AS ?graphs) { GRAPH ?g { ?s ?p ?o } }"
        assert kg("--store", url, "sparql", counted, "-f", "csv").out.split() == ["n,graphs", "6002,51"]
        joined = "SELECT ?end { <urn:a> <urn:c> ?node . ?node <urn:d> ?end }"
        assert RemoteStore(url, Credentials()).select(joined).rows == [("end",)]
        with pytest.raises(RemoteError, match="answers 401"):
            Client(url, Credentials()).update("CLEAR ALL")
    assert len(held(folder)) == 6_002


def test_its_graph_store_is_published_to(tmp_path: Path) -> None:
    folder = small_graph(tmp_path / "served")
    with serving(folder, "--write", token=TOKEN, first=_END_WITH_US) as served:
        target = Target(f"{served.url}/sparql", "graph-store", graph_store_url=f"{served.url}/graphs")
        done = publish(OxigraphStore.of_lines(_BLANK), target, _MAY, Limits(30))
        assert (done.sent_graphs, done.quads) == (1, 2)
    assert len(held(folder)) == 4


def test_where_of_an_update_reads_the_default_graph_itself(tmp_path: Path) -> None:
    """SPARQL 1.1 Update, 3.1.3: only queries there see the union of all graphs."""
    folder = small_graph(tmp_path / "served", ["<urn:a> <urn:p> <urn:b> <urn:g> ."])
    with serving(folder, "--write", token=TOKEN, first=_END_WITH_US) as served:
        client = Client(f"{served.url}/sparql", _MAY, Limits(30))
        client.update("INSERT { GRAPH <urn:h> { ?s ?p ?o } } WHERE { ?s ?p ?o }")
        assert len(held(folder)) == 1
        client.update("INSERT { GRAPH <urn:h> { ?s ?p ?o } } WHERE { GRAPH <urn:g> { ?s ?p ?o } }")
        assert len(held(folder)) == 2
