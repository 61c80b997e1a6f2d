"""One array in one `.npy` file: written durably, described, checked, memory-mapped.

A list of strings is kept as two such arrays, `text` (their UTF-8 bytes end to end) and `offsets`
(where each begins). Which files make up a model, and when they become it, is told in `storage`.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textcat.errors import StorageError
from textcat.storage.npy import read_head
from textcat.storage.plain_files import open_plain

REMEDY = "Take the model from a backup, or train and save it again."
_CHUNK = 1 << 17  # bytes read at a time for a checksum


def write_array(path: Path, array: NDArray[Any]) -> dict[str, object]:
    """Write `array` to `path` so that it survives a power cut, and describe the file.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as directory:
    ...     record = write_array(Path(directory, "weights.npy"), np.zeros((2, 3), "<f4"))
    >>> record["file"], record["dtype"], record["shape"], record["bytes"]
    ('weights.npy', '<f4', [2, 3], 152)
    """
    with path.open("xb") as file:
        # not np.save, which warns of a dtype whose fields have names beyond ASCII
        np.lib.format.write_array(file, np.asarray(array), version=(3, 0), allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())
    return {
        "file": path.name,
        "dtype": _described(array.dtype),
        "shape": list(array.shape),
        "bytes": path.stat().st_size,
        "crc32": _checksum(path),
    }


def read_array(directory: Path, record: Mapping[str, Any], *, verify: bool) -> NDArray[Any]:
    """Memory-map the file that `record` describes, read-only, and check that it is that file.

    A file that is not there raises FileNotFoundError: only the caller knows whether that is damage.
    """
    path = directory / record["file"]
    with open_plain(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size != record["bytes"]:
            kind = "cut off" if size < record["bytes"] else "not the file that was saved"
            raise StorageError(
                f"{path} is {kind}: {size} bytes instead of {record['bytes']}. {REMEDY}"
            )
        content: NDArray[np.uint8] = np.memmap(file, mode="r") if size else np.empty(0, np.uint8)
    if verify and zlib.crc32(content.data) != record["crc32"]:
        raise StorageError(f"{path} is damaged: its checksum is not the one in meta.json. {REMEDY}")
    try:
        head = read_head(content)
    except ValueError as error:
        raise StorageError(f"{path} is not a .npy array: {error}. {REMEDY}") from error
    for what, found in (("dtype", _described(head.dtype)), ("shape", list(head.shape))):
        if found != record[what]:
            raise StorageError(
                f"{path} has {what} {found}, but meta.json says {record[what]}. {REMEDY}"
            )
    return head.array_in(content)


def pack_strings(strings: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Lay the UTF-8 bytes of all strings end to end; lone surrogates are kept.

    Returns
    -------
    text : array of shape (n_bytes,)
    offsets : array of shape (n_strings + 1,)
        String `i` is `text[offsets[i]:offsets[i + 1]]`.

    Examples
    --------
    >>> text, offsets = pack_strings(["чай", "", "tea"])
    >>> offsets.tolist()
    [0, 6, 6, 9]
    >>> unpack_strings(text, offsets)
    ['чай', '', 'tea']
    """
    encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
    offsets = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum([len(part) for part in encoded], out=offsets[1:])
    return np.frombuffer(b"".join(encoded), dtype=np.uint8), offsets


def unpack_strings(text: NDArray[np.uint8], offsets: NDArray[np.int64]) -> list[str]:
    """Give back the strings that `pack_strings` laid end to end.

    Raises
    ------
    ValueError
        If the offsets do not divide the text, or the text is not UTF-8.
    """
    consistent = (
        text.dtype == np.uint8
        and offsets.dtype == np.int64
        and offsets.ndim == text.ndim == 1
        and len(offsets) > 0
        and offsets[0] == 0
        and offsets[-1] == len(text)
        and bool(np.all(offsets[1:] >= offsets[:-1]))
    )
    if not consistent:
        raise ValueError("the offsets do not divide the text")
    blob, places = text.tobytes(), offsets.tolist()
    ends = iter(places)
    next(ends)
    return [
        blob[start:stop].decode("utf-8", "surrogatepass")
        for start, stop in zip(places, ends, strict=False)
    ]


def _described(dtype: np.dtype[Any]) -> object:
    """Describe a dtype as JSON gives it back: `'<f4'`, or a list of fields."""
    return json.loads(json.dumps(np.lib.format.dtype_to_descr(dtype)))


def _checksum(path: Path) -> int:
    """Compute the CRC-32 of a file: 10 ms for 40 MB, so that every load can afford it."""
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return checksum
