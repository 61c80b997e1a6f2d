"""Names of concurrent requests, answered together: in a batch a name costs a fraction.

Nobody waits for company. While a batch is answered, whoever comes waits for its end, and all who
have come by then are the next batch.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Executor
from typing import NamedTuple

from textcat.model import CategoryModel
from textcat.prediction.answers import Answers


class _Asked(NamedTuple):
    model: CategoryModel
    names: list[str]
    answers: asyncio.Future[Answers]


class Merger:
    """Answers one batch after the other.

    Parameters
    ----------
    most : int
        Names of a batch, unless a single request has more.
    threads : Executor, optional
        What answers. Without it the event loop does, which is free for nobody else meanwhile.
    """

    def __init__(self, most: int, threads: Executor | None = None) -> None:
        self._most = most
        self._threads = threads
        self._asked: deque[_Asked] = deque()
        self._answering: asyncio.Task[None] | None = None

    async def predict(self, model: CategoryModel, names: list[str]) -> Answers:
        """The most probable way of every name; the answers are at no precision level."""
        loop = asyncio.get_running_loop()
        asked = _Asked(model, names, loop.create_future())
        self._asked.append(asked)
        if self._answering is None or self._answering.done():
            self._answering = loop.create_task(self._answer_all())
        return await asked.answers

    async def _answer_all(self) -> None:
        while self._asked:
            batch = self._next_batch()
            try:
                found = await self._answers_to(batch)
            except Exception as error:  # everyone who asked is told
                for asked in batch:
                    if not asked.answers.done():
                        asked.answers.set_exception(error)
            else:
                _hand_out(found, batch)
            await asyncio.sleep(0)  # the event loop reads what has come meanwhile

    def _next_batch(self) -> list[_Asked]:
        """Those who came first, as many as make a batch, and ask the same model."""
        batch = [self._asked.popleft()]
        count = len(batch[0].names)
        while self._asked and self._asked[0].model is batch[0].model:
            count += len(self._asked[0].names)
            if count > self._most:
                break
            batch.append(self._asked.popleft())
        return batch

    async def _answers_to(self, batch: list[_Asked]) -> Answers:
        names = [name for asked in batch for name in asked.names]
        if self._threads is None:
            return batch[0].model.predict(names, precision=None)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, batch[0].model.predict, names, None)


def _hand_out(found: Answers, batch: list[_Asked]) -> None:
    start = 0
    for asked in batch:
        stop = start + len(asked.names)
        if not asked.answers.done():  # who has stopped waiting has
            asked.answers.set_result(found[start:stop])
        start = stop
