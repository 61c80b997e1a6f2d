"""The tree browser: opens and closes without a script, says what it leaves out."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hand_made_comparisons import ALL_KINDS, BOOKS, TEA, TREE, compared
from html_pages import Page

import textcat
from textcat.errors import TreeError
from textcat.evaluation.measuring import measure
from textcat.evaluation.nodes import NodeCounts
from textcat.tree import CategoryTree
from textcat.tree.browser import MOST, subtree_sums

LARGE = CategoryTree.from_paths(
    [f"верх {i} > середина {j} > низ {k}" for i in range(20) for j in range(30) for k in range(32)]
)


def test_every_inner_category_opens_and_every_line_has_its_figures() -> None:
    page = Page(TREE.browse()._repr_html_())
    assert (page.elements["details"], page.elements["summary"]) == (2, 2)
    heading, lines = page.text.split(" below ")
    assert heading == "Categories 6 categories, 4 of them leaves"
    assert lines == "Еда 4 Чай 2 Зелёный 0 Чёрный 0 Кофе 0 Книги 0"


@pytest.mark.parametrize(("depth", "opened"), [(1, 0), (2, 1), (3, 2), (9, 2)])
def test_depth_says_how_many_levels_can_be_seen(depth: int, opened: int) -> None:
    page = Page(TREE.browse(depth=depth)._repr_html_())
    assert [name for name, _ in page.attributes].count("open") == opened


def test_root_is_an_id_or_a_path_and_only_what_is_below_it_is_shown() -> None:
    for root in (TEA, ("Еда", "Чай")):
        browser = TREE.browse(root=root)
        assert str(browser).splitlines() == [
            "2 categories, 2 of them leaves (below)", "Зелёный  0", "Чёрный  0",
        ]  # fmt: skip
        assert "Еда › Чай" in Page(browser._repr_html_()).text


def test_a_leaf_as_root_has_nothing_below_it() -> None:
    browser = TREE.browse(root=BOOKS)
    assert str(browser) == "0 categories, 0 of them leaves (below)\n"
    Page(browser._repr_html_())


def test_an_unknown_root_is_an_error_that_names_the_closest() -> None:
    with pytest.raises(TreeError, match="Еда > Чай"):
        TREE.browse(root="Еда > Чаи")


@pytest.mark.parametrize("shown", [{"depth": 0}, {"most": 0}])
def test_nothing_to_see_is_an_error(shown: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be 1 or more"):
        TREE.browse(**shown)


def test_a_large_tree_is_cut_level_by_level_and_the_rest_is_counted() -> None:
    html = LARGE.browse()._repr_html_()
    assert len(html) < 500_000
    assert f"{len(LARGE):,} categories" in html
    assert f"{MOST:,} shown" in html
    page = Page(html)
    assert page.text.count("верх") == 20
    hidden = re.findall(r"… ([\d,]+) more", page.text)
    assert sum(int(count.replace(",", "")) for count in hidden) == len(LARGE) - MOST


def test_counts_of_a_subtree_hold_all_below() -> None:
    assert subtree_sums(TREE, [1, 2, 3, 4, 5, 6]).tolist() == [15, 9, 3, 4, 5, 6]


def test_an_evaluation_counts_what_is_found_in_a_category_and_what_is_right() -> None:
    comparison = compared(ALL_KINDS)
    counts = NodeCounts.of(comparison)
    #                               Еда Чай Зелёный Чёрный Кофе Книги
    assert counts.rows.tolist() == [3, 3, 2, 0, 0, 2]
    assert counts.found.tolist() == [3, 3, 1, 0, 0, 0]
    assert counts.right.tolist() == [2, 2, 1, 0, 0, 0]
    browser = measure(comparison, []).browse()
    assert str(browser).splitlines()[1:4] == [
        "Еда  3  1.000  0.667",
        "  Чай  3  1.000  0.667",
        "    Зелёный  2  0.500  0.500",
    ]
    assert "Чёрный  0  –  –" in str(browser)
    assert "NaN" not in browser._repr_html_()
    assert "nan" not in browser._repr_html_()


def test_what_the_browser_shows_is_not_among_the_plain_values() -> None:
    evaluation = measure(compared([(BOOKS, BOOKS, (0.9,))]), [])
    assert "nodes" not in evaluation.to_dict()
    assert np.array_equal(evaluation.nodes.rows, [0, 0, 0, 0, 0, 1])


def test_a_catalogue_counts_its_rows_in_the_tree_it_came_with() -> None:
    rows = [("Чай", "Еда > Чай"), ("Кофе", "Еда > Кофе"), ("Хлеб", "Еда")]
    assert "Еда  3" in str(textcat.read_catalogue(rows).browse())
    whole = textcat.read_catalogue(rows, tree=["Еда > Чай", "Еда > Кофе", "Книги"])
    assert "Книги  0" in str(whole.browse())
