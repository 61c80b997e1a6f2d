"""What people call the columns of names and of categories, and which of them are levels of a path.

Categories come as a path in one column («Путь категории»), as an id («category_id»), or with a
column a level: numbered («Категория 1», «Категория 2») or tiered («Раздел», «Подраздел»).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

# The earlier, the more telling: a table may have several of them.
NAME_COLUMNS = (
    *("name", "product name", "item name", "title", "product title", "product", "item"),
    *("наименование", "наименование товара", "название", "название товара", "имя товара"),
    *("номенклатура", "наименование номенклатуры", "полное наименование", "рабочее наименование"),
    *("товар", "продукт", "позиция", "наименование позиции", "наименование продукции"),
)
PATH_COLUMNS = (
    *("path", "category path", "categories path", "full category"),
    *("путь", "путь категории", "полный путь"),
)
CATEGORY_COLUMNS = (
    *("category", "category name", "категория", "категория товара", "категории"),
    *("группа", "группа товаров", "группа товара", "товарная группа", "номенклатурная группа"),
    *("раздел", "раздел каталога", "рубрика", "вид товара", "вид номенклатуры", "тип товара"),
    *("product type", "product category", "google product category", "categories", "label"),
)
CATEGORY_ID_COLUMNS = (
    *("category id", "categoryid", "cat id", "id category", "group id", "groupid"),
    *("id категории", "ид категории", "код категории", "категория id", "ид группы", "id группы"),
    *("код группы", "id раздела", "ид раздела", "код раздела"),
)


def plain(title: str) -> str:
    """Fold what does not tell titles of columns apart.

    >>> plain(" Категория_товара:"), plain("category-L1")
    ('категория товара', 'category l1')
    """
    folded = unicodedata.normalize("NFKC", title).casefold().replace("ё", "е")
    return re.sub(r"[\s_.:\-]+", " ", folded).strip()


def level_columns(titles: Sequence[str]) -> tuple[int, ...]:
    """Find columns that hold a level of the path each, the top first; () if there are none.

    Parameters
    ----------
    titles : sequence of str
        Of all columns of a table.

    Examples
    --------
    >>> level_columns(["Товар", "Категория 1", "Категория 2"])
    (1, 2)
    >>> level_columns(["Подгруппа", "Товар", "Группа"]), level_columns(["Группа", "Категория"])
    ((2, 0), ())
    """
    bare = [_without_qualifiers(plain(title)) for title in titles]
    return _numbered(bare) or _tiered(bare)


_QUALIFIERS = {
    *("товара", "товаров", "товарная", "товарной", "номенклатуры", "название", "наименование"),
    *("product", "item", "name"),
}
_GROUPING = "категори[яи]|групп[аы]|раздела?|рубрик[аи]|category|group|section|department"
_LEVEL = "уровень|уровня|ур|level|lvl"
_NUMBERED = tuple(  # what a numbered level is called: its number is the group of digits
    re.compile(pattern)
    for pattern in (
        rf"(?P<of>{_GROUPING}) ?(?:{_LEVEL}|l)? ?(?P<number>\d)",  # «Категория 1», «category_l1»
        rf"(?:{_LEVEL}) ?(?P<number>\d)(?: (?P<of>{_GROUPING}))?",  # «Уровень 1»
        rf"(?:(?P<of>{_GROUPING}) )?(?P<number>\d) ?(?:го|й|ый)? (?:{_LEVEL})",  # «1-й уровень»
        rf"l(?P<number>\d) (?P<of>{_GROUPING})",  # «L1 category»
    )
)
_TIER = re.compile(
    "(?P<below>под|sub ?)?(?P<of>раздел|категория|группа|рубрика|section|category|group|department)"
)
_TOPMOST = frozenset({"раздел", "section", "department"})  # nobody has them below a category


def _without_qualifiers(title: str) -> str:
    """«Группа товаров» says no more than «Группа», «Категория (уровень 1)» than «… уровень 1»."""
    words = re.sub(r"\((?=[^)]*[^\W\d])([^)]*)\)", r"\1", title).split()
    return " ".join(word for word in words if word not in _QUALIFIERS)


def _numbered(titles: Sequence[str]) -> tuple[int, ...]:
    """The largest set of columns that are numbered alike."""
    series: dict[str, dict[int, int]] = defaultdict(dict)  # grouping word -> number -> column
    for column, title in enumerate(titles):
        match = next(filter(None, (each.fullmatch(title) for each in _NUMBERED)), None)
        if match:
            series[match["of"] or ""].setdefault(int(match["number"]), column)
    longest = max(series.values(), key=len, default={})
    return tuple(longest[number] for number in sorted(longest)) if len(longest) > 1 else ()


def _tiered(titles: Sequence[str]) -> tuple[int, ...]:
    """Columns that name their tier, as they stand, but for a «под…» that stands before its own.

    «Группа» beside «Категория» is another way to group goods, and no tier of the same path: there
    has to be a «под…», or something that is known to stand above the others.
    """
    matches = {column: _TIER.fullmatch(title) for column, title in enumerate(titles)}
    families: dict[str, dict[bool, int]] = defaultdict(dict)  # word -> is it «под…»? -> column
    for column, match in matches.items():
        if match:
            families[match["of"]].setdefault(bool(match["below"]), column)
    chosen = [each for each in families.values() if len(each) == 2]
    if not _TOPMOST.isdisjoint(word for word, each in families.items() if False in each):
        chosen = list(families.values())
    in_order = sorted(chosen, key=lambda each: min(each.values()))
    tiers = [each[is_below] for each in in_order for is_below in sorted(each)]
    return tuple(tiers) if len(tiers) > 1 else ()
