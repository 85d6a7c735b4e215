"""Names that look alike: which count as one, which do not and are reported (threat T19)."""

from __future__ import annotations

import pytest

from kg.load.build import assemble
from kg.load.lookalikes import oddity
from kg.names import identity
from tests.conftest import MakeProject

EQUAL = [
    ("composed and decomposed", "Qinb\u00e1", "Qinba\u0301"),
    ("composed Hangul", "한", "\u1112\u1161\u11ab"),
    ("full-width letters", "Ｂａｏｊｉ", "Baoji"),
    ("full-width digits", "Ｔ１", "T1"),
    ("full-width bracket", "钛（材）", "钛(材)"),
    ("half-width Katakana", "ﾁﾀﾝ", "チタン"),
    ("Kangxi radical", "⾦", "金"),
    ("compatibility ideograph", "\uf90a", "金"),
    ("ligature", "ﬁeld", "field"),
    ("Roman numeral", "Ⅳ", "IV"),
    ("zero-width space", "Bao\u200bji", "Baoji"),
    ("zero-width joiner", "Bao\u200dji", "Baoji"),
    ("zero-width non-joiner", "Bao\u200cji", "Baoji"),
    ("word joiner", "Bao\u2060ji", "Baoji"),
    ("mark of byte order", "\ufeffBaoji", "Baoji"),
    ("soft hyphen", "Bao\u00adji", "Baoji"),
    ("left-to-right mark", "Baoji\u200e", "Baoji"),
    ("right-to-left mark", "\u200fBaoji", "Baoji"),
    ("right-to-left override", "\u202eBaoji\u202c", "Baoji"),
    ("isolate", "\u2066Baoji\u2069", "Baoji"),
    ("mark between letter and accent", "e\u200b\u0301", "\u00e9"),
    ("variation selector", "宝\ufe00鸡", "宝鸡"),
    ("traditional", "臺灣", "台湾"),
    ("traditional, one letter of many", "寶雞市", "宝鸡市"),
    ("traditional industry", "鈦產業", "钛产业"),
    ("case", "BAOJI", "baoji"),
    ("case beyond ASCII", "STRASSE", "straße"),
    ("spaces around", "  Baoji\t", "Baoji"),
    ("several spaces", "Baoji  City", "Baoji City"),
    ("no-break space", "Baoji\u00a0City", "Baoji City"),
    ("ideographic space", "宝鸡\u3000市", "宝鸡 市"),
    ("line end", "Baoji\nCity", "Baoji City"),
]

DIFFERENT = [
    ("Greek omicron", "Ba\u03bfji", "Baoji"),
    ("Cyrillic a", "B\u0430oji", "Baoji"),
    ("Cyrillic o in a long word", "Xi\u0430nyang", "Xianyang"),
    ("two scripts, Greek capital", "\u0392aoji", "Baoji"),
]

WORDS = [
    ("another word", "Baoji", "Baoding"),
    ("another letter", "汉中", "汉川"),
    ("joined and apart", "Xi an", "Xian"),
    ("accent", "Qinbá", "Qinba"),
    ("hyphen", "Guan-zhong", "Guanzhong"),
    ("digit", "T1", "T2"),
]


def test_forty_pairs_are_judged() -> None:
    assert len(EQUAL) + len(DIFFERENT) + len(WORDS) >= 40


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in EQUAL], ids=[pair[0] for pair in EQUAL])
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert identity(one) == identity(other)


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in DIFFERENT], ids=[pair[0] for pair in DIFFERENT])
def test_a_letter_of_another_script_makes_another_name_and_is_reported(one: str, other: str) -> None:
    assert identity(one) != identity(other)
    assert oddity(one) == "letters of several scripts in one word"
    assert oddity(other) is None


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in WORDS], ids=[pair[0] for pair in WORDS])
def test_two_names(one: str, other: str) -> None:
    assert identity(one) != identity(other)


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        ("Bao\u200bji", "an invisible character"),
        ("Bao\u00adji", "an invisible character"),
        ("宝\ufe00鸡", "an invisible character"),
        ("Baoji\u200e", "a direction mark"),
        ("\u202eBaoji\u202c", "a direction mark"),
        ("\u2067Baoji\u2069", "a direction mark"),
        ("Ｂaoji", "full-width letters or digits"),
        ("Ｔ１", "full-width letters or digits"),
    ],
)
def test_an_odd_spelling_is_reported(name: str, odd: str) -> None:
    assert oddity(name) == odd


@pytest.mark.parametrize(
    "name",
    ["Baoji", "宝鸡", "宝鸡 Baoji", "钛Ti合金", "Xi'an", "Θ", "Москва", "μ-XRF (α phase)", "（钛）", "T1-T2", "é"],
)
def test_an_ordinary_name_is_not_reported(name: str) -> None:
    assert oddity(name) is None


def test_a_build_loads_odd_names_and_reports_them(small_project: MakeProject) -> None:
    table = "key,class,label,aliases\nx,Region,B\u0430oji,plain;Ｂ\n"
    store, _, odd = assemble(small_project({"place": table}, rules=False))
    assert [str(fault) for fault in odd] == [
        "loaders/mine/place.csv:2:label: letters of several scripts in one word in 'B\u0430oji'. "
        "Write it plainly unless it is meant",
        "loaders/mine/place.csv:2:aliases: full-width letters or digits in 'Ｂ'. Write it plainly unless it is meant",
    ]
    assert len(store.select("SELECT * { ?x a <https://w3id.org/iis-kg/ontology#Region> }")) == 1
