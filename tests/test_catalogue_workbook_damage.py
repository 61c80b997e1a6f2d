"""Workbooks that are damaged, locked, bombs, or no workbooks: an error with the way out."""

from __future__ import annotations

import sys
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_workbooks import (
    PRICES,
    ods,
    outlined,
    read,
    with_sheet_xml,
    with_strings,
    xlsb,
    xlsx,
    zipped,
)

from textcat.errors import CatalogueError, MissingExtraError

BOMB = '<!DOCTYPE x [<!ENTITY a "чай чай"><!ENTITY b "&a;&a;">]>'
REPEATED = '<table:table-row table:number-rows-repeated="1048576"><c>x</c></table:table-row>'
WIDE = '<table:table-cell table:number-columns-repeated="16000"/>'


def with_bomb(xml: str) -> str:
    return BOMB + xml.removeprefix('<?xml version="1.0"?>')


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xd0\x9d;\xd0\x93", "no workbook, whatever its name says.*rename it to .csv"),
        (xlsx(PRICES)[:-40], "cut off or damaged.*Copy it again"),
        (xlsx(PRICES)[:9], "cut off or damaged.*Copy it again"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cut off or damaged.*save it as .xlsx"),
        (
            b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password. Save it without one",
        ),
        (zipped({"word/document.xml": "<w/>"}), "is a document of Word"),
        (zipped({"цены.csv": "Чай;Еда"}), "is a zip archive without a workbook. Unpack it"),
        (zipped({}), "is a zip archive without a workbook"),
        (zipped({"xl/workbook.xml": "<workbook/>"}), "cut off or damaged"),
        (xlsx([]), "is empty; there is nothing to read"),
        (with_sheet_xml(xlsx(PRICES), with_bomb), "declares XML entities.*attack"),
        (with_strings(f"{BOMB}<sst><si><t>&b;</t></si></sst>"), "declares XML entities"),
        (with_sheet_xml(xlsx(PRICES), lambda xml: xml[:-90]), "sheet 'Прайс', is cut off or dam"),
        (
            with_sheet_xml(
                xlsx(PRICES), lambda xml: xml.replace("sheets>", "no>"), "xl/workbook.xml"
            ),
            "cut off or damaged|no sheet",
        ),
        (zipped({"xl/workbook.xml": bytes(150 << 20)}), "would unpack to 157,286,400"),
        (
            ods(REPEATED.replace("<c>", WIDE + "<c>")),
            "a sheet of 16,778,264,576 cells, most of them",
        ),
        (xlsb({(0, 0): "Чай", (1048575, 16383): "Чай"}), "a sheet of 17,179,869,184 cells"),
        (ods("<table:table-row>"), "cut off or damaged"),
    ],
)
def test_bad_files_are_told_with_the_way_out(content: bytes, message: str) -> None:
    with pytest.raises(CatalogueError, match=f"^the stream.*({message})"):
        read(content)


@pytest.mark.parametrize(
    ("package", "content", "formats"),
    [("openpyxl.reader.excel", xlsx(PRICES), "XLSX"), ("python_calamine", ods(""), "ODS")],
)
def test_a_missing_package_is_named(
    package: str, content: bytes, formats: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=rf'{formats}.*pip install "textcat\[excel\]"'):
        read(content)


SMALL = xlsx([["Товар", "Цена"], ["Еда"], ["Улун", 390]], outlined({3: 1}))
SMALL_ODS = ods("<table:table-row><c>Товар</c><c>Группа</c></table:table-row>" * 3)


def read_or_refused(content: bytes) -> None:
    with suppress(CatalogueError):
        assert isinstance(read(content), list)


@settings(max_examples=60)
@given(st.data())
def test_any_damage_gives_rows_or_an_error_for_people(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([SMALL, SMALL_ODS])))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    read_or_refused(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


@settings(max_examples=100)
@given(
    st.sampled_from(["sheet1", "sharedStrings", "styles", "workbook", "rels", "Content_Types"]),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(["", "<", ">", '"', "9", "-1", "99999999999", "Я", "&", "<row/>", "<c><v>x"]),
)
def test_any_change_of_the_xml_gives_rows_or_an_error(part: str, place: float, new: str) -> None:
    def change(xml: str) -> str:
        cut = int(place * len(xml))
        return xml[:cut] + new + xml[cut + 1 :]

    read_or_refused(with_sheet_xml(SMALL, change, part))
