"""What the command line says about a model, and where it may put one."""

from __future__ import annotations

import os
from pathlib import Path

from textcat import __version__
from textcat.errors import StorageError
from textcat.model import CategoryModel
from textcat.storage import load_directory
from textcat.storage.files import check_target


def check_model_target(directory: Path) -> None:
    """Refuse, before hours of training, a place that no model can be saved to."""
    if directory.is_dir():
        check_target(directory)
    elif directory.exists():
        raise StorageError(f"{directory} is a file; name a directory for the model.")
    existing = next(path for path in (directory, *directory.absolute().parents) if path.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        raise StorageError(f"{existing} cannot be written to; name another place for the model.")


def note_on(model: CategoryModel) -> str:
    """What to know before a model is relied on; nothing if it is certified on real rows, now."""
    certified_on = model.facts.get("certified_on")
    on = f"certified on {certified_on}" if certified_on else ""
    said = ", and ".join(filter(None, (on, model.certificates.note)))
    return f"The precision levels are {said}: textcat certify MODEL ROWS." if said else ""


def figures_of_model(model: CategoryModel, directory: Path) -> dict[str, str]:
    """What a model consists of."""
    tree = model.tree
    return {
        "categories": f"{len(tree):,}, {len(tree.leaves):,} of them leaves, {tree.depth} levels",
        "features": f"{len(model.reader.vocabulary):,}",
        **({"corrections": f"{len(model.corrections):,}"} if model.corrections else {}),
        "size on disk": readable_size(sum(path.stat().st_size for path in directory.iterdir())),
    }


def figures_of_making(model: CategoryModel, directory: Path) -> dict[str, str]:
    """How a model was made."""
    stored = load_directory(directory, verify=False)
    facts = model.facts
    source = facts.get("catalogue", {}).get("place", "unknown")
    dropped = facts.get("catalogue", {}).get("rows_dropped", 0)
    certified_on = facts.get("certified_on")
    return {
        "made": f"{stored.created} by textcat {stored.library_version} (this is {__version__})",
        "trained on": f"{source}: {facts.get('rows', 0):,} rows kept, {dropped:,} dropped",
        **({"certified on": certified_on} if certified_on else {}),
        "temperature": f"{model.linear_tree.temperature:.3f}",
        "names read with": model.reader.lemmatizer.analyser,
        "version of the tree": model.tree.version,
    }


def readable_size(size: int) -> str:
    """Bytes for people.

    >>> readable_size(7_100_000), readable_size(900)
    ('7.1 MB', '0.9 kB')
    """
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{size / 1e3:.1f} kB"
