"""What `import textcat` gives, and what it does not load."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from hand_made_rules import taken_at_its_word

import textcat

# What only training, the command line or data frames need.
HEAVY = {"sklearn", "nltk", "pandas", "tqdm", "rich", "typer", "joblib"}

ROWS = [("Чай зелёный", "Чай"), ("Кофе молотый", "Кофе"), ("Кофе в зёрнах", "Кофе")]


def _loaded_by(code: str, *arguments: str) -> set[str]:
    """Top-level modules that are loaded after some code ran in a process of its own."""
    code += "\nimport sys\nprint(*{name.partition('.')[0] for name in sys.modules})"
    command = [sys.executable, "-c", code, *arguments]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())


def test_all_lists_the_public_names_in_order() -> None:
    public = {
        name
        for name in dir(textcat)
        if inspect.isclass(getattr(textcat, name)) or inspect.isfunction(getattr(textcat, name))
        if getattr(textcat, name).__module__.startswith("textcat.") and not name.startswith("_")
    }
    assert textcat.__all__ == sorted(public)


def test_type_checkers_see_the_public_names() -> None:
    source = Path(str(textcat.__file__)).read_text("utf-8")
    imported = {
        alias.asname or alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("textcat.")
        for alias in node.names
    }
    assert imported == set(textcat.__all__)


@pytest.mark.parametrize("name", textcat.__all__)
def test_public_name_is_documented(name: str) -> None:
    assert inspect.getdoc(getattr(textcat, name))


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="classify"):
        textcat.classify  # noqa: B018 - asking is the point


def test_every_error_is_a_textcat_error() -> None:
    errors = [name for name in textcat.__all__ if name.endswith("Error")]
    assert all(issubclass(getattr(textcat, name), textcat.TextcatError) for name in errors)


def test_importing_loads_nothing_heavy() -> None:
    loaded = _loaded_by("import textcat")
    assert not loaded & (HEAVY | {"numpy", "scipy", "pymorphy3"})


def test_loading_and_predicting_load_nothing_heavy(tmp_path: Path) -> None:
    taken_at_its_word(textcat.train(ROWS, n_jobs=1)).save(tmp_path / "model")
    code = (
        "import sys, textcat\n"
        "model = textcat.load(sys.argv[1])\n"
        "assert model.predict('чай травяной', 0.5).path == ('Чай',)\n"
        "assert len(model.predict(['кофе', None, 'хрусь'])) == 3\n"
        "model.top('кофе'), model.explain('кофе')"
    )
    assert not _loaded_by(code, str(tmp_path / "model")) & HEAVY
