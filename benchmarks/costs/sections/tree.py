"""A large tree: its table and its targets."""

from __future__ import annotations

from typing import Any

from costs.figures import Kind, number, table, with_range
from costs.tables import target_row

COLUMNS = {
    "fit": "fit, s",
    "fit_peak": "peak, MB",
    "batch": "names/s",
    "one_median": "one name, ms",
    "one_p99": "99th percentile",
    "leaf": "leaf accuracy",
}
_TARGETS = (
    Kind("batch", "a tree of {} nodes", "names/s", True, 10_000),
    Kind("one_median", "a tree of {} nodes, one name: median", "ms", target=1),
)


def targets(section: dict[str, Any]) -> list[tuple[str, ...]]:
    """Rows of what is to be reached."""
    (point,) = section["points"]
    nodes = f"{section['facts']['nodes']:,}"
    return [
        target_row(
            Kind(kind.key, kind.title.format(nodes), kind.unit, kind.higher_is_better, kind.target),
            point.get(kind.key, []),
        )
        for kind in _TARGETS
    ]


def body(section: dict[str, Any]) -> list[str]:
    """One row."""
    said = (
        f"textcat on a tree of {section['facts']['nodes']:,} nodes; names are two or three words "
        "drawn from a node's title and the titles above it, the same number for every node."
    )
    return [said, "", *points_table(section["points"])]


def points_table(points: list[dict[str, Any]]) -> list[str]:
    """One row a point."""
    header = ["system", "rows", "categories", *COLUMNS.values()]
    return table(header, map(_cells, points))


def _cells(point: dict[str, Any]) -> list[str]:
    cells = [point["system"], f"{point['rows']:,}", f"{point['categories']:,}"]
    if "why" in point:
        return [*cells, f"– {point['why']}", *["–"] * (len(COLUMNS) - 1)]
    shown = [with_range(point[key]) for key in COLUMNS if key != "leaf"]
    return [*cells, *shown, number(point["leaf"][0])]
