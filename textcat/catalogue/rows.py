"""Rows of a table -> names and paths: what is kept, and what is dropped and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from textcat.catalogue.columns import CATEGORY_IN_FEED
from textcat.catalogue.kept import Kept, note_repeats, note_sizes
from textcat.catalogue.paths import find_separator
from textcat.catalogue.placing import Place, Written, as_written, place_categories, why_unknown
from textcat.catalogue.report import DROPPED, FEW, CatalogueReport
from textcat.catalogue.table import Row, Table
from textcat.errors import CatalogueError
from textcat.tree import NO_NODE, CategoryTree
from textcat.values import as_text, has_letters


def sort_rows(
    table: Table,
    columns: Sequence[int],
    separator: str | None = None,
    tree: CategoryTree | None = None,
    few: int = FEW,
) -> tuple[Kept, CatalogueReport]:
    """Keep the rows of a table that have a name and a category, and count the others.

    Parameters
    ----------
    table : Table
    columns : (int, int, ...)
        Of the names, and of the categories or of their levels.
    separator : str, optional
        Between the titles of a path; found out if not given.
    tree : CategoryTree, optional
        That the categories have to be in; not given, it is what the table brings along.
    few : int
        With fewer rows, a category is noted.

    Examples
    --------
    >>> from textcat.catalogue.readers import open_table
    >>> kept, report = sort_rows(open_table([("Чай", "Еда > Чай"), (None, "Еда")]), (0, 1))
    >>> kept.paths, report.empty_names.count
    ([('Еда', 'Чай')], 1)
    """
    report = CatalogueReport(table.place, table.unit, table.facts, few=few)
    trees = [each for each in (_own_tree(table, columns), tree) if each is not None]
    written = list(_readable_rows(table, columns, report))
    categories = {category for _, _, category in written}
    separator = separator or find_separator([c for c in categories if isinstance(c, str)])
    kept = Kept(tree=trees[-1] if trees else None)
    _keep(kept, written, place_categories(categories, separator, trees), report)
    note_repeats(kept, report)
    for line in table.joined:
        report.joined_lines.add(line, "", "a quoted field goes on in the next line")
    return kept, _counted(report, kept, table, columns, separator)


def _own_tree(table: Table, columns: Sequence[int]) -> CategoryTree | None:
    """The tree that a feed brings along, unless categories were asked for that are not its ids."""
    is_its = [table.columns[column] for column in columns[1:]] == [CATEGORY_IN_FEED]
    return table.tree if is_its else None


def _readable_rows(
    table: Table, columns: Sequence[int], report: CatalogueReport
) -> Iterator[tuple[int, str, Written]]:
    same: dict[Written, Written] = {}  # a million rows share a thousand categories
    for row in table.rows(columns):
        try:
            name, category = as_text(row.values[0]), as_written(row.values[1:])
        except CatalogueError as error:
            raise CatalogueError(f"{table.place}, {table.unit} {row.number}: {error}") from error
        if name and category and not row.surplus and has_letters(name):
            if row.missing:
                report.missing_fields.add(row.number, name, f"{row.missing} too few")
            yield row.number, name, same.setdefault(category, category)
        else:
            _count_dropped(row, name, report)


def _count_dropped(row: Row, name: str | None, report: CatalogueReport) -> None:
    """Count a row under the first reason that it was dropped for."""
    cause = f"; the row has {row.missing} fields too few" if row.missing else ""
    if row.surplus:
        reason = f"{len(row.surplus)} too many: {row.surplus!r:.80}"
        report.surplus_fields.add(row.number, row.values[0], reason)
    elif not name:
        report.empty_names.add(row.number, "", f"the name is empty{cause}")
    elif not has_letters(name):
        report.names_without_letters.add(row.number, name, "there is no word to learn from")
    else:
        report.rows_without_category.add(row.number, name, f"the category is empty{cause}")


def _keep(
    kept: Kept,
    written: Sequence[tuple[int, str, Written]],
    places: Mapping[Written, Place],
    report: CatalogueReport,
) -> None:
    """Keep the rows whose category has a place, and count the others."""
    for number, name, category in written:
        place = places.get(category)
        if place is None:
            report.broken_categories.add(number, category, "a title in the path is empty")
        elif not place.path:
            report.rows_without_category.add(number, name, f"the category is {category!r:.40}")
        elif kept.tree is not None and place.node == NO_NODE:
            unknown = report.unknown_categories
            why = "" if unknown.is_full else why_unknown(place.path, kept.tree)
            unknown.add(number, name, why)
        else:
            kept.add(number, name, place)


def _counted(
    report: CatalogueReport,
    kept: Kept,
    table: Table,
    columns: Sequence[int],
    separator: str | None,
) -> CatalogueReport:
    dropped = sum(getattr(report, kind).count for kind in DROPPED)
    dropped += sum(finding.count for finding in table.left_out.values())
    facts = {
        **report.facts,
        **_facts_of_columns(table, columns),
        "path separator": repr(separator) if separator else "none",
    }
    if kept.tree is not None:
        facts["tree"] = f"{len(kept.tree):,} categories, {kept.tree.leaves.size:,} of them leaves"
    report = replace(
        report,
        facts=facts,
        rows_read=len(kept.names) + dropped,
        rows_kept=len(kept.names),
        left_out=table.left_out,
    )
    return note_sizes(kept, report)


def _facts_of_columns(table: Table, columns: Sequence[int]) -> dict[str, str]:
    shown = [repr(table.columns[column]) for column in columns]
    if not table.has_header:
        shown = [f"{column + 1}, no header" for column in columns]
    if len(columns) == 2:
        return {"name column": shown[0], "category column": shown[1]}
    return {"name column": shown[0], "category columns": " > ".join(shown[1:])}
