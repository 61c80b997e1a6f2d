"""Bars of progress: on standard error, or as a widget where a notebook can show one."""

from __future__ import annotations

from pathlib import Path

import pytest
from notebooks import of_cells, outputs, run

from textcat.display.progress import with_progress

SHOW = """
import warnings
warnings.simplefilter("error")
from textcat.display.progress import with_progress
list(with_progress("абв", 3, "reading"))
"""
WITHOUT_WIDGETS = "import sys; sys.modules['ipywidgets'] = None"


def test_parts_pass_through_and_their_sizes_are_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    parts = [["а", "б"], ["в"]]
    assert list(with_progress(iter(parts), 3, "reading", size=len)) == parts
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "reading" in shown.err
    assert "3/3" in shown.err


def test_a_total_that_nobody_knows_is_counted_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(with_progress("абв")) == list("абв")
    assert "3 names" in capsys.readouterr().err


def test_a_notebook_gets_a_widget(tmp_path: Path) -> None:
    (cell,) = run(of_cells(SHOW), tmp_path).cells
    assert "application/vnd.jupyter.widget-view+json" in outputs(cell)


def test_without_ipywidgets_a_notebook_gets_plain_text_and_no_warning(tmp_path: Path) -> None:
    _, cell = run(of_cells(WITHOUT_WIDGETS, SHOW), tmp_path).cells
    assert "3/3" in outputs(cell)["stderr"]
    assert "Warning" not in outputs(cell)["stderr"]
