"""What a user calls a thing, and thirty ways of calling it something that it is not (threat T12)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from kg.api import Graph
from kg.errors import BadParameter, TimedOut, UnknownName
from kg.load.build import assemble
from kg.query.header import Parameter
from kg.query.lookup import Lookup
from kg.store.answers import IRI, Solutions
from tests.support import PREFIXES, make_project

PLACES = "key,class,label,label_zh,aliases,code,within\n"
PLACES += "china,Country,China,中国,PRC,100000,\nshaanxi,Province,Shaanxi,陕西,Shensi,610000,china\n"
PLACES += 'baoji,City,Baoji,宝鸡,,610300,shaanxi\nqishan,County,Qishan,岐山,"Qishan, Baoji",,baoji\n'
PLACES += "qishan-town,Town,Qishan,,,,china\n"
INDUSTRIES = "key,label\ntitanium,Titanium\nbaoji,Baoji industries\n"

PAYLOADS = [
    *('"', "'", '""', "'''", '"""', "\\", '\\"', "\\u0022", "\\U00000022 }", "\n", "\r\n", "\t", "\x00", "\x1b[31m"),
    *(
        "}",
        "{",
        "} } #",
        "#",
        "<",
        ">",
        "> . ?s ?p ?o . <urn:x",
        "|",
        "^",
        "`",
        ";",
        "?x",
        "$x",
        "UNDEF",
        "*",
        "%s%n",
        "%zz",
    ),
    *("place:baoji } VALUES ?x { 1", "place:a>b", "place:a b", "place:", ":", "place:baoji\n", "<urn:x>", "_:b"),
    *(
        "http://x/{y}",
        "http://x/\ny",
        "http://x/>",
        "http://[",
        "http://a:b/",
        "http://x/%zz",
        "https://w3id.org/iis-kg/id/",
    ),
    *(
        '" } ; DROP ALL ; SELECT * { "',
        "'; DELETE WHERE { ?s ?p ?o } #",
        "\n  VALUES ?thing { place:baoji }\n",
        "a" * 5000,
    ),
    *(
        "\u202e",
        "\u200b",
        "\ufeff",
        "\udcff",
        "宝鸡\udcff",
        "../../etc/passwd",
        "",
        " ",
        ",",
        ",,",
        "=1+1",
        "null",
        "1e5000",
    ),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    project = make_project(tmp_path_factory.mktemp("lookup"), {"place": PLACES, "industry": INDUSTRIES})
    return Graph(assemble(project)[0], project)


def iri(curie: str) -> str:
    found = PREFIXES.expand(curie)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "name",
    [
        *(
            "baoji",
            "Baoji",
            " BAOJI ",
            "宝鸡",
            "寶雞",
            "610300",
            "place:baoji",
            "https://w3id.org/iis-kg/id/place/baoji",
        ),
        *("Ｂaoji", "Bao\u200bji"),
    ],
)
def test_a_thing_is_found_by_key_label_code_or_iri(small: Graph, name: str) -> None:
    assert small.lookup.thing(name, ("place",)) == iri("place:baoji")


def test_the_kind_tells_two_things_of_one_key_apart(small: Graph) -> None:
    assert small.lookup.thing("baoji", ("industry",)) == iri("industry:baoji")


def test_a_thing_of_another_kind_is_not_found(small: Graph) -> None:
    with pytest.raises(UnknownName, match=r"unknown industry: place:baoji"):
        small.lookup.thing("place:baoji", ("industry",))


def test_an_unknown_city_comes_with_the_nearest_names(small: Graph) -> None:
    with pytest.raises(UnknownName) as raised:
        small.lookup.thing("Boaji", ("place",))
    assert str(raised.value) == "unknown place: Boaji. Did you mean baoji? `kg ask names-of-things` lists all names"


def test_an_ambiguous_name_is_refused_with_the_keys(small: Graph) -> None:
    with pytest.raises(BadParameter) as raised:
        small.lookup.thing("Qishan")
    assert str(raised.value) == "Qishan is ambiguous. Say place:qishan or place:qishan-town"


def test_a_key_goes_before_a_label(small: Graph) -> None:
    assert small.lookup.thing("qishan", ("place",)) == iri("place:qishan")


def parameter(kind: str) -> Parameter:
    return Parameter("x", kind, "what it is")


def test_several_names_are_separated_by_commas(small: Graph) -> None:
    assert small.lookup.values(parameter("place"), "baoji, China") == [iri("place:baoji"), iri("place:china")]


