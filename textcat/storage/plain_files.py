"""Files of a folder that a stranger may have filled."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import BinaryIO

from textcat.errors import StorageError


def open_plain(path: Path) -> BinaryIO:
    """Open a file to read, if it is one: a link leads elsewhere, and a pipe or a device never ends.

    A file that is not there raises FileNotFoundError.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        raise StorageError(
            f"{path} is not a plain file but a link, a folder, a pipe or a device. "
            "Copy the model together with the files that links lead to."
        )
    return path.open("rb")
