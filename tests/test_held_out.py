"""Rows kept out of training: what a model may not have seen of them."""

from __future__ import annotations

from functools import cache

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from textcat.features.reading import ReadNames
from textcat.lemmas import Lemmatizer
from textcat.training.held_out import Groups, HeldOut, hold_out


def groups_of(names: list[str]) -> Groups:
    lemmatizer = Lemmatizer()
    return Groups.of(names, ReadNames.of(names, lemmatizer), lemmatizer)


def catalogue(seed: int, rows: int = 400) -> list[str]:
    """Names of a noun, an adjective, a brand and a number; few of the brands have many rows."""
    random = np.random.default_rng(seed)
    nouns = ["чай", "кофе", "нож", "доска", "платье", "лампа", "кабель", "шампунь"]
    adjectives = ["белый", "синий", "детский", "стальной", "новый", "большой", "лёгкий", "тёплый"]
    brands = [f"{start}{end}ix" for start in "bdfgklmnprst" for end in ("ro", "la", "mu", "po")]
    often = 1 / np.arange(1, len(brands) + 1)
    return [
        " ".join(
            [
                nouns[random.integers(8)],
                adjectives[random.integers(8)] if random.random() < 0.7 else "",
                brands[random.choice(len(brands), p=often / often.sum())]
                if random.random() < 0.8
                else "",
                str(random.integers(5)),
            ]
        )
        for _ in range(rows)
    ]


@cache
def groups_of_catalogue(seed: int) -> Groups:
    return groups_of(catalogue(seed))


KINDS = ("familiar", "brand", "line")
CATALOGUES = st.integers(0, 5).map(lambda seed: groups_of_catalogue(seed))


@st.composite
def held_out_rows(draw: st.DrawFn) -> tuple[Groups, list[HeldOut]]:
    groups, times = draw(CATALOGUES), draw(st.integers(1, 5))
    familiar, new = draw(st.integers(0, 400)), draw(st.integers(0, 400))
    random = np.random.default_rng(draw(st.integers(0, 1000)))
    return groups, hold_out(groups, times, familiar, new, random)


@given(held_out_rows())
def test_no_row_is_of_two_kinds_or_of_one_and_in_training(
    found: tuple[Groups, list[HeldOut]],
) -> None:
    groups, portions = found
    for held in portions:
        assert tuple(held.rows) == KINDS
        counts = held.training.astype(int)
        for rows in held.rows.values():
            counts[rows] += 1
        assert counts.max() <= 1
        assert len(counts) == len(groups.duplicates)


@given(held_out_rows())
def test_near_duplicates_of_what_is_kept_out_are_not_in_training(
    found: tuple[Groups, list[HeldOut]],
) -> None:
    groups, portions = found
    for held in portions:
        trained = groups.duplicates[held.training]
        for rows in held.rows.values():
            assert not np.isin(groups.duplicates[rows], trained).any()


@given(held_out_rows())
def test_no_row_in_training_has_the_brand_or_the_line_of_a_new_one(
    found: tuple[Groups, list[HeldOut]],
) -> None:
    groups, portions = found
    for held in portions:
        for kind, marks in (("brand", groups.brands), ("line", groups.lines)):
            new = np.unique(marks.of_row[held.rows[kind]])
            assert (new >= 0).all()
            assert not (held.training & marks.stand_in(new)).any()


@given(held_out_rows())
def test_a_group_is_kept_out_whole_and_once_over_all_portions(
    found: tuple[Groups, list[HeldOut]],
) -> None:
    groups, portions = found
    for kind in KINDS:
        seen: set[int] = set()
        for held in portions:
            here = set(groups.of_rows(kind, held.rows[kind]).tolist())
            assert not here & seen
            seen |= here
    for held in portions:
        mates = np.isin(groups.brands.of_row, groups.brands.of_row[held.rows["brand"]])
        assert mates.nonzero()[0].tolist() == held.rows["brand"].tolist()


@given(CATALOGUES, st.integers(1, 6), st.integers(0, 60), st.integers(0, 1000))
def test_over_all_folds_every_row_is_familiar_once_unless_it_is_left_out_as_new(
    groups: Groups, times: int, new: int, seed: int
) -> None:
    count = len(groups.duplicates)
    portions = hold_out(groups, times, -(-count // times), new, np.random.default_rng(seed))
    familiar = np.zeros(count, int)
    for held in portions:
        familiar[held.rows["familiar"]] += 1
    always_trained = np.all([held.training for held in portions], axis=0)
    assert familiar.max() == 1
    assert not always_trained.any()


@given(CATALOGUES, st.integers(20, 200), st.integers(0, 1000))
def test_about_as_many_rows_are_kept_out_as_are_asked_for(
    groups: Groups, wanted: int, seed: int
) -> None:
    held = hold_out(groups, 2, wanted, wanted // 4, np.random.default_rng(seed))[0]
    assert len(held.rows["familiar"]) < wanted + np.bincount(groups.duplicates).max()
    for kind, marks in (("brand", groups.brands), ("line", groups.lines)):
        largest = np.bincount(marks.of_row[marks.of_row >= 0]).max()
        assert len(held.rows[kind]) < wanted // 4 + largest
    brands = groups.brands.of_row[groups.brands.of_row >= 0]
    assert len(held.rows["brand"]) > min(wanted // 4, len(brands)) - np.bincount(brands).max()


def test_the_seed_decides_which_rows_are_kept_out() -> None:
    groups = groups_of_catalogue(0)

    def drawn(seed: int) -> list[NDArray[np.bool_]]:
        found = hold_out(groups, 3, 80, 40, np.random.default_rng(seed))
        return [held.training for held in found]

    np.testing.assert_array_equal(drawn(0), drawn(0))
    assert not np.array_equal(drawn(0), drawn(1))


def test_a_brand_too_large_to_be_new_is_never_kept_out_as_such() -> None:
    names = catalogue(0)
    large = {row for row, name in enumerate(names) if "broix" in name}
    assert len(large) > 4  # one row in a hundred
    for held in hold_out(groups_of_catalogue(0), 5, 0, 400, np.random.default_rng(0)):
        assert not large & set(held.rows["brand"].tolist())


def test_where_no_brand_is_shared_only_familiar_rows_are_kept_out() -> None:
    groups = groups_of([f"чай {'абвгде'[n % 6]}" for n in range(60)])
    for held in hold_out(groups, 2, 30, 10, np.random.default_rng(0)):
        assert [len(held.rows[kind]) for kind in ("brand", "line")] == [0, 0]
        assert 20 <= len(held.rows["familiar"]) <= 40
        assert held.training.sum() + len(held.rows["familiar"]) == 60
