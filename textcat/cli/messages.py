"""What is said to people beside the outcome: on standard error, so that the outcome stays clean."""

from __future__ import annotations

import re
import sys


def say(message: str) -> None:
    """Write a message, a line or more."""
    sys.stderr.write(f"{message}\n")


def examples(*lines: str) -> str:
    """Make examples for the foot of a command's help; the mark keeps their lines apart."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def in_options(message: str) -> str:
    """Speak of options where the library speaks of parameters.

    >>> in_options('Pass name=… (a column)'), in_options('pass encoding="cp1251"')
    ('Pass --name … (a column)', 'pass --encoding "cp1251"')
    >>> in_options("model.certify(rows), or the most probable leaf: precision=None")
    'textcat certify MODEL ROWS, or the most probable leaf: --precision leaf'
    """
    message = re.sub(r"\b(name|category|encoding|tree)=(?=[…\"])", r"--\1 ", message)
    message = re.sub(r"\bgoods='(\w+)'", r"--goods \1", message)
    message = re.sub(r"\bn_jobs=(\d)", r"--jobs \1", message)
    message = message.replace("model.certify(rows)", "textcat certify MODEL ROWS")
    message = message.replace("model.add_category(path)", "textcat remap MODEL TREE")
    return message.replace("precision=None", "--precision leaf")
