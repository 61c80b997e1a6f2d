"""The wheel and the source distribution, built of a copy of the project, without a network."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[1]
# What tools leave behind in a working copy.
LEFTOVERS = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist", "site")
BUILD = "import sys, setuptools.build_meta as backend; getattr(backend, sys.argv[1])(sys.argv[2])"


def copied(directory: Path) -> Path:
    """Copy the project as a checkout of it would be."""
    return Path(shutil.copytree(ROOT, directory, ignore=LEFTOVERS))


def built(kind: str, project: Path, directory: Path) -> Path:
    """Build a `wheel` or an `sdist` of a project."""
    directory.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", BUILD, f"build_{kind}", str(directory)]
    ended = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", check=False)
    if ended.returncode:
        raise AssertionError(ended.stdout + ended.stderr)
    (path,) = directory.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return path


def installed(wheel: Path, directory: Path) -> Path:
    """A Python of its own with the wheel installed, and with what this one has."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", directory], check=True)
    python = directory / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    there = subprocess.run([python, "-c", asked], check=True, capture_output=True, text=True)
    packages = Path(there.stdout.strip())
    with ZipFile(wheel) as archive:
        archive.extractall(packages)
    others = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    (packages / "others.pth").write_text("\n".join(others), encoding="utf-8")
    return python
