"""What a user calls a tree -> ids, titles and parents of its nodes in depth-first order.

Three forms are read: paths ('Одежда > Платья'), rows (id, parent id, title), and bare labels.
Every error names the row, counted from 1, and the value at fault.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from numbers import Integral, Real

from textcat.errors import TreeError
from textcat.tree.order import PATH_SEPARATOR, UNDER_ROOT, Nodes, arranged, shown

MAX_PATH_LEVELS = 1_000
"""Longest path read. Ids made of paths grow with the square of the depth; rows have no limit."""


def read_paths(paths: Iterable[str | Sequence[str]], separator: str) -> Nodes:
    """['А > Б', 'А > В'] -> nodes 'А', 'А > Б', 'А > В'."""
    split = path_splitter(separator)
    node_of: dict[tuple[int, str], int] = {}  # (parent, title) -> node, in order of appearance
    for row, path in _distinct(paths):
        levels = split(path) if isinstance(path, str) else _as_sequence(path, row)
        node = UNDER_ROOT
        for title in _checked_path(levels, path, row):
            node = node_of.setdefault((node, title), len(node_of))
    titles, parents = [title for _, title in node_of], [parent for parent, _ in node_of]
    return arranged(_path_ids(titles, parents), titles, parents, UNDER_ROOT)


def read_rows(rows: Iterable[tuple[object, object, object]], single_root: bool) -> Nodes:
    """[(2, 1, 'Б'), (1, None, 'А')] -> nodes '1' and '2', whatever the order of the rows."""
    position: dict[str, int] = {}  # id -> place of its row
    parent_ids: list[str | None] = []
    titles: list[str] = []
    for row, fields in enumerate(rows, start=1):
        id_, parent_id, title = _checked_row(fields, row)
        if id_ in position:
            first = position[id_] + 1
            raise TreeError(f"rows {first} and {row} have the same id {id_!r}; ids must be unique")
        position[id_] = row - 1
        parent_ids.append(parent_id)
        titles.append(title)
    parents = [
        UNDER_ROOT if parent_id is None else _parent_position(parent_id, position, row)
        for row, parent_id in enumerate(parent_ids, start=1)
    ]
    ids = list(position)
    root = _the_one_root(ids, parents) if single_root else UNDER_ROOT
    return arranged(ids, titles, parents, root)


def read_labels(labels: Iterable[str]) -> Nodes:
    """['А > Б', 'В', 'В'] -> nodes 'А > Б' and 'В', both under the root."""
    distinct = {_checked_title(label, f"row {row}"): None for row, label in _distinct(labels)}
    titles = list(distinct)
    return arranged(titles, titles, [UNDER_ROOT] * len(titles), UNDER_ROOT)


def clean(text: str) -> str:
    """Text without surrounding white space and with composed letters, so that й is й (NFC)."""
    return unicodedata.normalize("NFC", text.strip())


def path_splitter(separator: str) -> Callable[[str], list[str]]:
    """Make the function that splits a path into titles.

    A separator written with spaces is found where its sign stands alone, whatever the amount
    of white space: 'А >  Б' has two levels, 'А > > Б' an empty one, and 'А>Б' is one title.
    """
    sign = separator.strip()
    if not separator:
        raise TreeError("the separator of paths is empty; give one, such as ' > ' or '/'")
    if not sign or sign == separator:
        return lambda path: path.split(separator)
    return re.compile(rf"(?<!\S){re.escape(sign)}(?!\S)").split


def _path_ids(titles: list[str], parents: list[int]) -> list[str]:
    """Full path of every node as one text; parents stand before children here."""
    ids: list[str] = []
    for title, parent in zip(titles, parents, strict=True):
        ids.append(title if parent == UNDER_ROOT else ids[parent] + PATH_SEPARATOR + title)
    return ids


def _distinct(values: Iterable[object]) -> Iterator[tuple[int, object]]:
    """Yield (row number, value), texts seen before left out: catalogues repeat each path a lot."""
    if isinstance(values, (str, bytes)):
        raise TreeError(f"expected a list of texts, got the one text {shown(values)}; use [text]")
    seen: set[str] = set()
    for row, value in enumerate(values, start=1):
        if isinstance(value, str):
            if value in seen:
                continue
            seen.add(value)
        yield row, value


def _as_sequence(path: object, row: int) -> Sequence[object]:
    if isinstance(path, Sequence) and not isinstance(path, (bytes, bytearray)):
        return path
    raise TreeError(f"row {row}: {shown(path)} is no path; give a text or a sequence of titles")


def _checked_path(titles: Sequence[object], path: object, row: int) -> list[str]:
    if not 1 <= len(titles) <= MAX_PATH_LEVELS:
        raise TreeError(
            f"row {row}: the path {shown(path)} has {len(titles):,} levels; "
            f"1 to {MAX_PATH_LEVELS:,} can be read from a path (from_rows has no limit)"
        )
    place = f"row {row}, path {shown(path)}, level "
    return [_checked_title(title, f"{place}{level}") for level, title in enumerate(titles, 1)]


def _checked_title(title: object, place: str) -> str:
    if not isinstance(title, str):
        raise TreeError(f"{place}: a title must be a text, got {shown(title)}")
    if not (cleaned := clean(title)):
        raise TreeError(f"{place}: the title is empty; every category needs one")
    return cleaned


def _checked_row(fields: object, row: int) -> tuple[str, str | None, str]:
    if isinstance(fields, (str, bytes)) or not isinstance(fields, Iterable):
        fields = (fields,)
    if len(row_fields := tuple(fields)) != 3:
        raise TreeError(f"row {row}: expected (id, parent id, title), got {shown(row_fields)}")
    id_, parent_id, title = row_fields
    if (own_id := _as_id(id_, row)) is None:
        raise TreeError(f"row {row}: the id of the category {shown(title)} is missing")
    return own_id, _as_id(parent_id, row), _checked_title(title, f"row {row}, id {shown(own_id)}")


def _as_id(value: object, row: int) -> str | None:
    """'7', 7 and 7.0 -> '7' (a table's column with gaps holds floats); None, NaN, '' -> None."""
    if type(value).__name__ == "NAType":  # pandas.NA, which is equal to nothing
        return None
    if value is None or isinstance(value, str):
        return clean(value or "") or None
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Real) and math.isnan(value):
        return None
    if isinstance(value, Real) and float(value).is_integer():
        return str(int(float(value)))
    raise TreeError(f"row {row}: an id must be a text or a whole number, got {shown(value)}")


def _parent_position(parent_id: str, position: dict[str, int], row: int) -> int:
    if parent_id not in position:
        id_ = list(position)[row - 1]
        raise TreeError(
            f"row {row}: the category {shown(id_)} has the parent {shown(parent_id)}, which no row "
            "has as its id; add that row, or leave the parent empty for a top-level category"
        )
    return position[parent_id]


def _the_one_root(ids: list[str], parents: list[int]) -> int:
    """Place of the only row without a parent; with none there is a cycle, which is found later."""
    roots = [node for node, parent in enumerate(parents) if parent == UNDER_ROOT]
    if len(roots) > 1:
        found = ", ".join(f"{shown(ids[node])} (row {node + 1})" for node in roots[:5])
        more = f" and {len(roots) - 5:,} more" if len(roots) > 5 else ""
        raise TreeError(
            f"a single root was promised, but {len(roots):,} rows have no parent: {found}{more}; "
            "give all but one a parent, or leave single_root out"
        )
    return roots[0] if roots else UNDER_ROOT
