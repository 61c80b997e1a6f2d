"""Importing: without a warning, a log line, a thread or anything else that others would notice."""

from __future__ import annotations

import subprocess
import sys

EVERYTHING = """
import importlib, logging, pkgutil, sys, threading
import textcat

left_out = []
for module in pkgutil.walk_packages(textcat.__path__, "textcat."):
    if module.name != "textcat.__main__":  # which runs the command line
        try:
            importlib.import_module(module.name)
        except ImportError as error:  # of an extra that is not installed
            if isinstance(error, textcat.MissingExtraError) or not error.name.startswith("textcat"):
                left_out.append(module.name)
            else:
                raise
assert len(left_out) < 20, left_out
assert logging.root.handlers == [] and logging.root.level == logging.WARNING
assert threading.active_count() == 1, threading.enumerate()
named = [name for name in logging.root.manager.loggerDict if name.startswith("textcat")]
assert all(not logging.getLogger(name).handlers for name in named), named
"""


def run(code: str) -> None:
    command = [sys.executable, "-W", "error", "-c", code]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_importing_the_package_warns_of_nothing() -> None:
    run("import textcat")


def test_every_public_name_is_imported_without_a_warning() -> None:
    run("from textcat import *")


def test_importing_every_module_warns_of_nothing_and_configures_nothing() -> None:
    run(EVERYTHING)
