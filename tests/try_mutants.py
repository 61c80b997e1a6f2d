"""Load mutated models and ask them whatever a model can be asked.

Run in a process of its own, which may die of it: `python try_mutants.py MODEL FIRST COUNT` says on
standard error which mutant comes next, and on standard output what is wrong with one.
"""

from __future__ import annotations

import faulthandler
import json
import os
import resource
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from contextlib import suppress
from pathlib import Path

from mutated_models import Whole, mutated

import textcat
from textcat.errors import PrecisionError, StorageError, TextcatError

SECONDS, AT_ONCE = 120, 50  # for so many mutants, on a busy machine
MEMORY = 3 << 30
NAMES = [
    "Чай зелёный листовой 100г", "чехол iPhone 13 прозр.", "носки жен. р.36-39", "гвозди", "",
    "ш-нь д/волос 250 мл", "\ud800\0", "XL 4х75мм A54 №3", "духи", "лопата", "чай " * 600,
]  # fmt: skip


def ask_everything(directory: Path, saved: Path) -> str:
    """Load a model and ask it everything; save it, changed, to another directory."""
    try:
        model = textcat.load(directory)
    except StorageError as error:
        if str(directory) not in str(error):
            raise AssertionError(f"{error} does not name the directory") from error
        return "refused"
    _predict(model)
    model.top(NAMES, 3), model.top(NAMES[0], 10**6)
    for name in NAMES[:8]:
        model.explain(name)._repr_html_()
    with suppress(TextcatError):  # it may have no vectors
        model.encode(NAMES), model.encode_categories()
    repr(model), str(model.tree), hash(model.tree), model.reader.vocabulary.texts()
    model._repr_html_()  # with its precision levels
    with suppress(TextcatError):  # nothing may be certified
        model.check(NAMES * 20)._repr_html_()
    corrected = model.correct("Улун молочный зелёный", model.tree.ids[-1])
    corrected.save(saved)
    if list(textcat.load(saved).predict(NAMES, None)) != list(corrected.predict(NAMES, None)):
        raise AssertionError("saved and loaded it answers otherwise")
    return "answers"


def _predict(model: textcat.CategoryModel) -> None:
    for precision in (None, 0.5, 0.95, [0.99, None]):
        with suppress(PrecisionError):
            answers = model.predict(NAMES, precision)
            answers.to_dicts(), answers.to_columns(), answers.paths, answers._repr_html_()
            if not ((answers.probabilities >= 0) & (answers.probabilities <= 1.001)).all():
                raise AssertionError(f"probabilities are {answers.probabilities}")
            str(model.predict(NAMES[1], precision))


def main(model: str, first: str, count: str) -> None:
    """Try mutants one after the other."""
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("error")
    os.fsync = lambda _: None  # nothing has to survive a power cut
    came: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        whole = Whole(Path(model), Path(folder, "model"))
        for seed in range(int(first), int(first) + int(count)):
            whole.restore()
            told = mutated(whole.directory, seed)
            print(seed, ascii(told), file=sys.stderr, flush=True)
            if (seed - int(first)) % AT_ONCE == 0:
                faulthandler.dump_traceback_later(SECONDS, exit=True)
            try:
                came[ask_everything(whole.directory, Path(folder, "saved"))] += 1
            except Exception as error:
                came["wrong"] += 1
                print(f"{seed} {told!a}: {error!r:.300}", *_places(error), sep="\n  ", flush=True)
    print(json.dumps(came))


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


if __name__ == "__main__":
    main(*sys.argv[1:])
