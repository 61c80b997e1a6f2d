"""A direction for every key, drawn by hashing it: the same everywhere, and never stored.

Every component is 1 or -1, so that two directions have a cosine of 1/√dim, more or less.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from textcat.arrays.sparse_rows import FloatArray

Keys = npt.NDArray[np.uint64]

# The generator splitmix64 (Steele, Lea & Flood 2014): steps of a counter, each mixed by itself.
STEP = np.uint64(0x9E3779B97F4A7C15)
MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
LAST_SHIFT = np.uint64(31)
# The signs that are in every byte, (256, 8).
SIGNS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1) * np.float32(2) - 1


def key_of(text: str) -> int:
    """Key of a text, below 2**64.

    >>> key_of("Чай") == key_of("Чай"), key_of("Чай") == key_of("чай")
    (True, False)
    """
    encoded = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(encoded, digest_size=8).digest(), "little")


def directions(keys: Keys, dim: int) -> FloatArray:
    """Directions of keys, (n_keys, dim) float32; longer ones begin with the shorter ones.

    >>> directions(np.array([1, 2], np.uint64), 8).astype(int).tolist()
    [[1, 1, -1, -1, -1, -1, -1, 1], [1, 1, -1, -1, 1, 1, 1, -1]]
    """
    counters = np.arange(1, -(-dim // 64) + 1, dtype=np.uint64) * STEP
    words = _mixed(keys[:, None] + counters).astype("<u8", copy=False)
    signs = SIGNS[words.view(np.uint8)].reshape(len(keys), 64 * len(counters))
    return np.ascontiguousarray(signs[:, :dim])


def _mixed(numbers: Keys) -> Keys:
    for shift, factor in MIX:
        numbers = (numbers ^ (numbers >> np.uint64(shift))) * np.uint64(factor)
    return numbers ^ (numbers >> LAST_SHIFT)
