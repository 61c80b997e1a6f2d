"""JSON of any length -> the values that are its rows, one by one, in little memory.

What the values mean is not known here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from typing import Any

import ijson

Event = tuple[str, Any]
# Where rows stand: the keys from the top down, and None for an array. ("data", "items", None) are
# those of {"data": {"items": [...]}}; () are values that follow one another.
Where = tuple[str | None, ...]

_DEEPEST = 32  # brackets; what opens more is no table
_SHALLOW = 4  # brackets that may stand around the rows
_LARGEST = 308  # digits of a number, as in a double
# What Python refuses to make a number of (at 640 digits, if it is told so) can crash ijson 3.6. A
# run of digits that is cut in two by the pieces that a text comes in has this many in one of them.
_TOO_MANY_DIGITS = re.compile(rf"[0-9]{{{_LARGEST + 1}}}")
_LONGEST = 1 << 22  # characters of one row


class _Nesting:
    """How deep in a document an event is."""

    def __init__(self) -> None:
        self.keys: list[str | None] = []  # of the objects and arrays that are open
        self.steps = 0  # grows with whatever need not be kept any longer

    def follow(self, kind: str, value: Any) -> None:
        self.steps += 1
        if kind == "map_key":
            self.keys[-1] = value
        elif kind in _ENDS:
            self.keys.pop()
        elif kind in _STARTS:
            self.keys.append("" if kind == "start_map" else None)
            _refuse_deep(self.keys)


class Finder(_Nesting):
    """Finds the array that holds the rows: at the top, or else the one with most objects."""

    def __init__(self) -> None:
        super().__init__()
        self.objects: Counter[Where] = Counter()  # in each array of objects, shallow ones only
        self.values = 0  # at the top: one of a document, more of JSON lines
        self.is_array = False
        self.mistake: ValueError | None = None  # why the document cannot be read to its end

    def send(self, event: Event) -> None:
        """Count an object, a value at the top, or nothing."""
        kind, value = event
        if not self.keys:
            self.values += 1
            self.is_array = kind == "start_array"
        elif kind == "start_map" and self._is_in_shallow_array():
            self.objects[tuple(self.keys)] += 1
        self.follow(kind, value)

    @property
    def where(self) -> Where | None:
        """Where the rows are; None if there are none."""
        if self.is_array:
            return (None,)
        if self.values > 1:
            return ()
        return next((where for where, _ in self.objects.most_common(1)), None)

    def _is_in_shallow_array(self) -> bool:
        *above, last = self.keys
        return last is None and None not in above and len(above) < _SHALLOW


class Collector(_Nesting):
    """Builds the values that stand at a place."""

    def __init__(self, where: Where) -> None:
        super().__init__()
        self._where = list(where)
        self._open: list[Any] = []  # objects and arrays that are open in a row
        self._key = ""
        self._ready: list[Any] = []

    def send(self, event: Event) -> None:
        """Build on, or follow what is no row."""
        kind, value = event
        if self._open:
            self._build(kind, value)
        elif self.keys != self._where or kind == "end_array":
            self.follow(kind, value)
        elif kind in _STARTS:
            self._begin(_STARTS[kind]())
        else:
            self._finish(value)

    def taken(self) -> list[Any]:
        """The rows that are complete, which are then forgotten here."""
        ready, self._ready = self._ready, []
        return ready

    @property
    def is_amid(self) -> bool:
        """Whether a row has begun that is not complete."""
        return bool(self._open)

    def _build(self, kind: str, value: Any) -> None:
        if kind == "map_key":
            self._key = value
            if value in self._open[-1]:
                raise ValueError(f"the key {value!r:.80} stands twice in an object")
        elif kind in _ENDS:
            value = self._open.pop()
            if not self._open:
                self._finish(value)
        elif kind in _STARTS:
            value = _STARTS[kind]()
            self._put(value)
            self._begin(value)
        else:
            if kind == "number":
                _refuse_large(value)
            self._put(value)

    def _put(self, value: Any) -> None:
        container = self._open[-1]
        if type(container) is dict:
            container[self._key] = value
        else:
            container.append(value)

    def _begin(self, container: Any) -> None:
        self._open.append(container)
        _refuse_deep(self._open)

    def _finish(self, row: Any) -> None:
        self._ready.append(row)
        self.steps += 1


_STARTS: dict[str, Callable[[], Any]] = {"start_map": dict, "start_array": list}
_ENDS = frozenset({"end_map", "end_array"})


def _refuse_deep(brackets: list[Any]) -> None:
    if len(brackets) > _DEEPEST:
        raise ValueError(f"more than {_DEEPEST} brackets are open at once")


def _refuse_large(value: Any) -> None:
    if isinstance(value, Decimal) and value.adjusted() > _LARGEST:
        raise ValueError(f"the number {value!s:.40} is too large")


class Parser:
    """Hands the events of a text to a target; what is wrong with the text is a `ValueError`."""

    def __init__(self, target: Finder | Collector) -> None:
        self._target = target
        self._coroutine = ijson.basic_parse_coro(target, multiple_values=True)
        self._length = 0  # characters since something was complete

    def feed(self, text: str) -> None:
        """Parse what comes next."""
        if not text:  # which ijson takes for the end
            return
        if _TOO_MANY_DIGITS.search(text):
            raise ValueError(f"a number has more than {_LARGEST} digits")
        steps = self._target.steps
        with _explained():
            self._coroutine.send(text.encode("utf-8", "replace"))
        self._length = 0 if self._target.steps > steps else self._length + len(text)
        if self._length > _LONGEST:
            raise ValueError("a row is too long")

    def close(self) -> None:
        """Say that the text ends here."""
        try:
            self._coroutine.close()
        except ijson.JSONError as error:
            what = "it is cut off; copy it again" if self._target.steps else "it is empty"
            raise ValueError(what) from error

    def __enter__(self) -> Parser:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # there is nothing to learn from what was given up
            self._coroutine.close()


@contextmanager
def _explained() -> Iterator[None]:
    """Say what ijson says; of a number that Python makes no number of, it says these others."""
    try:
        yield
    except (ijson.JSONError, ArithmeticError, SystemError) as error:
        lines = [line.strip() for line in str(error).split("\n")[:2]]
        raise ValueError(f"it is no JSON: {' '.join(lines):.160}") from error


def find_rows(pieces: Iterable[str]) -> Finder:
    """Look through a document for its rows, as far as it can be read."""
    finder = Finder()
    try:
        with Parser(finder) as parser:
            for piece in pieces:
                parser.feed(piece)
                if finder.is_array:
                    return finder
            parser.close()
    except ValueError as error:
        finder.mistake = error
    return finder


def iterate_rows(pieces: Iterable[str], where: Where) -> Iterator[Any]:
    """Build the values that stand at a place, as soon as each is complete.

    Raises
    ------
    ValueError
        If the text is no JSON.

    Examples
    --------
    >>> text = '{"items": [{"name": "Чай"}, {"name": "Сыр"}]}'
    >>> list(iterate_rows([text], find_rows([text]).where))
    [{'name': 'Чай'}, {'name': 'Сыр'}]
    """
    collector = Collector(where)
    with Parser(collector) as parser:
        for piece in pieces:
            try:
                parser.feed(piece)
            finally:  # what came before a mistake is told apart from it
                yield from collector.taken()
        parser.close()
        yield from collector.taken()
