"""Every row of every paper against the paper: hash, anchors, numbers, names, and the ledger of its paragraphs."""

from __future__ import annotations

from kg.load.build import known_names
from kg.load.package import read_packages
from kg.load.verify import verify
from kg.project import Project
from kg.schema.ontology import Ontology
from tests.conftest import RunKg
from tests.support import PAPERS, ROOT, documents


def test_every_row_is_borne_out_by_its_paper() -> None:
    project = Project((ROOT,))
    packages, faults = read_packages(project)
    done, found = verify(packages, documents(), known_names(Ontology(project), packages))
    assert [str(fault) for fault in [*faults, *found]] == []
    assert {source.source for source in done if source.document} == set(PAPERS)
    assert len({source.document for source in done}) == len(PAPERS)
    for source in done:
        assert source.rows > 1_000, source
        assert source.passages > 400, source
        assert source.in_ledger == source.paragraphs, source


def test_the_command_says_so(kg: RunKg) -> None:
    ran = kg("verify", documents())
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.splitlines()) == len(PAPERS)
    assert all("facts checked" in line for line in ran.out.splitlines())
