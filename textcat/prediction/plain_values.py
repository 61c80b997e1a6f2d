"""What an answer is as plain values, ready for JSON."""

from __future__ import annotations

from typing import NamedTuple, TypedDict


class LevelDict(TypedDict):
    """One category on the way down."""

    level: int
    id: str
    title: str
    probability: float


class AnswerDict(TypedDict):
    """An answer; category, path and probability are None for no answer."""

    name: str
    precision: float | None
    category: str | None
    path: list[str] | None
    probability: float | None
    levels: list[LevelDict]


class AnswerColumns(NamedTuple):
    """Answers at one precision level, column by column; None for no answer."""

    category: list[str | None]  # ids
    path: list[str | None]
    probability: list[float | None]
