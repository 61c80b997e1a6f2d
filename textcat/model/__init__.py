"""A trained model: from names to categories.

The only place where names → features and tree → classifier → answers meet. Beside it: `storage`, a
model as a directory; `checks`, whether one may be believed; `display`, `embedding_map`, its looks.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, overload

from textcat.descent.linear_tree import LinearTree
from textcat.features.name_reader import NameReader
from textcat.learning.refining import Refining
from textcat.model.display import Displaying
from textcat.names import is_one_name, read_name, read_names
from textcat.precision import (
    DEFAULT_PRECISION,
    Certificate,
    Certificates,
    PrecisionLevels,
    read_precisions,
)
from textcat.prediction.answers import Answer, Answers
from textcat.prediction.candidates import Candidate, candidates_of
from textcat.prediction.explanation import Explanation, explain_name
from textcat.prediction.parallel import best_paths
from textcat.prediction.saved import SavedModel
from textcat.prediction.scoring import NameScorer
from textcat.remapping.editing import Editing
from textcat.tree import CategoryTree
from textcat.vectors.encoding import Encoding
from textcat.vectors.name_vectors import NameVectors
from textcat.vectors.space import VectorSpace

if TYPE_CHECKING:
    from textcat.auditing import Audit
    from textcat.evaluation import Evaluation
    from textcat.learning.corrections import Corrections
    from textcat.shift import Shift


class CategoryModel(Editing, Refining, Encoding, Displaying):
    """Tells the category of a product from its name.

    Made by `textcat.train` or `textcat.load`; read-only, may be shared by threads and forked
    processes. Pickled it is whole, so better have every process load it: memory is shared then.

    Parameters
    ----------
    tree : CategoryTree
    reader : NameReader
        Names to features.
    linear_tree : LinearTree
        Features to probabilities of categories.
    facts : mapping
        How the model was made: plain values only.
    certificates : mapping of str to Certificate, optional
        By the goods that they stand for: "new", "familiar", "given".
    saved : SavedModel, optional
        Where its names, features and tree were loaded from.
    corrections : tuple of (str, tuple of str), optional
        What moderators had it learn, names with their paths; `train` takes them, too.
    space : VectorSpace, optional
        Where its vectors lie; by default they are 128 long.

    Examples
    --------
    >>> import textcat
    >>> rows = [("Чай зелёный", "Чай"), ("Чай чёрный", "Чай"),
    ...         ("Кофе молотый", "Кофе"), ("Кофе в зёрнах", "Кофе")]
    >>> model = textcat.train(rows, n_jobs=1)
    >>> model.predict("чай с мятой", precision=None).path
    ('Чай',)
    >>> model.predict("гвозди", precision=None).path is None
    True
    """

    def __init__(
        self,
        tree: CategoryTree,
        reader: NameReader,
        linear_tree: LinearTree,
        facts: Mapping[str, Any],
        certificates: Mapping[str, Certificate] | None = None,
        saved: SavedModel | None = None,
        corrections: Corrections = (),
        space: VectorSpace | None = None,
    ) -> None:
        self.tree = tree
        self.reader = reader
        self.linear_tree = linear_tree
        self.facts: dict[str, Any] = dict(facts)
        self.saved = saved
        self.corrections = corrections
        self.scorer: NameScorer = NameScorer(reader, linear_tree)
        space = space or VectorSpace.of(tree)
        self.name_vectors: NameVectors = NameVectors(reader, linear_tree, space)
        reason = str(self.facts.get("uncertified", "the model was made without a certificate"))
        since = (self.learned_since_certified, len(self.facts.get("changed_since_certified", ())))
        self.certificates = Certificates(certificates or {}, reason, *since)

    @overload
    def predict(  # type: ignore[overload-overlap]  # text is an iterable, too, but one name
        self,
        names: str | bytes,
        precision: float | Iterable[float | None] | None = ...,
        goods: str | None = ...,
        n_jobs: int | None = ...,
        progress: bool = ...,
    ) -> Answer: ...

    @overload
    def predict(
        self,
        names: Iterable[object],
        precision: float | Iterable[float | None] | None = ...,
        goods: str | None = ...,
        n_jobs: int | None = ...,
        progress: bool = ...,
    ) -> Answers: ...

    def predict(
        self,
        names: str | bytes | Iterable[object],
        precision: float | Iterable[float | None] | None = DEFAULT_PRECISION,
        goods: str | None = None,
        n_jobs: int | None = None,
        progress: bool = False,
    ) -> Answer | Answers:
        """Tell the category of one name, or of each of several.

        Parameters
        ----------
        names : str or iterable
            A single name, or anything that yields names: a list, a generator, a column of a
            data frame. None and NaN are names in which nothing is known.
        precision : float, several floats, or None
            The share of the answers that has to be right; see `precision_levels`. None takes the
            most probable leaf, however improbable it is.
        goods : "new", "familiar" or "given", optional
            What the names are about, and so which certificate counts: goods that the catalogue
            does not have yet, goods like the catalogue's, goods like the rows that `certify` was
            given. Unless said otherwise it is the last of these, and without it new and familiar
            goods both: the stricter threshold of the two.
        n_jobs : int, optional
            Processes to answer with, as joblib counts them: None or 1 is this one, -1 one a core.
            The answers are the same. Up to some 50,000 names are answered in this one anyway.
        progress : bool
            Show progress on standard error.

        Returns
        -------
        Answer or Answers
            One answer for a single name; a batch, in the order of the names, for several.

        Raises
        ------
        TextcatError
            If an item is neither text, bytes, a number nor missing, with its place.
        PrecisionError
            If a precision does not lie between 0 and 1, or is not certified for these goods.
        """
        precisions, rule = read_precisions(precision), self.certificates.rule(goods)
        for level in precisions:
            rule.threshold(level)
        texts = [read_name(names)] if is_one_name(names) else read_names(names)
        paths = best_paths(self, texts, n_jobs, progress)
        answers = Answers(texts, *paths, precisions, self.tree, rule, self.explain)
        answer: Answer | Answers = answers[0] if is_one_name(names) else answers
        return answer

    @overload
    def top(  # type: ignore[overload-overlap]  # as for `predict`
        self, names: str | bytes, k: int = ...
    ) -> list[Candidate]: ...

    @overload
    def top(self, names: Iterable[object], k: int = ...) -> list[list[Candidate]]: ...

    def top(
        self, names: str | bytes | Iterable[object], k: int = 5
    ) -> list[Candidate] | list[list[Candidate]]:
        """The `k` best categories of one name, or of each of several; the first is the answer.

        They are ranked by what the model learned. What held-out rows taught about how far a choice
        is to be trusted corrects the probabilities, and may put one above an earlier one. A name in
        which nothing is known has no category.
        """
        if k < 1:
            raise ValueError(f"k must be 1 or more, but is {k!r}")
        texts = [read_name(names)] if is_one_name(names) else read_names(names)
        found = [candidates_of(row, self.tree) for row in self.scorer.best_leaves(texts, k)]
        return found[0] if is_one_name(names) else found

    def explain(self, name: object) -> Explanation:
        """The words and features that spoke for and against the most probable leaf, per level."""
        return explain_name(self, read_name(name))

    @property
    def precision_levels(self) -> PrecisionLevels:
        """What is certified at 0.99, 0.98, 0.95, 0.90 and 0.80, for all goods."""
        return self.certificates.levels

    def audit(self, rows: object, confidence: float = 0.5, **reading: Any) -> Audit:
        """Find rows whose category is probably wrong, among some it was not trained on.

        Rows that it was trained on are for `textcat.audit`.
        """
        from textcat.auditing import audit_with

        return audit_with(self, rows, confidence, reading)

    def evaluate(
        self,
        rows: object,
        precision: float | Iterable[float] | None = None,
        goods: str | None = None,
        **reading: Any,
    ) -> Evaluation:
        """Measure the model on rows that it was not trained on; see `textcat.evaluation`."""
        from textcat.evaluation import evaluate

        return evaluate(self, rows, precision=precision, goods=goods, **reading)

    def check(self, names: Iterable[object], goods: str | None = None) -> Shift:
        """Compare names with those that the model was certified on; see `textcat.shift`.

        Names that look harder than those get warnings: no label is needed to see that, and what
        is certified may not hold for them. With `goods` left out they are compared with the rows
        that were given, or else with new goods.
        """
        from textcat.shift import certified_sample, shift_of

        return shift_of(self, names, certified_sample(self.certificates.hardest(goods)))

    def save(self, directory: str | os.PathLike[str]) -> None:
        """Write the model to a directory; the old one there stays whole until the new one is."""
        from textcat.model.storage import save_model

        save_model(self, directory)

    def __deepcopy__(self, memo: object) -> CategoryModel:
        return self  # read-only, and scikit-learn copies the parameters of what it clones

    def __repr__(self) -> str:
        learned = f", {len(self.corrections)} corrections" if self.corrections else ""
        features = f"{len(self.reader.vocabulary)} features"
        return f"<CategoryModel: {len(self.tree)} categories, {features}{learned}>"
