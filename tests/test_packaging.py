"""The wheel and the source distribution: all that belongs to them, and nothing else."""

from __future__ import annotations

import configparser
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from built_packages import ROOT, built, copied, installed

import textcat

pytest.importorskip("setuptools", "77", reason="builds packages")

NAME = f"textcat-{textcat.__version__}"
BESIDE = ["benchmarks", "data", "docs", "examples", "tests"]  # what a source distribution needs


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("packaging") / "project")


@pytest.fixture(scope="module")
def wheel(project: Path) -> Path:
    return built("wheel", project, project / "dist")


@pytest.fixture(scope="module")
def sdist(project: Path) -> Path:
    return built("sdist", project, project / "dist")


def files_in(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def files_below(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in parts):
            yield "/".join(parts)


def test_the_wheel_has_every_file_of_the_package_and_the_data_that_is_declared(wheel: Path) -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    data = config["options.package_data"]
    shipped = {
        f"textcat/starter/{path.relative_to(ROOT).as_posix()}"
        for package in ("textcat.starter.data", "textcat.starter.data.language")
        for pattern in ["__init__.py", *data[package].split()]
        for path in (ROOT / package.removeprefix("textcat.starter.").replace(".", "/")).glob(
            pattern
        )
    }
    assert files_in(wheel) == {*files_below(ROOT / "textcat"), *shipped}


def test_the_source_distribution_has_what_its_tests_need(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.removeprefix(f"{NAME}/") for name in archive.getnames()}
    needed = {file for folder in ("textcat", *BESIDE) for file in files_below(ROOT / folder)}
    needed |= {path.name for path in ROOT.glob("*") if path.is_file() and path.name[0] != "."}
    assert needed - names == set()
    assert not [name for name in names if "__pycache__" in name or name.startswith(".")]


def test_the_wheel_of_an_unpacked_source_distribution_is_the_same(
    wheel: Path, sdist: Path, tmp_path: Path
) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    assert files_in(built("wheel", tmp_path / NAME, tmp_path)) == files_in(wheel)


def test_an_installed_wheel_trains_and_answers_without_its_sources(
    wheel: Path, tmp_path: Path
) -> None:
    code = (
        "import textcat, pathlib, sys\n"
        "assert pathlib.Path(textcat.__file__).is_relative_to(sys.prefix), textcat.__file__\n"
        "rows = [('Чай зелёный', 'Чай'), ('Кофе молотый', 'Кофе')]\n"
        "model = textcat.train(rows, n_jobs=1)\n"
        "assert model.predict('чай чёрный', precision=None).path == ('Чай',)\n"
        "from importlib.metadata import version\n"
        "assert version('textcat') == textcat.__version__"
    )
    python = installed(wheel, tmp_path / "venv")
    subprocess.run([python, "-W", "error", "-c", code], cwd=tmp_path, check=True)
