"""What the service is measured beside: FastAPI that only answers, and scikit-learn in it.

    python -m uvicorn --app-dir benchmarks service_peers:echo
    PIPELINE=pipeline.joblib python -m uvicorn --app-dir benchmarks service_peers:pipeline

Both take the questions of `POST /predict` and give replies of the same form, written as people
write FastAPI.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from fastapi import FastAPI
from pydantic import BaseModel

FEATURES = 30_000  # the most frequent ones: a classifier a category has a weight for each


class Question(BaseModel):
    """What is asked."""

    names: list[str]
    precision: list[float]


class Level(BaseModel):
    """A category on the way down."""

    level: int
    id: str
    title: str
    probability: float


class Answer(BaseModel):
    """A category at a precision level."""

    precision: float
    category: str
    path: list[str]
    probability: float


class Prediction(BaseModel):
    """What is said of a name."""

    name: str
    levels: list[Level]
    answers: list[Answer]


class Reply(BaseModel):
    """What is answered."""

    predictions: list[Prediction]


echo = FastAPI()
pipeline = FastAPI()


@echo.get("/health")
@pipeline.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@echo.post("/predict")
async def repeat(question: Question) -> Reply:
    """Answer every name with the same category."""
    path = "Товары для дома > Хозяйственные товары > Средства для мытья посуды"
    return Reply(predictions=[_prediction(name, path, 0.9, question) for name in question.names])


@pipeline.post("/predict")
def classify(question: Question) -> Reply:
    """Answer with the pipeline's category; not asynchronous, so that FastAPI takes a thread."""
    paths, shares = _classified(question.names)
    found = zip(question.names, paths, shares, strict=True)
    return Reply(predictions=[_prediction(*each, question) for each in found])


def _prediction(name: str, path: str, share: float, question: Question) -> Prediction:
    titles = path.split(" > ")
    levels = [
        Level(level=level, id=" > ".join(titles[:level]), title=title, probability=share)
        for level, title in enumerate(titles, start=1)
    ]
    answers = [
        Answer(precision=each, category=path, path=titles, probability=share)
        for each in question.precision
    ]
    return Prediction(name=name, levels=levels, answers=answers)


def _classified(names: Sequence[str]) -> tuple[list[str], list[float]]:
    fitted = _pipeline()
    margins = fitted.decision_function(names)
    best = margins.argmax(axis=1)
    shares = 1 / (1 + np.exp(-margins[np.arange(len(names)), best]))
    return fitted.classes_[best].tolist(), shares.tolist()


@lru_cache(maxsize=1)
def _pipeline() -> Any:
    return joblib.load(os.environ["PIPELINE"])


def fit(names: Sequence[str], paths: Sequence[str], file: Path) -> None:
    """Fit TF-IDF of words and pairs with a linear support vector machine, and keep it."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2), min_df=2, max_features=FEATURES, sublinear_tf=True, dtype=np.float32
    )
    joblib.dump(make_pipeline(vectorizer, LinearSVC(C=0.5)).fit(names, paths), file)
