"""All certificates of a model, and which of them counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textcat.concurrency.calculated import calculated_once
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
    learned_since, changed_since : int
        Rows that the model learned after it was certified, and how often its tree was changed.
    """

    def __init__(
        self,
        certificates: Mapping[str, Certificate],
        reason: str = "there is no certificate",
        learned_since: int = 0,
        changed_since: int = 0,
    ) -> None:
        self._certificates = dict(certificates)
        self.reason = reason
        self.learned_since = learned_since
        self.changed_since = changed_since

    def __getitem__(self, goods: str) -> Certificate:
        return self._certificates[goods]

    def __iter__(self) -> Iterator[str]:
        return iter(self._certificates)

    def __len__(self) -> int:
        return len(self._certificates)

    def __repr__(self) -> str:
        there = ", ".join(self) or self.reason
        return f"<Certificates: {there}{f'; {self.note}' if self.note else ''}>"

    @property
    def levels(self) -> PrecisionLevels:
        """What is certified at 0.99, 0.98, 0.95, 0.90 and 0.80, for all goods."""
        levels = (level for each in self.values() for level in each.levels)
        return PrecisionLevels(levels, self.note)

    @property
    def note(self) -> str:
        """What the certificates do not know of; nothing if there is no such thing.

        >>> Certificates({}, learned_since=3, changed_since=1).note
        'certified before 3 corrections and 1 change of the tree'
        """
        learned, changed = self.learned_since, self.changed_since
        since = [f"{learned:,} correction{'s' * (learned > 1)}"] if learned else []
        since += [f"{changed:,} change{'s' * (changed > 1)} of the tree"] if changed else []
        return f"certified before {' and '.join(since)}" if since else ""

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

    @calculated_once
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
