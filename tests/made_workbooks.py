"""Workbooks made for tests: XLSX by openpyxl, ODS and damaged ones by hand."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

from textcat.catalogue.files import Source
from textcat.catalogue.spreadsheets import read_workbook
from textcat.catalogue.table import Options, Row, Table

Rows = Iterable[Sequence[Any]]
PRICES = [["Наименование", "Группа", "Цена"], ["Улун 100 г", "Еда > Чай", 390]]
BOLD = {"font": Font(bold=True)}
LARGE = {"font": Font(bold=True, size=16)}
INDENTED = {"alignment": Alignment(indent=2)}
YELLOW = {"fill": PatternFill("solid", fgColor="FFFF00")}
GREEN = {"fill": PatternFill("solid", fgColor="00FF00")}


def xlsx(rows: Rows, change: Callable[[Any], object] = lambda _: None, **others: Rows) -> bytes:
    """Make a workbook of a sheet «Прайс», changed by `change`, and of others."""
    book = Workbook()
    book.active.title = "Прайс"
    for row in rows:
        book.active.append(row)
    change(book.active)
    for title, cells in others.items():
        sheet = book.create_sheet(title)
        for row in cells:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def styled(styles: Mapping[int, Mapping[str, Any]]) -> Callable[[Any], None]:
    """Let the first cells of some rows look so."""

    def change(sheet: Any) -> None:
        for row, style in styles.items():
            for name, value in style.items():
                setattr(sheet.cell(row, 1), name, value)

    return change


def outlined(levels: Mapping[int, int]) -> Callable[[Any], None]:
    """Give some rows an outline level."""

    def change(sheet: Any) -> None:
        for row, level in levels.items():
            sheet.row_dimensions[row].outlineLevel = level

    return change


def with_sheet_xml(content: bytes, change: Callable[[str], str], part: str = "sheet1") -> bytes:
    """Change a part of a workbook."""
    changed = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()) if part in name else text)
    return changed.getvalue()


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def ods(rows: str) -> bytes:
    """Make an ODS file of the XML of its rows, where `<c>Чай</c>` is a cell with a text."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    cell = '<table:table-cell office:value-type="string"><text:p>'
    rows = rows.replace("<c>", cell).replace("</c>", "</text:p></table:table-cell>")
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:'
            'opendocument:xmlns:manifest:1.0"/>',
            "content.xml": f"<office:document-content{names}><office:body><office:spreadsheet>"
            f'<table:table table:name="Прайс">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def with_strings(xml: str) -> bytes:
    """Make an XLSX file whose first column has the first two of these shared strings."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    cells = "".join(f'<row><c t="s"><v>{index}</v></c></row>' for index in (0, 1))
    content = with_sheet_xml(
        xlsx([]),
        lambda old: re.sub(
            "<sheetData.*sheetData>|<sheetData ?/>", f"<sheetData>{cells}</sheetData>", old
        ),
    )
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    content = with_sheet_xml(content, lambda old: old.replace("</Types>", part), "Content_Types")
    with ZipFile(file := io.BytesIO(content), "a") as archive:
        archive.writestr("xl/sharedStrings.xml", xml.replace("<sst>", f'<sst xmlns="{main}">'))
    return file.getvalue()


def xlsb(cells: Mapping[tuple[int, int], str]) -> bytes:
    """Make an XLSB file of cells, (row, column) from 0 on -> text."""

    def record(kind: bytes, *parts: int | str) -> bytes:
        content = b"".join(
            part.to_bytes(4, "little")
            if isinstance(part, int)
            else len(part).to_bytes(4, "little") + part.encode("utf-16-le")
            for part in parts
        )
        return kind + bytes([len(content)]) + content

    rows = sorted({row for row, _ in cells})
    inside = b"".join(
        record(b"\x00", row, 0, 0, 0)
        + b"".join(
            record(b"\x06", column, 0, text) for (r, column), text in cells.items() if r == row
        )
        for row in rows
    )
    columns = [column for _, column in cells]
    size = record(b"\x94\x01", rows[0], rows[-1], min(columns), max(columns))
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.bin"/>'
    return zipped(
        {
            "xl/workbook.bin": record(b"\x83\x01")
            + record(b"\x8f\x01")
            + record(b"\x9c\x01", 0, 1, "rId1", "Прайс")
            + record(b"\x90\x01")
            + record(b"\x84\x01"),
            "xl/_rels/workbook.bin.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
            f'package/2006/relationships">{relation}</Relationships>',
            "xl/worksheets/sheet1.bin": record(b"\x81\x01")
            + size
            + record(b"\x91\x01")
            + inside
            + record(b"\x92\x01")
            + record(b"\x82\x01"),
        }
    )


def opened(content: bytes, *wanted: str | None, sheet: str | None = None) -> Table:
    return read_workbook(Source(io.BytesIO(content)), Options(wanted), sheet)


def all_rows(table: Table) -> list[Row]:
    return list(table.rows(range(len(table.columns))))


def read(content: bytes, *wanted: str | None) -> list[tuple[object, ...]]:
    """Read all values."""
    return [row.values for row in all_rows(opened(content, *wanted))]


def left_out(table: Table) -> dict[str, list[str]]:
    """What the reader left out, by kind: the first values, once the rows are read."""
    all_rows(table)
    return {kind: [e.value for e in found.examples] for kind, found in table.left_out.items()}
