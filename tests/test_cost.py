"""What an answer may cost, in counts that no busy machine changes.

A model is trained once on every second row of the catalogue in data/, and asked names of the whole
of it. The limits are about twice what was counted when they were set: they are there for the loop
over names that slips in, not for every line. Only calls of this package's own Python functions are
counted, since other libraries count differently in every version.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import textcat
from textcat import CategoryModel

CATALOGUE = Path(__file__).parents[1] / "data" / "catalogue.tsv"
PACKAGE = str(Path(textcat.__file__).parent)
BATCH = 2000
# Slow to import, and of no use to an answer.
HEAVY = ["joblib", "matplotlib", "nltk", "numba", "pandas", "rich", "sklearn", "tqdm", "typer"]

IN_A_NEW_PROCESS = """
import json, sys
import textcat
model = textcat.load(sys.argv[1])
model.predict("чай зелёный", precision=None).path
model.predict(["чай зелёный", "кофе"], precision=None).to_dicts()
print(json.dumps(sorted(sys.modules)))
"""


@pytest.fixture(scope="module")
def names() -> list[str]:
    """Names in which the rows that were trained on and the others take turns."""
    return [name for name, _ in _rows()][:BATCH]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model on disk, trained on every second row."""
    saved = tmp_path_factory.mktemp("cost") / "model"
    textcat.train(_rows()[::2], calibration=None, n_jobs=1).save(saved)
    return saved


@pytest.fixture(scope="module")
def warm(directory: Path, names: list[str]) -> CategoryModel:
    """It has answered all the names once."""
    loaded = textcat.load(directory)
    loaded.predict(names, precision=None)
    return loaded


def test_names_asked_before_take_few_calls_each(warm: CategoryModel, names: list[str]) -> None:
    counts = _calls(lambda: warm.predict(names, precision=None))
    assert _per_name(counts, names) <= 8, _told(counts, names)


def test_names_with_new_words_take_some_hundred_calls_each(
    directory: Path, names: list[str]
) -> None:
    cold = textcat.load(directory)
    counts = _calls(lambda: cold.predict(names, precision=None))
    assert _per_name(counts, names) <= 450, _told(counts, names)


def test_paths_of_answers_take_few_calls_each(warm: CategoryModel, names: list[str]) -> None:
    answers = warm.predict(names, precision=None)
    counts = _calls(lambda: answers.paths)
    assert _per_name(counts, names) <= 16, _told(counts, names)


def test_one_name_takes_some_hundred_calls(warm: CategoryModel, names: list[str]) -> None:
    counts = _calls(lambda: warm.predict(names[0], precision=None).path)
    assert counts.total() <= 320, _told(counts, names[:1])


def test_a_name_in_a_batch_takes_fewer_calls_than_alone(
    warm: CategoryModel, names: list[str]
) -> None:
    for size in (2, 10, 100):
        together = _calls(lambda: warm.predict(names[:size], precision=None))  # noqa: B023
        alone = _calls(lambda: [warm.predict(n, precision=None) for n in names[:size]])  # noqa: B023
        assert together.total() < alone.total(), f"{size} names: {_told(together, names[:size])}"


def test_a_batch_needs_little_memory_a_name(warm: CategoryModel, names: list[str]) -> None:
    peak = _peak(lambda: warm.predict(names, precision=None)) / len(names)
    assert peak <= 2000, f"{peak:,.0f} bytes a name were allocated at the same time"


def test_a_long_batch_needs_no_more_than_its_answers(warm: CategoryModel, names: list[str]) -> None:
    short, long = names * 20, names * 40  # many times what is answered in one go
    more = _peak(lambda: warm.predict(long, precision=None)) - _peak(
        lambda: warm.predict(short, precision=None)
    )
    added = more / (len(long) - len(short))
    assert added <= 100, f"every name more added {added:,.0f} bytes to the peak"


def test_answering_imports_nothing_heavy(directory: Path) -> None:
    command = [sys.executable, "-c", IN_A_NEW_PROCESS, str(directory)]
    ended = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    imported = set(json.loads(ended.stdout))
    assert "textcat.model" in imported
    assert imported.intersection(HEAVY) == set()


def _rows() -> list[tuple[str, str]]:
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        return [(row["name"], row["path"]) for row in csv.DictReader(lines, delimiter="\t")]


def _calls(work: Callable[[], object]) -> Counter[str]:
    """Count the calls of this package's functions, and of those that its classes were given."""
    counts: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith((PACKAGE, "<string>")):
            counts[f"{Path(code.co_filename).name}:{code.co_name}"] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counts


def _peak(work: Callable[[], object]) -> int:
    """Bytes that were allocated at most at the same time."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _per_name(counts: Counter[str], names: list[str]) -> float:
    return counts.total() / len(names)


def _told(counts: Counter[str], names: list[str]) -> str:
    """Say what was counted, the most frequent functions first."""
    most = ", ".join(f"{function} {count:,}" for function, count in counts.most_common(6))
    return f"{counts.total():,} Python calls for {len(names):,} names: {most}"
