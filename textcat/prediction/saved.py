"""A model as other processes know it: where it lies on disk, and which of the saves there it is."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textcat.concurrency.locks import ProcessLock
from textcat.errors import StorageError
from textcat.storage.meta import read_meta

if TYPE_CHECKING:
    from textcat.model import CategoryModel

# Models that a process keeps, the last ones asked: two shops' models may be asked in turns, and
# each may take 100 MB and more, most of it for what it has seen of names.
MODELS = 2
_ONE_AT_A_TIME = ProcessLock()  # threads that ask at once are to share one model


class SavedModel(NamedTuple):
    """Where a model was loaded from, and which of the saves there it is."""

    directory: str
    generation: str

    @classmethod
    def at(cls, directory: str | os.PathLike[str]) -> SavedModel:
        """The one that is in a directory now."""
        generation = read_meta(Path(directory), verify=False)["generation"]
        return cls(os.fspath(directory), str(generation))

    def is_there(self) -> bool:
        """Whether it has not been removed or replaced meanwhile."""
        try:
            return SavedModel.at(self.directory) == self
        except StorageError:
            return False

    def opened(self, cache_size: int) -> CategoryModel | None:
        """The model, loaded once in a process; None if another has taken its place."""
        with _ONE_AT_A_TIME:
            return _opened(self, cache_size)


@lru_cache(maxsize=MODELS)
def _opened(saved: SavedModel, cache_size: int) -> CategoryModel | None:
    from textcat.model.storage import load

    model = load(saved.directory, cache_size=cache_size)
    is_same = model.saved is not None and model.saved.generation == saved.generation
    return model if is_same else None
