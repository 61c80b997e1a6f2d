"""How lines become tables: delimiters, quotes, headers, columns, path separators."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.catalogue.columns import Table, find_columns
from textcat.catalogue.delimited import read_delimited
from textcat.catalogue.paths import find_separator
from textcat.errors import CatalogueError

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[list[str]]:
    lines = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split(" => ") for line in lines if line and not line.startswith("#")]


def shown(table: Table) -> str:
    rows = []
    for row in table.rows(range(len(table.columns))):
        values = ["∅" if value is None else str(value) for value in row.values]
        rows.append("‖".join(values + [f"+{field}" for field in row.surplus]))
    return "⏎".join(rows).replace("\n", "↵")


@pytest.mark.parametrize(("text", "delimiter", "rows"), cases("delimited"))
def test_delimiters_and_quotes_are_found_out(text: str, delimiter: str, rows: str) -> None:
    table = read_delimited(text.replace("⇥", "\t").split("⏎"))
    assert (table.facts["delimiter"].removesuffix(", a name a line"), shown(table)) == (
        delimiter,
        rows,
    )


@pytest.mark.parametrize(("categories", "separator"), cases("separators"))
def test_path_separators_are_found_out(categories: str, separator: str) -> None:
    found = find_separator(categories.split("‖"))
    assert (f'"{found}"' if found else "none") == separator


@pytest.mark.parametrize(("header", "found"), cases("columns"))
def test_columns_are_found_by_the_names_people_give_them(header: str, found: str) -> None:
    table = read_delimited(["\t".join(header.split("‖"))], wanted=header.split("‖"))
    if "none" in found:
        with pytest.raises(CatalogueError, match=f"its columns: {table.columns[0]!r}"):
            find_columns(table)
    else:
        assert "‖".join(table.columns[column] for column in find_columns(table)) == found


def test_lines_are_numbered_as_in_the_file() -> None:
    lines = ["", "name,path", "Чай,Еда", '"Сыр', 'белый",Еда', "", "Мыло,Дом"]
    table = read_delimited(lines)
    assert [row.number for row in table.rows([0])] == [3, 4, 6, 7]
    assert table.joined == [4]


def test_a_tsv_is_cut_at_tabs_however_uneven() -> None:
    table = read_delimited(["Чай\tЕда\tСорт", "Мыло", "Сыр\tЕда"], kind=".tsv")
    assert len(table.columns) == 3


def test_a_comma_cuts_a_text_without_a_header_only_if_it_is_a_csv() -> None:
    lines = ["Кефир,1л", "Молоко,2л"]
    assert len(read_delimited(lines, kind=".csv").columns) == 2
    assert len(read_delimited(lines, kind=".txt").columns) == 1


@pytest.mark.parametrize("delimiter", ["", "||", '"', "\n"])
def test_a_delimiter_that_cannot_be_is_refused(delimiter: str) -> None:
    with pytest.raises(CatalogueError, match="the delimiter must be one character"):
        read_delimited(["Чай||Еда"], delimiter=delimiter)


def test_columns_with_one_title_or_none_get_names_of_their_own() -> None:
    assert read_delimited(["name,,name,name"]).columns == (
        "name",
        "column 2",
        "name (2)",
        "name (3)",
    )


FIELDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)


@given(
    st.lists(st.tuples(FIELDS, FIELDS), min_size=1),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_what_the_csv_module_writes_is_read_back(
    rows: list[tuple[str, str]], delimiter: str, quoting: int
) -> None:
    rows = [(name.replace("\r", " "), path.replace("\r", " ")) for name, path in rows]
    if delimiter == "\t" and quoting == csv.QUOTE_MINIMAL:  # there, a line is a row
        rows = [(name.replace("\n", " "), path.replace("\n", " ")) for name, path in rows]
    rows = [row for row in rows if max(field.count("\n") for field in row) < 10]
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(
        [("name", "path"), *rows]
    )
    lines = file.getvalue().removesuffix("\n").split("\n")
    table = read_delimited(lines)
    assert [row.values for row in table.rows([0, 1])] == rows


@given(st.lists(st.text(st.characters(exclude_characters="\n")), min_size=1))
def test_no_line_is_lost(lines: list[str]) -> None:
    lines = ["name;path", *(line.replace('"', "'") for line in lines)]
    table = read_delimited(lines)
    assert [row.number for row in table.rows([0, 1])] == list(range(2, len(lines) + 1))
