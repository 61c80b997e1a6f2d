"""Category as written -> path of titles: «Чай > Зелёный» -> ("Чай", "Зелёный").

Titles contain «/», «|» and «>» themselves, so a separator is taken for one only if the values of
the whole column agree on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

# separator -> share of the categories that must contain it. What nobody writes inside a title
# needs no agreement; what stands in titles too («Чай/кофе») must cut most of them.
SEPARATORS = {
    " > ": 0.0,
    " → ": 0.0,
    " :: ": 0.0,
    " » ": 0.3,
    "→": 0.3,
    "::": 0.3,
    ">": 0.3,
    " | ": 0.5,
    "|": 0.5,
    " \\ ": 0.5,
    "\\": 0.5,
    " / ": 0.5,
    "/": 0.5,
}
_NO_CATEGORY = frozenset({"", "-", "–", "—", "nan", "none", "null", "n/a", "#n/a", "#н/д"})


def is_no_category(text: str) -> bool:
    """Tell what people and spreadsheets write when there is no category.

    >>> is_no_category(" "), is_no_category("#Н/Д"), is_no_category("Чай")
    (True, True, False)
    """
    return text.strip().casefold() in _NO_CATEGORY


def find_separator(categories: Collection[str]) -> str | None:
    """Find out what separates the titles; None if the categories are not paths.

    Parameters
    ----------
    categories : collection of str
        Distinct categories as they are written.

    Examples
    --------
    >>> find_separator(["Еда > Чай/кофе", "Еда > Сыры", "Прочее"])
    ' > '
    >>> find_separator(["Еда/Чай", "Еда/Сыры"]), find_separator(["Чай/кофе", "Сыры/масло"])
    ('/', None)
    """
    for separator, least in SEPARATORS.items():
        cut = [category for category in categories if separator in category.strip(separator + " ")]
        if cut and len(cut) >= least * len(categories) and _is_agreed(separator, cut):
            return separator
    return None


def split_path(category: str | Iterable[str], separator: str | None) -> tuple[str, ...]:
    """Cut a category into titles; runs of spaces count as one, outer separators do not count.

    A sequence of titles may end with empty ones, such as the lower levels of a shorter path.

    Raises
    ------
    ValueError
        If another title is empty.

    Examples
    --------
    >>> split_path("/Еда/Чай  зелёный/", "/")
    ('Еда', 'Чай зелёный')
    """
    if isinstance(category, str):
        parts = _inner(category, separator).split(separator) if separator else [category]
    else:
        parts = list(category)
    titles = [" ".join(part.split()) for part in parts]
    while titles and not titles[-1]:
        titles.pop()
    while isinstance(category, str) and titles and not titles[0]:
        titles.pop(0)
    if not all(titles):
        raise ValueError("a title in the middle is empty")
    return tuple(titles)


def _inner(category: str, separator: str) -> str:
    """Take off a separator at either end, which a strip of spaces may have left a part of."""
    sign = separator.strip()
    return category.strip().removeprefix(sign).removesuffix(sign)


def _is_agreed(separator: str, cut: Collection[str]) -> bool:
    """Tell a separator from a character that titles happen to contain."""
    try:
        paths = [split_path(category, separator) for category in cut]
    except ValueError:
        return SEPARATORS[separator] == 0
    # «/» joins words («Чай/кофе»); it separates levels only where some stand under the same parent
    return "/" not in separator or len({path[0] for path in paths}) < len(paths)
