"""Rows against the document that they were taken from: anchors, numbers, names, and the ledger of paragraphs."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest

from kg.errors import Fault, UseError
from kg.load.package import Package, read_packages
from kg.load.resolve import Names
from kg.load.verify import REACH, Verified, verify, write_ledgers
from tests.conftest import MakeProject
from tests.support import PREFIXES

TEXT = """The Area

The area of Qinba is 28 km². Two  rivers
meet here, and thirty-four towns of the 13th plan lie on them.

The end. The end. In May 2019 the Han–Dan line cost 1,200 yuan.
"""
LEDGER = """paragraph,section,begins,facts,reason
1,title,The Area,0,heading
2,1,The area of Qinba is,{facts},
3,2,The end. The end.,0,rhetoric
"""
ANCHOR = "28 km²"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    return folder


class Check:
    """Verifies a package of tables against the document."""

    def __init__(self, small_project: MakeProject, documents: Path) -> None:
        self.make, self.documents = small_project, documents

    def packages(self, tables: dict[str, str], **descriptor: object) -> list[Package]:
        digest = hashlib.sha256(TEXT.encode()).hexdigest()
        given = {"reference": False, "sha256": digest, **descriptor}
        packages, faults = read_packages(self.make(dict(tables), **given))
        assert faults == []
        return packages

    def run(self, tables: dict[str, str], **descriptor: object) -> tuple[list[Verified], list[Fault]]:
        return verify(self.packages(tables, **descriptor), self.documents, Names(PREFIXES))

    def faults(self, table: str, row: str, header: str, facts: int = 1, section: str = "1") -> list[str]:
        """The faults of one row of a table that stands in paragraph 2."""
        text = f"{header},section,anchor\n{row},{section},{ANCHOR}\n"
        tables = {table: text, "coverage": LEDGER.format(facts=facts)}
        return [str(fault) for fault in self.run(tables)[1]]


@pytest.fixture
def check(small_project: MakeProject, documents: Path) -> Check:
    return Check(small_project, documents)


def place(*anchors: str) -> str:
    lines = "".join(f"p{i},Region,Qinba,1,{anchor}\n" for i, anchor in enumerate(anchors))
    return "key,class,label,section,anchor\n" + lines


def test_what_stands_in_the_document_is_good(check: Check) -> None:
    tables = {"place": place(ANCHOR, "Two rivers meet", ANCHOR), "coverage": LEDGER.format(facts=3)}
    assert check.run(tables) == ([Verified("mine", 3, 2, 3, 3, 1, "one.txt")], [])


@pytest.mark.parametrize(("anchor", "times"), [("three rivers", 0), ("The end", 2), ("the area", 0)])
def test_an_anchor_that_does_not_stand_once_is_a_fault(check: Check, anchor: str, times: int) -> None:
    _done, (fault,) = check.run({"place": place(ANCHOR, anchor), "coverage": LEDGER.format(facts=1)})
    assert str(fault) == (
        f"loaders/mine/place.csv:3:anchor: found {times} times in one.txt: {anchor}. "
        "Use words that stand there exactly once"
    )


def test_a_document_that_was_changed_is_a_fault(check: Check, documents: Path) -> None:
    (documents / "one.txt").write_text(TEXT + " ", encoding="utf-8")
    _done, (fault,) = check.run({"place": place(ANCHOR)})
    assert (fault.file, fault.column) == ("loaders/mine/datapackage.json", "sha256")
    assert "no text with" in fault.what


def test_a_reference_has_no_text(check: Check) -> None:
    assert check.run({"place": "key,class,label\np,Region,Nowhere\n"}, reference=True, sha256=None) == ([], [])


def test_a_source_that_does_not_say_which_text_was_read_is_a_fault(check: Check) -> None:
    done, (fault,) = check.run({"place": place(ANCHOR)}, sha256=None)
    assert done == [Verified("mine", 0, 0, 0, 0, 0, None)]
    assert str(fault) == (
        "loaders/mine/datapackage.json:1:sha256: the source does not say which text was read. "
        "Give the SHA-256 of the text"
    )


def test_another_text_that_is_not_utf_8_does_not_matter(check: Check, documents: Path) -> None:
    (documents / "other.txt").write_bytes(b"\xff\xfe\x00")
    assert check.faults("place", "p,Region,Qinba", "key,class,label") == []


@pytest.mark.parametrize("make", [False, True], ids=["no folder", "no text in it"])
def test_a_folder_without_documents_is_refused(check: Check, tmp_path: Path, make: bool) -> None:
    check.documents = tmp_path / "nothing"
    if make:
        check.documents.mkdir()
    with pytest.raises(UseError, match="Give the folder that holds the documents as text"):
        check.run({"place": place(ANCHOR)})


@pytest.mark.parametrize(
    "said",
    ["28", "The 34 towns", "in the 13th plan", "the 1,200 yuan of May 2019", "2 rivers", "no number"],
)
def test_a_number_near_the_anchor_is_good(check: Check, said: str) -> None:
    assert check.faults("place", f'p,Region,Qinba,"{said}"', "key,class,label,remark") == []


@pytest.mark.parametrize(("said", "missing"), [("29 km", "29"), ("28.5", "28.5"), ("in 2018 or 2019", "2018")])
def test_a_number_that_is_not_near_the_anchor_is_a_fault(check: Check, said: str, missing: str) -> None:
    (fault,) = check.faults("place", f"p,Region,Qinba,{said}", "key,class,label,remark")
    assert fault == (
        f"loaders/mine/place.csv:2:remark: {missing} does not stand within {REACH} characters of the anchor. "
        "Correct it, or say in computed or normalised how it came about, with the number"
    )


def test_a_number_too_far_from_the_anchor_is_a_fault(check: Check, documents: Path) -> None:
    far = TEXT + "far " * (REACH // 4) + "77\n"
    (documents / "one.txt").write_text(far, encoding="utf-8")
    tables = {
        "place": f"key,class,label,remark,section,anchor\np,Region,Qinba,77,1,{ANCHOR}\n",
        "coverage": LEDGER.format(facts=1),
    }
    _done, (fault,) = check.run(tables, sha256=hashlib.sha256(far.encode()).hexdigest())
    assert "77 does not stand within" in str(fault)


@pytest.mark.parametrize("column", ["computed", "normalised"])
def test_a_number_that_says_how_it_came_about_is_good(check: Check, column: str) -> None:
    header = f"key,class,label,remark,{column}"
    assert check.faults("place", "p,Region,Qinba,56 km,2 times 28 is 56", header) == []
    assert len(check.faults("place", "p,Region,Qinba,57 km,2 times 28 is 56", header)) == 1


def test_numbers_that_are_ours_are_not_looked_for(check: Check) -> None:
    assert check.faults("place", "p-99,Region,Qinba,610300,99.5,77", "key,class,label,code,longitude,tier") == []


def test_values_and_periods_are_looked_for(check: Check) -> None:
    header = "subject,measure,value,unit,comparator,period"
    measure = {"measure": "key,label\narea,Area\n"}
    row = "place:qinba,area,28,one,exact,2019-05"
    assert _observed(check, header, row, measure) == []
    (fault,) = _observed(check, header, row.replace("28", "31").replace("2019-05", "2019-06"), measure)[:1]
    assert ":value: 31 does not stand" in fault
    assert any(":period: 6 does not stand" in fault for fault in _observed(check, header, row[:-1] + "6", measure))


def _observed(check: Check, header: str, row: str, others: dict[str, str]) -> list[str]:
    others = {name: _with_evidence(text) for name, text in others.items()}
    tables = {
        "observation": f"{header},section,anchor\n{row},1,{ANCHOR}\n",
        "place": place(ANCHOR).replace("p0", "qinba"),
        "coverage": LEDGER.format(facts=3),
        **others,
    }
    return [str(fault) for fault in check.run(tables)[1]]


def _with_evidence(text: str) -> str:
    head, *rows = text.splitlines()
    return "\n".join([f"{head},section,anchor", *(f"{row},1,{ANCHOR}" for row in rows)]) + "\n"


@pytest.mark.parametrize("name", ["Qinba", "qinba", "Han-Dan", "the End.", "rivers meet"])
def test_a_name_near_the_anchor_is_good(check: Check, name: str) -> None:
    assert check.faults("place", f"p,Region,{name}", "key,class,label") == []


def test_an_alias_or_a_quoted_name_will_do(check: Check) -> None:
    assert check.faults("place", "p,Region,Daba,Qinba;Qin", "key,class,label,aliases") == []
    row = 'p,Region,Daba Mountains,"the document says Daba Mountains as ""Qinba"""'
    assert check.faults("place", row, "key,class,label,normalised") == []


