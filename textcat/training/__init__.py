"""From a catalogue to a model: the recipe.

1. Read the rows, and the features of their names once.
2. Decide which rows are kept out of training, so that precision levels can be certified.
3. Learn the vocabulary and fit the classifiers on the others and on the titles of all categories,
   so that a category without any product can be answered, too.
4. Make the probabilities true and certify the thresholds on the rows kept out.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from textcat.catalogue.cross_listing import other_categories
from textcat.errors import PrecisionError
from textcat.lemmas import Lemmatizer
from textcat.model import CategoryModel
from textcat.precision.certification import DEFAULT_DELTA
from textcat.solvers import find_solver
from textcat.training.certified import FEWEST_ROWS, Certified, fit_folds, fit_split
from textcat.training.held_out import Groups
from textcat.training.label_noise import check_label_noise
from textcat.training.overruling import kept_corrections, overruled, read_corrections
from textcat.training.rows import TrainingRows, categories_of_rows, read_rows_of_tree
from textcat.training.titles import Synonyms
from textcat.tree import CategoryTree
from textcat.vectors.space import DEFAULT_DIM, VectorSpace, read_dim

# A catalogue with fewer rows is cut into folds; it is fitted so fast that once more a fold is
# bearable, and it needs every row.
MANY_ROWS = 30_000
# Rows that are held out of a larger one: familiar ones, and new ones of each sort. So many tell
# 0.95 from 0.945; were there more of them, the model that certifies would fall too far behind.
HELD_OUT = {"familiar": 3000, "new": 3500}


def train(
    source: object,
    *,
    tree: CategoryTree | None = None,
    synonyms: Synonyms | None = None,
    calibration: object = "auto",
    corrections: object = (),
    delta: float = DEFAULT_DELTA,
    label_noise: str | None = None,
    analyser: str = "pymorphy3",
    min_count: int = 1,
    C: float = 2.0,
    prune: float = 0.065,
    dim: int | None = DEFAULT_DIM,
    n_jobs: int | None = -1,
    progress: bool = False,
    random_state: int = 0,
    **reading: Any,
) -> CategoryModel:
    """Train a model on a catalogue, and certify its precision levels.

    Parameters
    ----------
    source : path, table or rows
        Whatever `textcat.read_catalogue` takes: a CSV or TSV file, a data frame, pairs of
        (name, category path).
    tree : CategoryTree, optional
        The whole tree, if it has more categories than the rows show; a feed brings its own along.
        Without it a category that only one row shows stands for all those that no row shows: some
        of the names to come will be of such, and precision levels take them into account.
    synonyms : mapping of an id or path to texts, optional
        Further titles of categories, which are learned beside their own.
    calibration : "auto", float, path, table or rows, or None
        What precision levels are certified on. "auto": rows of the catalogue that are kept out of
        training, a small catalogue in five folds, so that the model itself is fitted on all of
        it. A share: so much of the catalogue, kept out for each kind of goods, new and familiar.
        Other rows, read like `source`: first as "auto", then on those, see
        `CategoryModel.certify`. None: nothing; no precision level can be asked for then.
    corrections : rows
        Names with categories that overrule rows of the same name and are added to the others, as
        `CategoryModel.corrections` has them. They are kept with the model.
    delta : float
        Chance, over the draw of the calibration rows, that a certified level is not kept.
    label_noise : "downweight", optional
        Rows whose category is all but certainly wrong, as `textcat.audit` judges, count a tenth.
        It pays where one label in twenty is plainly wrong, costs a little accuracy where hardly any
        is, and takes six times as long.
    analyser : str
        How words are lemmatised: "pymorphy3", "stem" or "none".
    min_count : int
        In how many names a feature has to stand to be learned.
    C : float
        Inverse strength of the regularisation of the classifiers.
    prune : float
        Weights of the classifiers below it are dropped.
    dim : int, optional
        Length of the vectors of `CategoryModel.encode`; they cost nothing before they are asked
        for. 0 or None for no vectors.
    n_jobs : int, optional
        Processes to read names with, and threads or processes to fit with; -1 is one a core.
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
    PrecisionError
        If a share is not above 0 and below 1/2, or `delta` not above 0 and below 1.

    Examples
    --------
    >>> rows = [("Чай зелёный", "Чай"), ("Кофе молотый", "Кофе"), ("Кофе в зёрнах", "Кофе")]
    >>> model = train(rows, n_jobs=1)
    >>> model
    <CategoryModel: 2 categories, 30 features>
    >>> model.predict("чай с мятой", precision=None).path  # three rows can't certify any level
    ('Чай',)
    """
    _check(calibration, delta)
    check_label_noise(label_noise)
    read_dim(dim)
    corrected = read_corrections(corrections)
    catalogue = overruled(read_rows_of_tree(source, tree, reading), corrected)
    tree = tree or catalogue.tree
    is_whole_tree, tree = tree is not None, tree or CategoryTree.from_paths(catalogue.paths)
    kept = kept_corrections(corrected, tree)
    categories = categories_of_rows(catalogue, tree)
    rows = TrainingRows(
        catalogue.names, categories, tree, is_whole_tree, Lemmatizer(analyser), min_count,
        {"C": C, "prune": prune, "n_jobs": n_jobs, "progress": progress,
         "random_state": random_state},
        synonyms or {}, other_categories(catalogue, categories), label_noise,
    )  # fmt: skip
    fitted, certificates = _fit(rows, calibration, delta, random_state)
    facts = {
        "rows": len(catalogue),
        "solver": find_solver().name,
        "calibration_rows": {kind: len(each.outcomes) for kind, each in certificates.items()},
        "uncertified": _why_uncertified(calibration, len(catalogue)),
        "catalogue": catalogue.report.to_dict(),
    }
    model = CategoryModel(
        tree, fitted.reader, fitted.linear_tree, facts, certificates, corrections=kept,
        space=VectorSpace.of(tree, dim),
    )  # fmt: skip
    if _is_rows(calibration):
        return model.certify(calibration, delta=delta, **reading)
    return model


def _fit(rows: TrainingRows, calibration: object, delta: float, seed: int) -> Certified:
    """Fit and certify in the way that `calibration` and the number of rows ask for."""
    count = len(rows.names)
    if calibration is None or count < FEWEST_ROWS:
        return Certified(rows.fit(np.ones(count, bool)), {})
    groups = Groups.of(rows.names, rows.read, rows.lemmatizer)
    if isinstance(calibration, float):
        wanted = dict.fromkeys(HELD_OUT, round(calibration * count))
        return fit_split(rows, groups, wanted, delta, seed)
    if count < MANY_ROWS:
        return fit_folds(rows, groups, delta, seed)
    return fit_split(rows, groups, HELD_OUT, delta, seed)


def _is_rows(calibration: object) -> bool:
    is_auto = isinstance(calibration, str) and calibration == "auto"
    return not (calibration is None or is_auto or isinstance(calibration, float))


def _check(calibration: object, delta: float) -> None:
    if isinstance(calibration, float) and not 0 < calibration < 0.5:
        raise PrecisionError(
            f"calibration={calibration!r} is no share of rows to keep out of training: it must "
            'be above 0 and below 0.5, or "auto"'
        )
    if not 0 < delta < 1:
        raise PrecisionError(
            f"delta={delta!r} is no chance of a broken promise: it must lie between 0 and 1, "
            "such as 0.1"
        )


def _why_uncertified(calibration: object, rows: int) -> str:
    """Why no precision level is certified, if none is."""
    if calibration is None:
        return "the model was trained without calibration"
    return (
        f"{FEWEST_ROWS} rows kept out of training are needed for that, the catalogue has {rows:,}"
    )
