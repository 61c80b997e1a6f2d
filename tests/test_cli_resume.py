"""Many names on the command line: in several processes, interrupted, and taken up again."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run

from textcat.model import CategoryModel

BATCH = 4096
CATEGORIES = ["чай", "кофе", "платье", "лопата", "гвозди", 'книга "чай"', ""]
NAMES = [f"{CATEGORIES[number % 7]} {number}" for number in range(10_000)]
Type = Callable[..., None]

# The command line, but with processes from the first name on.
SPREADING = (
    "import textcat.prediction.parallel as p\np.PAYS_FROM = 0\nfrom textcat.cli import main\nmain()"
)


@pytest.fixture(scope="module")
def saved(model: CategoryModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("models") / "модель"
    model.save(directory)
    return directory


class _Typed(io.RawIOBase):
    """Bytes that end, or are ended by Ctrl-C."""

    def __init__(self, content: bytes, interrupted: bool) -> None:
        self._content = content
        self._interrupted = interrupted

    def read(self, size: int = -1) -> bytes:
        if size == 0:
            return b""
        if self._interrupted and not self._content:
            raise KeyboardInterrupt
        part, self._content = self._content, b""
        return part


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Type:
    """Put names on standard input."""

    class Typing(io.StringIO):
        buffer: io.RawIOBase

    def type_names(names: list[str], interrupted: bool = False) -> None:
        content = "".join(f"{name}\n" for name in ["name", *names]).encode()
        stdin = Typing()
        stdin.buffer = _Typed(content, interrupted)
        monkeypatch.setattr(sys, "stdin", stdin)

    return type_names


@pytest.fixture
def interrupted(run: Run, saved: Path, typed: Type, tmp_path: Path) -> Path:
    """An output of two batches, all that was written until Ctrl-C."""
    typed(NAMES, interrupted=True)
    code, _, err = run("predict", saved, "-o", tmp_path / "ответы.csv")
    assert code == 130
    assert f"stopped; {2 * BATCH:,} rows were written to" in err
    assert "--resume goes on from there" in err
    return tmp_path / "ответы.csv.part"


def test_output_is_the_same_whatever_the_processes(
    run: Run, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textcat.prediction.parallel.PAYS_FROM", 0)
    source = tmp_path / "названия.txt"
    source.write_text("\n".join(NAMES), "utf-8")
    for jobs in (1, 2):
        options = ("-p", "leaf", "-p", "0.9", "--jobs", jobs, "-o", tmp_path / f"{jobs}.csv")
        assert run("predict", saved, source, *options).code == 0
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_resumed_output_is_that_of_a_run_without_interruption(
    run: Run, saved: Path, typed: Type, tmp_path: Path, kind: str
) -> None:
    path, whole = tmp_path / f"ответы.{kind}", tmp_path / f"сразу.{kind}"
    typed(NAMES, interrupted=True)
    assert run("predict", saved, "-o", path).code == 130
    typed(NAMES)
    code, _, err = run("predict", saved, "-o", path, "--resume")
    assert (code, f"10,000 rows, {2 * BATCH:,} of them written before" in err) == (0, True)
    typed(NAMES)
    run("predict", saved, "-o", whole)
    assert path.read_bytes() == whole.read_bytes()
    assert sorted(tmp_path.iterdir()) == sorted([path, whole])


@pytest.mark.parametrize("cut", [1, 10, 100, 200_000, 10**9])
def test_a_row_that_was_cut_off_is_written_again(
    run: Run, saved: Path, typed: Type, interrupted: Path, tmp_path: Path, cut: int
) -> None:
    content = interrupted.read_bytes()
    interrupted.write_bytes(content[: max(0, len(content) - cut)])
    typed(NAMES)
    assert run("predict", saved, "-o", tmp_path / "ответы.csv", "--resume").code == 0
    resumed = (tmp_path / "ответы.csv").read_bytes()
    typed(NAMES)
    run("predict", saved, "-o", tmp_path / "ответы.csv")
    assert resumed == (tmp_path / "ответы.csv").read_bytes()


def test_names_over_several_lines_and_without_an_encoding_are_found_again(
    run: Run, saved: Path, typed: Type, tmp_path: Path
) -> None:
    odd = ['"чай\nчёрный"', '"чай ""Ахмад"""', "чай, чёрный", '"кофе', '5 1/2" труба']
    names = [odd[number % 5] for number in range(6000)]
    typed(names, interrupted=True)
    assert run("predict", saved, "-o", tmp_path / "a.csv").code == 130
    typed(names)
    assert run("predict", saved, "-o", tmp_path / "a.csv", "--resume").code == 0
    typed(names)
    assert run("predict", saved, "-o", tmp_path / "b.csv").code == 0
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize(
    ("names", "options", "message"),
    [
        (["молоток", *NAMES[1:]], [], "the names are others"),
        ([*NAMES[:5000], "молоток", *NAMES[5000:]], [], "the names are others"),
        (NAMES[:5000], [], "has more rows"),
        (NAMES, ["-p", "0.9", "-p", "0.5"], "other columns or levels"),
        (NAMES, ["-p", "0.5"], "come out otherwise now"),
        (NAMES, ["-f", "jsonl"], "in another order or format"),
    ],
)
def test_output_of_another_run_is_refused_and_left_as_it_is(
    run: Run,
    saved: Path,
    typed: Type,
    interrupted: Path,
    names: list[str],
    options: list[str],
    message: str,
) -> None:
    before = interrupted.read_bytes()
    typed(names)
    output = interrupted.with_suffix("")
    code, _, err = run("predict", saved, "-o", output, "--resume", *options)
    assert (code, message in err, "Leave out --resume" in err) == (1, True, True)
    assert interrupted.read_bytes() == before
    assert not output.exists()


