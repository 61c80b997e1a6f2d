"""`meta.json`: what a model directory holds, written whole, and read with doubts.

It ends with a checksum of everything before it, so that no change made elsewhere goes unnoticed.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from textcat.errors import StorageError
from textcat.storage.arrays import REMEDY
from textcat.storage.plain_files import open_plain

FORMAT_VERSION = 1
META = "meta.json"
_LARGEST = 1 << 24  # bytes; parsed they may take twenty times as much memory
_REQUIRED = {  # key -> the type it must have
    "textcat_version": str,
    "created": str,
    "generation": str,
    "meta": dict,
    "arrays": dict,
    "strings": dict,
}
_RECORD = {"file": str, "shape": list, "bytes": int, "crc32": int}
_PLAIN_FILE = re.compile(r"[A-Za-z0-9_.-]+\.npy")


def check_jsonable(meta: Mapping[str, Any]) -> None:
    """Refuse, before anything is written, what JSON cannot say.

    Examples
    --------
    >>> check_jsonable({"seed": {1, 2}})
    Traceback (most recent call last):
    ...
    textcat.errors.StorageError: meta['seed'] cannot be written as JSON: Object of type set is not \
JSON serializable. Use plain dicts, lists, strings and numbers.
    """
    for key, value in meta.items():
        try:
            _dumped({key: value})
        except (TypeError, ValueError, RecursionError) as error:
            raise StorageError(
                f"meta[{key!r}] cannot be written as JSON: {error}. "
                "Use plain dicts, lists, strings and numbers."
            ) from error


def write_meta(path: Path, described: Mapping[str, Any]) -> None:
    """Write `described` and its checksum to `path` so that they survive a power cut."""
    text = _dumped({**described, "checksum": _checksum(described)}, indent=1)
    content = text.encode("utf-8", "surrogatepass")
    if len(content) > _LARGEST:
        raise StorageError(
            f"what describes the model takes {len(content):,} bytes as JSON, more than the "
            f"{_LARGEST:,} that are read again. Keep what is large in files of its own."
        )
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_meta(directory: Path, *, verify: bool) -> dict[str, Any]:
    """Read and check `meta.json`; what it says about the files is checked when they are opened."""
    path = directory / META
    try:
        return _checked(path, _parsed(path, _read_bytes(directory, path)), verify)
    except RecursionError as error:
        raise StorageError(f"{path} is nested too deep. {REMEDY}") from error


def is_textcat_meta(path: Path) -> bool:
    """Tell whether a `meta.json`, damaged or not, is this library's."""
    with open_plain(path) as file:
        return b'"textcat_version"' in file.read(1000)


def _checked(path: Path, described: dict[str, Any], verify: bool) -> dict[str, Any]:
    _check_version(path, described)
    _check_fields(path, described)
    recorded = described.pop("checksum", None)
    if verify and recorded != _checksum(described):
        raise StorageError(f"{path} was changed after it was saved. {REMEDY}")
    return described


def _read_bytes(directory: Path, path: Path) -> bytes:
    if not directory.exists():
        raise StorageError(
            f"{directory} does not exist; name a directory that a model was saved to."
        )
    if not directory.is_dir():
        raise StorageError(
            f"{directory} is a file; name the directory that the model was saved to."
        )
    try:
        with open_plain(path) as file:
            content = file.read(_LARGEST + 1)
    except StorageError:
        raise
    except FileNotFoundError as error:
        raise StorageError(
            f"{path} is missing: {directory} is not a model, or its first save was never finished. "
            "Name another directory, or train and save the model again."
        ) from error
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error}. {REMEDY}") from error
    if len(content) > _LARGEST:
        raise StorageError(f"{path} has more than {_LARGEST:,} bytes. {REMEDY}")
    return content


def _parsed(path: Path, content: bytes) -> dict[str, Any]:
    try:
        described = json.loads(content.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise StorageError(f"{path} is cut off or not JSON: {error}. {REMEDY}") from error
    if not isinstance(described, dict) or "format_version" not in described:
        raise StorageError(
            f"{path} does not describe a textcat model. Name a directory that a model was saved to."
        )
    return described


def _check_version(path: Path, described: Mapping[str, Any]) -> None:
    version = described["format_version"]
    if not isinstance(version, int) or version < 1:
        raise StorageError(f"{path} names no format version, but {version!r}. {REMEDY}")
    if version > FORMAT_VERSION:
        raise StorageError(
            f"{path} has format {version}, written by textcat {described.get('textcat_version')}; "
            f"this textcat reads formats up to {FORMAT_VERSION}. Upgrade: pip install -U textcat"
        )


def _check_fields(path: Path, described: Mapping[str, Any]) -> None:
    for key, kind in _REQUIRED.items():
        if not isinstance(described.get(key), kind):
            raise StorageError(f"{path} has no {key!r}, or not as textcat writes it. {REMEDY}")
    for key, record in _records(described):
        if not _is_record(record):
            raise StorageError(f"{path} does not describe {key!r} as textcat does. {REMEDY}")


def _records(described: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    yield from described["arrays"].items()
    for key, parts in described["strings"].items():
        for part in ("text", "offsets"):
            yield key, parts.get(part) if isinstance(parts, dict) else None


def _is_record(record: object) -> bool:
    return (
        isinstance(record, dict)
        and "dtype" in record
        and all(isinstance(record.get(key), kind) for key, kind in _RECORD.items())
        and all(isinstance(length, int) and length >= 0 for length in record["shape"])
        # a name with a directory in it would read a file that is no part of the model
        and _PLAIN_FILE.fullmatch(record["file"]) is not None
    )


def _checksum(described: Mapping[str, Any]) -> int:
    canonical = _dumped(described, sort_keys=True)
    return zlib.crc32(canonical.encode("utf-8", "surrogatepass"))


def _dumped(value: object, **options: Any) -> str:
    return json.dumps(value, ensure_ascii=False, **options)
