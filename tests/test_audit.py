"""Rows whose category is probably wrong, found by models that have not seen them."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import textcat
from textcat.auditing import Audit
from textcat.auditing.folds import folds_of
from textcat.auditing.suspicion import confidences
from textcat.auditing.witness import Opinions
from textcat.descent.own_leaves import log_probabilities_of
from textcat.model import CategoryModel

COLORS = ["белый", "чёрный", "красный", "синий", "зелёный", "жёлтый", "серый", "розовый"]
PATHS = {
    "Чай": "Еда > Чай",
    "Кофе": "Еда > Кофе",
    "Чехол": "Электроника > Чехлы",
    "Кабель": "Электроника > Кабели",
    "Носки": "Одежда",
}
ROWS = [(f"{kind} {color}", path) for kind, path in PATHS.items() for color in COLORS]
PLANTED = {
    "Чай оранжевый": ("Электроника > Кабели", ("Еда", "Чай")),
    "Кофе оранжевый": ("Еда > Чай", ("Еда", "Кофе")),
    "Носки оранжевые": ("Электроника > Чехлы", ("Одежда",)),
}
SPOILT = [*ROWS, *((name, path) for name, (path, _) in PLANTED.items())]
# Half of either kind is called what the other is called: nobody can tell «Кружка» from «Чашка».
MIXED = [
    (f"{kind} {color}", path)
    for path, order in (("Дом > Кружки", 1), ("Дом > Чашки", -1))
    for kind, colors in zip(("Кружка", "Чашка")[::order], (COLORS[::2], COLORS[1::2]), strict=True)
    for color in colors
]


@pytest.fixture(scope="module")
def audit() -> Audit:
    return textcat.audit(SPOILT, n_jobs=1)


def test_planted_errors_are_the_suspects(audit: Audit) -> None:
    found = {suspect.name: suspect for suspect in audit.suspects}
    assert set(found) == set(PLANTED)
    for name, (path, likely) in PLANTED.items():
        assert " > ".join(found[name].given) == path
        assert found[name].likely == likely


def test_a_suspect_says_which_word_speaks_for_the_likely_category(audit: Audit) -> None:
    for suspect in audit.suspects:
        assert suspect.why[0].text == suspect.name.split()[0]
        assert all(word.weight > 0 for word in suspect.why)


def test_a_suspect_has_the_number_of_its_row(audit: Audit) -> None:
    assert all(SPOILT[suspect.row - 1][0] == suspect.name for suspect in audit.suspects)


def test_counts_add_up() -> None:
    audit = textcat.audit([*SPOILT, ("Лопата", "Дом > Лопаты")], n_jobs=1)
    assert audit.counts == {
        "rows": len(SPOILT) + 1,
        "judged": len(SPOILT),
        "suspects": len(PLANTED),
        "names in several categories": 0,
        "near-twin categories": 0,
    }
    (unjudged,) = audit.unjudged
    assert (unjudged.row, unjudged.name) == (len(SPOILT) + 1, "Лопата")
    assert unjudged.reason == "no other rows of its category were learned"
    assert "not judged: 1, no other rows" in str(audit)


def test_suspects_come_the_surest_first() -> None:
    audit = textcat.audit([*SPOILT, *MIXED], n_jobs=1, confidence=0)
    shares = [suspect.confidence for suspect in audit.suspects]
    assert shares == sorted(shares, reverse=True)
    assert {suspect.name for suspect in audit.suspects[: len(PLANTED)]} == set(PLANTED)


def test_fewer_are_suspect_if_more_confidence_is_asked_for(audit: Audit) -> None:
    least = audit.suspects[0].confidence
    stricter = textcat.audit(SPOILT, n_jobs=1, confidence=least)
    assert stricter.suspects == audit.suspects[: len(stricter.suspects)]
    assert 1 <= len(stricter.suspects) < len(audit.suspects)


def test_the_same_seed_gives_the_same_audit(audit: Audit) -> None:
    assert textcat.audit(SPOILT, n_jobs=1) == audit


def test_one_name_in_several_categories_is_a_conflict() -> None:
    rows = [*ROWS, ("ЧАЙ  белый", "Одежда"), ("Чай белый", "Еда > Чай")]
    (conflict,) = textcat.audit(rows, n_jobs=1).conflicts
    assert conflict.name == "Чай белый"
    assert conflict.rows == {("Еда", "Чай"): (1, len(rows)), ("Одежда",): (len(rows) - 1,)}


def test_a_cross_listed_name_is_neither_in_conflict_nor_suspect() -> None:
    rows = [*ROWS, ("Чай белый", "Одежда")]
    audit = textcat.audit(rows, n_jobs=1, cross_listed=True)
    assert (audit.conflicts, audit.suspects) == ((), ())


def test_categories_that_are_taken_for_each_other_are_twins() -> None:
    (twins,) = textcat.audit([*ROWS, *MIXED], n_jobs=1).twins
    assert (twins.first, twins.second) == (("Дом", "Кружки"), ("Дом", "Чашки"))
    assert (twins.first_rows, twins.second_rows) == (8, 8)
    assert min(twins.first_as_second, twins.second_as_first) >= 0.1


def test_a_model_audits_rows_that_it_has_not_seen(uncertified_model: CategoryModel) -> None:
    audit = uncertified_model.audit(
        [
            ("Чай чёрный байховый", "Книги"),
            ("Кофе зерновой", "Еда > Кофе"),
            ("Носки", "Нет > Такого"),
            ("Пюре", "Еда > Детское"),
            ("ъъъ", "Книги"),
        ]
    )
    assert [(each.row, each.likely) for each in audit.suspects] == [(1, ("Еда", "Чай", "Чёрный"))]
    assert [each.row for each in audit.unjudged] == [3, 4, 5]
    assert audit.unjudged[-1].reason == "nothing in the name is known"


def test_suspects_are_plain_rows_and_a_data_frame(audit: Audit) -> None:
    rows = audit.to_dicts()
    assert list(rows[0]) == audit.columns
    assert audit.columns[0] == "row"
    assert rows[0]["why"].startswith(audit.suspects[0].why[0].text + " +")
    frame = audit.to_pandas()
    assert frame["name"].tolist() == [suspect.name for suspect in audit.suspects]
    assert textcat.audit(ROWS, n_jobs=1).to_pandas().columns.tolist() == audit.columns


def test_an_audit_is_readable(audit: Audit) -> None:
    assert repr(audit) == "<Audit of 43 rows, 3 of them suspects>"
    assert "suspects: 3" in str(audit)
    assert "Чай оранжевый" in str(audit)


def test_a_single_category_is_an_error() -> None:
    with pytest.raises(textcat.CatalogueError, match="all rows are of one category, 'Еда > Чай'"):
        textcat.audit(ROWS[:5], n_jobs=1)


def test_names_that_are_all_alike_are_an_error() -> None:
    with pytest.raises(textcat.CatalogueError, match="all names are like 'Чай 1' but for digits"):
        textcat.audit([("Чай 1", "Еда"), ("Чай 2", "Дом")], n_jobs=1)


def test_two_rows_are_not_judged() -> None:
    audit = textcat.audit([("Чай", "Еда"), ("Носки", "Одежда")], n_jobs=1)
    assert (audit.suspects, audit.counts["judged"]) == ((), 0)


@pytest.mark.parametrize("confidence", [-0.1, 1.1, math.nan])
def test_confidence_that_is_none_is_an_error(confidence: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        textcat.audit(ROWS, confidence=confidence)


def test_a_category_outside_the_tree_is_an_error() -> None:
    tree = textcat.CategoryTree.from_paths(sorted(set(PATHS.values())))
    with pytest.raises(textcat.TreeError, match="Дом"):
        textcat.audit([*ROWS, ("Лопата", "Дом")], tree=tree, n_jobs=1)


def test_own_leaves_are_as_probable_as_in_the_table_of_all(
    uncertified_model: CategoryModel, names: list[str]
) -> None:
    tree, X = uncertified_model.linear_tree, uncertified_model.reader.matrix(names)
    table = tree.log_probabilities(X, best=None)
    for slot in tree.slots.leaves[::3].tolist():
        category = np.full(len(names), tree.slots.categories[slot], np.int32)
        np.testing.assert_allclose(
            log_probabilities_of(tree, X, category), table[:, slot], rtol=1e-4, atol=1e-5
        )


def test_a_category_without_a_leaf_is_not_probable_at_all(uncertified_model: CategoryModel) -> None:
    X = uncertified_model.reader.matrix(["Чай"])
    inner = uncertified_model.tree.index("Еда")
    category = np.array([inner], np.int32)
    assert log_probabilities_of(uncertified_model.linear_tree, X, category).tolist() == [-math.inf]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), min_size=1, max_size=60))
def test_near_duplicates_share_a_fold(rows: list[tuple[int, int]]) -> None:
    categories, duplicates = np.array(rows).T
    fold = folds_of(categories.astype(np.int32), duplicates, np.random.default_rng(0))
    for group in np.unique(duplicates):
        assert len(np.unique(fold[duplicates == group])) == 1


SHARES = st.floats(1e-6, 1.0)
JUDGED = st.lists(
    st.tuples(st.integers(0, 3), st.integers(4, 7), SHARES, SHARES), min_size=1, max_size=40
)


def _opinions(rows: list[tuple[int, int, float, float]]) -> Opinions:
    given_, likely, own, other = (np.array(column) for column in zip(*rows, strict=True))
    logs = np.log(own).astype(np.float32), np.log(other).astype(np.float32)
    return Opinions(given_.astype(np.int32), likely.astype(np.int32), *logs)


@given(JUDGED)
def test_confidences_are_shares(rows: list[tuple[int, int, float, float]]) -> None:
    found = confidences(_opinions(rows))
    assert ((found >= 0) & (found <= 1)).all()


@given(JUDGED)
@settings(max_examples=50)
def test_a_less_probable_category_is_never_less_suspect(
    rows: list[tuple[int, int, float, float]],
) -> None:
    steps = [10.0**-power for power in range(6)]
    row = rows[0]
    found = [confidences(_opinions([(*row[:2], own, row[3]), *rows[1:]]))[0] for own in steps]
    assert all(later >= earlier - 1e-12 for earlier, later in pairwise(found))


def test_what_is_not_judged_has_no_confidence() -> None:
    nothing = np.float32([-np.inf, 0.0])
    opinions = Opinions(np.int32([0, 0]), np.int32([1, -1]), nothing, nothing[::-1])
    assert confidences(opinions).tolist() == [0, 0]
