"""What the kernel knows of a process: its children and its memory. Linux only."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

_PROC = Path("/proc")


def cores() -> list[int]:
    """Cores that this process may use."""
    return sorted(os.sched_getaffinity(0))


def with_descendants(process: int) -> list[int]:
    """A process, its children, their children, and so on."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in _PROC.iterdir():
        if entry.name.isdecimal():
            parent = _parent(entry)
            if parent is not None:
                children[parent].append(int(entry.name))
    found = [process]
    for each in found:  # grows on the way
        found += children[each]
    return found


def resident(process: int) -> int:
    """Bytes of a process that lie in memory, shared pages included; 0 if it has ended."""
    try:
        pages = (_PROC / str(process) / "statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def proportional(process: int) -> int:
    """Bytes of a process in memory; a page that n processes share counts 1/n for each (PSS)."""
    lines = (_PROC / str(process) / "smaps_rollup").read_text().splitlines()
    (found,) = (line.split()[1] for line in lines if line.startswith("Pss:"))
    return int(found) * 1024


def size_on_disk(directory: Path) -> int:
    """Bytes in all the files of a directory and those below it."""
    return sum(file.stat().st_size for file in directory.rglob("*") if file.is_file())


def _parent(entry: Path) -> int | None:
    """Parent of a process; the second field of its line, the name, may have anything in it."""
    try:
        return int((entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
    except OSError:  # it has just ended
        return None
