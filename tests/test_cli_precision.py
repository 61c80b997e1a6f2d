"""Precision levels on the command line: certify, --goods, --calibration, what refusals say."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Run

import textcat

KINDS = ("чай", "кофе", "сыр", "лук")
# words of their own: digits alone would make near-duplicates, which count as one
WORDS = ["".join("абвгдежзик"[int(digit)] for digit in str(number)) for number in range(30)]
ROWS = [(f"{kind} {word}", f"Еда > {kind}") for word in WORDS for kind in KINDS]


def written(rows: list[tuple[str, str]], path: Path) -> Path:
    path.write_text("\n".join(["name\tcategory", *map("\t".join, rows)]), "utf-8")
    return path


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return written(ROWS, tmp_path / "каталог.tsv")


@pytest.fixture
def uncertified(run: Run, catalogue: Path, tmp_path: Path) -> Path:
    run("train", catalogue, "-o", tmp_path / "м", "--jobs", 1, "--calibration", "none")
    return tmp_path / "м"


def test_train_shows_what_it_certified(run: Run, catalogue: Path, tmp_path: Path) -> None:
    code, out, _ = run("train", catalogue, "-o", tmp_path / "m", "--jobs", 1)
    assert code == 0
    assert "certified for goods like the catalogue's, 90% sure, on 120 rows" in out
    assert "0.99" in out
    assert "not certified" in out


def test_train_without_calibration_says_what_that_means(
    run: Run, catalogue: Path, tmp_path: Path
) -> None:
    out = run("train", catalogue, "-o", tmp_path / "m", "--calibration", "none").out
    assert "no precision level is certified: the model was trained without calibration" in out


def test_an_uncertified_model_refuses_a_level_and_tells_the_ways_out(
    run: Run, uncertified: Path
) -> None:
    code, out, err = run("predict", uncertified, "чай")
    assert (code, out) == (1, "")
    assert "precision 0.95 is not certified" in err
    assert "textcat certify MODEL ROWS" in err
    assert "--precision leaf" in err


def test_the_most_probable_leaf_can_always_be_had(run: Run, uncertified: Path) -> None:
    code, out, _ = run("predict", uncertified, "чай", "-p", "leaf")
    assert (code, "Еда > чай" in out) == (0, True)


def test_a_level_beside_the_leaf_has_a_column_of_its_own(
    run: Run, uncertified: Path, catalogue: Path
) -> None:
    run("certify", uncertified, catalogue)
    header = run("predict", uncertified, "чай", "-p", "0.9", "-p", "leaf").out.splitlines()[0]
    assert header == "row,name,category@0.9,probability@0.9,category@leaf,probability@leaf"


def test_certify_changes_the_model_or_writes_another_one(
    run: Run, uncertified: Path, catalogue: Path, tmp_path: Path
) -> None:
    code, out, _ = run("certify", uncertified, catalogue, "-o", tmp_path / "другая")
    assert (code, "certified for goods like the rows given" in out) == (0, True)
    assert not textcat.load(uncertified).certificates
    assert textcat.load(tmp_path / "другая").predict("чай", precision=0.9).path
    assert run("certify", uncertified, catalogue, "--delta", 0.01).code == 0
    assert textcat.load(uncertified).certificates["given"].delta == 0.01


def test_goods_that_were_not_certified_are_refused_by_option(
    run: Run, uncertified: Path, catalogue: Path
) -> None:
    run("certify", uncertified, catalogue)
    assert run("predict", uncertified, "чай", "-p", 0.9, "--goods", "given").code == 0
    code, _, err = run("predict", uncertified, "чай", "--goods", "new")
    assert (code, "not certified for --goods new, but for 'given'" in err) == (1, True)


@pytest.mark.parametrize("level", ["0", "1", "95", "nan", "много"])
def test_a_level_that_is_no_share_is_wrong_usage(run: Run, uncertified: Path, level: str) -> None:
    code, _, err = run("predict", uncertified, "чай", "-p", level)
    assert (code, "such as 0.95" in err) == (2, True)


@pytest.mark.parametrize("calibration", ["0.7", "нет-такого.csv"])
def test_a_calibration_that_cannot_be_is_named(
    run: Run, catalogue: Path, tmp_path: Path, calibration: str
) -> None:
    code, _, err = run("train", catalogue, "-o", tmp_path / "m", "--calibration", calibration)
    assert (code, calibration in err) == (1, True)
