"""What is asked for, held against the limits."""

from __future__ import annotations

from textcat.service.limits import Limits
from textcat.service.problems import Problem
from textcat.service.questions import PredictQuestion


def check_names(names: list[str], limits: Limits) -> None:
    """Refuse too many names, and too long ones.

    >>> check_names(["чай", "кофе"], Limits(names=1))
    Traceback (most recent call last):
        ...
    textcat.service.problems.Problem: 422: 2 names are more than the 1 of a request; send them in \
parts
    """
    if len(names) > limits.names:
        more = f"{len(names):,} names are more than the {limits.names:,} of a request"
        raise _too_much("#/names", f"{more}; send them in parts")
    for place, name in enumerate(names):
        check_name(name, f"#/names/{place}", limits)


def check_name(name: str, pointer: str, limits: Limits) -> None:
    """Refuse a name that is too long."""
    if len(name) > limits.name_length:
        more = f"{len(name):,} characters are more than the {limits.name_length:,} of a name"
        raise _too_much(pointer, more)


def check_extras(question: PredictQuestion, limits: Limits) -> None:
    """Refuse too many candidates, and too many explanations."""
    if question.top > limits.top:
        raise _too_much("#/top", f"at most {limits.top:,} categories are listed for a name")
    if question.explain and len(question.names) > limits.explained:
        raise _too_much("#/names", f"at most {limits.explained:,} names are explained at once")


def _too_much(pointer: str, detail: str) -> Problem:
    return Problem(422, "limit-exceeded", detail, pointer)
