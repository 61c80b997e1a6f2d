"""What the starter model is made from: the files in `data`, read and checked."""

from __future__ import annotations

import configparser
import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from textcat.errors import CatalogueError
from textcat.starter.hands import read_hands
from textcat.starter.language import Language, read_language, split_items
from textcat.starter.writing import Writing
from textcat.tree import PATH_SEPARATOR, CategoryTree

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


LANGUAGE = "language"
FILES = ("tree.tsv", "hands.tsv", "common.ini", "kept_out.tsv", "outside.ini", "outside.txt")


@dataclass(frozen=True)
class Sources:
    """The starter's tree and the language of its leaves.

    Attributes
    ----------
    tree : CategoryTree
        With stable ids.
    languages : mapping of str to Language
        By the id of the leaf; every leaf has one.
    writing : Writing
        How names are made of it.
    kept_out : tuple of (name, path)
        Names written by hand that no model is trained on: they calibrate and certify it.
    strangers : mapping of str to Language
        Of what is in none of the categories, by what it is; its names speak against all of them.
    outside : tuple of str
        Such names that are kept out.
    version : str
        Changes with any letter of the files.
    """

    tree: CategoryTree
    languages: Mapping[str, Language]
    writing: Writing
    kept_out: tuple[tuple[str, str], ...]
    strangers: Mapping[str, Language]
    outside: tuple[str, ...]
    version: str

    @cached_property
    def paths(self) -> dict[str, str]:
        """Full path of every category by its id."""
        return dict(zip(self.tree.ids, self.tree.to_paths(), strict=True))

    def catalogue(self) -> Iterator[tuple[str, str]]:
        """The training catalogue, written from the language: (name, path), leaf by leaf."""
        for leaf in self.tree.leaves.tolist():
            name = self.tree.ids[leaf]
            for text in self.writing.names(name, self.languages[name]):
                yield text, self.paths[name]

    def strange_names(self) -> Iterator[str]:
        """Names of what is in none of the categories, written like the catalogue."""
        for kind, language in self.strangers.items():
            yield from self.writing.names(kind, language)


def read_sources(directory: Traversable | None = None) -> Sources:
    """Read the starter's sources.

    Parameters
    ----------
    directory : path, optional
        Laid out like `data`. Without it, the files that came with textcat.

    Raises
    ------
    CatalogueError
        If a leaf has no language, or a language no leaf, or a file is not what it should be.
    """
    contents = dict(_contents(directory))
    texts = _Texts({place: content.decode("utf-8") for place, content in contents.items()})
    tree = _tree(texts["tree.tsv"])
    return Sources(
        tree,
        _languages(texts, tree),
        Writing(read_hands(texts["hands.tsv"], "hands.tsv"), _lists(texts["common.ini"])),
        tuple(_kept_out(texts["kept_out.tsv"], tree)),
        read_language(texts["outside.ini"], "outside.ini"),
        tuple(texts["outside.txt"].splitlines()),
        _version(contents),
    )


def starter_version(directory: Traversable | None = None) -> str:
    """Version of the sources; they are not read further than that takes."""
    return _version(dict(_contents(directory)))


def _version(contents: Mapping[str, bytes]) -> str:
    whole = hashlib.sha256()
    for place in sorted(contents):
        whole.update(f"{place} {len(contents[place])}\n".encode() + contents[place])
    return whole.hexdigest()[:12]


class _Texts(dict[str, str]):
    """Content of files by their place."""

    def __missing__(self, place: str) -> str:
        raise CatalogueError(f"{place} is missing among the starter's files")


def _contents(directory: Traversable | None) -> Iterator[tuple[str, bytes]]:
    """Content of the data files of a directory, by default of those that came with textcat."""
    own = directory or files("textcat.starter.data")
    for name in FILES:
        if (own / name).is_file():
            yield name, (own / name).read_bytes()
    for path in (own / LANGUAGE).iterdir():
        if path.name.endswith(".ini"):
            yield f"{LANGUAGE}/{path.name}", path.read_bytes()


def _rows(text: str, place: str, *columns: str) -> Iterator[tuple[str, ...]]:
    rows = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(next(rows, ())) != columns:
        raise CatalogueError(f"{place}: the columns must be {', '.join(columns)}")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(columns):
            raise CatalogueError(f"{place}, row {number}: {len(row)} fields, not {len(columns)}")
        yield tuple(row)


def _tree(text: str) -> CategoryTree:
    r"""The tree of a table of ids and paths; a parent stands before its children.

    >>> _tree("id\tpath\nfood\tЕда\ntea\tЕда > Чай").ids
    ('food', 'tea')
    """
    ids: dict[str, str] = {}
    rows = []
    for name, path in _rows(text, "tree.tsv", "id", "path"):
        parent, _, title = path.rpartition(PATH_SEPARATOR)
        if parent and parent not in ids:
            raise CatalogueError(f"tree.tsv: {path!r} has no line for {parent!r} above it")
        ids[path] = name
        rows.append((name, ids.get(parent), title))
    return CategoryTree.from_rows(rows)


def _kept_out(text: str, tree: CategoryTree) -> Iterator[tuple[str, str]]:
    paths = {tree.ids[leaf]: tree.path_text(leaf) for leaf in tree.leaves.tolist()}
    for number, (leaf, name) in enumerate(_rows(text, "kept_out.tsv", "leaf", "name"), start=2):
        if leaf not in paths:
            raise CatalogueError(f"kept_out.tsv, row {number}: {leaf!r} is no leaf of tree.tsv")
        yield name, paths[leaf]


def _lists(text: str) -> dict[str, tuple[str, ...]]:
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise CatalogueError(f"common.ini is no list of lists: {error}") from None
    return {name: split_items(parser[name]["items"]) for name in parser.sections()}


def _languages(texts: Mapping[str, str], tree: CategoryTree) -> dict[str, Language]:
    languages: dict[str, Language] = {}
    leaves = {tree.ids[leaf] for leaf in tree.leaves.tolist()}
    for place, text in texts.items():
        if place.startswith(LANGUAGE):
            for leaf, language in read_language(text, place).items():
                if leaf not in leaves or leaf in languages:
                    why = "has a language already" if leaf in leaves else "is no leaf of tree.tsv"
                    raise CatalogueError(f"{place}, [{leaf}]: {leaf!r} {why}")
                languages[leaf] = language
    if missing := leaves - languages.keys():
        raise CatalogueError(f"no language for the leaves {', '.join(sorted(missing))}")
    return languages