@pytest.mark.parametrize("name", ["Qin", "inba", "Daba"])
def test_a_name_that_does_not_stand_there_is_a_fault(check: Check, name: str) -> None:
    (fault,) = check.faults("place", f"p,Region,{name}", "key,class,label")
    assert fault == (
        f"loaders/mine/place.csv:2:label: none of its names stands within {REACH} characters of the anchor. "
        "Use another anchor or an alias, or quote the name in normalised"
    )


def test_labels_of_ours_are_not_looked_for(check: Check) -> None:
    assert check.faults("problem", "p,Nobody goes there,place:qinba", "key,label,afflicts") == []


def test_a_thing_referred_to_must_be_named_somewhere(check: Check) -> None:
    other = "key,class,label,section,anchor,normalised\ndaba,Region,Daba,1,28 km²,Daba\nqinba,Region,Qinba,1,28 km²,\n"
    tables = {
        "place": other,
        "relation": f"subject,relation,object,section,anchor\nplace:qinba,borders,place:daba,1,{ANCHOR}\n",
        "coverage": LEDGER.format(facts=3),
    }
    _done, (fault,) = check.run(tables)
    assert str(fault) == (
        "loaders/mine/relation.csv:2:object: no name of place:daba stands in the document. "
        "Correct it, add an alias, or quote the name in normalised"
    )


