"""Do what a page says: its Python runs, its commands print what is shown below them.

Blocks run in the order of the page, in one folder and one Python session, as a reader would.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from textcat.cli import main

ROOT = Path(__file__).parents[1]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
SHOWN_FILE = "--8<--\n"  # a block that shows a file of the repository
SHELL = re.compile(r"[|<>&;]|^(?!textcat )")  # what a command line needs a shell for

FRACTION = re.compile(r"\d+\.\d+")
NEAR = 0.03
TO_LOOK_AT = ("", "text")  # languages of what is no code

Serve = Callable[[Sequence[str]], str]
"""Starts `textcat` with these arguments and `--port 0`; the line that says where it listens."""


class Block(NamedTuple):
    """What stands between two fences."""

    language: str
    text: str


class Command(NamedTuple):
    """A line after a dollar sign, and what is shown below it."""

    line: str
    output: str


def blocks(page: Path) -> list[Block]:
    """All blocks of a page, in order."""
    fenced = r"^```(\w*)[^\n]*\n(.*?)^```$"
    text = page.read_text("utf-8")
    return [Block(*found) for found in re.findall(fenced, text, re.MULTILINE | re.DOTALL)]


def commands(block: Block) -> Iterator[Command]:
    """The commands of a console block; a line that ends in a backslash goes on in the next."""
    for shown in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        line = re.match(r"(?:.*\\\n)*.*", shown).group()  # type: ignore[union-attr]
        yield Command(re.sub(r"\s+# .*", "", line), shown[len(line) :])


def name_of(page: Path) -> str:
    """A page as tests and errors name it: «docs/start.md»."""
    return page.relative_to(ROOT).as_posix()


class RoundingChecker(doctest.OutputChecker):
    """Fractions may differ a little: machines differ in the last digits of what is learned."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        """Compare as usual, once fractions that are near to what is wanted are the same."""
        wanted, found = (FRACTION.findall(text) for text in (want, got))
        if len(wanted) == len(found) and all(map(_is_near, wanted, found)):
            expected = iter(wanted)
            got = FRACTION.sub(lambda _: next(expected), got)
        return super().check_output(want, got, optionflags)


class Reader:
    """Someone who does what a page says."""

    def __init__(
        self,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        serve: Serve,
    ) -> None:
        self.folder = folder
        self.capsys = capsys
        self.serve = serve
        self.names: dict[str, Any] = {}
        self.port = "8000"  # as pages write it
        self.not_run: Sequence[str] = ()
        self.different: list[str] = []

    def read(self, page: Path, not_run: Sequence[str]) -> None:
        """Do all that a page says but those commands; what comes out otherwise is `different`."""
        self.not_run = not_run
        does = {"python": self._run_python, "console": self._run_commands}
        for block in blocks(page):
            if block.language not in TO_LOOK_AT and not block.text.startswith(SHOWN_FILE):
                does[block.language](block)

    def _run_python(self, block: Block) -> None:
        assert ">>> " in block.text, f"nothing would be run of\n{block.text}"
        text = self._here(block.text)
        test = doctest.DocTestParser().get_doctest(text, self.names, "page", None, 0)
        runner = doctest.DocTestRunner(RoundingChecker(), optionflags=FLAGS)
        runner.run(test, out=self.different.append, clear_globs=False)
        self.names = test.globs

    def _run_commands(self, block: Block) -> None:
        for command in commands(block):
            if command.line in self.not_run:
                continue
            printed = self._printed(self._here(command.line))
            shown, printed = masked(command.output), masked(printed)
            if not doctest.OutputChecker().check_output(shown, printed, FLAGS):
                self.different.append(f"$ {command.line}\n{shown}\nprints\n{printed}")

    def _here(self, text: str) -> str:
        """What a page says of its server, of the one that was started."""
        return text.replace("127.0.0.1:8000", f"127.0.0.1:{self.port}")

    def _printed(self, line: str) -> str:
        if SHELL.search(line):
            return self._printed_by_shell(line)
        arguments = shlex.split(line)[1:]
        if arguments[0] == "serve":
            started = self.serve(arguments)
            self.port = re.findall(r":(\d+)/", started)[0]
            return started
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        printed = self.capsys.readouterr()
        assert ended.value.code == 0, f"{line}\n{printed.err}"
        return printed.out

    def _printed_by_shell(self, line: str) -> str:
        programs = self.folder / ".bin"
        programs.mkdir(exist_ok=True)
        # as in an environment that is activated; Spark starts its workers by `python3`
        for program, call in (("python", ""), ("python3", ""), ("textcat", " -m textcat")):
            (programs / program).write_text(f'#!/bin/sh\nexec "{sys.executable}"{call} "$@"\n')
            (programs / program).chmod(0o755)
        paths = f"{programs}{os.pathsep}{os.environ['PATH']}"
        ended = subprocess.run(
            ["sh", "-c", line], capture_output=True, text=True, env=os.environ | {"PATH": paths}
        )
        assert ended.returncode == 0, f"{line}\n{ended.stdout}{ended.stderr}"
        return ended.stdout


def _is_near(wanted: str, found: str) -> bool:
    return abs(float(wanted) - float(found)) <= NEAR * max(1, float(wanted))


def masked(text: str) -> str:
    """Without what differs between runs and machines: last digits, bars, names of generations."""
    for differs, mark in (("█+", "█"), (r"\b[0-9a-f]{12}\b", "0"), (r"\d+(?:[.,:]\d+)*", "0")):
        text = re.sub(differs, mark, text)
    return text
