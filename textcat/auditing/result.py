"""What an audit found, and the ways to look at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from textcat.auditing.conflicts import Conflict, TitlePath, Twins
from textcat.auditing.display import audit_html
from textcat.auditing.text import as_text, words_text
from textcat.errors import MissingExtraError
from textcat.prediction.explanation import Weight
from textcat.tree import PATH_SEPARATOR

if TYPE_CHECKING:
    import pandas

# Digits of a confidence or a probability: they are not good for more.
DIGITS = 4


class Suspect(NamedTuple):
    """A row whose category is probably wrong.

    Attributes
    ----------
    row : int
        Its number where it was read from.
    name : str
    given, likely : tuple of str
        Path of its category, and of the most probable one besides.
    confidence : float
        How sure it is that the given one is wrong, 0 to 1; see `textcat.auditing.suspicion`.
    probability : float
        Of the likely one.
    why : tuple of Weight
        The words that speak for the likely one instead of the given, strongest first.
    """

    row: int
    name: str
    given: TitlePath
    likely: TitlePath
    confidence: float
    probability: float
    why: tuple[Weight, ...]


class Unjudged(NamedTuple):
    """A row of which nothing can be said, and why."""

    row: int
    name: str
    given: TitlePath
    reason: str


@dataclass(frozen=True, repr=False)
class Audit:
    """Rows whose category is probably wrong, names in conflict, and near-twin categories.

    Attributes
    ----------
    place, unit : str
        Where the rows come from, and what their numbers count: rows or lines.
    rows : int
    confidence : float
        From which on a row is among the suspects.
    suspects : tuple of Suspect
        The surest first.
    conflicts : tuple of Conflict
    twins : tuple of Twins
        The most similar first.
    unjudged : tuple of Unjudged
    """

    place: str
    unit: str
    rows: int
    confidence: float
    suspects: tuple[Suspect, ...]
    conflicts: tuple[Conflict, ...]
    twins: tuple[Twins, ...]
    unjudged: tuple[Unjudged, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each."""
        return {
            "rows": self.rows,
            "judged": self.rows - len(self.unjudged),
            "suspects": len(self.suspects),
            "names in several categories": len(self.conflicts),
            "near-twin categories": len(self.twins),
        }

    @property
    def columns(self) -> list[str]:
        """Of the table of suspects: the row or line, and what is said of it."""
        return [self.unit, "name", "given", "likely", "confidence", "probability", "why"]

    def to_dicts(self) -> list[dict[str, Any]]:
        """The suspects as rows of plain values, by `columns`."""
        return [
            dict(zip(self.columns, _plain_values(suspect), strict=True))
            for suspect in self.suspects
        ]

    def to_pandas(self) -> pandas.DataFrame:
        """The suspects as a data frame; needs `pip install "textcat[pandas]"`."""
        try:
            import pandas
        except ImportError as error:
            message = 'data frames need pandas: pip install "textcat[pandas]"'
            raise MissingExtraError(message) from error
        return pandas.DataFrame(self.to_dicts(), columns=self.columns)

    def __repr__(self) -> str:
        return f"<Audit of {self.rows:,} rows, {len(self.suspects):,} of them suspects>"

    def __str__(self) -> str:
        return as_text(self)

    def _repr_html_(self) -> str:
        return audit_html(self)


def _plain_values(suspect: Suspect) -> list[Any]:
    paths = [PATH_SEPARATOR.join(path) for path in (suspect.given, suspect.likely)]
    shares = [round(share, DIGITS) for share in (suspect.confidence, suspect.probability)]
    return [suspect.row, suspect.name, *paths, *shares, words_text(suspect.why)]
