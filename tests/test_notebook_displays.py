"""What notebooks show: whole HTML of one look, that needs nothing else and trusts no title."""

from __future__ import annotations

from typing import Protocol

import pytest
from html_pages import Page

import textcat
from textcat.model import CategoryModel
from textcat.tree import CategoryTree

NASTY = "<script>alert('x')</script> & \"чай\" \x00\ud800 {0} %s"
ROWS = [
    *[(f"{NASTY} чай {kind}", ("<b>Еда</b>", NASTY)) for kind in ("чёрный", "зелёный", "улун")],
    *[(f"кофе {kind}", ("<b>Еда</b>", "Кофе")) for kind in ("молотый", "в зёрнах", "<i>")],
    *[(f"роман {kind}", ("Книги",)) for kind in ("том 1", "том 2", "детский")],
]
LOOKS_ALONE = {"style", "open"}


class Shown(Protocol):
    """What a notebook asks for."""

    def _repr_html_(self) -> str: ...


@pytest.fixture(scope="module")
def nasty() -> CategoryModel:
    return textcat.train(ROWS, n_jobs=1)


@pytest.fixture(scope="module")
def displays(nasty: CategoryModel) -> dict[str, Shown]:
    """One of everything that is shown, with titles that try to be more than text."""
    catalogue = textcat.read_catalogue([*ROWS, ("", NASTY), ("чай", ("Книги",))])
    names = [name for name, _ in ROWS]
    evaluation = nasty.evaluate([*ROWS, ("х", "<u>Обувь</u>"), (ROWS[0][0], ("Книги",))])
    wrong = nasty.learn([("кофе <b>", ("Книги",))])
    return {
        "model": nasty,
        "learned model": wrong,
        "answer": nasty.predict(NASTY + " чай", precision=None),
        "answers": nasty.predict(names, precision=[None]),
        "explanation": nasty.explain(NASTY + " чай <unknown>"),
        "evaluation": evaluation,
        "tree": nasty.tree,
        "browser": evaluation.browse(depth=9),
        "root": nasty.tree.browse(root=("<b>Еда</b>",)),
        "catalogue": catalogue,
        "report": catalogue.report,
        "catalogue's tree": catalogue.browse(),
        "audit": nasty.audit([(name, ("Книги",)) for name in names], confidence=0.01),
        "levels": nasty.precision_levels,
        "diff": CategoryTree.diff(nasty.tree, CategoryTree.from_paths(["<i>Чай</i>"])),
    }


def test_they_are_whole_and_nothing_from_rows_becomes_markup(displays: dict[str, Shown]) -> None:
    for what, display in displays.items():
        html = display._repr_html_()
        elements = set(Page(html).elements)
        assert not {"script", "i", "u", "unknown"} & elements, what
        assert "<b>Еда" not in html, what
        html.encode("utf-8")


def test_they_need_no_script_no_style_sheet_and_nothing_from_elsewhere(
    displays: dict[str, Shown],
) -> None:
    for what, display in displays.items():
        page = Page(display._repr_html_())
        assert {name for name, _ in page.attributes} <= LOOKS_ALONE, what
        assert not {"style", "link", "img", "iframe", "svg"} & set(page.elements), what
        assert not any("url(" in value for _, value in page.attributes), what


def test_ink_and_background_are_the_themes_own(displays: dict[str, Shown]) -> None:
    fixed = ("color:black", "color:white", "color:#000", "color:#fff", "background:#f")
    for what, display in displays.items():
        styles = [
            value for name, value in Page(display._repr_html_()).attributes if name == "style"
        ]
        assert not any(color in style for style in styles for color in fixed), what


def test_without_styles_the_words_stand_in_their_order(displays: dict[str, Shown]) -> None:
    text = Page(displays["browser"]._repr_html_()).text
    assert text.index("<b>Еда</b>") < text.index("Кофе") < text.index("Книги")


def test_a_model_says_what_it_knows_and_that_nothing_is_certified(nasty: CategoryModel) -> None:
    text = Page(nasty._repr_html_()).text
    assert "trained on 9 rows of the rows" in text
    assert "categories 4 of them leaves 3 levels 2" in text
    assert "corrections 0" in text
    assert "No precision level is certified: 100 rows kept out of training are needed" in text


def test_a_model_says_on_what_it_is_certified_and_what_has_changed_since(
    model: CategoryModel,
) -> None:
    learned = model.learn([("Гвозди", ("Дом", "Сад", "Лопаты"))])
    text = Page(learned._repr_html_()).text
    assert "corrections 1" in text
    assert "goods like the rows given, certified on" in text
    assert "The levels were certified before 1 correction: call model.certify(rows)." in text


def test_a_catalogue_is_shown_by_what_was_found_in_it(displays: dict[str, Shown]) -> None:
    text = Page(displays["catalogue"]._repr_html_()).text
    assert "rows read 11 kept 10 dropped 1" in text
    assert "dropped rows without a name 1" in text
    assert repr(displays["catalogue"]) == "<Catalogue: 10 rows of the rows>"


def test_an_audit_shows_suspects_with_both_categories(displays: dict[str, Shown]) -> None:
    text = Page(displays["audit"]._repr_html_()).text
    assert "Книги" in text
    assert "<b>Еда</b> › Кофе" in text
