"""All certificates of a model, and which of them counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from textcat.errors import PrecisionError
from textcat.precision.certificate import GOODS, Certificate, Strictest
from textcat.precision.display import PrecisionLevels
from textcat.precision.levels import Rule, Uncertified


class Certificates(Mapping[str, Certificate]):
    """Certificates by the goods that they stand for: "familiar", "new", "given".

    Parameters
    ----------
    certificates : mapping of str to Certificate
    reason : str
        Why there is none, if there is none.
    """

    def __init__(
        self, certificates: Mapping[str, Certificate], reason: str = "there is no certificate"
    ) -> None:
        self._certificates = dict(certificates)
        self.reason = reason

    def __getitem__(self, goods: str) -> Certificate:
        return self._certificates[goods]

    def __iter__(self) -> Iterator[str]:
        return iter(self._certificates)

    def __len__(self) -> int:
        return len(self._certificates)

    @property
    def levels(self) -> PrecisionLevels:
        """What is certified at 0.99, 0.98, 0.95, 0.90 and 0.80, for all goods."""
        return PrecisionLevels(level for each in self.values() for level in each.levels)

    def rule(self, goods: str | None = None) -> Rule:
        """What says how probable an answer has to be.

        Unless goods are named: the certificate of the rows given, and without it new and
        familiar goods both.

        Raises
        ------
        PrecisionError
            If there is no certificate for the goods that are named.
        """
        return self._default_rule if goods is None else self._named(goods)

    @cached_property
    def _default_rule(self) -> Rule:
        """Made once: every prediction asks for it."""
        if "given" in self:
            return self["given"]
        return Strictest(tuple(self.values())) if self else Uncertified(self.reason)

    def hardest(self, goods: str | None = None) -> Certificate:
        """The certificate that names are compared with: as named, or the hardest that counts.

        Raises
        ------
        PrecisionError
            If there is none.
        """
        if goods is not None:
            return self._named(goods)
        found = next((kind for kind in ("given", "new", "familiar") if kind in self), None)
        if found is None:
            raise PrecisionError(
                f"there is nothing to compare names with: {self.reason}. Certify the model on rows "
                "with known categories: model.certify(rows)"
            )
        return self[found]

    def _named(self, goods: str) -> Certificate:
        if goods in self:
            return self[goods]
        there = ", ".join(map(repr, self)) or "nothing"
        known = ", ".join(f"{name!r} for {what}" for name, what in GOODS.items())
        raise PrecisionError(
            f"the model is not certified for goods={goods!r}, but for {there} ({known})"
        )
