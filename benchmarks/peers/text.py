"""Text preparation that the peers get: what their tutorials do, no more and no less."""

from __future__ import annotations

import re

_WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]")


def prepared(name: str) -> str:
    """Lower-case, and separate punctuation: «Корм д/кошек 1.5кг» -> 'корм д / кошек 1 . 5кг'.

    That is the crude normalization of fastText's tutorial, which splits at white space only.
    """
    return " ".join(_WORD_OR_SIGN.findall(name.lower()))
