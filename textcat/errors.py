"""What can go wrong, for people.

Every error that the library raises on purpose is a `TextcatError`::

    TextcatError
    ├── CatalogueError      rows that cannot be learned from
    ├── TreeError           a category tree that is not a tree
    ├── PrecisionError      a precision level that cannot be given
    ├── StorageError        a model directory that cannot be read or written
    └── MissingExtraError   an optional dependency that is not installed

and a warning, `StarterWarning`, says what the starter model cannot promise.

Each message says what is wrong, the value and its place, and the way out.
"""


class TextcatError(Exception):
    """Base of every error that textcat raises on purpose."""


class CatalogueError(TextcatError, ValueError):
    """A catalogue that cannot be learned from: no rows, no such column, ..."""


class TreeError(TextcatError, ValueError):
    """A category tree that is not a tree: a cycle, a missing parent, ..."""


class PrecisionError(TextcatError, ValueError):
    """A precision level that is not a share, or that the model cannot give."""


class StorageError(TextcatError, OSError):
    """A model directory that is missing, damaged, or of a newer format."""


class MissingExtraError(TextcatError, ImportError):
    """An optional dependency is not installed; the message has the pip command."""


class StarterWarning(UserWarning):
    """The starter model is certified on names that are not yours."""
