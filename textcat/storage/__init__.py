"""A model directory: `meta.json` and `.npy` arrays, memory-mapped; nothing in it can run code.

Every save writes its arrays under new names, a *generation*, and then replaces `meta.json`, which
lists them, in one step::

    meta.json                         lists the files of one generation
    weights.3f9c2a71b0d4.npy          an array
    words.3f9c2a71b0d4.text.npy       a list of strings: their UTF-8 bytes ...
    words.3f9c2a71b0d4.offsets.npy    ... and where each begins

So there is no moment without a whole model: a crash leaves the old one, and a process that has the
old arrays mapped keeps them. Files of older or unfinished saves are removed after the next one.
What the arrays mean is not known here.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textcat.errors import StorageError
from textcat.storage.arrays import REMEDY, pack_strings, read_array, unpack_strings, write_array
from textcat.storage.files import check_target, locked, publish, sweep
from textcat.storage.meta import FORMAT_VERSION, META, check_jsonable, read_meta, write_meta

__all__ = ["FORMAT_VERSION", "Stored", "load_directory", "save_directory"]

_ATTEMPTS = 5  # a reader starts over when a save replaces the model under its hands
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


@dataclass(frozen=True)
class Stored:
    """What a model directory holds."""

    meta: dict[str, Any]
    arrays: dict[str, NDArray[Any]]  # read-only, memory-mapped
    strings: dict[str, list[str]]
    library_version: str  # of the textcat that saved it
    created: str  # ISO 8601, UTC
    generation: str  # no other save has the same


def save_directory(
    directory: str | os.PathLike[str],
    meta: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
    strings: Mapping[str, Sequence[str]],
) -> None:
    """Save a model, replacing the one that is there in one step.

    Parameters
    ----------
    directory : path
        Made if missing. May hold an older model, and nothing else if there is none.
    meta : mapping
        Whatever JSON can say.
    arrays : mapping of str to array
        Any shape, any dtype but object.
    strings : mapping of str to list of str

    Raises
    ------
    StorageError
        If the directory is not a model's, something cannot be stored, or the disk refuses.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as directory:
    ...     save_directory(directory, {"seed": 1}, {"weights": np.eye(2)}, {"titles": ["Чай"]})
    ...     stored = load_directory(directory)
    >>> stored.meta, stored.arrays["weights"].tolist(), stored.strings
    ({'seed': 1}, [[1.0, 0.0], [0.0, 1.0]], {'titles': ['Чай']})
    """
    target = Path(directory)
    _check_content(meta, arrays, strings)
    try:
        target.mkdir(parents=True, exist_ok=True)
        with locked(target):
            check_target(target)
            _save_generation(target, meta, arrays, strings)
    except FileExistsError as error:
        raise StorageError(f"{target} is a file; name a directory for the model.") from error
    except StorageError:
        raise
    except OSError as error:
        raise StorageError(
            f"the model could not be saved to {target}: {error}. A model saved there before is "
            "still whole. Make room or name another directory, and save again."
        ) from error


def load_directory(directory: str | os.PathLike[str], *, verify: bool = True) -> Stored:
    """Open a model directory; arrays stay on disk until they are used.

    Parameters
    ----------
    directory : path
    verify : bool
        Compare checksums too, not only sizes, dtypes and shapes. It takes 20 ms for 40 MB.

    Raises
    ------
    StorageError
        If a file is missing, cut off, changed, or of a newer format; the message names the file.

    Examples
    --------
    >>> load_directory("no-such-model")
    Traceback (most recent call last):
    ...
    textcat.errors.StorageError: no-such-model does not exist; name a directory that a model was \
saved to.
    """
    source = Path(directory)
    described = read_meta(source, verify=verify)
    for _ in range(_ATTEMPTS):
        try:
            return _opened(source, described, verify=verify)
        except FileNotFoundError as error:
            before, described = described, read_meta(source, verify=verify)
            if described["generation"] == before["generation"]:  # the file is really missing
                raise StorageError(
                    f"{error.filename} is missing, though {META} lists it. {REMEDY}"
                ) from error
    raise StorageError(f"{source} is saved again and again; load it when that is over.")


def _opened(source: Path, described: Mapping[str, Any], *, verify: bool) -> Stored:
    """Open every array and string list of one generation; it may be replaced meanwhile."""
    try:
        return Stored(
            meta=described["meta"],
            arrays={
                name: read_array(source, record, verify=verify)
                for name, record in described["arrays"].items()
            },
            strings={
                name: _read_strings(source, parts, verify=verify)
                for name, parts in described["strings"].items()
            },
            library_version=described["textcat_version"],
            created=described["created"],
            generation=described["generation"],
        )
    except (StorageError, FileNotFoundError):
        raise
    except OSError as error:
        raise StorageError(f"{source} cannot be read: {error}. {REMEDY}") from error


def _read_strings(source: Path, parts: Mapping[str, Any], *, verify: bool) -> list[str]:
    text, offsets = (read_array(source, parts[part], verify=verify) for part in ("text", "offsets"))
    try:
        return unpack_strings(text, offsets)
    except ValueError as error:
        raise StorageError(
            f"{source / parts['text']['file']} does not hold strings: {error}. {REMEDY}"
        ) from error


def _check_content(
    meta: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
    strings: Mapping[str, Sequence[str]],
) -> None:
    """Refuse what cannot be stored before anything is written."""
    check_jsonable(meta)
    folded = [name.casefold() for name in chain(arrays, strings)]
    for name in chain(arrays, strings):
        # some file systems do not tell «A» from «a»
        if not _NAME.fullmatch(name) or folded.count(name.casefold()) > 1:
            raise StorageError(
                f"an array cannot be called {name!r}: use Latin letters, digits and «_.-», "
                "and no name twice."
            )
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray | np.generic) or array.dtype.hasobject:
            raise StorageError(f"{name!r} is not an array of numbers; store strings as strings.")
    for name, values in strings.items():
        if isinstance(values, str) or not all(isinstance(value, str) for value in values):
            raise StorageError(f"{name!r} is not a list of strings.")


def _save_generation(
    target: Path,
    meta: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
    strings: Mapping[str, Sequence[str]],
) -> None:
    generation = secrets.token_hex(6)
    try:
        files = _write_arrays(target, generation, arrays, strings)
        unfinished = target / f"meta.{generation}.json"
        write_meta(unfinished, {**_heading(generation), "meta": dict(meta), **files})
        publish(unfinished, target)
    finally:
        sweep(target, generation)


def _write_arrays(
    target: Path,
    generation: str,
    arrays: Mapping[str, NDArray[Any]],
    strings: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    array_records = {
        name: write_array(target / f"{name}.{generation}.npy", array)
        for name, array in arrays.items()
    }
    string_records = {}
    for name, values in strings.items():
        text, offsets = pack_strings(values)
        string_records[name] = {
            "text": write_array(target / f"{name}.{generation}.text.npy", text),
            "offsets": write_array(target / f"{name}.{generation}.offsets.npy", offsets),
        }
    return {"arrays": array_records, "strings": string_records}


def _heading(generation: str) -> dict[str, Any]:
    from textcat import __version__  # here, since the package may still be importing this module

    return {
        "format_version": FORMAT_VERSION,
        "textcat_version": __version__,
        "created": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "generation": generation,
    }
