"""Names -> predictions as JSON: a few on the event loop, many in a thread.

A few names are answered without a change of threads, which is cheapest. Many would keep all others
waiting; they are answered in pieces, by a thread. Both are merged with those of other requests.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from pydantic_core import to_json

from textcat.model import CategoryModel
from textcat.prediction.answers import Answers
from textcat.service import writing
from textcat.service.context import Service
from textcat.service.current_model import Loaded
from textcat.service.questions import PredictQuestion
from textcat.service.writing import AskedLevel, Values

FEW = 64
# Names of a batch on the event loop, which is busy with them for some 20 ms.
LOOP_BATCH = 256
# Names that a thread answers at once; if nobody waits for the others any more, they are left.
PIECE = 1024
# A name whose words are weighed, or whose categories are ranked, takes as long as so many others.
AS_DEAR = 16

Given = TypeVar("Given")
Outcome = TypeVar("Outcome")


async def predicted(
    service: Service, loaded: Loaded, question: PredictQuestion, levels: Sequence[AskedLevel]
) -> list[bytes]:
    """JSON lists of predictions, one after the other, in the order of the names."""
    names, model = question.names, loaded.model
    price = AS_DEAR if question.top or question.explain else 1

    def written(answers: Answers) -> bytes:
        found = list(writing.predictions(answers, levels))
        service.metrics.predicted(found)
        return to_json(_with_extras(found, model, question))

    with service.admission.of(price * len(names)):
        if price * len(names) <= FEW:
            return [written(await service.few.predict(model, names))]
        parts = []
        for piece in pieces(names, PIECE // price):
            answers = await service.many.predict(model, piece)
            parts.append(await in_thread(service, written, answers))
        return parts


def pieces(names: list[str], size: int) -> Iterator[list[str]]:
    """Names in lists of a size; no names are a list, too.

    >>> list(pieces(["чай", "кофе", "мёд"], 2)), list(pieces([], 2))
    ([['чай', 'кофе'], ['мёд']], [[]])
    """
    return (names[start : start + size] for start in range(0, max(1, len(names)), size))


async def in_thread(service: Service, work: Callable[[Given], Outcome], given: Given) -> Outcome:
    """Have a thread do something; whoever stops waiting is free at once."""
    return await asyncio.get_running_loop().run_in_executor(service.threads, work, given)


def _with_extras(
    found: list[Values], model: CategoryModel, question: PredictQuestion
) -> list[Values]:
    """Predictions with candidates and explanations, if these are asked for."""
    names = [prediction["name"] for prediction in found]
    if question.top:
        for prediction, ranked in zip(found, model.top(names, question.top), strict=True):
            prediction["top"] = writing.candidates(ranked)
    if question.explain:
        for prediction, name in zip(found, names, strict=True):
            prediction["explanation"] = writing.explanation(model.explain(name))
    return found
