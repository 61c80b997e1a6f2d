"""The report is one whole page of HTML that needs nothing else and trusts nobody's names."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hand_made_comparisons import BLACK, BOOKS, COFFEE, GREEN, TEA, compared
from html_pages import Page

from textcat.evaluation import Evaluation
from textcat.evaluation.measuring import measure
from textcat.tree import CategoryTree

NASTY = "<script>alert('x')</script> & \"чай\" \x00\ud800 $title"


@pytest.fixture
def evaluation() -> Evaluation:
    rows = [
        *[(GREEN, GREEN, (0.99, 0.98, 0.97))] * 4,
        *[(GREEN, BLACK, (0.98, 0.97, 0.6))] * 2,
        (BOOKS, COFFEE, (0.96, 0.96)),
        (BOOKS, "", ()),
        (TEA, TEA, (0.96, 0.9)),
    ]
    unknown = (("Обувь <i>", 2),)
    return measure(compared(rows, highest=0.98, unknown=unknown), [0.99, 0.95, 0.5])


def test_page_is_whole_and_has_every_section(evaluation: Evaluation) -> None:
    page = Page(evaluation.to_html("Проверка"))
    assert [page.elements[tag] for tag in ("html", "head", "body", "h1", "svg")] == [1, 1, 1, 1, 4]
    assert "Проверка" in page.text
    for heading in (
        "Precision levels", "Plots", "Level by level", "Top-level categories",
        "Most confused pairs", "Worst categories", "What was left out", "What the words mean",
    ):  # fmt: skip
        assert heading in page.text
    assert "$" not in page.text


def test_page_needs_nothing_from_elsewhere(evaluation: Evaluation) -> None:
    html = evaluation.to_html()
    page = Page(html)
    assert not {"script", "link", "img", "iframe", "object"} & set(page.elements)
    links = [value for name, value in page.attributes if name in ("src", "href", "xlink:href")]
    assert all(value.startswith("#") for value in links)
    assert all(part.startswith("#") for part in re.findall(r"url\(([^)]*)\)", html))
    assert "@import" not in html
    outside = [(name, value) for name, value in page.attributes if "//" in value]
    assert all(name.startswith("xmlns") for name, _ in outside)


def test_ids_are_unique_and_links_lead_to_them(evaluation: Evaluation) -> None:
    html = evaluation.to_html()
    page = Page(html)
    ids = Counter(value for name, value in page.attributes if name == "id")
    assert max(ids.values()) == 1
    wanted = [value[1:] for name, value in page.attributes if name == "xlink:href"]
    wanted += re.findall(r"url\(#([^)]*)\)", html)
    assert wanted
    assert set(wanted) <= set(ids)


def test_names_titles_and_reasons_are_text(tmp_path: Path) -> None:
    tree = CategoryTree.from_paths([("<b>Еда</b>", NASTY), ("<b>Еда</b>", "Кофе")])
    rows = [("<b>Еда</b> > Кофе", tree.ids[1], (0.9, 0.8))] * 6
    comparison = compared(rows, [NASTY] * 6, tree=tree, highest=0.5, unknown=(("<u>Обувь</u>", 1),))
    evaluation = replace(measure(comparison, [0.9, 0.5]), place="<i>rows</i>")
    evaluation.save_report(tmp_path / "отчёт.html", title="<h6>")
    html = (tmp_path / "отчёт.html").read_text("utf-8")
    page = Page(html)
    assert not {"script", "i", "u", "h6"} & set(page.elements)
    assert "<b>Еда</b>" not in html
    assert "<script>alert('x')</script> & \"чай\" \N{REPLACEMENT CHARACTER}" in page.text
    assert "<b>Еда</b>" in page.text
    assert "too high <for this model>" in page.text
    assert "<u>Обувь</u>" in page.text
    assert "<script" not in evaluation._repr_html_()


def test_levels_say_what_was_found_and_whether_it_was_kept(evaluation: Evaluation) -> None:
    text = Page(evaluation.to_html()).text
    assert "0.99 not certified – – –" in text
    assert "Precision 0.99 is too high <for this model>." in text
    assert "0.95 within chance p = 0.34 0.875 7 of 8 0.889 0.556" in text
    assert "0.50 kept 0.625 5 of 8 0.889 0.889" in text


def test_pairs_have_their_common_path_once_more_and_an_example(evaluation: Evaluation) -> None:
    text = Page(evaluation.to_html()).text
    green = "2 of 6 is Еда › Чай › Зелёный taken for Еда › Чай › Чёрный such as 4"
    assert green in text
    assert (
        "0.667 of 6 rows category Еда › Чай › Зелёный taken for Еда › Чай › Чёрный 2 of 6" in text
    )


def test_rows_left_out_are_said(evaluation: Evaluation) -> None:
    text = Page(evaluation.to_html()).text
    assert "2 rows whose category the model does not have" in text
    assert "without an answer at any level: 1 row in whose names nothing is known" in text


def test_evaluation_without_a_mistake_says_so() -> None:
    right = measure(compared([(BOOKS, BOOKS, (0.9,))] * 5), [0.5])
    text = Page(right.to_html()).text
    assert "None: every row’s most probable leaf is its category." in text
    assert "No category of five rows or more has a mistake." in text


def test_flat_tree_has_no_section_about_levels() -> None:
    tree = CategoryTree.from_labels(["Чай", "Кофе"])
    page = Page(measure(compared([("Чай", "Чай", (0.9,))], tree=tree), [0.8]).to_html())
    assert "Level by level" not in page.text
    assert page.elements["svg"] == 3


def test_rows_in_which_nothing_is_known_make_a_page() -> None:
    Page(measure(compared([(BOOKS, "", ())]), []).to_html())


def test_many_top_level_categories_are_cut_and_counted() -> None:
    labels = [f"полка {number}" for number in range(70)]
    tree = CategoryTree.from_labels(labels)
    rows = [(label, label, (0.9,)) for label in labels]
    text = Page(measure(compared(rows, tree=tree), [0.8]).to_html()).text
    assert "… 10 more" in text


def test_goods_are_named(evaluation: Evaluation) -> None:
    assert "asked as new goods" in Page(replace(evaluation, goods="new").to_html()).text


def test_notebook_gets_the_key_figures(evaluation: Evaluation) -> None:
    text = Page(evaluation._repr_html_()).text
    assert "0.556" in text
    assert "not certified" in text
    assert "Обувь <i>" in text
