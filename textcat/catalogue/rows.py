"""Rows of a table -> names and paths: what is kept, and what is dropped and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from textcat.catalogue.columns import Row, Table
from textcat.catalogue.paths import find_separator, is_no_category, split_path
from textcat.catalogue.report import DROPPED, CatalogueReport
from textcat.errors import CatalogueError
from textcat.values import as_text, has_letters, normalize_name

_NOT_TITLES = (str, bytes, bytearray, memoryview, Mapping, AbstractSet)  # though iterable
TitlePath = tuple[str, ...]
Written = str | TitlePath  # a category as it stands in the table: one string, or its titles


@dataclass
class Kept:
    """The rows that can be learned from, as columns."""

    names: list[str] = field(default_factory=list)
    paths: list[TitlePath] = field(default_factory=list)  # equal paths are one object
    numbers: list[int] = field(default_factory=list)  # of rows or lines


def sort_rows(
    table: Table, columns: Sequence[int], separator: str | None = None
) -> tuple[Kept, CatalogueReport]:
    """Keep the rows of a table that have a name and a category, and count the others.

    Parameters
    ----------
    table : Table
    columns : (int, int)
        Of the names and of the categories.
    separator : str, optional
        Between the titles of a path; found out if not given.

    Examples
    --------
    >>> from textcat.catalogue.readers import open_table
    >>> kept, report = sort_rows(open_table([("Чай", "Еда > Чай"), (None, "Еда")]), (0, 1))
    >>> kept.paths, report.empty_names.count
    ([('Еда', 'Чай')], 1)
    """
    report = CatalogueReport(table.place, table.unit, table.facts)
    written = list(_readable_rows(table, columns, report))
    categories = {category for _, _, category in written}
    separator = separator or find_separator([c for c in categories if isinstance(c, str)])
    kept = _with_paths(written, _split(categories, separator), report)
    _note_single_rows(kept, report)
    _note_repeats(kept, report)
    for line in table.joined:
        report.joined_lines.add(line, "", "a quoted field goes on in the next line")
    return kept, _counted(report, kept, table, columns, separator)


def _readable_rows(
    table: Table, columns: Sequence[int], report: CatalogueReport
) -> Iterator[tuple[int, str, Written]]:
    same: dict[Written, Written] = {}  # a million rows share a thousand categories
    for row in table.rows(columns):
        try:
            name, category = as_text(row.values[0]), _as_written(row.values[1])
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


def _as_written(value: object) -> Written | None:
    """Read a category's cell: one string, or a sequence of titles; None if there is none."""
    if not isinstance(value, _NOT_TITLES) and isinstance(value, Iterable):
        return tuple([as_text(title) or "" for title in value])
    text = as_text(value)
    return None if text is None or is_no_category(text) else text


def _split(categories: Collection[Written], separator: str | None) -> dict[Written, TitlePath]:
    """Cut every category once; one with an empty title inside is left out."""
    paths: dict[Written, TitlePath] = {}
    same: dict[TitlePath, TitlePath] = {}
    for category in categories:
        try:
            path = split_path(category, separator)
        except ValueError:
            continue
        paths[category] = same.setdefault(path, path)
    return paths


def _with_paths(
    written: Sequence[tuple[int, str, Written]],
    paths: dict[Written, TitlePath],
    report: CatalogueReport,
) -> Kept:
    kept = Kept()
    for number, name, category in written:
        path = paths.get(category)
        if path:
            kept.names.append(name)
            kept.paths.append(path)
            kept.numbers.append(number)
        elif path is None:
            report.broken_categories.add(number, category, "a title in the path is empty")
        else:
            report.rows_without_category.add(number, name, f"the category is {category!r:.40}")
    return kept


def _note_single_rows(kept: Kept, report: CatalogueReport) -> None:
    rows = Counter(kept.paths)
    if 1 in rows.values():
        for number, path in zip(kept.numbers, kept.paths, strict=True):
            if rows[path] == 1:
                report.single_row_categories.add(number, " > ".join(path), "the only row")


def _note_repeats(kept: Kept, report: CatalogueReport) -> None:
    """Count rows that repeat another, and names that stand in several categories."""
    first: dict[str, int] = {}
    later: dict[str, list[int]] = {}  # few names come again: one dict of lists would be far larger
    for index, name in enumerate(map(normalize_name, kept.names)):
        if first.setdefault(name, index) != index:
            later.setdefault(name, []).append(index)
    for name, others in later.items():
        _note_repeat([first[name], *others], kept, report)


def _note_repeat(indices: Sequence[int], kept: Kept, report: CatalogueReport) -> None:
    """Judge the rows of one name."""
    places: dict[TitlePath, int] = {}
    seen: dict[tuple[str, TitlePath], int] = {}
    for index in indices:
        number, name, path = kept.numbers[index], kept.names[index], kept.paths[index]
        places.setdefault(path, number)
        earlier = seen.setdefault((name, path), number)
        if earlier != number:
            report.duplicates.add(number, name, f"the same as {report.unit} {earlier}")
    if len(places) > 1:
        listed = "; ".join(f"{' > '.join(path)} ({number})" for path, number in places.items())
        report.conflicts.add(kept.numbers[indices[0]], kept.names[indices[0]], listed)


def _counted(
    report: CatalogueReport,
    kept: Kept,
    table: Table,
    columns: Sequence[int],
    separator: str | None,
) -> CatalogueReport:
    dropped = sum(getattr(report, kind).count for kind in DROPPED)
    name, category = (repr(table.columns[column]) for column in columns)
    if not table.has_header:
        name, category = (f"{column + 1}, no header" for column in columns)
    facts = {
        **report.facts,
        "name column": name,
        "category column": category,
        "path separator": repr(separator) if separator else "none",
    }
    return replace(
        report,
        facts=facts,
        rows_read=len(kept.names) + dropped,
        rows_kept=len(kept.names),
        categories=len(set(kept.paths)),
        depth=max(map(len, kept.paths), default=0),
    )
