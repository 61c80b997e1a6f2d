"""Notebooks run as a person would run them, cell by cell in a kernel of their own.

``python tests/notebooks.py`` runs those in examples/ and writes their outputs into them.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.ipynb"))
SECONDS = 300  # for a cell, on a busy machine


def run(notebook: Any, directory: Path) -> Any:
    """Run all cells in a directory; the first error ends it."""
    NotebookClient(
        notebook,
        timeout=SECONDS,
        record_timing=False,
        resources={"metadata": {"path": str(directory)}},
    ).execute()
    return notebook


def run_example(path: Path, directory: Path) -> Any:
    """Run a notebook of examples/ in a copy of the repository, since it may write files."""
    (directory / "data").symlink_to(ROOT / "data")
    (directory / "examples").mkdir()
    return run(nbformat.read(path, 4), directory / "examples")


def of_cells(*sources: str) -> Any:
    """A notebook of such cells."""
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in sources])


def outputs(cell: Any) -> dict[str, str]:
    """What a cell shows, by MIME type; streams by their names. Several of a type are joined."""
    shown: dict[str, str] = {}
    for output in cell.get("outputs", ()):
        content = {output["name"]: output["text"]} if "text" in output else output.get("data", {})
        for kind, text in content.items():
            shown[kind] = shown.get(kind, "") + str(text)
    return shown


def refresh(path: Path) -> None:
    """Run a notebook and write what its cells show into it, but not what ran it."""
    with TemporaryDirectory() as directory:
        notebook = run_example(path, Path(directory))
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "name": "python3"}}
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for example in EXAMPLES:
        refresh(example)
