"""Texts by number and numbers by text, in arrays that stay on disk and that processes share.

A dict of the 230,000 features of a model takes 40 MB in every process and a quarter of a second
to make. Here the UTF-8 bytes of all texts stand end to end, and a text is found by its CRC-32 in
an ascending table of those of all texts; what is found is compared, so that equal ones do no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import Any, overload
from zlib import crc32

import numpy as np
import numpy.typing as npt

from textcat.arrays.ragged import stretches

UNKNOWN = -1
# So many texts are compared sooner one by one than all at once.
FEW = 20

Arrays = dict[str, npt.NDArray[Any]]


class NumberedTexts(Sequence[str]):
    """Distinct texts, numbered from 0.

    Parameters
    ----------
    text : ndarray of uint8, shape (n_bytes,)
        UTF-8 bytes of all texts; lone surrogates are kept.
    starts : ndarray of int32, shape (n_texts + 1,)
        Where each of them begins.
    checksums : ndarray of uint32, shape (n_texts,), ascending
        CRC-32 of the bytes of each.
    numbers : ndarray of int32, shape (n_texts,)
        Whose checksums these are.

    Raises
    ------
    ValueError
        If the arrays do not fit together.

    Examples
    --------
    >>> texts = NumberedTexts.of(["l=чай", "w=чая"])
    >>> len(texts), texts[1], list(texts)
    (2, 'w=чая', ['l=чай', 'w=чая'])
    >>> texts.find(["w=чая", "l=кофе"])
    array([ 1, -1], dtype=int32)
    """

    def __init__(
        self,
        text: npt.NDArray[np.uint8],
        starts: npt.NDArray[np.int32],
        checksums: npt.NDArray[np.uint32],
        numbers: npt.NDArray[np.int32],
    ) -> None:
        if not len(checksums) == len(numbers) == len(starts) - 1 or starts[-1] != len(text):
            raise ValueError("the arrays of the texts do not fit together")
        self.arrays: Arrays = {
            "text": text, "starts": starts, "checksums": checksums, "numbers": numbers
        }  # fmt: skip
        # looking up one element of an array takes ten times as long as of a memoryview
        self._text, self._starts = text.data, starts.data
        self._checksums, self._numbers = checksums.data, numbers.data

    @classmethod
    def of(cls, texts: Iterable[str]) -> NumberedTexts:
        """Number texts in the order in which they come."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        starts = np.zeros(len(encoded) + 1, np.int32)
        np.cumsum([len(part) for part in encoded], out=starts[1:])
        checksums = np.array([crc32(part) for part in encoded], np.uint32)
        numbers = checksums.argsort(kind="stable").astype(np.int32)
        text = np.frombuffer(b"".join(encoded), np.uint8)
        return cls(text, starts, checksums[numbers], numbers)

    def extended(self, texts: Iterable[str]) -> NumberedTexts:
        """These and others, which are none of them, numbered after them.

        >>> NumberedTexts.of(["w=чая"]).extended(["l=чай"]).find(["w=чая", "l=чай"])
        array([0, 1], dtype=int32)
        """
        own, more = self.arrays, NumberedTexts.of(texts).arrays
        places = own["checksums"].searchsorted(more["checksums"], side="right")
        return NumberedTexts(
            np.concatenate([own["text"], more["text"]]),
            np.concatenate([own["starts"], own["starts"][-1] + more["starts"][1:]]),
            np.insert(own["checksums"], places, more["checksums"]),
            np.insert(own["numbers"], places, more["numbers"] + np.int32(len(self))),
        )

    def find(self, texts: Sequence[str]) -> npt.NDArray[np.int32]:
        """Number of every text, -1 if it is not among these; (n_texts,) int32."""
        found = np.full(len(texts), UNKNOWN, np.int32)
        if not len(self) or not len(texts):
            return found
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        checksums = np.fromiter(map(crc32, encoded), np.uint32, len(encoded))
        places = self.arrays["checksums"].searchsorted(checksums)
        hits = (self.arrays["checksums"].take(places, mode="clip") == checksums).nonzero()[0]
        numbers = self.arrays["numbers"][places[hits]]
        if len(hits) > FEW:
            same = self._are([encoded[hit] for hit in hits.tolist()], numbers)
            found[hits[same]] = numbers[same]
            hits = hits[~same]  # a rare text with the checksum of another
        for hit in hits.tolist():
            found[hit] = self._number(int(places[hit]), encoded[hit])
        return found

    def _are(
        self, encoded: Sequence[bytes], numbers: npt.NDArray[np.int32]
    ) -> npt.NDArray[np.bool_]:
        """Whether these are the bytes of the texts with these numbers."""
        lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
        first = self.arrays["starts"][numbers].astype(np.int64)
        same: npt.NDArray[np.bool_] = self.arrays["starts"][numbers + 1] - first == lengths
        as_long = same & (lengths > 0)
        wanted = np.frombuffer(b"".join(compress(encoded, as_long.tolist())), np.uint8)
        if len(wanted):
            lengths, first = lengths[as_long], first[as_long]
            equal = self.arrays["text"][stretches(first, lengths)] == wanted
            same[as_long] = np.logical_and.reduceat(equal, lengths.cumsum() - lengths)
        return same

    def _number(self, place: int, wanted: bytes) -> int:
        """Whichever of the texts with the checksum at a place it is."""
        checksum = self._checksums[place]
        while place < len(self) and self._checksums[place] == checksum:
            number = int(self._numbers[place])
            if self._bytes(number) == wanted:
                return number
            place += 1
        return UNKNOWN

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    def __getitem__(self, number: int | slice) -> str | list[str]:
        """The text of a number, or those of a slice of them."""
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        encoded = self._bytes(range(len(self))[number])
        try:
            return encoded.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:  # a forged model's: to look at all texts would slow every load
            return encoded.decode("utf-8", "replace")

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def __reduce__(self) -> tuple[Any, ...]:
        return NumberedTexts, tuple(self.arrays.values())

    def _bytes(self, number: int) -> bytes:
        return bytes(self._text[self._starts[number] : self._starts[number + 1]])