def test_a_source_without_a_ledger_is_told_how_to_get_one(check: Check) -> None:
    _done, (fault,) = check.run({"place": place(ANCHOR)})
    assert str(fault) == (
        "loaders/mine/coverage.csv:0:: the source has no ledger of its paragraphs. "
        "Run kg verify with --write-coverage, list it in datapackage.json, and give reasons"
    )


def ledger_faults(check: Check, ledger: str) -> list[str]:
    return [str(fault) for fault in check.run({"place": place(ANCHOR), "coverage": ledger})[1]]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("3,2,The end. The end.,0,rhetoric\n", "", ":1:paragraph: paragraph 3 has no line: The end. The end. In ..."),
        ("0,rhetoric", "0,", ":4:reason: nothing was taken from paragraph 3. Say why"),
        ("is,1,", "is,2,", ":3:facts: 1 rows have their anchor in paragraph 2, not 2. Count again"),
        ("The area of", "The acre of", ":3:begins: paragraph 2 begins: The area of Qinba is. Write that"),
        ("rhetoric\n", "rhetoric\n9,2,More,0,x\n", ":5:paragraph: there is no paragraph 9. Take the line out"),
    ],
)
def test_a_ledger_that_is_not_right_is_a_fault(check: Check, old: str, new: str, fault: str) -> None:
    (found,) = ledger_faults(check, LEDGER.format(facts=1).replace(old, new))
    assert found.startswith("loaders/mine/coverage.csv" + fault)


def test_a_row_stands_in_the_section_of_its_paragraph(check: Check) -> None:
    (fault,) = ledger_faults(check, LEDGER.format(facts=1).replace("2,1,", "2,1.1,"))
    assert fault == (
        "loaders/mine/place.csv:2:section: the anchor stands in paragraph 2, section 1.1, not 1. "
        "Write the same section in both"
    )


