"""The systems that are measured: textcat and its peers, each in a file of its own.

Every one is a `System`: fitted on raw names and category paths, asked by raw names, and timed
with all its text preparation inside.
"""

from __future__ import annotations

from argparse import ArgumentTypeError
from importlib import import_module
from typing import NamedTuple

from peers.system import Answers, NotReadyError, System

__all__ = ["SYSTEMS", "Answers", "NotReadyError", "System", "make", "systems"]


class Place(NamedTuple):
    """Where a system is and what it needs."""

    module: str  # in this package
    class_name: str
    requirement: str  # as pip wants it


SYSTEMS = {
    "textcat": Place("textcat", "Textcat", "textcat"),
    "flat": Place("flat", "FlatSvm", "scikit-learn"),
    "hiclass": Place("hiclass", "HiClass", "hiclass"),
    "fasttext": Place("fasttext", "FastTextSoftmax", "fasttext-numpy2"),
    "fasttext-hs": Place("fasttext", "FastTextHierarchicalSoftmax", "fasttext-numpy2"),
    "napkinxc": Place("napkinxc", "NapkinXC", "napkinxc"),
    "pecos": Place("pecos", "Pecos", "libpecos"),
    "omikuji": Place("omikuji", "Omikuji", "omikuji"),
}


def make(name: str, threads: int = 1, seed: int = 0) -> System:
    """Make an unfitted system; NotReadyError if its library is not installed."""
    place = SYSTEMS[name]
    try:
        module = import_module(f"peers.{place.module}")
    except ImportError as error:
        raise NotReadyError(f"not installed: pip install {place.requirement}") from error
    system: System = getattr(module, place.class_name)(threads, seed)
    return system


def systems(text: str) -> list[str]:
    """Names of systems, as they are given on the command line."""
    names = text.split(",")
    unknown = [name for name in names if name not in SYSTEMS]
    if unknown:
        raise ArgumentTypeError(f"no system {unknown}; there are {','.join(SYSTEMS)}")
    return names
