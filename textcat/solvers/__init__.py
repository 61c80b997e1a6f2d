"""Solvers of the one problem that is at every inner slot of a tree (`textcat.solvers.problem`).

- "numba": dual coordinate descent on all children at once, compiled; fits in threads.
- "liblinear": scikit-learn's, one child after the other; fits in processes.

Both go the way of Hsieh et al. 2008 to the same minimum, so that their answers are nearly the
same. Neither is imported before something is to be fitted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from textcat.errors import MissingExtraError
from textcat.solvers.problem import Machines, Problem, Settings

SOLVERS = ("auto", "numba", "liblinear")


class Solver(NamedTuple):
    """A solver, and whether several of them may run in the threads of one process.

    Attributes
    ----------
    name : str
    fit_machines : callable
        Of a problem, a range of its children, and settings.
    in_threads : bool
    """

    name: str
    fit_machines: Callable[[Problem, range, Settings], Machines]
    in_threads: bool


def find_solver(name: str = "auto") -> Solver:
    """The solver of that name; "auto" is the fastest one that is installed.

    >>> find_solver("liblinear").in_threads
    False
    """
    if name not in SOLVERS:
        raise ValueError(f"solver must be one of {', '.join(SOLVERS)}, but is {name!r}")
    if name != "liblinear":
        try:
            from textcat.solvers import dual_descent

            return Solver("numba", dual_descent.fit_machines, in_threads=True)
        except ImportError as error:
            if name == "numba":
                raise MissingExtraError(
                    f'solver="numba" needs numba ({error}): pip install "textcat[fast]"'
                ) from error
    from textcat.solvers import liblinear

    # its random numbers are shared by the threads of a process: the fit would depend on timing
    return Solver("liblinear", liblinear.fit_machines, in_threads=False)