def test_a_ledger_can_be_written_anew(check: Check) -> None:
    """Counts and first words are taken anew; sections and reasons that stand there are kept."""
    wrong = "paragraph,section,begins,facts,reason\n1,head,Wrong,7,heading\n"
    packages = check.packages({"place": place(ANCHOR), "coverage": wrong})
    (path,) = write_ledgers(packages, check.documents)
    assert path.read_text(encoding="utf-8") == (
        "paragraph,section,begins,facts,reason\n"
        "1,head,The Area,0,heading\n"
        "2,1,The area of Qinba is,1,\n"
        "3,1,The end. The end. In,0,\n"
    )


@pytest.mark.parametrize("said", ["200", "3 march"])
def test_a_part_of_a_number_or_another_word_is_no_number(check: Check, documents: Path, said: str) -> None:
    """1,200 does not say 200, and `march` in lower case is no month."""
    text = TEXT + "\nThey march on.\n"
    (documents / "one.txt").write_text(text, encoding="utf-8")
    tables = {
        "place": f'key,class,label,remark,section,anchor\np,Region,Qinba,"{said}",1,{ANCHOR}\n',
        "coverage": LEDGER.format(facts=1) + "4,2,They march on.,0,rhetoric\n",
    }
    (fault,) = check.run(tables, sha256=hashlib.sha256(text.encode()).hexdigest())[1]
    assert "does not stand within" in str(fault)


def test_a_name_of_marks_alone_stands_nowhere(check: Check) -> None:
    (fault,) = check.faults("place", "p,Region,Atlantis,-", "key,class,label,aliases")
    assert "none of its names stands" in fault


def test_normalised_quotes_whole_words(check: Check) -> None:
    (fault,) = check.faults("place", "p,Region,Daba,Dabaxx", "key,class,label,normalised")
    assert "none of its names stands" in fault


def test_anchors_that_overlap_are_counted_each(check: Check, documents: Path) -> None:
    text = TEXT + "\nha ha ha\n"
    (documents / "one.txt").write_text(text, encoding="utf-8")
    _done, faults = check.run({"place": place("ha ha")}, sha256=hashlib.sha256(text.encode()).hexdigest())
    assert any("found 2 times" in str(fault) for fault in faults)


def test_a_text_in_decomposed_form_is_read(check: Check, documents: Path) -> None:
    text = unicodedata.normalize("NFD", TEXT.replace("Qinba", "Qínba"))
    (documents / "one.txt").write_text(text, encoding="utf-8")
    tables = {
        "place": f"key,class,label,section,anchor\np,Region,Qínba,1,{ANCHOR}\n",
        "coverage": LEDGER.format(facts=1).replace("Qinba", "Qínba"),
    }
    assert check.run(tables, sha256=hashlib.sha256(text.encode()).hexdigest())[1] == []


def test_a_number_in_a_long_text_without_spaces_is_near(check: Check, documents: Path) -> None:
    text = "山" * 300 + "秦巴山区面积" + "水" * 10 + "500平方千米" + "河" * 900 + "\n"
    (documents / "one.txt").write_text(text, encoding="utf-8")
    tables = {
        "place": "key,class,label,remark,section,anchor\np,Region,秦巴山区面积,500,1,秦巴山区面积\n",
        "coverage": f"paragraph,section,begins,facts,reason\n1,1,{'山' * 80},1,\n",
    }
    _done, faults = check.run(tables, sha256=hashlib.sha256(text.encode()).hexdigest())
    assert [str(fault) for fault in faults] == []


def test_a_paragraph_has_one_line(check: Check) -> None:
    (fault,) = ledger_faults(check, LEDGER.format(facts=1) + "03,2,The end.,0,again\n")
    assert "paragraph 3 stands in loaders/mine/coverage.csv:4 already. Keep one of the two" in fault


def test_a_table_that_is_no_ledger_is_not_overwritten(check: Check) -> None:
    packages = check.packages({"place": place(ANCHOR)})
    (packages[0].folder / "coverage.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UseError, match="was not read as the one ledger"):
        list(write_ledgers(packages, check.documents))
    assert (packages[0].folder / "coverage.csv").read_text(encoding="utf-8") == "mine"


def test_a_folder_named_like_a_text_is_no_text(check: Check, documents: Path) -> None:
    (documents / "notes.txt").mkdir()
    assert check.faults("place", "p,Region,Qinba", "key,class,label") == []
