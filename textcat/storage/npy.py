"""The head of a `.npy` file: of what type and shape the array after it is.

numpy's own reader believes a head and allocates whatever it says; here it has to fit the file.
"""

from __future__ import annotations

import ast
import math
import re
import struct
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

_MAGIC = b"\x93NUMPY"
_LENGTH = {b"\1\0": "<H", b"\2\0": "<I", b"\3\0": "<I"}  # by version, where it stands next
_LONGEST = 10_000  # as numpy has it: Python's parser can be brought down by what is much longer
_NUMBERS_OR_TEXTS = re.compile(r"[<>|][biufcSUVMm]\d+(\[\w+\])?")


class Head(NamedTuple):
    """What the head of a `.npy` file says, and how long it is."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    fortran_order: bool
    length: int

    def array_in(self, content: Bytes) -> NDArray[Any]:
        """The array in the content of a file, which it shares."""
        order: Literal["F", "C"] = "F" if self.fortran_order else "C"
        return np.ndarray(self.shape, self.dtype, content, self.length, order=order)


def read_head(content: Bytes) -> Head:
    """Read the head of the content of a whole file.

    Raises
    ------
    ValueError
        If it is none, or does not describe what comes after it.

    Examples
    --------
    >>> import io
    >>> file = io.BytesIO()
    >>> np.save(file, np.eye(2))
    >>> content = np.frombuffer(file.getvalue(), np.uint8)
    >>> head = read_head(content)
    >>> head
    Head(dtype=dtype('float64'), shape=(2, 2), fortran_order=False, length=128)
    >>> head.array_in(content).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    >>> read_head(content[:-1])
    Traceback (most recent call last):
    ...
    ValueError: it says shape (2, 2) of float64, which 31 bytes are not
    """
    head = _parsed(content[: len(_MAGIC) + 6 + _LONGEST].tobytes())
    size = len(content) - head.length
    # without a size of their own there could be any number of elements
    if not head.dtype.itemsize or math.prod(head.shape) * head.dtype.itemsize != size:
        raise ValueError(f"it says shape {head.shape} of {head.dtype}, which {size} bytes are not")
    if head.length % head.dtype.alignment:  # compiled code may count on it
        raise ValueError(f"its elements are not aligned: they begin at {head.length}")
    return head


def _parsed(content: bytes) -> Head:
    length_type = _LENGTH.get(content[6:8])
    if not content.startswith(_MAGIC) or length_type is None:
        raise ValueError("it does not begin as such files do")
    start = 8 + struct.calcsize(length_type)
    try:
        (length,) = struct.unpack_from(length_type, content, 8)
        if length > _LONGEST:
            raise ValueError("its head is too long")
        said = ast.literal_eval(content[start : start + length].decode().strip())
        dtype = _dtype(said["descr"])
        shape = tuple(map(_length, said["shape"]))
        return Head(dtype, shape, bool(said["fortran_order"]), start + length)
    except Exception as error:  # whatever the parsers of Python and of numpy stumble over
        raise ValueError(f"its head cannot be read: {error}") from error


def _dtype(described: Any) -> np.dtype[Any]:
    if not _is_plain(described):
        raise ValueError(f"{described!r:.100} is no type of numbers or texts")
    return np.lib.format.descr_to_dtype(described)


def _is_plain(described: object) -> bool:
    """Whether a type is one of numbers, texts, or fields of such."""
    if isinstance(described, str):
        return _NUMBERS_OR_TEXTS.fullmatch(described) is not None
    return isinstance(described, list) and all(_is_plain(field[1]) for field in described)


def _length(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r:.100} is no length")
    return value
