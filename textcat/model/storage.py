"""What of a model is written to its directory, and how it is put together again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from textcat.arrays.numbered_texts import NumberedTexts
from textcat.arrays.sparse_rows import SparseRows
from textcat.descent.branches import Branch
from textcat.descent.linear_tree import LinearTree
from textcat.descent.slots import Slots
from textcat.descent.trust import Trust
from textcat.errors import StorageError, TextcatError
from textcat.features.name_reader import DEFAULT_CACHE, NameReader
from textcat.features.vocabulary import Vocabulary
from textcat.learning.corrections import corrections_from_strings, corrections_to_strings
from textcat.lemmas import Lemmatizer, LemmatizerSettings
from textcat.lemmas.known import KnownLemmas
from textcat.model import CategoryModel, checks
from textcat.precision.storage import certificate_arrays, certificate_meta, read_certificates
from textcat.prediction.saved import SavedModel
from textcat.storage import Stored, load_directory, save_directory
from textcat.tree import CategoryTree
from textcat.vectors.space import VectorSpace, read_dim

Arrays = dict[str, npt.NDArray[Any]]

# What comes of content that is not as textcat writes it.
UNREADABLE = (
    LookupError, ArithmeticError, AttributeError, RecursionError, TypeError, ValueError,
    TextcatError,
)  # fmt: skip


def save_model(model: CategoryModel, directory: str | os.PathLike[str]) -> None:
    """Write a model; see `CategoryModel.save`."""
    vocabulary, tree = model.reader.vocabulary, model.tree.to_arrays()
    arrays = {
        "tree_parents": tree["parents"],
        "category_keys": model.name_vectors.space.keys,
        "pairs": vocabulary.pairs,
        "idf": vocabulary.idf,
        "lemmas": _known_lemmas(model.reader).numbers,
        **{f"singles_{name}": array for name, array in vocabulary.singles.arrays.items()},
        **_linear_arrays(model.linear_tree),
        **certificate_arrays(model.certificates),
    }
    strings = {
        "tree_ids": tree["ids"],
        "tree_titles": tree["titles"],
        **corrections_to_strings(model.corrections),
    }
    meta = {
        "lemmatizer": model.reader.lemmatizer.settings._asdict(),
        "temperature": model.linear_tree.temperature,
        "trust": asdict(model.linear_tree.trust) if model.linear_tree.trust else None,
        "certificates": certificate_meta(model.certificates),
        "dim": model.dim,
        "tree_version": model.tree.version,
        "facts": model.facts,
    }
    save_directory(directory, meta, arrays, strings)


def load(directory: str | os.PathLike[str], *, cache_size: int = DEFAULT_CACHE) -> CategoryModel:
    """Load a model from its directory; arrays stay on disk and are shared between processes.

    Parameters
    ----------
    directory : path
    cache_size : int
        As for `NameReader`.

    Raises
    ------
    StorageError
        If a file is missing, cut off, changed, or of a newer format; it names the file.
    """
    stored = load_directory(directory)
    saved = SavedModel(str(Path(directory).resolve()), stored.generation)
    try:
        return _model(stored, cache_size, saved)
    except UNREADABLE as error:
        raise StorageError(
            f"the model in {os.fspath(directory)!r} is not whole: {error!r}. Train or save it again"
        ) from error


def _model(stored: Stored, cache_size: int, saved: SavedModel) -> CategoryModel:
    arrays, strings, meta = stored.arrays, stored.strings, stored.meta
    checks.check_types(arrays)
    checks.check_texts(arrays)
    checks.check_facts(meta["facts"])
    tree = CategoryTree.from_arrays(
        {
            "ids": strings["tree_ids"],
            "titles": strings["tree_titles"],
            "parents": arrays["tree_parents"],
        }
    )
    vocabulary = Vocabulary(_singles(arrays), arrays["pairs"], arrays["idf"])
    checks.check_vocabulary(vocabulary)
    linear_tree = _linear_tree(arrays, tree, meta)
    checks.check_linear_tree(arrays, linear_tree, len(vocabulary))
    certificates = read_certificates(arrays, meta["certificates"])
    for certificate in certificates.values():
        checks.check_certificate(certificate, tree)
    reader = NameReader(vocabulary, _lemmatizer(vocabulary, arrays, meta), cache_size)
    corrections = corrections_from_strings(strings)
    return CategoryModel(
        tree, reader, linear_tree, meta["facts"], certificates, saved, corrections,
        _space(arrays, tree, meta),
    )  # fmt: skip


def _space(arrays: Arrays, tree: CategoryTree, meta: Mapping[str, Any]) -> VectorSpace | None:
    """Where vectors lie; nothing is said of it in a model of earlier days."""
    if "dim" not in meta:
        return None
    return VectorSpace(read_dim(meta["dim"]), arrays["category_keys"]).checked(tree)


def _lemmatizer(vocabulary: Vocabulary, arrays: Arrays, meta: Mapping[str, Any]) -> Lemmatizer:
    settings = LemmatizerSettings(**meta["lemmatizer"])
    checks.check_lemmatizer(settings)
    known = KnownLemmas(vocabulary.singles, arrays["lemmas"])
    checks.check_lemmas(known)
    return Lemmatizer(*settings, known=known)


def _singles(arrays: Arrays) -> NumberedTexts:
    parts = (arrays[f"singles_{name}"] for name in ("text", "starts", "checksums", "numbers"))
    return NumberedTexts(*parts)


def _known_lemmas(reader: NameReader) -> KnownLemmas:
    """Lemmas of the words of a vocabulary: those that it was loaded with, or else found again."""
    known, texts = reader.lemmatizer.known, reader.vocabulary.singles
    return known if known and known.texts is texts else KnownLemmas.of(texts, reader.lemmatizer)


def _linear_arrays(tree: LinearTree) -> Arrays:
    """Branches one after the other; `branch_*` say where each of them begins."""
    branches = list(tree.branches.values())
    features = [branch.features for branch in branches]
    weights = [branch.weights for branch in branches]
    return {
        "slot_parents": tree.slots.parents,
        "slot_categories": tree.slots.categories,
        "branch_slots": np.array(list(tree.branches), np.int32),
        "branch_features": _starts(features),
        "branch_weights": _starts([weight.data for weight in weights]),
        "features": _joined(features, np.int32),
        "weights": _joined([weight.data for weight in weights], np.float32),
        "children": _joined([weight.indices for weight in weights], np.int32),
        "row_starts": _joined([weight.indptr for weight in weights], np.int32),
        "intercepts": _joined([branch.intercepts for branch in branches], np.float32),
    }


def _starts(parts: list[npt.NDArray[Any]]) -> npt.NDArray[np.int64]:
    return np.cumsum([0, *map(len, parts)], dtype=np.int64)


def _joined(parts: list[npt.NDArray[Any]], dtype: type[np.generic]) -> npt.NDArray[Any]:
    return np.concatenate([*parts, np.empty(0, dtype)]).astype(dtype, copy=False)


def _linear_tree(arrays: Arrays, tree: CategoryTree, meta: Mapping[str, Any]) -> LinearTree:
    slots = Slots(arrays["slot_parents"], arrays["slot_categories"])
    checks.check_slots(slots, tree)
    checks.check_branches(arrays, slots)
    branches, intercept = {}, 0
    starts = zip(
        arrays["branch_slots"].tolist(),
        _ranges(arrays["branch_features"]),
        _ranges(arrays["branch_weights"]),
        strict=True,
    )
    for number, (slot, features, weights) in enumerate(starts):
        children = slots.children(slot)
        count = children.stop - children.start
        rows = slice(features.start + 2 * number, features.stop + 2 * number + 2)
        branches[slot] = Branch(
            arrays["features"][features],
            SparseRows(
                arrays["weights"][weights],
                arrays["children"][weights],
                arrays["row_starts"][rows],
                (features.stop - features.start + 1, count),
            ).checked(),
            arrays["intercepts"][intercept : intercept + count],
        )
        intercept += count
    trust = Trust(**meta["trust"]) if meta["trust"] else None
    return LinearTree(slots, branches, float(meta["temperature"]), trust)


def _ranges(starts: npt.NDArray[np.int64]) -> list[slice]:
    """Slices between neighbouring starts.

    >>> _ranges(np.array([0, 2, 5]))
    [slice(0, 2, None), slice(2, 5, None)]
    """
    bounds = starts.tolist()
    return [slice(start, stop) for start, stop in pairwise(bounds)]
