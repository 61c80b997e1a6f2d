"""The precision levels of a model as a table."""

from __future__ import annotations

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from textcat.cli.messages import in_options
from textcat.model import CategoryModel
from textcat.precision import GOODS, PrecisionLevels
from textcat.precision.display import what_is_missing

TITLES = ("precision", "right", "answered", "at a leaf", "probability from")


def precision_table(model: CategoryModel) -> RenderableType:
    """What is certified for which goods; a level that is not says what it would take."""
    if not model.certificates:
        reason = f"no precision level is certified: {model.certificates.reason}"
        return Text(in_options(reason), "yellow")
    tables: list[RenderableType] = []
    for goods, certificate in model.certificates.items():
        chance = f"{1 - certificate.delta:.0%} sure"
        rows = f"{len(certificate.outcomes):,} rows"
        whose = "" if goods == "given" else " kept out of training"
        tables += [Text(f"certified for {GOODS[goods]}, {chance}, on {rows}{whose}", "bold")]
        tables += [_levels(certificate.levels), Text("")]
    if note := model.certificates.note:
        return Group(*tables, Text(note, "yellow"))
    return Group(*tables[:-1])


def _levels(levels: PrecisionLevels) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for title in TITLES:
        table.add_column(title, justify="right")
    table.add_column("")
    for level in levels:
        shares = (level.found, level.answered, level.at_leaf, level.threshold)
        cells = [f"{share:.3f}" if share is not None else "" for share in shares]
        if not level.certified:
            cells = ["", "", "", ""]
        table.add_row(f"{level.precision:.2f}", *cells, Text(what_is_missing(level), "yellow"))
    return table
