"""Names answered by several processes, bit for bit as by one.

Names travel to the processes, arrays of nodes and probabilities back, and the model never: every
process maps its files once, and keeps what it has seen of names from batch to batch. Processes are
joblib's: they outlive a call, are shared with whatever else uses joblib, and need no main guard.
joblib is imported only where they are asked for.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from itertools import islice
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeAlias

from textcat.concurrency.jobs import may_overlap, side_by_side
from textcat.descent.linear_tree import Paths, joined
from textcat.display.progress import with_progress
from textcat.errors import TextcatError
from textcat.prediction.saved import SavedModel
from textcat.prediction.scoring import in_batches

if TYPE_CHECKING:
    from textcat.model import CategoryModel

# Fewer names are answered sooner than processes are there to be asked.
PAYS_FROM = 50_000
# Of a stream, unless more are asked for by their number: one process reads and writes all rows,
# 100,000 in a second of its time, and would keep no more than these busy.
STREAM_PROCESSES = 4

Names: TypeAlias = list[str]
Context: TypeAlias = Callable[[], AbstractContextManager[object]]
Stream: TypeAlias = Generator[Paths, None, None]
Reply: TypeAlias = Paths | TextcatError | None
Asked: TypeAlias = Iterable[Reply]


def best_paths(
    model: CategoryModel, names: Names, n_jobs: int | None = None, progress: bool = False
) -> Paths:
    """As `NameScorer.best_paths`, in several processes if they are asked for and it pays.

    Examples
    --------
    >>> import textcat
    >>> model = textcat.train([("Чай зелёный", "Чай"), ("Кофе молотый", "Кофе")], n_jobs=1)
    >>> nodes, probabilities = best_paths(model, ["чай", "кофе", "гвозди"], n_jobs=2)
    >>> nodes.tolist()
    [[0], [1], [-1]]
    """
    spreads = may_spread(n_jobs) and len(names) >= PAYS_FROM
    if not spreads and not progress:
        return model.scorer.best_paths(names)
    parts = in_batches(names)
    answered: Iterable[Paths] = map(model.scorer.best_paths, parts)
    if spreads:
        answered = spread(model, parts, n_jobs)
    if progress:
        answered = with_progress(answered, len(names), size=lambda paths: len(paths[0]))
    return joined(list(answered))


def stream(
    model: CategoryModel,
    parts: Iterable[Names],
    n_jobs: int | None,
    starting: Context = nullcontext,
) -> Stream:
    """Nodes and probabilities of every part of a stream, whose end nobody knows, in order.

    The first `PAYS_FROM` names are answered in this process. Parts are read a few ahead. Processes
    are started inside the context that `starting` makes; -1 is one a core, but four at most.
    """
    rest, answered = iter(parts), 0
    for part in rest:
        yield model.scorer.best_paths(part)
        answered += len(part)
        if answered >= PAYS_FROM and may_spread(n_jobs):
            most = STREAM_PROCESSES if n_jobs is not None and n_jobs < 0 else None
            yield from spread(model, rest, n_jobs, starting, most)


def spread(
    model: CategoryModel,
    parts: Iterable[Names],
    n_jobs: int | None,
    starting: Context = nullcontext,
    most: int | None = None,
) -> Stream:
    """Nodes and probabilities of every part, in order, from several processes.

    While the answers to some parts, as many as there are processes, are taken, as many more are
    worked on; nothing else is read or kept, however slowly answers are taken.
    """
    from joblib import delayed, effective_n_jobs

    processes, rest = min(effective_n_jobs(n_jobs), most or sys.maxsize), iter(parts)
    if processes == 1:
        yield from map(model.scorer.best_paths, rest)
        return
    running: deque[tuple[list[Names], Asked]] = deque()
    ask, ahead = delayed(_paths_in_process), int(may_overlap())
    try:
        with _on_disk(model) as saved:
            while window := list(islice(rest, processes)):
                tasks = [ask(saved, model.reader.cache_size, part) for part in window]
                with starting():  # the first tasks start the processes
                    running.append((window, side_by_side(tasks, processes, batch_size=1)))
                starting = nullcontext
                if len(running) > ahead:
                    yield from _answered(model, *running[0])
                    running.popleft()
            while running:
                yield from _answered(model, *running[0])
                running.popleft()
    except BrokenExecutor as error:
        raise TextcatError(
            "one of the processes that answer was ended from outside, most often because memory "
            "ran out. Ask for fewer processes, or for none beside this one: n_jobs=1"
        ) from error
    finally:
        _abandon(asked for _, asked in running)


def may_spread(n_jobs: int | None) -> bool:
    """Whether more than this process may be asked for.

    >>> may_spread(None), may_spread(1), may_spread(2), may_spread(-1)
    (False, False, True, True)
    """
    if n_jobs == 0:
        raise ValueError("n_jobs must be 1 or more, or negative as joblib counts, but is 0")
    return n_jobs not in (None, 1)


def _paths_in_process(saved: SavedModel, cache_size: int, names: Names) -> Reply:
    """Work of a process; None if another model has taken the place of the one that is meant.

    An error is returned: at one that is raised joblib ends all processes, whoever they work for.
    """
    try:
        model = saved.opened(cache_size)
        return model.scorer.best_paths(names) if model else None
    except TextcatError as error:
        return error


def _answered(model: CategoryModel, parts: list[Names], asked: Asked) -> Iterator[Paths]:
    for part, reply in zip(parts, asked, strict=True):
        if isinstance(reply, TextcatError):
            raise reply
        yield model.scorer.best_paths(part) if reply is None else reply


@contextmanager
def _on_disk(model: CategoryModel) -> Iterator[SavedModel]:
    """Have the model on disk: where it was loaded from, or else for this time only."""
    if model.saved and model.saved.is_there():
        yield model.saved
        return
    with TemporaryDirectory(prefix="textcat-", ignore_cleanup_errors=True) as directory:
        model.save(directory)
        yield SavedModel.at(directory)


def _abandon(generators: Iterable[Asked]) -> None:
    """Let processes finish what they were asked, a few batches: joblib can only end them."""
    for asked in generators:
        with suppress(Exception):  # whatever it is, it came after what ended the call
            deque(asked, maxlen=0)
