"""The files of a model directory: which are ours, who may write them, which may go.

Files are named `<array>.<generation>.npy`; the generation is what one save wrote. The generation
that `meta.json` names is the model, every other one is left over from an older or unfinished save.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from textcat.errors import StorageError
from textcat.storage.meta import META, is_textcat_meta

_OWN_FILE = re.compile(
    r"[A-Za-z_][A-Za-z0-9_.-]*\.(?P<generation>[0-9a-f]{12})((\.text|\.offsets)?\.npy|\.json)"
)


def check_target(target: Path) -> None:
    """Refuse a directory that holds something else: it is not ours to write into."""
    entries = list(target.iterdir())
    others = [path for path in entries if not _generation(path)]
    meta = target / META
    if meta in others:  # a model, even one with a damaged meta.json, may have files beside it
        others = [] if is_textcat_meta(meta) or len(entries) > len(others) else [meta]
    if others:
        raise StorageError(
            f"{target} is not a model: it holds {others[0].name}. Name a new or an empty directory."
        )


def publish(unfinished: Path, target: Path) -> None:
    """Make a written generation the model, in the one step that either happens or does not."""
    flush(target)
    os.replace(unfinished, target / META)  # noqa: PTH105 - replaces on every system
    flush(target)


def sweep(target: Path, generation: str) -> None:
    """Remove what a save, finished or not, leaves over: all but the generation that is the model.

    An unfinished save removes its own files only, so that what was there stays as it was.
    """
    with suppress(OSError):
        # asks the disk, since an interrupt may come just after the step that published it
        published = (target / META).exists() and generation.encode() in (target / META).read_bytes()
        for path in list(target.iterdir()):
            if _generation(path) and published != (_generation(path) == generation):
                with suppress(OSError):  # Windows keeps a mapped file: the next save removes it
                    path.unlink()


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Let one process at a time save to `target`; the lock goes with the process that holds it."""
    descriptor = _open_directory(target)
    try:
        if descriptor is not None:
            with suppress(ImportError, OSError):  # not every system and file system has locks
                import fcntl

                fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def flush(target: Path) -> None:
    """Have the names in a directory, not only the bytes of its files, survive a power cut."""
    descriptor = _open_directory(target)
    if descriptor is not None:
        with suppress(OSError):
            os.fsync(descriptor)
        os.close(descriptor)


def _open_directory(target: Path) -> int | None:
    try:
        return os.open(target, os.O_RDONLY)
    except OSError:  # Windows opens no directories
        return None


def _generation(path: Path) -> str | None:
    """Read the generation off the name of a file that a save wrote.

    >>> _generation(Path("weights.3f9c2a71b0d4.npy"))
    '3f9c2a71b0d4'
    >>> _generation(Path("photos.npy"))
    """
    match = _OWN_FILE.fullmatch(path.name)
    return match["generation"] if match else None
