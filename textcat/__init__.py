"""Tell a product's category from its name.

>>> import textcat
>>> model = textcat.train([("Чай зелёный", "Чай"), ("Кофе молотый", "Кофе")], n_jobs=1)
>>> model.predict("чай чёрный", precision=None).path  # two rows certify nothing
('Чай',)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from textcat.errors import (
    CatalogueError,
    MissingExtraError,
    PrecisionError,
    StarterWarning,
    StorageError,
    TextcatError,
    TreeError,
)

if TYPE_CHECKING:
    from textcat.auditing import audit
    from textcat.catalogue import read_catalogue
    from textcat.features.vectorizer import NameVectorizer
    from textcat.fitting.classifier import TreeClassifier
    from textcat.lemmas import Lemmatizer
    from textcat.model import CategoryModel
    from textcat.model.storage import load
    from textcat.prediction.answers import Answer, Answers
    from textcat.starter.default import load_default
    from textcat.tokens import tokenize
    from textcat.training import train
    from textcat.tree import CategoryTree
    from textcat.vectors.name_encoder import NameEncoder

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Answers",
    "CatalogueError",
    "CategoryModel",
    "CategoryTree",
    "Lemmatizer",
    "MissingExtraError",
    "NameEncoder",
    "NameVectorizer",
    "PrecisionError",
    "StarterWarning",
    "StorageError",
    "TextcatError",
    "TreeClassifier",
    "TreeError",
    "audit",
    "load",
    "load_default",
    "read_catalogue",
    "tokenize",
    "train",
]

# Modules are imported when a name of theirs is first used, so that a process that only answers
# never loads what only training needs.
_MODULES = {
    "Answer": "prediction.answers",
    "Answers": "prediction.answers",
    "CategoryModel": "model",
    "CategoryTree": "tree",
    "Lemmatizer": "lemmas",
    "NameEncoder": "vectors.name_encoder",
    "NameVectorizer": "features.vectorizer",
    "TreeClassifier": "fitting.classifier",
    "audit": "auditing",
    "load": "model.storage",
    "load_default": "starter.default",
    "read_catalogue": "catalogue",
    "tokenize": "tokens",
    "train": "training",
}


if not TYPE_CHECKING:  # a type checker is to know the names above, and no others

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module 'textcat' has no attribute {name!r}")
        return getattr(import_module(f"textcat.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