def test_resume_begins_at_the_beginning_if_nothing_was_written(
    run: Run, saved: Path, tmp_path: Path
) -> None:
    assert run("predict", saved, "чай", "-o", tmp_path / "a.csv", "--resume").code == 0
    assert len((tmp_path / "a.csv").read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize("options", [[], ["-o", os.devnull], ["-o", "a.txt", "-f", "table"]])
def test_resume_needs_a_file_of_rows(run: Run, saved: Path, options: list[str]) -> None:
    code, out, err = run("predict", saved, "чай", "--resume", *options)
    assert (code, out, "--resume needs an --output file" in err) == (2, "", True)


def test_ctrl_c_ends_all_processes_with_one_message_and_whole_rows(
    saved: Path, tmp_path: Path
) -> None:
    source = tmp_path / "названия.txt"
    source.write_text("чай\n" * 100_000, "utf-8")  # more answers than a pipe holds
    command = [sys.executable, "-c", SPREADING, "predict", str(saved), str(source), "--jobs", "2"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, start_new_session=True)
    assert process.stdout
    rows = [process.stdout.readline() for _ in range(1 + 2 * BATCH)]
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    out, err = process.communicate()
    rows += out.splitlines(keepends=True)
    assert process.returncode == 130
    assert err.decode() == f"\ntextcat: stopped; {len(rows) - 1:,} rows were written.\n"
    assert all(row.endswith(b"\n") for row in rows)
    assert (len(rows) - 1) % BATCH == 0


def test_few_names_from_a_file_load_nothing_for_more_processes(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("чай\nкофе\n", "utf-8")
    code = (
        "import sys\nfrom textcat.cli import main\n"
        "try: main(sys.argv[1:])\nexcept SystemExit as ended: assert not ended.code\n"
        "assert not {'joblib', 'sklearn', 'nltk', 'pandas', 'tqdm'} & set(sys.modules)"
    )
    command = [sys.executable, "-c", code, "predict", str(saved), str(tmp_path / "a.txt")]
    subprocess.run(command, check=True, capture_output=True)
