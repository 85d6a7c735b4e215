"""Passages and their check against the document."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg.errors import Fault, UseError
from kg.load.evidence import check_anchors, passage_iri, verify
from kg.load.package import Package, Row, iter_rows, read_packages
from tests.conftest import MakeProject
from tests.support import PREFIXES

TEXT = "The area is 28 km². Two  rivers\nmeet here. The end. The end.\n"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    return folder


def packages(small_project: MakeProject, *anchors: str, sha256: str | None = None) -> list[Package]:
    rows = "".join(f'p{i},Region,P{i},1,"{anchor}"\n' for i, anchor in enumerate(anchors))
    digest = sha256 or hashlib.sha256(TEXT.encode()).hexdigest()
    project = small_project({"place": "key,class,label,section,anchor\n" + rows}, reference=False, sha256=digest)
    found, faults = read_packages(project)
    assert faults == []
    return found


def rows(small_project: MakeProject, *anchors: str) -> list[Row]:
    return list(iter_rows(packages(small_project, *anchors)))


def faults_of(small_project: MakeProject, documents: Path, *anchors: str) -> list[Fault]:
    return verify(packages(small_project, *anchors), documents)[1]


def test_a_passage_is_named_by_its_source_and_anchor(small_project: MakeProject) -> None:
    (row,) = rows(small_project, "590, of which 92 Enterprises")
    assert passage_iri(row, PREFIXES) == "https://w3id.org/iis-kg/source/mine#590-of-which-92-enterprises"


def test_a_row_of_a_reference_is_stated_by_the_source_itself(small_project: MakeProject) -> None:
    packages, _ = read_packages(small_project())
    assert passage_iri(packages[0].rows[0], PREFIXES) == "https://w3id.org/iis-kg/source/mine"


def test_an_anchor_has_at_most_eight_words(small_project: MakeProject) -> None:
    long, short = "a b c d e f g h i", "a b c d e f g h"
    (fault,) = check_anchors(rows(small_project, long, short), PREFIXES)
    assert str(fault) == "loaders/mine/place.csv:2:anchor: 9 words. Use at most 8"


def test_two_anchors_do_not_share_an_iri(small_project: MakeProject) -> None:
    (fault,) = check_anchors(rows(small_project, "28 km", "28-km"), PREFIXES)
    assert str(fault) == "loaders/mine/place.csv:3:anchor: reads as '28 km' in an IRI. Use the same anchor for both"


def test_one_anchor_may_state_several_rows(small_project: MakeProject) -> None:
    assert check_anchors(rows(small_project, "28 km", "28 km"), PREFIXES) == []


def test_an_anchor_that_stands_once_is_good(small_project: MakeProject, documents: Path) -> None:
    done, faults = verify(packages(small_project, "28 km²", "Two rivers meet", "28 km²"), documents)
    assert faults == []
    assert (done[0].rows, done[0].passages, done[0].document) == (3, 2, "one.txt")


@pytest.mark.parametrize(("anchor", "times"), [("three rivers", 0), ("The end", 2), ("the area", 0)])
def test_an_anchor_that_does_not_stand_once_is_a_fault(
    small_project: MakeProject, documents: Path, anchor: str, times: int
) -> None:
    (fault,) = faults_of(small_project, documents, anchor)
    assert str(fault) == (
        f"loaders/mine/place.csv:2:anchor: found {times} times in one.txt: {anchor}. "
        "Use words that stand there exactly once"
    )


def test_a_document_that_was_changed_is_a_fault(small_project: MakeProject, documents: Path) -> None:
    (documents / "one.txt").write_text(TEXT + " ", encoding="utf-8")
    (fault,) = faults_of(small_project, documents, "28 km²")
    assert (fault.file, fault.column) == ("loaders/mine/datapackage.json", "sha256")
    assert "no text with" in fault.what


def test_a_source_without_a_text_is_not_checked(small_project: MakeProject, documents: Path) -> None:
    found, _ = read_packages(small_project())
    assert verify(found, documents) == ([], [])


def test_another_text_that_is_not_utf_8_does_not_matter(small_project: MakeProject, documents: Path) -> None:
    (documents / "other.txt").write_bytes(b"\xff\xfe\x00")
    assert faults_of(small_project, documents, "28 km²") == []


@pytest.mark.parametrize("make", [False, True], ids=["no folder", "no text in it"])
def test_a_folder_without_documents_is_refused(small_project: MakeProject, tmp_path: Path, make: bool) -> None:
    folder = tmp_path / "nothing"
    if make:
        folder.mkdir()
    with pytest.raises(UseError, match="Give the folder that holds the documents as text"):
        verify(packages(small_project, "28 km²"), folder)
