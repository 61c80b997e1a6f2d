"""Predictions as plain values, and those as JSON.

They are made here, and not by the models in `replies`, which would check every field of ten
thousand predictions once more; tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pydantic_core import to_json
from starlette.responses import Response

from textcat.precision.levels import answer_levels
from textcat.prediction.answers import Answers
from textcat.prediction.candidates import Candidate
from textcat.prediction.explanation import Explanation, LevelExplanation
from textcat.tree import NO_NODE, CategoryTree

JSON = "application/json"

Values = dict[str, Any]


def json_response(values: Values) -> Response:
    """Plain values as a response."""
    return Response(to_json(values), media_type=JSON)


def listing_response(heading: Values, key: str, parts: Sequence[bytes]) -> Response:
    """As `json_response` of a heading and one long list, which was written in parts.

    >>> listing_response({"dim": 2}, "vectors", [b"[[0,1]]", b"[]", b"[[1,0]]"]).body
    b'{"dim":2,"vectors":[[0,1],[1,0]]}'
    """
    items = b",".join(part[1:-1] for part in parts if part != b"[]")
    opened = to_json({**heading, key: []}).removesuffix(b"]}")
    return Response(b"%b%b]}" % (opened, items), media_type=JSON)


class AskedLevel(NamedTuple):
    """A precision level, and the least probability of an answer at it."""

    precision: float | None
    threshold: float


def predictions(answers: Answers, asked: Sequence[AskedLevel]) -> Iterator[Values]:
    """A prediction for every name: the whole way, and where it ends at each precision level."""
    tree = answers.tree
    reached = [answer_levels(answers.probabilities, each.threshold).tolist() for each in asked]
    table = answers.names, answers.nodes.tolist(), answers.probabilities.tolist()
    for name, nodes, shares, *depths in zip(*table, *reached, strict=True):
        levels = [
            {"level": level, "id": tree.ids[node], "title": tree.titles[node], "probability": share}
            for level, (node, share) in enumerate(zip(nodes, shares, strict=True), start=1)
            if node != NO_NODE
        ]
        at = [
            _answer(each.precision, levels[:depth])
            for each, depth in zip(asked, depths, strict=True)
        ]
        yield {"name": name, "levels": levels, "answers": at}


def _answer(precision: float | None, levels: Sequence[Values]) -> Values:
    return {
        "precision": precision,
        "category": levels[-1]["id"] if levels else None,
        "path": [level["title"] for level in levels] or None,
        "probability": levels[-1]["probability"] if levels else None,
    }


def candidates(found: Sequence[Candidate]) -> list[Values]:
    """The most probable categories of a name."""
    return [
        {"category": candidate.id, "path": candidate.path, "probability": candidate.probability}
        for candidate in found
    ]


def explanation(explained: Explanation) -> Values:
    """Which words spoke for a category and against it, level by level."""
    return {
        "levels": [_decision(level) for level in explained.levels],
        "unknown": explained.unknown,
    }


def _decision(level: LevelExplanation) -> Values:
    words = [{"text": text, "weight": weight} for text, weight in level.words]
    return {"level": level.level, "title": level.title, "rival": level.rival, "words": words}


def category(tree: CategoryTree, node: int) -> Values:
    """A category of the tree."""
    parent = int(tree.parents[node])
    return {
        "id": tree.ids[node],
        "title": tree.titles[node],
        "path": tree.path(node),
        "level": int(tree.levels[node]),
        "parent": None if parent == NO_NODE else tree.ids[parent],
        "leaf": bool(tree.is_leaf[node]),
    }
