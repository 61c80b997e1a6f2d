"""How workbooks become tables: sheets, headers, merged cells, values, formats."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from made_workbooks import (
    PRICES,
    all_rows,
    left_out,
    ods,
    opened,
    read,
    with_sheet_xml,
    with_strings,
    xlsb,
    xlsx,
)

from textcat.catalogue import read_catalogue
from textcat.errors import CatalogueError


def sheet_xml(inside: str) -> bytes:
    """A workbook whose sheet has these rows as XML."""
    data = f"<sheetData>{inside}</sheetData>"
    return with_sheet_xml(
        xlsx(PRICES), lambda xml: re.sub("<sheetData>.*</sheetData>", data, xml, flags=re.S)
    )


def text_cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_workbook_is_a_catalogue(tmp_path: Path) -> None:
    file = tmp_path / "prices.xlsx"
    file.write_bytes(xlsx(PRICES))
    catalogue = read_catalogue(file)
    assert (catalogue.names, catalogue.paths, catalogue.rows) == (
        ["Улун 100 г"],
        [("Еда", "Чай")],
        [2],
    )
    assert catalogue.report.place == f"{file}, sheet 'Прайс'"


def test_the_header_stands_below_a_letterhead_and_rows_have_the_sheet_s_numbers() -> None:
    table = opened(xlsx([["ООО «Ромашка»"], [], ["Прайс от", datetime(2024, 1, 2)], [], *PRICES]))
    assert table.columns == ("Наименование", "Группа", "Цена")
    assert table.facts == {"sheet": "'Прайс'", "header row": "5"}
    assert [(row.number, row.values) for row in all_rows(table)] == [
        (6, ("Улун 100 г", "Еда > Чай", 390))
    ]


def test_a_wanted_column_tells_the_header() -> None:
    table = opened(xlsx([["Прайс-лист"], ["Артикул", "Что это"], ["10-11", "Чай"]]), "что это")
    assert (table.columns, table.has_header) == (("Артикул", "Что это"), True)


def test_without_a_header_columns_have_positions() -> None:
    table = opened(xlsx([["Чай", "Еда"], ["Стол", "Мебель"]]))
    assert (table.has_header, table.columns) == (False, ("column 1", "column 2"))
    assert [row.values for row in all_rows(table)] == [("Чай", "Еда"), ("Стол", "Мебель")]


def test_the_first_sheet_with_names_is_read_and_the_others_are_told_of() -> None:
    content = xlsx([["О компании"]], Товары=PRICES, Скидки=[["Код", "Скидка"]])
    table = opened(content)
    assert table.facts["sheet"] == "'Товары'"
    assert table.facts["other sheets not read"] == "'Прайс', 'Скидки'"


def test_hidden_sheets_come_last() -> None:
    def hide(sheet: Any) -> None:
        sheet.sheet_state = "hidden"

    assert opened(xlsx(PRICES, hide, Товары=PRICES)).facts["sheet"] == "'Товары'"


def test_a_sheet_may_be_asked_for() -> None:
    content = xlsx(PRICES, Скидки=[["Код", "Скидка"]])
    assert opened(content, sheet="Скидки").columns == ("column 1", "column 2")
    with pytest.raises(CatalogueError, match="no sheet 'Склад'; its sheets: 'Прайс', 'Скидки'"):
        opened(content, sheet="Склад")


def test_merged_cells_have_the_value_of_the_first() -> None:
    rows = [
        ["Категория", "Подкатегория", "Товар"],
        ["Еда", "Чай", "Улун"],
        [None, None, "Сенча"],
        ["Книги", None, "Роман"],
        [None, None, "Стол"],
    ]

    def merge(sheet: Any) -> None:
        for cells in ("A2:A3", "B2:B3", "A4:B4"):
            sheet.merge_cells(cells)

    assert read(xlsx(rows, merge)) == [
        ("Еда", "Чай", "Улун"),
        ("Еда", "Чай", "Сенча"),
        ("Книги", "Книги", "Роман"),
        (None, None, "Стол"),
    ]


def test_a_header_may_have_several_rows() -> None:
    rows = [
        ["Товар", "Группа", "Цена"],
        [None, None, "опт", "розница"],
        ["Улун", "Чай", 300, 390],
    ]

    def merge(sheet: Any) -> None:
        for cells in ("A1:A2", "B1:B2", "C1:D1"):
            sheet.merge_cells(cells)

    table = opened(xlsx(rows, merge))
    assert table.columns == ("Товар", "Группа", "Цена опт", "Цена розница")
    assert [row.values for row in all_rows(table)] == [("Улун", "Чай", 300, 390)]


def test_a_header_that_stands_again_is_no_row() -> None:
    table = opened(xlsx([*PRICES, *PRICES]))
    assert [row.number for row in all_rows(table)] == [2, 4]
    assert table.left_out["repeated header rows"].examples[0].row == 3


def test_cells_to_the_right_of_the_table_are_counted() -> None:
    below = [["Чай", "Еда", 1]] * 60 + [["Стол", "Мебель", 2, None, "новинка"]]
    assert left_out(opened(xlsx([*PRICES, *below]))) == {
        "rows with cells beyond the columns": ["новинка"]
    }


def test_a_stray_cell_in_the_last_column_is_counted() -> None:
    def stray(sheet: Any) -> None:
        sheet["XFD2"] = "!"

    table = opened(xlsx(PRICES, stray))
    assert left_out(table) == {"rows with cells beyond the columns": ["!"]}


def test_cells_without_a_usable_value_are_empty_and_counted() -> None:
    table = opened(xlsx([*PRICES, ["Чай", "Еда", "=1+1"], ["Стол", "#N/A", 5]]))
    assert left_out(table) == {
        "formula cells without a value": ["C3"],
        "cells with an error": ["B4"],
    }
    assert read(xlsx([*PRICES, ["Стол", "#N/A", 5]]))[-1] == ("Стол", None, 5)


def test_dates_and_times_are_values_and_impossible_ones_are_counted() -> None:
    def formats(sheet: Any) -> None:
        sheet["C2"].number_format = "DD.MM.YYYY"
        sheet["C3"].number_format = "DD.MM.YYYY"
        sheet["C4"].number_format = "[h]:mm"

    rows = [["Товар", "Группа", "Срок"], ["Чай", "Еда", 45293], ["Сыр", "Еда", 1e9], ["Лук", 1, 2]]
    table = opened(xlsx(rows, formats))
    assert [row.values[2] for row in all_rows(table)] == [
        datetime(2024, 1, 2),
        None,
        "2 days, 0:00:00",
    ]
    assert list(table.left_out) == ["cells with an error"]


def test_a_false_size_of_a_sheet_is_not_believed() -> None:
    content = xlsx(PRICES)
    lying = with_sheet_xml(content, lambda xml: re.sub('ref="A1:C2"', 'ref="A1"', xml))
    assert read(lying) == read(content)


def test_rows_and_cells_without_references_are_numbered_on() -> None:
    row = f"<row>{text_cell('Товар')}{text_cell('Группа')}</row>"
    other = f"<row>{text_cell('Чай')}{text_cell('Еда')}</row>"
    table = opened(sheet_xml(f"{row}<row/>{other}"))
    assert [(row.number, row.values) for row in all_rows(table)] == [(3, ("Чай", "Еда"))]


def test_formatted_empty_rows_are_nothing() -> None:
    row = f'<row r="1">{text_cell("Товар")}{text_cell("Группа")}</row>'
    empty = "".join(f'<row r="{number}" s="1"><c s="0"/></row>' for number in range(2, 5000))
    last = f'<row r="1048576">{text_cell("Чай")}{text_cell("Еда")}</row>'
    assert [row.number for row in all_rows(opened(sheet_xml(row + empty + last)))] == [1048576]


def test_a_workbook_without_styles_is_read_without_a_warning() -> None:
    content = with_sheet_xml(xlsx(PRICES), lambda _: _NO_STYLES, "styles")
    assert read(content) == [("Улун 100 г", "Еда > Чай", 390)]


_NO_STYLES = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'


def test_ods_is_read_with_its_merged_cells() -> None:
    merged = '<table:table-cell table:number-rows-spanned="2" office:value-type="string">'
    content = ods(
        "<table:table-row><c>Товар</c><c>Группа</c></table:table-row>"
        '<table:table-row table:number-rows-repeated="2"/>'
        f"<table:table-row><c>Улун</c>{merged}<text:p>Чай</text:p></table:table-cell>"
        "</table:table-row><table:table-row><c>Сенча</c><table:covered-table-cell/>"
        '</table:table-row><table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
    )
    table = opened(content)
    assert [(row.number, row.values) for row in all_rows(table)] == [
        (4, ("Улун", "Чай")),
        (5, ("Сенча", "Чай")),
    ]


def test_shared_strings_are_read() -> None:
    assert read(
        with_strings("<sst><si><t>Товар</t></si><si><r><t>Ч</t></r><r><t>ай</t></r></si></sst>")
    ) == [("Чай",)]


def test_xlsb_is_read() -> None:
    table = opened(xlsb({(3, 1): "Товар", (3, 2): "Группа", (5, 1): "Чай", (5, 2): "Еда"}))
    assert [(row.number, row.values) for row in all_rows(table)] == [(6, (None, "Чай", "Еда"))]


def test_a_file_is_closed_when_its_rows_are_read(tmp_path: Path) -> None:
    file = tmp_path / "prices.xlsx"
    file.write_bytes(xlsx(PRICES))
    read_catalogue(file)
    file.unlink()
    stream = io.BytesIO(xlsx(PRICES))
    assert len(read_catalogue(stream)) == 1
    assert not stream.closed
