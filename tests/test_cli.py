"""What the command line writes, where to, and how it ends."""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run
from hand_made_rules import taken_at_its_word

import textcat
from textcat.cli import main

ROWS = [
    ("Чай зелёный", "Напитки > Чай"),
    ("Чай чёрный листовой", "Напитки > Чай"),
    ("Кофе молотый", "Напитки > Кофе"),
    ("Кофе в зёрнах", "Напитки > Кофе"),
    ("Молоток слесарный", "Инструменты"),
    ("Молоток с деревянной ручкой", "Инструменты"),
]
TEXTCAT = [sys.executable, "-m", "textcat"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("models") / "модель"
    taken_at_its_word(textcat.train(ROWS, n_jobs=1)).save(directory)
    return directory


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """As an accounting system exports it: cp1251, semicolons, other columns."""
    path = tmp_path / "каталог.csv"
    lines = ["Код;Номенклатура;Группа", *(f"7;{name};{category}" for name, category in ROWS)]
    path.write_bytes("\r\n".join([*lines, "8;;Напитки > Чай", ""]).encode("cp1251"))
    return path


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Put bytes on standard input."""

    def type_bytes(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return type_bytes


def _table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# train


def test_train_reports_what_it_read_and_where_the_model_is(
    run: Run, catalogue: Path, tmp_path: Path
) -> None:
    code, out, err = run("train", catalogue, "-o", tmp_path / "m", "--jobs", 1)
    assert code == 0
    assert "7 rows read, 6 kept, 1 dropped" in err
    assert "encoding: cp1251" in err
    assert str(tmp_path / "m") in out
    assert textcat.load(tmp_path / "m").predict("чай", None).path == ("Напитки", "Чай")


def test_train_takes_columns_by_title_or_index(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "каталог.tsv.gz"
    lines = ["Полка\tЧто\tЦена", *(f"{category}\t{name}\t1" for name, category in ROWS)]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    columns = ("--name", "Что", "--category", "0")
    code, _, err = run("train", path, "-o", tmp_path / "m", "--jobs", 1, *columns)
    assert (code, "6 kept" in err) == (0, True)


def test_train_refuses_a_place_that_is_not_a_models_before_it_reads(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "фото.jpg").touch()
    code, _, err = run("train", "нет-такого.csv", "-o", tmp_path)
    assert (code, "фото.jpg" in err) == (1, True)


def test_seed_makes_the_model(run: Run, catalogue: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        run("train", catalogue, "-o", tmp_path / name, "--jobs", 1, "--seed", 7)
    first, second = (textcat.load(tmp_path / name) for name in ("a", "b"))
    assert first.top("чай") == second.top("чай")


# predict


def test_names_as_arguments_come_out_as_csv_where_there_is_no_terminal(
    run: Run, model: Path
) -> None:
    code, out, err = run("predict", model, "чай", "гвозди", "-p", 0.5)
    assert (code, err) == (0, "")
    assert [(row["row"], row["name"], row["category"]) for row in _table(out)] == [
        ("1", "чай", "Напитки > Чай"),
        ("2", "гвозди", ""),
    ]


def test_every_precision_level_has_its_columns(run: Run, model: Path) -> None:
    rows = _table(run("predict", model, "чай молоток", "-p", 0.9999, "-p", 0.5).out)
    assert rows[0]["category@0.9999"] == ""
    assert rows[0]["category@0.5"] == "Напитки > Чай"


def test_every_row_of_a_file_gets_a_row_with_the_number_of_its_line(
    run: Run, model: Path, tmp_path: Path
) -> None:
    path = tmp_path / "прайс.csv"
    path.write_text('Цена,Товар\n5,чай\n6,\n7,"кофе, крепкий"\n8,12345\n9,чай,лишнее\n', "utf-8")
    code, out, err = run("predict", model, path, "--name", "Товар", "-p", 0.5)
    rows = _table(out)
    assert code == 0
    assert [row["row"] for row in rows] == ["2", "3", "4", "5", "6"]
    assert [row["name"] for row in rows] == ["чай", "", "кофе, крепкий", "12345", "чай"]
    assert [bool(row["category"]) for row in rows] == [True, False, True, False, True]
    assert "5 rows, 3 answered at 0.5" in err
    assert "too many fields" in err
    assert "line 6" in err


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_standard_input_is_read_without_names_or_for_a_dash(
    run: Run, model: Path, typed: Callable[[bytes], None], arguments: list[str]
) -> None:
    typed("чай\nкофе\n".encode("cp1251"))
    rows = _table(run("predict", model, *arguments, "-p", 0.5).out)
    assert [row["category"] for row in rows] == ["Напитки > Чай", "Напитки > Кофе"]


def test_more_rows_than_a_batch_come_out_in_order(run: Run, model: Path, tmp_path: Path) -> None:
    path = tmp_path / "названия.txt"
    names = [f"чай {number}" for number in range(5000)]
    path.write_text("\n".join(names), "utf-8")
    rows = _table(run("predict", model, path).out)
    assert [row["name"] for row in rows] == names
    assert [row["row"] for row in rows] == [str(number) for number in range(1, 5001)]


def test_json_lines_have_every_level_and_an_answer_a_precision(run: Run, model: Path) -> None:
    out = run("predict", model, "чай молоток", "гвозди", "-p", 0.9999, "-p", 0.5, "-f", "jsonl").out
    tea, nails = map(json.loads, out.splitlines())
    assert [level["title"] for level in tea["levels"]] == ["Напитки", "Чай"]
    assert [answer["precision"] for answer in tea["answers"]] == [0.9999, 0.5]
    assert tea["answers"][1]["path"] == ["Напитки", "Чай"]
    assert (nails["levels"], nails["answers"][1]["category"]) == ([], None)


def test_table_marks_the_levels_that_are_answered(run: Run, model: Path) -> None:
    out = run("predict", model, "чай молоток", "гвозди", "-p", 0.9999, "-p", 0.5, "-f", "table").out
    lines = [line.split() for line in out.splitlines()]
    assert lines[0][-4:] == ["at", "0.9999", "at", "0.5"]
    assert lines[2] == ["чай", "молоток", "no", "answer"]
    assert [(line[0], line[-1]) for line in lines[3:5]] == [("Напитки", "●"), ("Чай", "●")]
    assert "nothing in it is known" in out


def test_table_shows_markup_and_control_characters_as_text(run: Run, model: Path) -> None:
    out = run("predict", model, "[bold]чай\x1b[2J", "-f", "table").out
    assert "[bold]чай\N{REPLACEMENT CHARACTER}[2J" in out


def test_output_file_is_utf8_and_gets_its_name_at_the_end(
    run: Run, model: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ответы.csv"
    code, out, _ = run("predict", model, "чай", "кофе", "-o", path)
    assert (code, out) == (0, "")
    assert len(_table(path.read_text("utf-8"))) == 2
    assert list(tmp_path.iterdir()) == [path]


def test_output_file_called_jsonl_has_json_lines(run: Run, model: Path, tmp_path: Path) -> None:
    run("predict", model, "чай", "-o", tmp_path / "ответы.jsonl")
    assert json.loads((tmp_path / "ответы.jsonl").read_text("utf-8"))["name"] == "чай"


def test_output_may_replace_the_input(run: Run, model: Path, tmp_path: Path) -> None:
    path = tmp_path / "названия.txt"
    path.write_text("чай\nкофе\n", "utf-8")
    assert run("predict", model, path, "-o", path).code == 0
    assert [row["name"] for row in _table(path.read_text("utf-8"))] == ["чай", "кофе"]


def test_interrupt_tells_how_many_rows_were_written_and_keeps_them(
    run: Run, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(io.RawIOBase):
        """Forty thousand lines, and then Ctrl-C."""

        content = "чай\n".encode() * 40_000

        def read(self, size: int = -1) -> bytes:
            if size == 0:
                return b""
            if not self.content:
                raise KeyboardInterrupt
            part, self.content = self.content[:size], self.content[size:]
            return part

        def readable(self) -> bool:
            return True

    class Typing(io.StringIO):
        buffer = Interrupted()

    monkeypatch.setattr(sys, "stdin", Typing())
    code, _, err = run("predict", model, "-o", tmp_path / "ответы.csv")
    written = _table((tmp_path / "ответы.csv.part").read_text("utf-8"))
    assert code == 130
    assert f"stopped; {len(written):,} rows were written" in err
    assert len(written) >= 4096
    assert not (tmp_path / "ответы.csv").exists()


def test_error_far_down_a_file_tells_what_was_written(
    run: Run, model: Path, tmp_path: Path
) -> None:
    path = tmp_path / "названия.txt"
    path.write_bytes("чай\n".encode() * 100_000 + b"\xff\xfe\n")
    code, out, err = run("predict", model, path)
    assert code == 1
    assert "line 100001" in err
    assert f"{len(_table(out)):,} rows were written" in err


def test_closed_pipe_ends_silently(model: Path) -> None:
    command = [*TEXTCAT, "predict", str(model), "чай"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()  # as `head` does when it has enough
    with process.stderr:
        assert process.stderr.read() == b""
    process.wait()


@pytest.mark.parametrize("encoding", ["ascii", "cp1251"])
@pytest.mark.parametrize("kind", ["table", "csv", "jsonl"])
def test_terminal_without_unicode_gets_what_it_can_show(
    model: Path, encoding: str, kind: str
) -> None:
    command = [*TEXTCAT, "predict", str(model), "чай ☕", "-f", kind]
    variables = {"PYTHONIOENCODING": encoding}
    ended = subprocess.run(command, capture_output=True, check=False, env=_environment(variables))
    assert (ended.returncode, ended.stderr) == (0, b"")
    ended.stdout.decode(encoding)


def _environment(variables: dict[str, str]) -> dict[str, str]:
    import os

    return {**os.environ, **variables}


# evaluate, explain, info


def test_evaluate_shows_figures_and_rows_left_out(run: Run, model: Path, tmp_path: Path) -> None:
    path = tmp_path / "проверка.csv"
    path.write_text("name,category\nчай,Напитки > Чай\nмыло,Химия\n", "utf-8")
    code, out, err = run("evaluate", model, path, "-p", 0.5)
    assert code == 0
    assert "2 rows read" in err
    assert "right category            1.000" in out
    assert "precision asked" in out
    assert "0.50" in out
    assert "'Химия'" in out


def test_evaluate_shows_confused_pairs_and_the_worst_categories(
    run: Run, model: Path, tmp_path: Path
) -> None:
    path = tmp_path / "проверка.csv"
    rows = [f"чай зелёный [b]{number},Напитки > Кофе" for number in range(6)]
    path.write_text("\n".join(["name,category", *rows]), "utf-8")
    lines = [line.strip() for line in run("evaluate", model, path).out.splitlines()]
    place = next(row for row, line in enumerate(lines) if line.startswith("6 of 6"))
    assert lines[place].endswith("Напитки > Кофе")
    assert lines[place + 1] == "Напитки > Чай"
    assert lines[place + 2].startswith("чай зелёный [b]")
    assert any(line.split() == ["0.000", "of", "6", "Напитки", ">", "Кофе"] for line in lines)


def test_evaluate_says_why_a_level_is_not_given(run: Run, catalogue: Path, tmp_path: Path) -> None:
    textcat.train(ROWS, n_jobs=1).save(tmp_path / "m")
    code, out, _ = run("evaluate", tmp_path / "m", catalogue)
    assert code == 0
    assert [line.split()[0] for line in out.splitlines() if line.endswith("not certified")] == [
        "0.99", "0.98", "0.95", "0.90", "0.80",
    ]  # fmt: skip
    assert "is not certified: " in " ".join(out.split())


def test_evaluate_writes_json(run: Run, model: Path, catalogue: Path) -> None:
    figures = json.loads(run("evaluate", model, catalogue, "--json").out)
    assert (figures["rows"], figures["leaf_accuracy"]) == (6, 1.0)


def test_evaluate_writes_a_report_beside_the_tables(
    run: Run, model: Path, catalogue: Path, tmp_path: Path
) -> None:
    path = tmp_path / "отчёт.html"
    code, out, err = run("evaluate", model, catalogue, "--report", path)
    assert (code, "right category" in out) == (0, True)
    assert f"the report is in {path}" in err
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert sorted(tmp_path.glob("отчёт*")) == [path]


def test_report_that_cannot_be_written_is_refused_before_the_work(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "нет" / "отчёт.html"
    code, out, err = run("evaluate", "нет модели", "нет.csv", "--report", path)
    assert (code, out) == (1, "")
    assert f"{path} cannot be written" in err


def test_explain_shows_words_with_their_weights(run: Run, model: Path) -> None:
    code, out, _ = run("explain", model, "чай", "хрусь")
    assert code == 0
    assert "1. Напитки" in out
    assert "rather than Инструменты" in out
    assert "+" in out
    assert "unknown to the model: хрусь" in out


def test_explain_says_if_nothing_is_known(run: Run, model: Path) -> None:
    assert "nothing in it is known" in run("explain", model, "12345 ыъь").out


def test_info_tells_how_the_model_was_made(run: Run, model: Path) -> None:
    code, out, _ = run("info", model)
    assert code == 0
    assert "6 rows kept, 0 dropped" in out
    assert "pymorphy3" in out
    assert textcat.__version__ in out
    assert "Напитки" in out


# errors


@pytest.mark.parametrize("command", ["train", "predict", "evaluate"])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "does not exist"),
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is not text"),
        (b"\x1f\x8b\x08\x00", "cut off or damaged"),
        ("Цена;Код;Вес\n1;2;3\n".encode(), "no column"),
    ],
)
def test_bad_file_is_one_message_and_exit_code_1(
    run: Run, model: Path, tmp_path: Path, command: str, content: bytes | None, message: str
) -> None:
    path = tmp_path / "файл.csv"
    if content is not None:
        path.write_bytes(content)
    arguments = {
        "train": [path, "-o", tmp_path / "m"],
        "predict": [model, path, "--name", "Товар"],
        "evaluate": [model, path],
    }
    code, out, err = run(command, *arguments[command])
    assert (code, out) == (1, "")
    assert message in err
    assert err.startswith("textcat: ")
    assert "Traceback" not in err


@pytest.mark.parametrize("command", ["train", "predict", "evaluate"])
def test_directory_is_no_file(run: Run, model: Path, tmp_path: Path, command: str) -> None:
    source = tmp_path / "папка"
    source.mkdir()
    arguments = [source, "-o", tmp_path / "m"] if command == "train" else [model, source]
    code, _, err = run(command, *arguments)
    assert (code, "is a directory" in err) == (1, True)


@pytest.mark.parametrize("command", ["predict", "explain", "info"])
def test_broken_model_is_one_message_that_names_the_file(
    run: Run, model: Path, tmp_path: Path, command: str
) -> None:
    broken = tmp_path / "m"
    shutil.copytree(model, broken)
    (broken / "meta.json").write_text("{", "utf-8")
    names = [] if command == "info" else ["чай"]
    code, _, err = run(command, broken, *names)
    assert (code, "meta.json" in err) == (1, True)


def test_missing_model_is_named(run: Run, tmp_path: Path) -> None:
    code, _, err = run("info", tmp_path / "нет")
    assert (code, "нет does not exist" in err) == (1, True)


def test_output_in_a_directory_that_is_missing(run: Run, model: Path, tmp_path: Path) -> None:
    path = tmp_path / "нет" / "ответы.csv"
    code, _, err = run("predict", model, "чай", "-o", path)
    assert (code, f"{path} cannot be written" in err) == (1, True)


def test_single_argument_that_ends_like_a_file_is_not_a_name(run: Run, model: Path) -> None:
    code, _, err = run("predict", model, "прайс.csv")
    assert (code, "прайс.csv does not exist" in err) == (1, True)


def test_empty_name_is_a_name(run: Run, model: Path) -> None:
    assert _table(run("predict", model, "").out)[0]["category"] == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["predict"],
        ["predict", "m", "чай", "-p", "95"],
        ["predict", "m", "чай", "-p", "много"],
        ["predict", "m", "чай", "-f", "xml"],
        ["train", "каталог.csv"],
        ["train", "каталог.csv", "-o", "m", "--jobs", "0"],
        ["угадай"],
    ],
)
def test_wrong_usage_is_exit_code_2(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "Usage" in err


def test_debug_shows_where_an_error_comes_from(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTCAT_DEBUG", "1")
    with pytest.raises(textcat.CatalogueError):
        main(["predict", str(model), "прайс.csv"])


@pytest.mark.parametrize("command", ["train", "predict", "evaluate", "explain", "info"])
def test_help_has_a_russian_example(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert (code, f"textcat {command} " in out.split("Examples:")[1]) == (0, True)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom textcat.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "assert not {'numpy', 'scipy', 'sklearn', 'nltk', 'pandas'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
