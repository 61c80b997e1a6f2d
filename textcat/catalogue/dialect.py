"""How a line of CSV or TSV is cut into fields, found out from a sample of lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from textcat.errors import CatalogueError

DELIMITERS = ("\t", ";", "|", ",")  # the earlier, the less likely inside a name
_OF_KIND = {".tsv": "\t", ".tab": "\t"}  # suffix -> the delimiter that it promises
_EVEN = 0.9  # share of the sampled lines that a delimiter must cut into equally many fields


@dataclass(frozen=True)
class Dialect:
    """How a line is cut into fields."""

    delimiter: str | None  # None: the whole line is one field
    quoted: bool = True

    def split(self, line: str) -> list[str]:
        """Cut a line.

        Examples
        --------
        >>> Dialect(",").split('"Сыр, 200 г",Сыры')
        ['Сыр, 200 г', 'Сыры']
        >>> Dialect(",").split('Гвозди 3" 5кг,Крепёж')
        ['Гвозди 3" 5кг', 'Крепёж']
        """
        if self.quoted and '"' in line:
            return _split_quoted(line, self.delimiter)
        return line.split(self.delimiter) if self.delimiter else [line]

    def with_quotes(self, quoted: bool) -> Dialect:
        """Give the dialect with or without quotes."""
        return replace(self, quoted=quoted)


def find_dialect(
    sample: Sequence[str],
    is_column_name: Callable[[str], bool],
    *,
    delimiter: str | None = None,
    kind: str = ".csv",
) -> Dialect:
    r"""Find out the delimiter, if it is not given, and whether quotes enclose fields.

    Examples
    --------
    >>> find_dialect(["Сыр, 200 г;Сыры", "Чай;Чай, кофе"], lambda field: False)
    Dialect(delimiter=';', quoted=True)
    >>> find_dialect(["Гвозди 3\" 5кг\tКрепёж"], lambda field: False)
    Dialect(delimiter='\t', quoted=False)
    """
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise CatalogueError(
            f"the delimiter must be one character and no quote, not {delimiter!r}; "
            "the usual ones are tab, «;», «,» and «|»."
        )
    lines = [line for line in sample if line.strip()]
    found = delimiter or _find_delimiter(lines, is_column_name, kind)
    return Dialect(found, quoted=found in {";", "|", ","} or _is_quoted(lines, found))


def _find_delimiter(
    lines: Sequence[str], is_column_name: Callable[[str], bool], kind: str
) -> str | None:
    if not lines or is_column_name(lines[0].strip('"')):
        return None
    candidates = [delimiter for delimiter in DELIMITERS if delimiter in lines[0]]
    known = {
        delimiter: sum(map(is_column_name, Dialect(delimiter).split(lines[0])))
        for delimiter in candidates
    }
    if any(known.values()):
        return max(candidates, key=lambda each: (known[each], _evenness(lines, each)))
    if _OF_KIND.get(kind) in candidates:
        return _OF_KIND[kind]
    even = [
        delimiter
        for delimiter in candidates
        if _evenness(lines, delimiter) >= _EVEN and not _is_prose(lines, delimiter, kind)
    ]
    return max(even, key=lambda delimiter: _evenness(lines, delimiter), default=None)


def _evenness(lines: Sequence[str], delimiter: str) -> float:
    """Compute the share of lines with as many fields as the first."""
    dialect = Dialect(delimiter)
    width = len(dialect.split(lines[0]))
    return sum(len(dialect.split(line)) == width for line in lines) / len(lines)


def _is_prose(lines: Sequence[str], delimiter: str, kind: str) -> bool:
    """Tell a comma inside names («Сыр, 200 г») from one between fields."""
    if delimiter == "," and kind != ".csv":
        return True
    return all(line.count(delimiter) == line.count(f"{delimiter} ") for line in lines)


def _is_quoted(lines: Sequence[str], delimiter: str | None) -> bool:
    """Tell whether whoever wrote the lines put quotes around fields that need them.

    A first row all in quotes settles it. Otherwise, of the fields with a quote, those that could
    not stand without quotes speak for it, and those that a writer of quotes would have written
    otherwise speak against it.
    """
    votes = 0
    if delimiter and lines and _is_enclosed(lines[0], delimiter):
        return True
    for line in lines:
        if '"' in line:
            votes += sum(map(_vote, _written(line, delimiter)))
            votes += _is_enclosed(line, delimiter)
    return votes > 0


def _is_enclosed(line: str, delimiter: str | None) -> bool:
    return all(_ENCLOSED.fullmatch(field) for field in _written(line, delimiter))


def _written(line: str, delimiter: str | None) -> list[str]:
    """Cut a line into fields with their quotes."""
    return [match[0].removeprefix(delimiter or "") for match in _matches(line, delimiter)]


_ENCLOSED = re.compile(r'"[^"]*(?:""[^"]*)*"')
_NEEDS_QUOTES = re.compile(r'""|[\t;|,]')


def _vote(field: str) -> int:
    if _ENCLOSED.fullmatch(field):
        return 1 if _NEEDS_QUOTES.search(field[1:-1]) else 0
    return -1 if '"' in field else 0


def _split_quoted(line: str, delimiter: str | None) -> list[str]:
    """Cut a line where quotes may enclose a field; any other quote is a character like others.

    >>> _split_quoted('"Гвозди 3"" 5кг";"Крепёж";"Ромашка" крем', ";")
    ['Гвозди 3" 5кг', 'Крепёж', '"Ромашка" крем']
    """
    return [
        match[1].replace('""', '"') if match[1] is not None else match[2]
        for match in _matches(line, delimiter)
    ]


def _matches(line: str, delimiter: str | None) -> list[re.Match[str]]:
    return list(_field_pattern(delimiter).finditer(line))


@lru_cache(maxsize=32)
def _field_pattern(delimiter: str | None) -> re.Pattern[str]:
    between = re.escape(delimiter) if delimiter else r"(?!)"
    other = f"[^{between}]" if delimiter else r"[\s\S]"
    return re.compile(rf'(?:^|{between})(?:"([^"]*(?:""[^"]*)*)"(?={between}|\Z)|({other}*))')
