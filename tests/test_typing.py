"""Types: those who use the installed package and check theirs learn what everything is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from built_packages import ROOT, built, copied, installed

pytest.importorskip("setuptools", "77", reason="builds a wheel")


def test_a_strict_type_checker_knows_the_whole_public_api_of_an_installed_wheel(
    tmp_path: Path,
) -> None:
    wheel = built("wheel", copied(tmp_path / "project"), tmp_path)
    python = installed(wheel, tmp_path / "venv")
    code = tmp_path / "downstream.py"
    code.write_bytes((ROOT / "tests" / "downstream.py").read_bytes())
    (tmp_path / "mypy.ini").write_text(
        "[mypy]\nstrict = True\nwarn_unreachable = True\ndisallow_any_expr = False\n"
    )
    command = [
        sys.executable, "-m", "mypy", "--config-file", tmp_path / "mypy.ini",
        "--python-executable", python, "--cache-dir", ROOT / ".mypy_cache" / "downstream", code,
    ]  # fmt: skip
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
