"""The starter model, built on this machine when it is first asked for."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from textcat.errors import StarterWarning, StorageError
from textcat.model.storage import load
from textcat.starter.sources import read_sources, starter_version
from textcat.storage import FORMAT_VERSION

if TYPE_CHECKING:
    from textcat.model import CategoryModel

CACHE = "TEXTCAT_CACHE"


def load_default(*, progress: bool | None = None) -> CategoryModel:
    """The starter model: a tree of a general marketplace, usable without a catalogue.

    It was trained on names made from a language written by hand, and its precision levels are
    certified on hand-written names. A warning says so. `certify` it on a few hundred names of
    your own, labelled with its categories, and its levels hold for those.

    Nothing is downloaded: the first call builds the model, in about a minute, and keeps it in the
    user's cache folder, from where later calls load it. TEXTCAT_CACHE in the environment names
    another folder.

    Parameters
    ----------
    progress : bool, optional
        Show on standard error how the building goes; by default if that is a terminal.

    Raises
    ------
    StorageError
        If the folder cannot be written to.

    Examples
    --------
    >>> model = load_default()
    >>> model.predict("Чехол силиконовый для iPhone 13").path
    ('Электроника', 'Аксессуары для телефонов', 'Чехлы для телефонов')
    """
    place = cached_directory()
    try:
        model = load(place)
    except StorageError:  # there is none yet, or it was damaged
        _build(place, sys.stderr.isatty() if progress is None else progress)
        model = load(place)
    warnings.warn(
        f"the starter model's precision levels are certified on {model.facts['certified_on']}; "
        "to make them hold for yours: model.certify(rows) with a few hundred labelled names",
        StarterWarning,
        stacklevel=2,
    )
    return model


def cached_directory() -> Path:
    """Where the starter model of these sources is kept on this machine."""
    name = f"starter-{starter_version()}-{FORMAT_VERSION}"
    cache = os.environ.get(CACHE) or platformdirs.user_cache_dir("textcat", appauthor=False)
    return Path(cache) / name


def _build(place: Path, progress: bool) -> None:
    from textcat.starter.building import build

    _check_folder(place.parent)
    build(read_sources(), progress=progress).save(place)


def _check_folder(folder: Path) -> None:
    """Refuse, before the minute that building takes, a folder that nothing can be kept in."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        reason = "" if os.access(folder, os.W_OK) else "it cannot be written to"
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        raise StorageError(
            f"the starter model cannot be kept in {folder}: {reason}. Name another folder by "
            f"{CACHE} in the environment"
        )
