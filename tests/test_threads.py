"""One model asked by many threads at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any

import pytest

import textcat
from textcat.model import CategoryModel

THREADS = 32
QUESTIONS: list[Callable[[CategoryModel, list[str]], Any]] = [
    lambda model, names: model.predict(names[0]),
    lambda model, names: list(model.predict(names, precision=[0.9, None])),
    lambda model, names: model.predict(names, precision=None).to_columns(),
    lambda model, names: model.top(names, k=3),
    lambda model, names: model.explain(names[0]),
    lambda model, names: model.encode(names).tobytes(),
]


@pytest.fixture(params=[None, 40], ids=["remembering all", "remembering hardly anything"])
def loaded(model: CategoryModel, tmp_path: Path, request: pytest.FixtureRequest) -> CategoryModel:
    """A model that has answered nothing yet."""
    model.save(tmp_path)
    return textcat.load(tmp_path, **({"cache_size": request.param} if request.param else {}))


@pytest.mark.usefixtures("eager_switching")
def test_threads_that_ask_at_once_get_the_answers_of_one(
    loaded: CategoryModel, model: CategoryModel, names: list[str]
) -> None:
    questions = [asked(seed, names) for seed in range(THREADS)]
    alone = [[QUESTIONS[kind](model, some) for kind, some in each] for each in questions]
    together = Barrier(THREADS)

    def ask(each: list[tuple[int, list[str]]]) -> list[Any]:
        together.wait()
        return [QUESTIONS[kind](loaded, some) for kind, some in each]

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(ask, questions)) == alone


def asked(seed: int, names: list[str]) -> list[tuple[int, list[str]]]:
    """What a thread asks, of names known and new, in an order of its own."""
    random = Random(seed)
    new = [f"{random.choice(names)} {random.randrange(10**6)} слово{seed}" for _ in range(20)]
    kinds = random.sample(range(len(QUESTIONS)), len(QUESTIONS))
    return [(kind, random.sample([*names, *new], 12)) for kind in kinds]
