"""Every row of every paper against the paper: the text's hash, each anchor found exactly once."""

from __future__ import annotations

from kg.load.evidence import verify
from kg.load.package import read_packages
from kg.project import Project
from tests.conftest import RunKg
from tests.support import PAPERS, ROOT, documents


def test_every_anchor_stands_once_in_its_paper() -> None:
    packages, faults = read_packages(Project((ROOT,)))
    done, found = verify(packages, documents())
    assert [str(fault) for fault in [*faults, *found]] == []
    assert {source.source for source in done if source.document} == set(PAPERS)
    assert len({source.document for source in done}) == len(PAPERS)
    assert min(source.passages for source in done) > 50


def test_the_command_says_so(kg: RunKg) -> None:
    ran = kg("verify", documents())
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.splitlines()) == len(PAPERS)
