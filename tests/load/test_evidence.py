"""Passages: their IRIs, and what an anchor may be."""

from __future__ import annotations

from kg.load.evidence import check_anchors, passage_iri
from kg.load.package import Row, iter_rows, read_packages
from tests.conftest import MakeProject
from tests.support import PREFIXES


def rows(small_project: MakeProject, *anchors: str) -> list[Row]:
    lines = "".join(f'p{i},Region,P{i},1,"{anchor}"\n' for i, anchor in enumerate(anchors))
    project = small_project({"place": "key,class,label,section,anchor\n" + lines}, reference=False)
    found, faults = read_packages(project)
    assert faults == []
    return list(iter_rows(found))


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
