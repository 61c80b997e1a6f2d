"""How cost grows: the picture and the tables behind it."""

from __future__ import annotations

from typing import Any

from costs.sections.tree import points_table

_SAID = {
    "rows": "With the rows: the largest categories of a catalogue, as many rows drawn from them.",
    "categories": "With the categories: the first nodes of a large tree, as many synthetic names "
    "in all, drawn as above.",
}


def body(section: dict[str, Any], picture: str) -> list[str]:
    """The picture, then a table for all that grew."""
    lines = [f"![fit, batch and single names against rows and categories]({picture})"]
    lines = lines if section["drawn"] else ["No picture: `pip install matplotlib`."]
    for axis, said in _SAID.items():
        if section["points"].get(axis):
            lines += ["", said, "", *points_table(section["points"][axis])]
    return lines
