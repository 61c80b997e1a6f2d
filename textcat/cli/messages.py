"""What is said to people beside the outcome: on standard error, so that the outcome stays clean."""

from __future__ import annotations

import sys


def say(message: str) -> None:
    """Write a message, a line or more."""
    sys.stderr.write(f"{message}\n")
