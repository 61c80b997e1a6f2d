"""README names what there is; test_docs.py runs its blocks."""

from __future__ import annotations

import re

from documents import ROOT, blocks, commands

PAGE = ROOT / "README.md"
README = PAGE.read_text("utf-8")


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    lines = [command.line for block in blocks(PAGE) for command in commands(block)]
    targets = [line.removeprefix("make ") for line in lines if line.startswith("make ")]
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
