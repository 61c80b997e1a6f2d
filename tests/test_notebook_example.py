"""The notebook in examples/ runs from top to bottom, and lies there with what it shows."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from html_pages import Page
from notebooks import EXAMPLES, outputs, run_example

(STORY,) = EXAMPLES
PNG = "iVBORw0KGgo"  # how one begins in base64
# A cell by what is in its source, and what it has to show: MIME type, and words of it.
HEADLINES = [
    ("read_catalogue", "text/html", "rows read 4,722 kept 4,722 dropped 0"),
    ("catalogue.browse", "text/html", "Чехлы для телефонов 24"),
    ("textcat.train", "text/html", "trained on 3,541 rows of ../data/catalogue.tsv"),
    ("precision=[0.9, 0.8])\nanswers", "text/html", "Электроника › Телефоны и аксессуары ›"),
    ("precision=[0.9, 0.8])\nanswers", "text/html", "аренда автокрана 25 т no answer"),
    ("model.explain", "text/html", "Чехлы для телефонов rather than"),
    ("explanation.plot", "image/png", PNG),
    ("model.evaluate", "text/html", "on 394 rows with known categories"),
    ("evaluation.plot", "image/png", PNG),
    ("evaluation.browse", "text/html", "rows found right category"),
    ("textcat.audit", "text/html", "rows 4,722 judged 4,722"),
    ("model.correct", "text/html", "Игрушки и игры › Конструкторы at 0.8"),
    (".certify(", "text/html", "given 0.90"),
    (".check(", "text/html", "harder than certified"),
    (".map(", "image/png", PNG),
    ("to_pandas", "text/html", "category@0.9"),
]


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """The notebook as it comes out now, and where it ran."""
    directory = tmp_path_factory.mktemp("notebook")
    return run_example(STORY, directory), directory


def shown_by(notebook: Any, source: str) -> dict[str, str]:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    (cell,) = (cell for cell in cells if source in cell.source)
    return outputs(cell)


@pytest.mark.parametrize(("source", "kind", "words"), HEADLINES)
def test_a_cell_shows_what_it_is_there_for(
    executed: tuple[Any, Path], source: str, kind: str, words: str
) -> None:
    for notebook in (executed[0], nbformat.read(STORY, 4)):
        assert words in Page(shown_by(notebook, source)[kind]).text


def test_nothing_is_printed_on_standard_error(executed: tuple[Any, Path]) -> None:
    assert not any("stderr" in outputs(cell) for cell in executed[0].cells)


def test_the_table_of_answers_has_a_row_for_every_name(executed: tuple[Any, Path]) -> None:
    with (executed[1] / "examples" / "answers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8
    assert rows[0]["category@0.9"].startswith("Электроника > Телефоны и аксессуары")


def test_as_it_lies_there_it_is_valid_small_and_tells_nothing_of_a_machine() -> None:
    nbformat.validate(nbformat.read(STORY, 4))
    text = STORY.read_text("utf-8")
    assert len(text.encode()) < 500_000
    assert not re.search(r"/home/|/root/|/tmp/|/Users/|[A-Z]:\\\\Users|0x[0-9a-f]{8}", text)
    assert '"execution"' not in text  # when cells ran
