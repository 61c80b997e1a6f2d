"""From a catalogue to a model: the recipe.

1. Read the rows; keep a few aside for tuning, near-duplicates always together.
2. Learn the vocabulary and fit the classifiers on the other rows and on the titles of all
   categories, so that a category without any product can be answered, too.
3. Fit the temperature on the rows kept aside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from textcat.calibration import calibrated
from textcat.catalogue import Catalogue, read_catalogue
from textcat.catalogue.values import normalize_name
from textcat.errors import TreeError
from textcat.fitting import fit_linear_tree
from textcat.lemmas import Lemmatizer
from textcat.model import CategoryModel
from textcat.name_reader import NameReader
from textcat.tree import CategoryTree
from textcat.vocabulary import learn_vocabulary

# The share of the rows that the temperature, a single number, is fitted on; no more rows than it
# needs, and none at all if they are so few that the default temperature is closer to the truth.
TUNING_SHARE = 0.04
MOST_TUNING_ROWS = 2000
FEWEST_TUNING_ROWS = 100
# The solver's tolerance, and that for so many rows that time matters: a third less of it for 0.0002
# of held-out leaf accuracy on 97,000 rows. A few rows are fitted in no time and need every step.
TOLERANCE, COARSE_TOLERANCE = 0.1, 1.0
MANY_ROWS = 50_000


def train(
    source: object,
    *,
    tree: CategoryTree | None = None,
    analyser: str = "pymorphy3",
    min_count: int = 1,
    C: float = 2.0,
    prune: float = 0.05,
    n_jobs: int | None = -1,
    progress: bool = False,
    random_state: int = 0,
    **reading: Any,
) -> CategoryModel:
    """Train a model on a catalogue.

    Parameters
    ----------
    source : path, table or rows
        Whatever `textcat.read_catalogue` takes: a CSV or TSV file, a data frame, pairs of
        (name, category path).
    tree : CategoryTree, optional
        The whole tree, if it has more categories than the rows show.
    analyser : str
        How words are lemmatised: "pymorphy3", "stem" or "none".
    min_count : int
        In how many names a feature has to stand to be learned.
    C : float
        Inverse strength of the regularisation of the classifiers.
    prune : float
        Weights of the classifiers below it are dropped.
    n_jobs : int, optional
        Processes to fit with; -1 is one a core.
    progress : bool
        Show progress on standard error.
    random_state : int
        The same seed and rows give the same model.
    **reading
        Passed on to `textcat.read_catalogue`: `name=`, `category=`, `separator=`, ...

    Returns
    -------
    CategoryModel

    Raises
    ------
    CatalogueError
        If there is no row to learn from.
    TreeError
        If a row's category is not in the given tree.

    Examples
    --------
    >>> rows = [("Чай зелёный", "Чай"), ("Кофе молотый", "Кофе"), ("Кофе в зёрнах", "Кофе")]
    >>> train(rows, n_jobs=1)
    <CategoryModel: 2 categories, 30 features>
    """
    catalogue = read_catalogue(source, **reading)
    tree = tree or CategoryTree.from_paths(catalogue.paths)
    categories = categories_of_rows(catalogue, tree)
    lemmatizer = Lemmatizer(analyser)
    tuning = tuning_rows(catalogue.names, random_state)
    titled = titled_categories(tree, categories)
    names = [catalogue.names[row] for row in np.flatnonzero(~tuning)]
    vocabulary, X = learn_vocabulary(
        names + [tree.titles[node] for node in titled.tolist()], lemmatizer, min_count
    )
    linear_tree = fit_linear_tree(
        X, np.r_[categories[~tuning], titled], tree,
        C=C, tolerance=COARSE_TOLERANCE if len(names) > MANY_ROWS else TOLERANCE, prune=prune,
        n_jobs=n_jobs, progress=progress, random_state=random_state,
    )  # fmt: skip
    reader = NameReader(vocabulary, lemmatizer)
    tuned = [catalogue.names[row] for row in np.flatnonzero(tuning)]
    linear_tree = calibrated(linear_tree, reader.matrix(tuned), categories[tuning])
    facts = {
        "rows": len(catalogue),
        "tuning_rows": len(tuned),
        "temperature": linear_tree.temperature,
        "catalogue": catalogue.report.to_dict(),
    }
    return CategoryModel(tree, reader, linear_tree, facts)


def categories_of_rows(catalogue: Catalogue, tree: CategoryTree) -> npt.NDArray[np.int32]:
    """Node of every row of the catalogue, (n_rows,) int32."""
    index: dict[tuple[str, ...], int] = {}
    for row, name, path in zip(catalogue.rows, catalogue.names, catalogue.paths, strict=True):
        if path not in index:
            try:
                index[path] = tree.index(path[0] if len(path) == 1 else path)
            except TreeError as error:
                place = f"{catalogue.report.unit} {row}, {name!r:.80}"
                raise TreeError(f"{place}: {error}. Correct the row or the tree") from None
    return np.array([index[path] for path in catalogue.paths], np.int32)


def tuning_rows(names: Sequence[str], random_state: int) -> npt.NDArray[np.bool_]:
    """Which rows are kept aside, (n_rows,) bool; none if they would be too few.

    Names that are the same but for digits, punctuation and case are kept or given together.
    """
    keys, group = np.unique([near_duplicate_key(name) for name in names], return_inverse=True)
    order = np.random.default_rng(random_state).permutation(len(keys))
    share = min(TUNING_SHARE, MOST_TUNING_ROWS / len(names))
    chosen = np.isin(group, order[: round(share * len(keys))])
    return chosen if chosen.sum() >= FEWEST_TUNING_ROWS else np.zeros(len(names), bool)


def near_duplicate_key(name: str) -> str:
    """What near-duplicates have in common.

    >>> near_duplicate_key("Чай «Майский» 100 пак.") == near_duplicate_key("ЧАЙ МАЙСКИЙ 25пак")
    True
    """
    return " ".join(re.findall(r"[^\W\d_]+", normalize_name(name)))


def titled_categories(
    tree: CategoryTree, categories: npt.NDArray[np.int32]
) -> npt.NDArray[np.int32]:
    """Categories whose titles are learned as names: the leaves and whatever has rows."""
    return np.union1d(tree.leaves, categories).astype(np.int32)
