"""A model on its way to other machines, and how it is found there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, TypeAlias
from zipfile import ZipFile

from textcat.errors import StorageError
from textcat.features.name_reader import DEFAULT_CACHE
from textcat.model import CategoryModel
from textcat.prediction.saved import SavedModel

ModelOrPath: TypeAlias = CategoryModel | str | os.PathLike[str]
# Where an engine unpacks on a worker what was shipped under a name, if it has a place for that.
Shipped: TypeAlias = Callable[[str], str | None]


def found_by_workers(model: ModelOrPath) -> tuple[SavedModel, CategoryModel]:
    """Where workers look for a model, and the model.

    A path is left as it was given, symbolic links and all: it may lead elsewhere on another host.

    Raises
    ------
    StorageError
        If there is no model, or it is on no disk.
    """
    if isinstance(model, CategoryModel):
        if model.saved is None or not model.saved.is_there():
            raise StorageError(
                f"workers cannot load {model!r}: it is on no disk, or another one has taken its "
                "place there. Save it, model.save(directory), and give textcat.load(directory)"
            )
        return model.saved, model
    saved = SavedModel.at(Path(model).absolute())
    return saved, opened(saved, DEFAULT_CACHE, lambda _: None)


def opened(saved: SavedModel, cache_size: int, shipped: Shipped) -> CategoryModel:
    """The model on this machine, loaded once in a process.

    It is taken from where it was saved, if that can be seen from here: then whoever else has it
    open on this host shares its memory. Otherwise from where the engine has put it.

    Raises
    ------
    StorageError
        If it is in neither place, or damaged.
    """
    directory = saved.directory if saved.is_there() else shipped(shipped_name(saved))
    is_found = directory is not None and Path(directory).exists()
    model = SavedModel(str(directory), saved.generation).opened(cache_size) if is_found else None
    if model is None:
        raise StorageError(
            f"{saved.directory} cannot be seen from here, or holds another model now. Give a path "
            "that all workers see, or a loaded model: that is sent to them"
        )
    return model


def shipped_name(saved: SavedModel) -> str:
    """What a model is called while it is shipped; no other model has the same name.

    >>> shipped_name(SavedModel("/models/shop", "3f9c2a71b0d4"))
    'textcat-3f9c2a71b0d4'
    """
    return f"textcat-{saved.generation}"


def pack(saved: SavedModel, target: Path | IO[bytes]) -> None:
    """Put the files of a model into a ZIP archive; they hardly get smaller, so as they are."""
    with ZipFile(target, "w") as archive:
        for file in sorted(Path(saved.directory).iterdir()):
            archive.write(file, file.name)