def test_a_name_with_a_comma_is_one_name(small: Graph) -> None:
    assert small.lookup.values(parameter("place"), "Qishan, Baoji") == [iri("place:qishan")]


def test_names_may_be_a_list(small: Graph) -> None:
    assert small.lookup.values(parameter("place"), ["baoji"]) == [iri("place:baoji")]


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("integer", "12", 12),
        ("integer", 12, 12),
        ("integer", "12.0", 12),
        ("integer", "-3", -3),
        ("number", "1.50", Decimal("1.50")),
        ("number", "1e3", Decimal(1000)),
        ("number", 2, Decimal(2)),
        ("string", "a, b", "a, b"),
        ("string", 5, "5"),
    ],
)
def test_plain_values(small: Graph, kind: str, given: str | int, value: object) -> None:
    assert small.lookup.values(parameter(kind), given) == [value]


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        *(
            ("integer", text)
            for text in ("", "x", "1.5", "12亿", "1,200", "NaN", "inf", "1e5000", "1e18", "9" * 5000, "0x1")
        ),
        *(("number", text) for text in ("", "x", "1,5", "NaN", "-inf", "1e5000", "1e-5000", "1e999999999", "sNaN")),
        *(("place", number) for number in (5, 1.5, True, None)),
    ],
)
def test_a_value_of_another_type_is_refused(small: Graph, kind: str, given: Any) -> None:
    with pytest.raises(BadParameter, match=r"^x=.*: not a .+\. Give what it is$"):
        small.lookup.values(parameter(kind), given)


def test_names_are_asked_for_again_after_a_query_that_was_ended(small: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    lookup, select = Lookup(small.store, small.queries, small.prefixes), small.store.select

    def ended(_text: str) -> Solutions:
        raise TimedOut("the query ran too long")

    monkeypatch.setattr(small.store, "select", ended)
    with pytest.raises(TimedOut):
        lookup.thing("Shaanxii")
    monkeypatch.setattr(small.store, "select", select)
    with pytest.raises(UnknownName) as unknown:
        lookup.thing("Shaanxii")
    assert "shaanxi" in unknown.value.near


def test_a_name_of_a_megabyte_is_compared_with_none(small: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("identity", "is_iri"):
        monkeypatch.setattr(f"kg.query.lookup.{name}", lambda _name: pytest.fail("it was looked at"))
    for prefix in ("", "https://example.org/", "place:"):
        with pytest.raises(UnknownName, match=r"^unknown thing: .{,80}…\. `kg ask names-of-things`"):
            small.lookup.thing(prefix + "x" * 2**20)


@pytest.fixture
def unchanged(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graph]:
    """The whole graph, which holds the same afterwards; nearest names take time and are tested elsewhere."""
    monkeypatch.setattr("kg.errors.nearest", lambda *_: [])
    before = len(graph.store)
    yield graph
    assert len(graph.store) == before
    assert graph.sparql("ASK { place:baoji iis:within place:shaanxi }") is True


def test_there_are_thirty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 30


def test_a_payload_as_a_parameter_is_an_unknown_name_or_a_bad_parameter(unchanged: Graph) -> None:
    """Through `ask`, in one question for each type of parameter that there is."""
    asked: dict[str, tuple[str, str]] = {}
    for name, query in unchanged.queries.items():
        for each in query.header.parameters:
            if all(other is each or not other.required for other in query.header.parameters):
                asked.setdefault(each.type, (name, each.name))
    assert len(asked) >= 8
    for kind, (name, given) in asked.items():
        for payload in PAYLOADS:
            try:
                rows = unchanged.ask(name, **{given: payload})
            except (UnknownName, BadParameter):
                continue
            assert kind == "string" or payload == "place:baoji\n", (kind, payload, rows)


def test_a_payload_as_a_term_is_never_syntax(unchanged: Graph) -> None:
    """Through every parameter of every question: as if asked for as many things of which nothing is known."""
    payloads = [payload for payload in PAYLOADS if "\udcff" not in payload]
    nothings = [IRI(f"urn:nothing:{number}") for number, _ in enumerate(payloads)]
    tried = 0
    for query in unchanged.queries.values():
        given: dict[str, list[Any]] = {each.name: nothings[:1] for each in query.header.parameters if each.required}
        for each in query.header.parameters:
            if each.type != "string":
                expected = unchanged.store.select(query.bound({**given, each.name: nothings}))
                found = unchanged.store.select(query.bound({**given, each.name: payloads}))
                assert len(found) == len(expected), (query.name, each.name)
                tried += 1
    assert tried > 30
