"""Tasks done side by side, by whatever backend of joblib's the caller has chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def side_by_side(
    tasks: Iterable[Any], n_jobs: int | None, *, ordered: bool = True, **options: Any
) -> Iterable[Any]:
    """Results of tasks made by `joblib.delayed`.

    They come one by one as they are taken, where the backend can do that: joblib's own for
    threads and processes, and Dask. Spark, Ray and "multiprocessing" give them all at the end.

    Parameters
    ----------
    tasks : iterable
    n_jobs : int, optional
        As joblib counts them.
    ordered : bool
        Whether results come in the order of the tasks, or as soon as each is there.
    **options
        Passed on to `joblib.Parallel`.

    Examples
    --------
    >>> from joblib import delayed
    >>> list(side_by_side((delayed(abs)(number) for number in (-1, 2, -3)), n_jobs=1))
    [1, 2, 3]
    """
    from joblib import Parallel

    one_by_one = "generator" if ordered else "generator_unordered"
    try:
        parallel = Parallel(n_jobs, return_as=one_by_one, **options)
    except ValueError:  # what is wrong with other options is said again
        parallel = Parallel(n_jobs, **options)
    results: Iterable[Any] = parallel(tasks)
    return results


def may_overlap() -> bool:
    """Whether one call of `side_by_side` may begin before another one has ended.

    A backend chosen with `joblib.parallel_config` is a single object for all calls, and Dask's
    forgets the second call when the first has ended.

    >>> may_overlap()
    True
    """
    from joblib.parallel import get_active_backend

    return get_active_backend()[0] is not get_active_backend()[0]
