"""How much may be asked at once, so that no request can take the service from the others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a request may ask for; whatever exceeds it is refused, and says which limit it was.

    Attributes
    ----------
    names : int
        Names in a request.
    name_length : int
        Characters of a name.
    body_bytes : int
        Bytes of a request, a price list among them, as they come over the network.
    rows : int
        Rows of a price list.
    top : int
        Candidates for every name.
    explained : int
        Names in a request that asks for explanations.
    page : int
        Categories in a reply.
    seconds : float
        Time from the first byte of a request to its answer.
    waiting : int
        Names that wait to be answered, of all requests together.

    Examples
    --------
    >>> Limits(names=100).names
    100
    """

    names: int = 10_000
    name_length: int = 10_000
    body_bytes: int = 16 << 20
    rows: int = 100_000
    top: int = 20
    explained: int = 1_000
    page: int = 1_000
    seconds: float = 30.0
    waiting: int = 100_000

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not value > 0:
                raise ValueError(f"the limit {name} must be above 0, but is {value!r}")
