"""The model that answers, and its replacement by one that was saved to the same directory later.

The replacement is loaded beside it, and asked something before anyone relies on it; one that is
damaged is refused, and the one that is there goes on. Requests keep the model they started with.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock
from time import time

from textcat.errors import StorageError
from textcat.model import CategoryModel
from textcat.model.storage import load
from textcat.service.problems import Problem
from textcat.service.searching import CategorySearch
from textcat.storage.meta import read_meta

logger = logging.getLogger("textcat.service")

# Titles of categories that a model is asked before it answers anyone else.
ASKED_FIRST = 1000
_ATTEMPTS = 5

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Loaded:
    """A model, and which of the saves it is."""

    model: CategoryModel
    generation: str
    saved: str  # ISO 8601, UTC
    loaded: float = field(default_factory=time)  # seconds since 1970

    @cached_property
    def categories(self) -> CategorySearch:
        """Finds categories by what people type; made when somebody first does."""
        return CategorySearch(self.model.tree)


class CurrentModel:
    """The model of a directory, always the last whole one.

    Parameters
    ----------
    directory : path
    required : bool
        Whether to raise if there is no model; otherwise one is waited for.
    on_reload : callable
        Told after every attempt to replace the model whether it succeeded.

    Raises
    ------
    StorageError
        If there is no whole model in the directory, and one is required.
    """

    def __init__(
        self,
        directory: str | os.PathLike[str],
        *,
        required: bool = True,
        on_reload: Callable[[bool], object] = bool,
    ) -> None:
        self.directory = Path(directory)
        self._on_reload = on_reload
        self._lock = Lock()
        self._seen: Stamp = ()
        self._loaded: Loaded | None = None
        try:
            self._seen, self._loaded = _stamp(self.directory), load_whole(self.directory)
        except StorageError as error:
            if required:
                raise
            logger.warning("there is no model yet: %s", error)

    @property
    def loaded(self) -> Loaded:
        """The model that answers now; a problem while there is none."""
        if self._loaded is None:
            raise Problem(503, "no-model", "no model is loaded yet", headers={"Retry-After": "5"})
        return self._loaded

    def has_changed(self) -> bool:
        """Whether any file of the directory is another one than when it was last looked at."""
        return _stamp(self.directory) != self._seen

    def refresh(self) -> bool:
        """Take the model in the directory if it is another one, and is whole; tell if it was taken.

        May be called from any thread; whoever comes while another one is at it waits.
        """
        with self._lock:
            try:
                self._seen = _stamp(self.directory)
                if self._loaded and _generation(self.directory) == self._loaded.generation:
                    return False
                self._loaded = load_whole(self.directory)
            except StorageError as error:
                logger.warning("the model is not replaced: %s", error)
                self._on_reload(False)
                return False
            logger.info("the model is replaced: generation %s", self._loaded.generation)
            self._on_reload(True)
            return True


def load_whole(directory: Path) -> Loaded:
    """Load a model, and have it answer something.

    Raises
    ------
    StorageError
        If it cannot be loaded, or does not answer.
    """
    for _ in range(_ATTEMPTS):
        described, model = read_meta(directory, verify=False), load(directory)
        if model.saved and model.saved.generation == described["generation"]:
            _try_out(model, directory)
            return Loaded(model, described["generation"], described["created"])
    raise StorageError(f"{directory} is saved again and again; it is loaded when that is over.")


def _try_out(model: CategoryModel, directory: Path) -> None:
    try:
        model.predict(list(model.tree.titles[:ASKED_FIRST]), precision=None).to_dicts()
    except Exception as error:
        raise StorageError(f"the model in {directory} does not answer: {error!r}") from error


def _generation(directory: Path) -> str:
    return str(read_meta(directory, verify=False)["generation"])


def _stamp(directory: Path) -> Stamp:
    """What changes when a file of the model is written; nothing if there is no directory."""
    try:
        with os.scandir(directory) as entries:
            files = [(entry.name, entry.stat()) for entry in entries]
    except OSError:
        return ()
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in files))
