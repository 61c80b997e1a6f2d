"""Rows on their way from the process that reads a catalogue to those that measure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rows import Rows, Split


def write_rows(rows: Rows, file: Path) -> Path:
    """Write names and paths."""
    file.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    return file


def read_rows(file: str | Path) -> Rows:
    """Read them again."""
    return Rows(*map(tuple, json.loads(Path(file).read_text("utf-8"))))


def write_names(names: Sequence[str], file: Path) -> Path:
    """Write names."""
    file.write_text(json.dumps(list(names), ensure_ascii=False), "utf-8")
    return file


def read_names(file: str | Path) -> list[str]:
    """Read them again."""
    names: list[str] = json.loads(Path(file).read_text("utf-8"))
    return names


@dataclass(frozen=True)
class Files:
    """Files that hold a catalogue, each read only by those who need it."""

    train: Path
    tests: dict[str, Path]
    asked: Path  # different names of all test sets, shuffled
    many: Path  # different names of the whole catalogue, shuffled

    @classmethod
    def of(cls, split: Split, directory: Path, seed: int) -> Files:
        """Write them all into a directory."""
        asked = _shuffled([name for rows in split.tests.values() for name in rows.names], seed)
        many = _shuffled([*asked, *split.train.names], seed)
        return cls(
            write_rows(split.train, directory / "train.json"),
            {
                part: write_rows(rows, directory / f"test_{number}.json")
                for number, (part, rows) in enumerate(split.tests.items())
            },
            write_names(asked, directory / "asked.json"),
            write_names(many, directory / "many.json"),
        )


def _shuffled(names: list[str], seed: int) -> list[str]:
    different = list(dict.fromkeys(names))
    order = np.random.default_rng(seed).permutation(len(different))
    return [different[place] for place in order]
