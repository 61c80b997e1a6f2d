"""Files as they come: compressed, in any encoding, cut off, or no tables at all."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcat.catalogue import read_catalogue, read_names
from textcat.catalogue.text import read_lines
from textcat.errors import CatalogueError

TABLE = "name\tpath\nЧай чёрный\tЕда > Чай\nМыло\tДом\n"
NAMES = ["Чай чёрный", "Мыло"]
COMPRESSED = {".gz": gzip.compress, ".xz": lzma.compress, ".bz2": bz2.compress}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_the_encoding_is_found_out(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "prices.tsv"
    path.write_bytes(TABLE.encode(encoding))
    catalogue = read_catalogue(path)
    assert catalogue.names == NAMES
    assert catalogue.report.facts["encoding"] == encoding


@pytest.mark.parametrize("encoding", ["utf-8", "cp866", "koi8-r", "utf-16-le", "utf-16-be"])
def test_an_encoding_can_be_given_and_a_mark_is_no_part_of_the_header(
    tmp_path: Path, encoding: str
) -> None:
    mark = "\ufeff" if encoding.startswith("utf") else ""
    path = tmp_path / "prices.tsv"
    path.write_bytes((mark + TABLE).encode(encoding))
    assert read_catalogue(path, encoding=encoding).names == NAMES


@pytest.mark.parametrize("suffix", COMPRESSED)
@pytest.mark.parametrize("named", [True, False])
def test_compression_is_told_by_the_content(tmp_path: Path, suffix: str, named: bool) -> None:
    path = tmp_path / ("prices.tsv" + suffix * named)
    path.write_bytes(COMPRESSED[suffix](TABLE.encode()))
    assert read_catalogue(path).names == NAMES


@pytest.mark.parametrize("suffix", COMPRESSED)
def test_a_compressed_file_that_is_cut_off_is_an_error(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"prices.tsv{suffix}"
    path.write_bytes(COMPRESSED[suffix](TABLE.encode() * 100)[:-12])
    with pytest.raises(CatalogueError, match=r"prices\.tsv.* is cut off or damaged"):
        read_catalogue(path)


def test_a_damaged_compressed_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "prices.tsv.gz"
    content = bytearray(gzip.compress(TABLE.encode() * 100))
    content[20:40] = bytes(20)
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match="cut off or damaged"):
        read_catalogue(path)


def test_a_byte_that_cannot_be_decoded_is_told_with_its_line_and_the_option(tmp_path: Path) -> None:
    path = tmp_path / "prices.tsv"
    path.write_bytes(TABLE.encode() * 10 + b"\xd1\tbroken\n" + TABLE.encode())
    with pytest.raises(CatalogueError, match=r'line 31: .* is not utf-8\. .*encoding="cp1251"'):
        read_catalogue(path)


def test_a_late_byte_that_cannot_be_decoded_is_told_with_its_line() -> None:
    lines = "Чай чёрный\n".encode() * 50_000  # far beyond what the encoding is found out from
    with pytest.raises(CatalogueError, match="the stream, line 50001: "):
        list(read_lines(io.BytesIO(lines + b"\xff\n" + lines)).lines)


@pytest.mark.parametrize("encoding", ["no-such", "hex"])
def test_an_encoding_that_does_not_exist_is_an_error(encoding: str) -> None:
    with pytest.raises(CatalogueError, match=f"no encoding '{encoding}'; the usual ones are utf-8"):
        read_lines(io.BytesIO(b"tea"), encoding)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(end: str) -> None:
    assert list(read_lines(io.BytesIO(f"Чай{end}{end}Мыло{end}".encode())).lines) == [
        "Чай",
        "",
        "Мыло",
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook"),
        (b"PAR1\x15\x04", "a Parquet file"),
        (b"\x28\xb5\x2f\xfd\x04\x00", "Zstandard"),
        (b"<?xml version='1.0'?>", "an XML file"),
        (bytes(range(256)), "not text"),
    ],
)
def test_a_file_of_another_kind_is_named_with_what_can_be_read(
    tmp_path: Path, content: bytes, what: str
) -> None:
    path = tmp_path / "prices.csv"
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=f"{what}.*CSV, TSV and TXT files, also as .gz"):
        read_catalogue(path)


@pytest.mark.parametrize("name", ["goods.jsonl", "feed.yml.gz"])
def test_a_kind_of_file_that_has_no_reader_is_told_by_its_suffix(name: str) -> None:
    with pytest.raises(CatalogueError, match=r"is (JSON|XML)\. What can be read: CSV, TSV and TXT"):
        read_catalogue(name)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.csv", "does not exist; check the path"),
        ("", "is a directory; name one of its files"),
        ("a\0b.csv", "cannot be read: embedded null"),
    ],
)
def test_a_path_that_is_no_file_is_an_error(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        read_names(f"{tmp_path}/{name}")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n"])
def test_an_empty_file_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "prices.csv"
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=r"prices\.csv is empty"):
        read_catalogue(path)


def test_a_line_without_an_end_is_not_read_into_memory() -> None:
    endless = io.BytesIO(b"a" * (20 << 20))
    with pytest.raises(CatalogueError, match="line 1 is too long"):
        list(read_lines(endless).lines)


def test_nul_bytes_and_long_names_are_read(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(f'name,path\nЧай\0,Еда\n"{"Чай, " * 200_000}",Еда\n', encoding="utf-8")
    assert [len(name) for name in read_catalogue(path).names] == [4, 999_999]


def test_streams_are_read_and_left_open() -> None:
    for stream in (io.BytesIO(TABLE.encode()), io.StringIO(TABLE)):
        assert read_catalogue(stream).names == NAMES
        assert not stream.closed


@given(st.binary())
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        rows = list(read_names(io.BytesIO(content)))
    except CatalogueError:
        return
    assert [number for number, _ in rows] == sorted(number for number, _ in rows)
