"""Files as they come: compressed, in any encoding, cut off, or no tables at all."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from textcat.catalogue import read_catalogue, read_names
from textcat.catalogue.files import CHUNK, Source
from textcat.catalogue.text import read_lines
from textcat.errors import CatalogueError, MissingExtraError

TABLE = "name\tpath\nЧай чёрный\tЕда > Чай\nМыло\tДом\n"
NAMES = ["Чай чёрный", "Мыло"]
COMPRESSED = {
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".bz2": bz2.compress,
    ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}


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
def test_a_compressed_stream_is_read_and_left_open(suffix: str) -> None:
    stream = io.BytesIO(COMPRESSED[suffix](TABLE.encode()))
    assert read_catalogue(stream).names == NAMES
    assert not stream.closed


@pytest.mark.parametrize("suffix", COMPRESSED)
def test_parts_that_were_compressed_one_by_one_are_read_on(suffix: str) -> None:
    parts = map(COMPRESSED[suffix], [TABLE.encode(), "Сыр\tЕда\n".encode(), "Мёд\tЕда".encode()])
    assert read_catalogue(io.BytesIO(b"".join(parts))).names == [*NAMES, "Сыр", "Мёд"]


@pytest.mark.parametrize("suffix", COMPRESSED)
@pytest.mark.parametrize("kept", [-1, -12, 8])
def test_a_compressed_file_that_is_cut_off_is_an_error(
    tmp_path: Path, suffix: str, kept: int
) -> None:
    path = tmp_path / f"prices.tsv{suffix}"
    path.write_bytes(COMPRESSED[suffix](TABLE.encode() * 100)[:kept])
    with pytest.raises(CatalogueError, match=r"prices\.tsv.* is cut off or damaged"):
        read_catalogue(path)


@pytest.mark.parametrize("suffix", COMPRESSED)
def test_a_damaged_compressed_file_is_an_error(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"prices.tsv{suffix}"
    content = bytearray(COMPRESSED[suffix](TABLE.encode() * 100))
    content[20:40] = b"\xff" * 20
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match="cut off or damaged"):
        read_catalogue(path)


@pytest.mark.parametrize("suffix", COMPRESSED)
def test_a_decompression_bomb_is_read_chunk_by_chunk(suffix: str) -> None:
    bomb = io.BytesIO(COMPRESSED[suffix](bytes(20 << 20)))
    sizes = [len(chunk) for chunk in Source(bomb).chunks()]
    assert sum(sizes) == 20 << 20
    assert max(sizes) == CHUNK


def test_without_zstandard_the_command_to_install_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = io.BytesIO(COMPRESSED[".zst"](TABLE.encode()))
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(MissingExtraError, match=r'pip install "textcat\[zstd\]"'):
        read_catalogue(stream)


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
        (b"%PDF-1.7", "a PDF document"),
        (b"SQLite format 3\0", "an SQLite database"),
        (bytes(range(256)), "not text"),
    ],
)
def test_a_file_of_another_kind_is_named_with_what_can_be_read(
    tmp_path: Path, content: bytes, what: str
) -> None:
    path = tmp_path / "prices.csv"
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=f"{what}.*CSV, TSV, TXT; .*; also as .gz"):
        read_catalogue(path)


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
