"""How far something is: one bar for terminals and notebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from typing import Any, TypeVar

Part = TypeVar("Part")

LONG = 10_000  # from here on thousands are counted


def with_progress(
    parts: Iterable[Part],
    total: int | None = None,
    description: str = "",
    unit: str = " names",
    size: Callable[[Part], int] = lambda _: 1,
) -> Iterator[Part]:
    """Pass parts on and show on standard error how much that was.

    In a notebook it is a widget, if ipywidgets is there for that.

    Parameters
    ----------
    parts : iterable
    total : int, optional
        How much there will be, if that is known.
    description, unit : str
        What is being done, and what is counted.
    size : callable
        How much a part is.

    Examples
    --------
    >>> list(with_progress([[1, 2], [3]], 3, size=len))
    [[1, 2], [3]]
    """
    tqdm, is_long = _bar_of_this_place(), (total or 0) >= LONG
    with tqdm(total=total, desc=description or None, unit=unit, unit_scale=is_long) as bar:
        for part in parts:
            yield part
            bar.update(size(part))


def _bar_of_this_place() -> Any:
    if find_spec("ipywidgets") is None:  # without it tqdm.auto would warn in a notebook
        from tqdm import tqdm
    else:
        from tqdm.auto import tqdm
    return tqdm
