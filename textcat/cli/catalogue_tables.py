"""How the command line shows what was read from a catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from textcat.catalogue import CatalogueReport
from textcat.catalogue.report import CategorySize, Finding
from textcat.cli.display import figures_table, readable


def catalogue_tables(report: CatalogueReport) -> RenderableType:
    """The counts, how it was read, the sizes of categories, and what was found."""
    parts: list[RenderableType] = [figures_table(_figures(report))]
    if len(report.rows_by_depth) > 1:
        depths = [(f"{depth}", rows) for depth, rows in report.rows_by_depth.items()]
        parts += ["", _counts_table("levels", depths, report)]
    parts += ["", _counts_table("largest categories", report.largest, report)]
    if len(report.largest) < report.categories:
        parts += ["", _counts_table("smallest categories", report.smallest, report)]
    for heading, what, finding in report.findings():
        parts += ["", *_finding(f"{heading}, {what}", finding, report)]
    return Group(*parts)


def _figures(report: CatalogueReport) -> dict[str, str]:
    return {
        "catalogue": report.place,
        "rows": f"{report.rows_read:,} read, {report.rows_kept:,} kept, "
        f"{report.rows_dropped:,} dropped",
        "categories": f"{report.categories:,}, down to level {report.depth}",
        **report.facts,
    }


def _counts_table(
    title: str, counts: Sequence[tuple[str, int] | CategorySize], report: CatalogueReport
) -> Table:
    """Rows of each, and their share."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(title, overflow="fold")
    table.add_column("rows", justify="right", no_wrap=True)
    table.add_column("share", justify="right", no_wrap=True)
    for what, rows in counts:
        table.add_row(Text(readable(what)), f"{rows:,}", f"{rows / report.rows_kept:.1%}")
    return table


def _finding(title: str, finding: Finding, report: CatalogueReport) -> Iterator[RenderableType]:
    style = "yellow" if title.startswith("dropped") else "bold"
    yield Text(f"{title}: {finding.count:,}", style)
    for example in finding.examples:
        yield Text(f"  {readable(report.shown(example))}")
    more = finding.count - len(finding.examples)
    if more:
        yield Text(f"  and {more:,} more", "dim")
