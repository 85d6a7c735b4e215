"""How an input-output table is read, and what is said of one that is wrong."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kg.errors import BadTable, Inconsistent, MissingValues, NotDefined, UnknownName
from kg.measures import technical_coefficients
from kg.measures.files import read
from kg.measures.input_output.table import Layout, read_table
from tests.measures.input_output.tables import germany, two_sectors


def csv(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


def test_a_file_is_read_as_the_frame_that_was_written_to_it(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    two_sectors().to_csv(path, index=False)
    of_file, of_frame = read_table(read(path), Layout()), read_table(two_sectors(), Layout())
    assert of_file.sectors == of_frame.sectors == ("a", "b")
    assert of_file.transactions.tolist() == of_frame.transactions.tolist() == [[150, 500], [200, 100]]
    assert of_file.output.tolist() == [1000, 2000]


def test_columns_may_stand_in_another_order_than_rows() -> None:
    found = read_table(two_sectors()[["output", "b", "sector", "a", "final demand"]], Layout())
    assert found.transactions.tolist() == [[150, 500], [200, 100]]


@pytest.mark.parametrize("left", ["output", "final demand"])
def test_output_is_the_row_and_final_demand_where_it_is_not_given(left: str) -> None:
    assert read_table(two_sectors().drop(columns=left), Layout()).output.tolist() == [1000, 2000]


def test_output_is_total_input_where_nothing_else_says_it() -> None:
    found = read_table(csv("sector,a,b\na,150,500\nb,200,100\ntotal input,1000,2000\n"), Layout())
    assert found.output.tolist() == [1000, 2000]


def test_several_columns_of_final_demand_add_up_and_a_minus_subtracts() -> None:
    table = csv("sector,a,homes,state,imports\na,5,3,4,2\n")
    assert read_table(table, Layout(final="homes; state; -imports")).output.tolist() == [10]


def test_subtotals_are_left_out() -> None:
    table = csv("sector,a,all,output\na,5,5,10\nall,5,5,\n")
    assert read_table(table, Layout(leave_out="all")).transactions.tolist() == [[5]]


def test_a_table_that_adds_up_within_the_tolerance_has_no_warning() -> None:
    """Value added as the rest of output: 1000 - 350 and 2000 - 600."""
    rows = "a,150,500,350,1000\nb,200,100,1700,2000\nvalue added,650,1400,,\ntotal input,1000.5,2000,,\n"
    read_table(csv(f"sector,a,b,final demand,output\n{rows}"), Layout())


def test_rows_that_do_not_add_up_are_named_with_the_difference() -> None:
    table = two_sectors().assign(output=[1010, 2000])
    with pytest.warns(Inconsistent, match=r"rows and final demand do not add up .* in a \(-10\)") as caught:
        assert read_table(table, Layout()).output.tolist() == [1010, 2000]
    assert caught[0].message.rows == ("a (-10)",)  # type: ignore[union-attr]
    read_table(table, Layout(tolerance=0.01))


def test_columns_that_do_not_add_up_are_named_with_the_difference() -> None:
    table = two_sectors()
    table.loc[2] = ["wages", 600, 1400, None, None]
    with pytest.warns(Inconsistent, match=r"columns and value added .* in a \(-50\)"):
        read_table(table, Layout(value_added="wages"))
    table.loc[3] = ["total input", 1000, 2500, None, None]
    with pytest.warns(Inconsistent, match=r"as total input says .* in b \(\+500\)"):
        read_table(table, Layout(leave_out="wages"))


def test_a_table_that_is_not_square_names_what_is_missing_on_each_side() -> None:
    with pytest.raises(BadTable, match=r"not square: column exports has no row; row wages has no column.*final"):
        read_table(csv("sector,a,exports,output\na,5,5,10\nwages,5,0,\n"), Layout())


def test_rows_of_employment_are_no_sectors_until_they_are_named() -> None:
    with pytest.raises(BadTable, match="row wages, employment has no column"):
        read_table(germany(), Layout())
    assert len(read_table(germany(), Layout(leave_out="wages;employment")).sectors) == 6


def test_nothing_that_says_what_output_is() -> None:
    with pytest.raises(BadTable, match=r"nothing says what total output is.*output.*final.*total_input"):
        read_table(csv("sector,a\na,5\n"), Layout())


@pytest.mark.parametrize("option", ["total_output", "final", "value_added", "total_input", "leave_out"])
def test_a_label_that_is_not_there(option: str) -> None:
    with pytest.raises(UnknownName, match=rf"unknown (row|column|row or column): gone\..*{option}"):
        read_table(two_sectors(), Layout(**{option: "gone"}))  # type: ignore[arg-type]


def test_double_labels() -> None:
    with pytest.raises(BadTable, match="row a is there more than once"):
        read_table(csv("sector,a,output\na,5,10\na,5,10\n"), Layout())
    table = two_sectors().set_axis(["sector", "a", "a", "final demand", "output"], axis=1)
    with pytest.raises(BadTable, match="column a is there more than once"):
        read_table(table, Layout())


def test_text_in_a_cell_is_named_with_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("sector,a,output\na,n/a,10\n", encoding="utf-8")
    with pytest.raises(BadTable, match=r"table.csv: row 2, column a: 'n/a' is not a number"):
        read_table(read(path), Layout())


def test_an_infinite_cell() -> None:
    with pytest.raises(BadTable, match="column b is infinite in row 0"):
        read_table(csv("sector,a,b,output\na,1,inf,10\nb,1,1,10\n"), Layout())


@pytest.mark.parametrize("blank", ["", " "])
def test_empty_transactions_count_as_nothing_and_are_named(blank: str) -> None:
    table = csv(f"sector,a,b,output\na,1,{blank},10\nb,1,1,10\n")
    with pytest.warns(MissingValues, match="a to b: counted as 0"):
        assert read_table(table, Layout()).transactions.tolist() == [[1, 0], [1, 1]]


def test_negative_transactions() -> None:
    with pytest.raises(BadTable, match=r"negative transactions from b to a.*final demand"):
        read_table(csv("sector,a,b,output\na,1,0,10\nb,-1,1,10\n"), Layout())


@pytest.mark.parametrize(("cell", "what"), [("-3", "negative"), ("", "empty")])
def test_output_that_is_none(cell: str, what: str) -> None:
    with pytest.raises(BadTable, match=f"total output of a is {what}"):
        read_table(csv(f"sector,a,output\na,1,{cell}\n"), Layout())


def test_a_sector_without_output_is_left_out_and_named() -> None:
    with pytest.warns(NotDefined, match="no output of b") as caught:
        found = technical_coefficients(csv("sector,a,b,output\na,5,0,10\nb,0,0,0\n"))
    assert found.to_numpy().tolist() == [["a", "a", 0.5, 0.5]]
    assert caught[0].message.rows == ("b",)  # type: ignore[union-attr]


def test_a_table_without_any_output() -> None:
    with pytest.raises(BadTable, match="no sector has output"):
        read_table(csv("sector,a,output\na,0,0\n"), Layout())


def test_a_table_without_sectors() -> None:
    with pytest.raises(BadTable, match="there are no sectors"):
        read_table(csv("sector,output\n"), Layout())


def test_further_rows_and_columns_are_kept() -> None:
    found = read_table(germany(), Layout(value_added="wages", leave_out="employment", tolerance=1))
    assert found.row("wages")[0] == 9382
    assert found.column("final demand")[0] == 15219
    assert np.isfinite(found.row("wages")).all()
