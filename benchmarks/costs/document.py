"""RESULTS.md: what was measured, what is to be reached, and how it was done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from costs.figures import table
from costs.sections import growth, large, tree
from costs.tables import Compared

_MEANING = Path(__file__).with_name("meaning.md")
_TITLES = {
    "comparison": "Beside the peers",
    "full": "A large catalogue",
    "tree": "A large tree",
    "growth": "How cost grows",
}


def document(sections: dict[str, Any], picture: str) -> str:
    """The whole document, from the sections that there are; `picture` is where it links to."""
    lines = ["# What answers cost", "", _INTRODUCTION]
    lines += _in_short(sections)
    for key, title in _TITLES.items():
        if key in sections:
            lines += ["", f"## {title}", "", *_body(key, sections[key], picture)]
    lines += ["", "## What the rows are", "", _MEANING.read_text("utf-8"), "## How it was run", ""]
    lines += _origins(sections)
    return "\n".join(lines) + "\n"


_INTRODUCTION = """\
Written by [speed.py](speed.py). Medians, with the least and the greatest value in brackets. Every
value comes from a process of its own; the systems take turns, so that a slow minute of the machine
meets all of them alike. Ratios are formed turn by turn.
"""


def _in_short(sections: dict[str, Any]) -> list[str]:
    rows: list[tuple[str, ...]] = []
    lines: list[str] = []
    if "comparison" in sections:
        compared = Compared(sections["comparison"])
        rows += _judged(compared.targets(), sections["comparison"])
        lines = [
            "",
            "Ratios, textcat over the peer (of shares the difference, textcat less the peer):",
            "",
            *compared.ratios(),
        ]
    for key, targets in (("full", large.targets), ("tree", tree.targets)):
        rows += _judged(targets(sections[key]), sections[key]) if key in sections else []
    header = ["figure", "textcat", "target", "reached"]
    return ["## In short", "", *table(header, rows), *lines]


def _judged(rows: list[tuple[str, ...]], section: dict[str, Any]) -> list[tuple[str, ...]]:
    """Keep the verdicts, unless only some rows were used: the targets are for all of them."""
    return [(*row[:-1], "– a sample") for row in rows] if section["facts"]["limited"] else rows


def _body(key: str, section: dict[str, Any], picture: str) -> list[str]:
    if key == "comparison":
        return Compared(section).absolutes()
    if key == "full":
        return large.body(section)
    return tree.body(section) if key == "tree" else growth.body(section, picture)


def _origins(sections: dict[str, Any]) -> Iterator[str]:
    """Yield machine, versions and commands; sections of one run share their lines."""
    told: list[tuple[Any, ...]] = []
    for section in sections.values():
        facts = section["facts"]
        origin = (facts["machine"], facts["python"], tuple(facts["versions"].items()))
        if origin not in told:
            told.append(origin)
            versions = ", ".join(f"{library} {each}" for library, each in facts["versions"].items())
            yield f"{facts['machine']}. Python {facts['python']}, {versions}."
            yield ""
    commands = {(each["facts"]["date"], each["facts"]["command"]) for each in sections.values()}
    yield "```"
    yield from (f"{command}  # {date}" for date, command in sorted(commands))
    yield "```"
