"""How the command line shows an audit to people."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from textcat.auditing import Audit, Conflict, Suspect, Twins
from textcat.auditing.text import reasons, words_text
from textcat.cli.display import counts_table, figures_table, path_text, readable

# Of the suspects, and of the other lists, these many are shown, and these many rows of a category.
SHOWN_SUSPECTS, SHOWN, SHOWN_ROWS = 20, 10, 3


def audit_tables(audit: Audit) -> RenderableType:
    """The counts, the surest suspects, conflicts, near-twins, and what was not judged."""
    tables = [figures_table({what: f"{count:,}" for what, count in audit.counts.items()})]
    tables += [_suspects(audit.suspects, audit.unit)] if audit.suspects else []
    tables += [_conflicts(audit.conflicts, audit.unit)] if audit.conflicts else []
    tables += [_twins(audit.twins)] if audit.twins else []
    spaced = [part for table in tables for part in (table, Text(""))]
    return Group(*spaced, *(Text(readable(note), "yellow") for note in reasons(audit.unjudged)))


def _suspects(suspects: Sequence[Suspect], unit: str) -> Table:
    table = counts_table(unit, "confidence")
    table.add_column("probably wrong: name, given category, likely category, why")
    for suspect in suspects[:SHOWN_SUSPECTS]:
        lines = (
            Text(readable(suspect.name), "bold"),
            Text.assemble("given:  ", path_text(suspect.given)),
            Text.assemble("likely: ", path_text(suspect.likely)),
            Text(readable(words_text(suspect.why)), "dim"),
        )
        cell = Text("\n  ").join(line for line in lines if line)
        table.add_row(str(suspect.row), f"{suspect.confidence:.3f}", cell)
    return _with_more(table, len(suspects) - SHOWN_SUSPECTS)


def _conflicts(conflicts: Sequence[Conflict], unit: str) -> Table:
    table = counts_table(f"{unit}s")
    table.add_column("one name in several categories")
    for conflict in conflicts[:SHOWN]:
        table.add_row("", Text(readable(conflict.name), "bold"))
        for path, rows in conflict.rows.items():
            more = ", …" if len(rows) > SHOWN_ROWS else ""
            table.add_row(", ".join(map(str, rows[:SHOWN_ROWS])) + more, path_text(path))
    return _with_more(table, len(conflicts) - SHOWN)


def _twins(twins: Sequence[Twins]) -> Table:
    table = counts_table("taken for the other", "rows")
    table.add_column("near-twin categories")
    for pair in twins[:SHOWN]:
        shares = f"{pair.first_as_second:.0%}\n{pair.second_as_first:.0%}"
        paths = Text("\n").join((path_text(pair.first), path_text(pair.second)))
        table.add_row(shares, f"{pair.first_rows:,}\n{pair.second_rows:,}", paths)
        table.add_section()
    return _with_more(table, len(twins) - SHOWN)


def _with_more(table: Table, more: int) -> Table:
    if more > 0:
        cells = [""] * (len(table.columns) - 1)
        table.add_row(*cells, Text(f"{more:,} more", "dim"))
    return table
