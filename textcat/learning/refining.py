"""What rows of one's own make of a model: it is certified on them, or learns them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from textcat.precision import DEFAULT_DELTA

if TYPE_CHECKING:
    from textcat.model import CategoryModel


class Refining:
    """Each of these gives another model and leaves this one as it is."""

    facts: dict[str, Any]

    @property
    def learned_since_certified(self) -> int:
        """Rows that were learned after the model was certified, which so was another one."""
        return int(self.facts.get("learned_since_certified", 0))

    def certify(
        self, rows: object, *, delta: float = DEFAULT_DELTA, **reading: Any
    ) -> CategoryModel:
        """The same model certified on rows of one's own, which count unless goods are named.

        A few hundred names with their categories, drawn at random from those that are going to be
        asked and never trained on, make the promise hold for them. Names like those that were
        learned as corrections are left out.

        Parameters
        ----------
        rows, **reading
            As for `textcat.read_catalogue`. A row whose category the model does not have counts as
            wrong below what the model has of its path.
        delta : float
            Chance, over the draw of these rows, that a certified level is not kept.

        Raises
        ------
        PrecisionError, CatalogueError
            If the rows are too few to certify any level, or the model has none of their categories.
        """
        from textcat.training.given_rows import certified

        return certified(cast("CategoryModel", self), rows, delta, reading)

    def learn(self, rows: object, **reading: Any) -> CategoryModel:
        """A model that answers these rows as they say, and hardly any other name otherwise.

        It takes effect at once, on names like them, too: other case, signs, amounts, words in
        another order. No more is changed than that, so that answers to other names stay; whoever
        has the catalogue can train again with `textcat.train(catalogue, corrections=...)`. The rows
        are kept in `corrections`, and what was certified was so before:
        `learned_since_certified` counts them until the model is certified again.

        Parameters
        ----------
        rows, **reading
            As for `textcat.read_catalogue`. Of contradictory rows the last one counts.

        Raises
        ------
        TreeError
            If a row's category is not in the tree.
        CatalogueError
            If there is no row to learn from.

        Examples
        --------
        >>> import textcat
        >>> model = textcat.train([("Чай", "Еда > Чай"), ("Кофе", "Еда > Кофе")], n_jobs=1)
        >>> model = model.learn([("Улун молочный", "Еда > Чай")])
        >>> model.predict("МОЛОЧНЫЙ УЛУН, 50г", precision=None).path
        ('Еда', 'Чай')
        >>> model.corrections
        (('Улун молочный', ('Еда', 'Чай')),)
        """
        from textcat.learning.learner import learned

        return learned(cast("CategoryModel", self), rows, reading)

    def correct(self, name: str, path: str | Sequence[str]) -> CategoryModel:
        """As `learn` of one row; the category is told as to `CategoryTree.index`.

        Examples
        --------
        >>> import textcat
        >>> model = textcat.train([("Чай", "Чай"), ("Кофе", "Кофе")], n_jobs=1)
        >>> model.correct("Цикорий растворимый", "Кофе").predict("цикорий", precision=None).path
        ('Кофе',)
        """
        return self.learn([(name, (path,) if isinstance(path, str) else path)])
