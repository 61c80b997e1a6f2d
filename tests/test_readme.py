"""README and docs do what they say: their Python runs, their commands print what is shown."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from textcat.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class Command(NamedTuple):
    """A line after a dollar sign, and what is shown below it."""

    arguments: list[str]
    output: str


def _blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def _commands() -> Iterator[Command]:
    for block in _blocks("console"):
        for command in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = command.partition("\n")
            yield Command(shlex.split(line, comments=True), output)


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a directory that has what the repository has, and may be written to."""
    for name in ("data", "examples"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("copy")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_runs_and_prints_what_is_shown(page: Path) -> None:
    source = "\n".join(_blocks("python", page.read_text("utf-8")))
    test = doctest.DocTestParser().get_doctest(source, {}, page.name, None, None)
    report: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS).run(test, out=report.append)
    assert "".join(report) == ""


@pytest.mark.usefixtures("copy")
def test_commands_print_what_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    checker = doctest.OutputChecker()
    for command in _commands():
        program, *arguments = command.arguments
        if program not in ("textcat", "python"):
            continue
        printed = _printed(program, arguments, capsys)
        assert checker.check_output(_masked(command.output), _masked(printed), FLAGS), printed


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = [command.arguments[1] for command in _commands() if command.arguments[0] == "make"]
    assert targets == ["demo", "test"]
    assert all(f"\n{target}:" in makefile for target in targets)


def test_extras_exist() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    extras = re.findall(r'pip install "\.\[(\w+)\]"', README)
    assert extras
    assert all(re.search(rf"^{extra} = \[", project, re.MULTILINE) for extra in extras)


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_file_of_the_package_has_its_place_in_the_reading_order() -> None:
    rows = re.findall(r"^\| (`[^|]+) \|", README, re.MULTILINE)
    listed = set(re.findall(r"`(\w+)`", " ".join(rows)))
    modules = {path.stem for path in (ROOT / "textcat").glob("[a-z]*.py")}
    folders = {path.parent.name for path in (ROOT / "textcat").glob("*/__init__.py")}
    assert listed == modules | folders


def _printed(program: str, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    if program == "python":
        command = [sys.executable, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    return capsys.readouterr().out


def _masked(text: str) -> str:
    """Numbers and the lengths of bars differ between machines in their last digits."""
    return re.sub(r"█+", "█", re.sub(r"\d[\d,.]*", "0", text))
