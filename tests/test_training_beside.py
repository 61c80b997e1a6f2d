"""Certified beside the catalogue: rows that stand for what will be asked, and are never learned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from textcat.lemmas import Lemmatizer
from textcat.training.certified import Certified, fit_beside
from textcat.training.rows import TrainingRows
from textcat.tree import CategoryTree

TREE = CategoryTree.from_paths(["Еда > Чай", "Еда > Кофе", "Инструменты > Молотки"])
NOUNS = {"чай": 1, "кофе": 2, "молоток": 4}
LEARNED = [(f"{noun} {word}", node) for noun, node in NOUNS.items() for word in ("белый", "новый")]
ASKED = [(f"{noun} синий {number}", node) for noun, node in NOUNS.items() for number in range(40)]
OUTSIDE = [(f"услуга {number}", -1) for number in range(30)]


def rows_of(pairs: list[tuple[str, int]]) -> TrainingRows:
    names, categories = zip(*pairs, strict=True)
    fitting = {"C": 2.0, "prune": 0.0, "n_jobs": 1, "progress": False, "random_state": 0}
    nodes = np.array(categories, np.int32)
    return TrainingRows(list(names), nodes, TREE, True, Lemmatizer(), 1, fitting)


def certified(asked: list[tuple[str, int]]) -> Certified:
    rows = rows_of(LEARNED + asked)
    held = np.arange(len(rows.names)) >= len(LEARNED)
    return fit_beside(rows, held, np.arange(held.sum()), 0.1, 0)


def weights(made: Certified) -> list[NDArray[np.float32]]:
    return [branch.weights.data for branch in made.fitted.linear_tree.branches.values()]


def test_all_rows_beside_certify_for_goods_given() -> None:
    certificate = certified(ASKED).certificates["given"]
    assert len(certificate.outcomes) == len(ASKED)
    assert (certificate.outcomes.right == 2).all()


def test_nothing_is_learned_from_them() -> None:
    wrong = [(name, 4) for name, _ in ASKED]
    for ours, theirs in zip(weights(certified(ASKED)), weights(certified(wrong)), strict=True):
        assert ours.tolist() == theirs.tolist()


def test_to_a_name_of_no_category_no_answer_is_right() -> None:
    outcomes = certified(ASKED + OUTSIDE).certificates["given"].outcomes
    assert sorted(outcomes.right.tolist()) == [0] * len(OUTSIDE) + [2] * len(ASKED)


def test_names_of_no_category_teach_doubt() -> None:
    trusts = [certified(asked).fitted.linear_tree.trust for asked in (ASKED, ASKED + OUTSIDE)]
    assert trusts[0] is not None
    assert trusts[1] is not None
    assert trusts[0] != trusts[1]


def test_a_row_of_no_category_that_is_learned_speaks_against_all() -> None:
    names = LEARNED + OUTSIDE[:5] + ASKED
    rows = rows_of(names)
    held = np.arange(len(names)) >= len(names) - len(ASKED)
    made = fit_beside(rows, held, np.arange(held.sum()), 0.1, 0)
    tree, root = made.fitted.linear_tree, made.fitted.linear_tree.branches[0]
    X = made.fitted.reader.matrix(["услуга", "чай"])
    margins = root.margins(X)
    assert (margins[0] < 0).all()
    assert margins[1].max() > 0
    assert tree.slots.paths_to(np.array([-1], np.int32)).tolist() == [[-1, -1]]


def test_a_level_is_certified_only_as_far_as_they_bear_it_out() -> None:
    half_wrong = [(name, 1 + (node % 2)) for name, node in ASKED]
    levels = certified(half_wrong).certificates["given"].levels
    assert [level.precision for level in levels if level.certified and level.precision > 0.9] == []


def test_categories_of_the_tree_alone_have_their_titles_learned() -> None:
    rows = replace(rows_of(LEARNED), categories=np.full(len(LEARNED), -1, np.int32))
    assert rows.titles.categories.tolist() == TREE.leaves.tolist()


def test_the_same_seed_gives_the_same() -> None:
    first, second = certified(ASKED + OUTSIDE), certified(ASKED + OUTSIDE)
    assert first.fitted.linear_tree.trust == second.fitted.linear_tree.trust
    assert first.certificates["given"].outcomes.probabilities == pytest.approx(
        second.certificates["given"].outcomes.probabilities
    )
