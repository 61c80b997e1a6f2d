"""Trees as text and as HTML, large ones cut."""

from __future__ import annotations

import re

from textcat.tree import CategoryTree


def test_as_text_it_is_indented() -> None:
    tree = CategoryTree.from_paths(
        ["Одежда > Платья > Вечерние", "Одежда > Чехлы", "Книги", "Электроника > Чехлы"]
    )
    assert str(tree).splitlines() == [
        "Одежда",
        "  Платья",
        "    Вечерние",
        "  Чехлы",
        "Книги",
        "Электроника",
        "  Чехлы",
    ]
    assert repr(tree) == "CategoryTree(categories=7, leaves=4, depth=3)"


def test_a_large_tree_shows_its_top_whole_and_counts_the_rest() -> None:
    paths = [
        f"верх {i} > середина {j} > низ {k}" for i in range(10) for j in range(10) for k in "аб"
    ]
    lines = str(CategoryTree.from_paths(paths)).splitlines()
    assert sum(line.startswith("верх") for line in lines) == 10
    assert sum(line.startswith("  середина") for line in lines) == 100
    hidden = [re.search(r"… (\d+) more", line) for line in lines]
    assert sum(int(match[1]) for match in hidden if match) == 310 - 200
    assert lines[-2:] == ["  середина 9", "    … 2 more"]


def test_a_flat_tree_is_cut_at_the_end() -> None:
    lines = str(CategoryTree.from_labels(map(str, range(1500)))).splitlines()
    assert len(lines) == 201
    assert lines[-1] == "… 1,300 more"


def test_as_html_titles_are_escaped_and_tags_are_closed() -> None:
    html = CategoryTree.from_paths(["<b>А</b> > Б & В", "Г"])._repr_html_()
    assert "&lt;b&gt;А&lt;/b&gt;" in html
    assert "Б &amp; В" in html
    for tag in ("details", "summary", "div", "small", "b"):
        assert html.count(f"<{tag}>") + html.count(f"<{tag} ") == html.count(f"</{tag}>")
