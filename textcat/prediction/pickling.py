"""What of an answer goes to another process: all but the model, which may take 40 MB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textcat.errors import TextcatError

if TYPE_CHECKING:
    from textcat.prediction.explanation import Explanation


class PickledAlone:
    """Pickled, or copied, without the model that explains it."""

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "explain": no_explanation}


def no_explanation(name: str) -> Explanation:
    """Say who can explain an answer that came without its model.

    >>> no_explanation("чай")
    Traceback (most recent call last):
        ...
    textcat.errors.TextcatError: the answer to 'чай' came without its model: ask one, \
model.explain(answer.name)
    """
    raise TextcatError(
        f"the answer to {name!r:.100} came without its model: ask one, model.explain(answer.name)"
    )
