"""`kg measure` as typed: every format, a question for a table, pictures, observations, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from kg.api import Graph
from kg.measures import FAMILIES, catalogue
from tests.conftest import RunKg

TABLE = "city,sector,output\n宝鸡,titanium,3\n宝鸡,tea,1\nYichang,titanium,1\nYichang,tea,3\nNowhere,tea,0\n"
QUESTION = """
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?place ?industry ?value WHERE {
  ?observation a iis:Observation ; iis:subject ?of ; iis:inIndustry ?in ; iis:value ?value ; iis:measure ?measure .
  ?measure rdfs:label "Location quotient"@en .
  ?in rdfs:label ?industry . FILTER(LANG(?industry) = "en")
  ?of rdfs:label ?place . FILTER(LANG(?place) = "en")
  FILTER(?in = <https://w3id.org/iis-kg/id/industry/titanium>)
} ORDER BY ?place
"""
OPTIONS = ("--region", "city", "--industry", "sector", "--value", "output")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "outputs.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_list_has_every_measure_with_formula_and_reference(kg: RunKg) -> None:
    ran = kg("measure", "--list")
    assert ran.code == 0
    for title in FAMILIES.values():
        assert f"\n{title}\n" in ran.out
    for name, measure in catalogue().items():
        assert f"  {name}\n" in ran.out and measure.plain in ran.out and measure.references[0] in ran.out
    assert kg("measure").out == ran.out


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_measure_has_help(name: str, kg: RunKg) -> None:
    ran = kg("measure", name, "--help")
    assert ran.code == 0 and "TABLE" in ran.out and "--format" in ran.out


def test_table_says_what_is_not_defined(table: Path, kg: RunKg) -> None:
    """Of the 8 in all, 4 are titanium: 3 of 4 in the first city against 4 of 8 is 1.5."""
    ran = kg("measure", "location-quotient", table, *OPTIONS)
    assert ran.code == 0 and ran.err == ""
    assert "note: NotDefined: no value for Nowhere and titanium, Nowhere and tea" in ran.out
    assert " 宝鸡      titanium   1.5 " in ran.out and "Formula: LQ = " in ran.out


def test_table_says_which_convention_was_computed_even_the_usual_one(table: Path, kg: RunKg) -> None:
    for asked, said in ((), "pooled"), (("--reference", "rest"), "rest"):
        ran = kg("measure", "krugman-specialisation", table, *OPTIONS, *asked)
        assert f". Options: reference {said}." in ran.out


def test_long_table_says_where_all_of_it_is(tmp_path: Path, kg: RunKg) -> None:
    rows = "".join(f"r{n},a,{n + 1}\nr{n},b,1\n" for n in range(30))
    (tmp_path / "long.csv").write_text(f"region,industry,value\n{rows}")
    assert "in full: --format csv, json, md or xlsx" in kg("measure", "location-quotient", tmp_path / "long.csv").out


def test_column_to_draw_needs_a_picture_and_is_a_column_of_the_answer(tmp_path: Path, table: Path, kg: RunKg) -> None:
    ran = kg("measure", "gini", table, *OPTIONS, "--draw", "gini")
    assert ran.code == 2 and ran.err == "kg: --draw says what the picture shows. Name its file with --picture\n"
    ran = kg("measure", "gini", table, *OPTIONS, "--picture", tmp_path / "a.svg", "--draw", "ginni")
    assert ran.code == 2 and "unknown column: ginni. Did you mean gini?" in ran.err


def test_csv_keeps_notes_apart(table: Path, kg: RunKg) -> None:
    ran = kg("measure", "location-quotient", table, *OPTIONS, "-f", "csv")
    assert ran.out.splitlines()[:2] == ["region,industry,location_quotient", "宝鸡,titanium,1.5"]
    assert ran.err.startswith("note: NotDefined: ")


def test_json_names_formula_convention_reference_units_and_options(table: Path, kg: RunKg) -> None:
    told = json.loads(kg("measure", "location-quotient", table, *OPTIONS, "-f", "json").out)
    assert told["measure"] == "location-quotient" and told["units"] == {"location_quotient": "1"}
    assert told["formula"] and told["convention"] and "Balassa" in " ".join(told["references"])
    assert told["options"] == {"table": "outputs.csv", "region": "city", "industry": "sector", "value": "output"}
    assert told["rows"][0] == {"region": "宝鸡", "industry": "titanium", "location_quotient": 1.5}
    assert told["rows"][4]["location_quotient"] is None


def test_files_in_other_formats(table: Path, tmp_path: Path, kg: RunKg) -> None:
    book, text = tmp_path / "lq.xlsx", tmp_path / "lq.md"
    assert kg("measure", "location-quotient", table, *OPTIONS, "-f", "xlsx", "-o", book).code == 0
    assert pd.read_excel(book, header=1)["location_quotient"].tolist()[:2] == [1.5, 0.5]
    assert kg("measure", "location-quotient", table, *OPTIONS, "-f", "md", "-o", text).code == 0
    assert "| 宝鸡 | titanium | 1.5 |" in text.read_text(encoding="utf-8")


def test_parquet_gives_the_same(table: Path, tmp_path: Path, kg: RunKg) -> None:
    pytest.importorskip("pyarrow")
    parquet = tmp_path / "outputs.parquet"
    pd.read_csv(table).to_parquet(parquet)
    asked = [kg("measure", "location-quotient", path, *OPTIONS, "-f", "csv").out for path in (table, parquet)]
    assert asked[0] == asked[1]


@pytest.mark.usefixtures("graph")
def test_answer_of_a_question_is_a_table(kg: RunKg) -> None:
    ran = kg("measure", "location-quotient", "ask:outputs-by-industry", "--region", "place_label", "--industry",
             "industry_label", "-f", "csv")  # fmt: skip
    assert ran.code == 0 and ran.out.startswith("region,industry,location_quotient\n")
    assert kg("measure", "location-quotient", "ask:outputs-by-industri").err.startswith("kg: unknown query")
    assert "Write ask:NAME?parameter=value" in kg("measure", "location-quotient", "ask:x?y").err


def test_observations_are_figures_of_things_of_the_graph(graph: Graph, table: Path, tmp_path: Path, kg: RunKg) -> None:
    """The first city and titanium are things of the graph, found by a Chinese and an English name."""
    path = tmp_path / "lq.ttl"
    ran = kg("measure", "location-quotient", table, *OPTIONS, "--observations", path, "-f", "csv")
    assert ran.code == 0 and "4 observations" in ran.err
    copy = graph.store.in_memory()
    copy.update(f"INSERT DATA {{ {_triples(path)} }}")
    found = copy.select(QUESTION)
    assert [(row["place"], row["industry"], float(str(row["value"]))) for row in found] == [
        ("Baoji", "Titanium", 1.5),
        ("Yichang", "Titanium", 0.5),
    ]
    said = path.read_text(encoding="utf-8")
    assert 'iis:computation "location-quotient table=outputs.csv region=city industry=sector value=output"' in said
    assert "iis:inIndustry industry:titanium" in said and "doi:10.1111/j.1467-9957.1965.tb00050.x" in said
    assert "@prefix place:" in said and "RegionalIndustry" not in said


def _triples(path: Path) -> str:
    import rdflib

    return rdflib.Graph().parse(path).serialize(format="nt")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("location-quotent", "x.csv"), "unknown measure: location-quotent. Did you mean location-quotient"),
        (("location-quotient", "nowhere.csv"), "nowhere.csv: no such file"),
        (("location-quotient", "TABLE"), "unknown column: region. There are: city, sector, output. Name one by the"),
        (("location-quotient", "TABLE", *OPTIONS, "-f", "pdf"), "unknown format: pdf"),
        (("location-quotient", "TABLE", *OPTIONS, "--picture", "x.png"), "x.png: pictures are SVG"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(arguments: tuple[str, ...], message: str, table: Path, kg: RunKg) -> None:
    ran = kg("measure", *[str(table) if argument == "TABLE" else argument for argument in arguments])
    assert ran.code == 2 and ran.out == ""
    assert ran.err.startswith(f"kg: {message}") or message in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("region,industry,value\n".encode("utf-16"), "the text is not UTF-8"),
        ("region,industry,value\nZürich,x,1\n".encode("latin-1"), "the text is not UTF-8. Save it as CSV in UTF-8"),
        (b"PK\x03\x04\x14\x00", "a workbook of Excel, or another packed file. Save the sheet as CSV in UTF-8"),
    ],
)
def test_files_that_are_no_text_in_utf8_are_refused(raw: bytes, message: str, tmp_path: Path, kg: RunKg) -> None:
    (tmp_path / "bad.csv").write_bytes(raw)
    ran = kg("measure", "location-quotient", tmp_path / "bad.csv")
    assert ran.code == 1 and message in ran.err and ran.err.count("\n") == 1


def test_numbers_beyond_a_decimal_of_the_store_are_refused(tmp_path: Path, kg: RunKg) -> None:
    (tmp_path / "large.csv").write_text("region,value\na,3e20\nb,1e19\n", encoding="utf-8")
    ran = kg("measure", "gradient", tmp_path / "large.csv", "--observations", tmp_path / "o.ttl", "-f", "csv")
    assert ran.code == 2 and "Gradient: difference of a and b is 2.9e+20: an observation is below 1e+20" in ran.err
    assert not (tmp_path / "o.ttl").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("region,industry,value\na,x,1.5e\n", "row 2, column value: '1.5e' is not a number"),
        ('region,industry,value\na,x,"1,200"\n', "'1,200' is not a number. Write digits with a point"),
        ("region,industry,value\na,x,-1\n", "column value is negative in row 2"),
        ("region,industry,value\na,x,inf\n", "column value is infinite in row 2"),
        ("region,industry,value\n,x,1\n", "column region is empty in row 2"),
        ("region,industry,value\na,x,1\nb,y,1\na,x,2\n", "a and x has several values (rows 2, 4)"),
        ("region,industry,value\na,x,\n", "there are no rows with a value"),
        ("region,industry,value\n", "there are no rows with a value"),
        ("region,industry,value,value\na,x,1,2\n", "value is there 2 times"),
        ("", "the file is empty. Start with a header"),
        ("\n\nregion,industry,value\na,x,1\n", "the first line is empty. Start with a header"),
        ("region;industry;value\na;x;1,5\n", "cells are separated by semicolons. Save it with commas"),
        ("region\tindustry\tvalue\na\tx\t1\n", "cells are separated by tabs. Save it with commas"),
        ("Employment\n\nregion,industry,value\n", "cannot be read (Expected 1 fields in line 3, saw 3)"),
        ("region,industry,value\na,x,1e61\n", "column value is beyond 1e+60 in row 2. Give it in a larger unit"),
        ("region,industry,value\na,x,1e-61\n", "column value is nearer to 0 than 1e-60 in row 2. Give it in a smaller"),
        ("region,industry,value\na,x,1\n'a\n',x,1\n".replace("'", '"'), "a and x has several values (rows 2, 3)"),
    ],
)
def test_bad_tables_are_refused_with_file_and_row(text: str, message: str, tmp_path: Path, kg: RunKg) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    ran = kg("measure", "location-quotient", path)
    assert ran.code == 1 and ran.out == ""
    assert "bad.csv: " in ran.err and message in ran.err
