"""Nothing but its own: no file, socket or process besides the folder given, no global state.

What a process does is told by its audit events (PEP 578), which Python raises whoever asks.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import textcat
from textcat.model import CategoryModel

WORK = """
import json, locale, logging, os, random, signal, sys, warnings

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
OUTWARD = ("socket.", "subprocess.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.",
           "tempfile.", "shutil.")
ON_FILES = {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink",
            "os.truncate", "os.chmod", "os.chown", "os.utime"}
ON_PROCESS = {"os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn",
              "os.putenv", "os.unsetenv", "os.chdir", "os.kill", "_thread.start_new_thread"}
seen = []

def note(event, arguments):
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
        seen.append((event, os.path.abspath(os.fsdecode(arguments[0]))))
    elif event in ON_FILES:
        seen.append((event, os.path.abspath(os.fsdecode(arguments[0]))))
    elif event in ON_PROCESS or event.startswith(OUTWARD):
        seen.append((event, repr(arguments)[:100]))

def state():
    return [
        random.getstate(), str(numpy.random.get_state()), numpy.geterr(), numpy.get_printoptions(),
        locale.setlocale(locale.LC_ALL), list(warnings.filters), warnings.showwarning.__qualname__,
        list(logging.root.handlers), logging.root.level, logging.raiseExceptions,
        os.getcwd(), dict(os.environ), list(sys.path), sys.getrecursionlimit(),
        sys.getswitchinterval(), sys.excepthook, sys.stdout, sys.stderr, sys.gettrace(),
        signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), json.dumps,
    ]

import contextlib, joblib, numpy, scipy.sparse, sklearn.svm, tqdm
with contextlib.suppress(ImportError):
    import numba
# what these libraries change when they are imported is theirs
sys.addaudithook(note)
before, found = state(), {}
import textcat
given, directory = json.load(sys.stdin), sys.argv[1]
rows, names = given["rows"], [name for name, _ in given["rows"]]
for title, action in given["actions"].items():
    seen.clear()
    exec(action)
    changed = [place for place, pair in enumerate(zip(before, state())) if pair[0] != pair[1]]
    found[title] = {"seen": sorted(set(seen)), "changed": changed}
print(json.dumps(found))
"""

ACTIONS = {
    "train": "textcat.train(rows, n_jobs=1)",
    "load and save": "textcat.load(directory).save(directory)",
    "predict": "textcat.load(directory).predict(names, None).to_dicts()",
    "predict a new word": "textcat.load(directory).predict('хрюкозавр shoes', None).path",
    "top": "textcat.load(directory).top(names)",
    "explain": "textcat.load(directory).explain(names[0])",
    "encode": "textcat.load(directory).encode(names)",
    "evaluate": "str(textcat.load(directory).evaluate(rows))",
    "certify": "textcat.load(directory).certify(rows).check(names * 3)",
    "correct": "textcat.load(directory).correct(names[0], rows[1][1])",
    "add a category": "textcat.load(directory).add_category('Еда > Соки')",
    "audit": "textcat.audit(rows, n_jobs=1)",
    "read": "textcat.read_catalogue(rows)",
    "show": "textcat.load(directory)._repr_html_()",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Has a model, and a folder that the process works in."""
    made = tmp_path_factory.mktemp("side_effects")
    (made / "here").mkdir()
    return made


@pytest.fixture(scope="module")
def told(
    uncertified_model: CategoryModel, catalogue: list[tuple[str, str]], folder: Path
) -> dict[str, Any]:
    """What every action did."""
    uncertified_model.save(folder / "model")
    ended = subprocess.run(
        [sys.executable, "-c", WORK, folder / "model"],
        input=json.dumps({"rows": catalogue, "actions": ACTIONS}), capture_output=True,
        encoding="utf-8", check=False, cwd=folder / "here",
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
    return dict(json.loads(ended.stdout))


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_touches_nothing_but_its_folder(
    told: dict[str, Any], folder: Path, action: str
) -> None:
    others = [event for event in told[action]["seen"] if not is_its_own(event, folder / "model")]
    assert others == []
    assert told[action]["changed"] == []
    assert list((folder / "here").iterdir()) == []


def is_its_own(event: list[Any], directory: Path) -> bool:
    """What is done in the model's folder; and numba compiles beside the code, as Python does."""
    kind, what = event
    beside_code = Path(textcat.__file__).parent / "solvers" / "__pycache__"
    is_of_files = kind == "open" or kind.startswith("os.")
    return is_of_files and what.startswith((str(directory), str(beside_code)))
