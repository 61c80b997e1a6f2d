"""What a model offers of vectors."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from textcat.arrays.sparse_rows import FloatArray
from textcat.errors import TextcatError
from textcat.names import is_one_name, read_name, read_names
from textcat.tree import CategoryTree
from textcat.vectors.name_vectors import NameVectors
from textcat.vectors.space import DEFAULT_DIM

if TYPE_CHECKING:
    from textcat.model import CategoryModel


class Encoding:
    """Names and categories as vectors of length 1, so that a scalar product is a cosine."""

    tree: CategoryTree
    name_vectors: NameVectors

    @property
    def dim(self) -> int:
        """Length of the vectors; 0 if the model has none."""
        return self.name_vectors.space.dim

    def encode(self, names: str | bytes | Iterable[object]) -> FloatArray:
        """Vector of one name, (dim,) float32, or of each of several, (n, dim).

        Names that go to the same category are close to each other, to siblings less so, and among
        them those that share words. A name in which nothing is known is all zeros. The same name
        has the same vector, bit for bit, whatever it is asked with.

        Parameters
        ----------
        names : str or iterable
            As for `predict`.

        Raises
        ------
        TextcatError
            If the model has no vectors, or an item is no name.

        Examples
        --------
        >>> import textcat
        >>> model = textcat.train([("Чай чёрный", "Чай"), ("Кофе молотый", "Кофе")], n_jobs=1)
        >>> tea, more_tea, coffee = model.encode(["чай", "чай зелёный", "кофе"])
        >>> bool(tea @ more_tea > tea @ coffee)
        True
        >>> model.encode("чай").shape
        (128,)
        """
        self._check()
        if is_one_name(names):
            vector: FloatArray = self.name_vectors.of([read_name(names)])[0]
            return vector
        return self.name_vectors.of(read_names(names))

    def encode_categories(self) -> FloatArray:
        """Vector of every category, (n_nodes, dim) float32; row i is that of node i of the tree.

        It is where names of the category gather; a category is closer to those above and beside it
        than to others.

        Raises
        ------
        TextcatError
            If the model has no vectors.
        """
        self._check()
        return self.name_vectors.of_categories(self.tree)

    def with_vectors(self, dim: int = DEFAULT_DIM) -> CategoryModel:
        """The same model with vectors of another length, or with none for 0.

        Nothing of a vector is trained, so it takes no time.

        Examples
        --------
        >>> import textcat
        >>> model = textcat.train([("Чай", "Чай"), ("Кофе", "Кофе")], dim=0, n_jobs=1)
        >>> model.with_vectors(256).encode("чай").shape
        (256,)
        """
        model = cast("CategoryModel", copy(self))
        space = self.name_vectors.space.with_dim(dim)
        model.name_vectors = replace(self.name_vectors, space=space)
        return model

    def _check(self) -> None:
        if not self.dim:
            raise TextcatError(
                f"the model was trained without vectors, dim=0. model.with_vectors({DEFAULT_DIM}) "
                "is the same model with vectors"
            )
