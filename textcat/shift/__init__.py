"""Whether names look harder than those that a model was certified on.

A precision level is a promise about names like the calibration rows. Two things about a name can
be seen without a label: what share of its words the model knows, and how probable its most
probable leaf is. Here both are compared between the names that a model was certified on and the
names that it is asked about.

Only what looks harder counts. Of 50 lots of goods, each of a single top-level category, 27 looked
harder than the mix on which a threshold gave 0.95: in 23 of these it gave less. It did so in 4 of
the 16 lots that looked only easier, and in 2 of the 7 that looked alike.

No warning is no proof. Names may look alike and stand for other categories; only labels show it.
And if the certified rows were answered by models of fewer training rows than this one, they look
harder than they would to this one, which hides small shifts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from textcat.errors import TextcatError
from textcat.names import read_names
from textcat.shift.display import shift_html, shift_text, too_few, what_is_harder
from textcat.shift.distance import Distance, distance

if TYPE_CHECKING:
    from textcat.model import CategoryModel
    from textcat.precision import Certificate

FloatArray = npt.NDArray[np.float32]

# With fewer, what matters is missed too often: names of brands never seen were found to be harder
# in 4 of 5 draws of 100, but in 1 of 3 draws of 50.
FEWEST_NAMES = 100
BINS = 10
# Names are taken through the model this many at a time, so that memory stays bounded.
BATCH = 8192


@dataclass(frozen=True)
class SampleFigures:
    """Names in a few figures; all but the count are NaN for no names."""

    names: int
    unknown_words: float
    """Share of a name's words that are unknown, on average."""
    nothing_known: float
    """Share of the names without a known word."""
    probability: float
    """Of the most probable leaf, on average."""
    histogram: tuple[float, ...]
    """Share of the names whose probability lies in 0–0.1, 0.1–0.2, …, 0.9–1."""


@dataclass(frozen=True, eq=False)
class Sample:
    """What is remembered of names, so that others can be compared with them.

    Attributes
    ----------
    probabilities : ndarray of float32, shape (n,)
        Of every name's most probable leaf; 0 if nothing in the name is known.
    unknown_shares : ndarray of float32, shape (n,)
        Share of every name's words that are unknown, as `NameReader.unknown_shares` has it.
    """

    probabilities: FloatArray
    unknown_shares: FloatArray

    def __post_init__(self) -> None:
        shapes = self.probabilities.shape, self.unknown_shares.shape
        if len(shapes[0]) != 1 or shapes[0] != shapes[1]:
            raise TextcatError(
                "a sample has one probability and one share of unknown words for every name, but "
                f"their shapes are {shapes[0]} and {shapes[1]}"
            )

    def __len__(self) -> int:
        return len(self.probabilities)

    def figures(self) -> SampleFigures:
        """The names in a few figures.

        >>> figures = Sample(np.array([0.95, 0.2, 0.99]), np.array([0, 1, 0.5])).figures()
        >>> figures.unknown_words, round(figures.nothing_known, 3), round(figures.probability, 3)
        (0.5, 0.333, 0.713)
        >>> [round(share, 2) for share in figures.histogram]
        [0.0, 0.0, 0.33, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.67]
        """
        if not len(self):
            return SampleFigures(0, math.nan, math.nan, math.nan, (math.nan,) * BINS)
        inside = np.clip(self.probabilities, 0, 1)  # a sum of float32 may come to lie above 1
        counts, _ = np.histogram(inside, BINS, (0, 1))
        return SampleFigures(
            names=len(self),
            unknown_words=float(self.unknown_shares.mean(dtype=np.float64)),
            nothing_known=float((self.unknown_shares >= 1).mean()),
            probability=float(self.probabilities.mean(dtype=np.float64)),
            histogram=tuple((counts / len(self)).tolist()),
        )


@dataclass(frozen=True)
class Shift:
    """How names differ from those that a model was certified on.

    Attributes
    ----------
    certified, asked : SampleFigures
        The names that the model was certified on, and those that it is asked about.
    probabilities, unknown_words : Distance
        How much lower the probabilities of the names asked about are, and how much higher their
        shares of unknown words.
    shifted : bool or None
        Whether the names look harder; None if there are too few to tell. False is no proof.
    warnings : tuple of str
        What is different, by how much, and what to do, in sentences.
    """

    certified: SampleFigures
    asked: SampleFigures
    probabilities: Distance
    unknown_words: Distance
    shifted: bool | None
    warnings: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON; a figure that there is none of is None."""
        content = {
            "shifted": self.shifted,
            "warnings": list(self.warnings),
            "certified": asdict(self.certified),
            "asked": asdict(self.asked),
            "probabilities": _test_as_dict(self.probabilities),
            "unknown_words": _test_as_dict(self.unknown_words),
        }
        return {title: _plain(value) for title, value in content.items()}

    def __str__(self) -> str:
        return shift_text(self)

    def _repr_html_(self) -> str:
        return shift_html(self)


def shift_of(model: CategoryModel, names: Iterable[object], certified: Sample) -> Shift:
    """Compare names with those that a model was certified on.

    Examples
    --------
    >>> import textcat
    >>> rows = [("Чай зелёный", "Чай"), ("Чай чёрный", "Чай"), ("Кофе молотый", "Кофе")]
    >>> model = textcat.train(rows, n_jobs=1)
    >>> certified = sample_of(model, ["чай", "кофе", "чёрный чай"] * 100)
    >>> shift = shift_of(model, ["гвозди строительные", "молотый кофе"] * 100, certified)
    >>> shift.shifted, shift.asked.unknown_words
    (True, 0.5)
    """
    return compare_samples(certified, sample_of(model, read_names(names)))


def sample_of(model: CategoryModel, names: list[str]) -> Sample:
    """What to remember of names under a model."""
    nothing = np.empty(0, np.float32)
    probabilities, unknown_shares = [nothing], [nothing]
    for start in range(0, len(names), BATCH):
        batch = names[start : start + BATCH]
        probabilities.append(model.predict(batch, precision=None).leaf_probabilities)
        unknown_shares.append(model.reader.unknown_shares(batch))
    return Sample(np.concatenate(probabilities), np.concatenate(unknown_shares))


def certified_sample(certificate: Certificate) -> Sample:
    """What a certificate remembers of the names that it was certified on."""
    probabilities = certificate.outcomes.whole_from.astype(np.float32)
    return Sample(probabilities, certificate.unknown_shares)


def compare_samples(certified: Sample, asked: Sample) -> Shift:
    """Compare what is remembered of certified names with the same of names asked about.

    Examples
    --------
    >>> sure, unsure = np.full(200, 0.9, np.float32), np.full(200, 0.6, np.float32)
    >>> known = np.zeros(200, np.float32)
    >>> shift = compare_samples(Sample(sure, known), Sample(unsure, known))
    >>> shift.shifted, shift.probabilities.statistic, shift.unknown_words.statistic
    (True, 1.0, 0.0)
    """
    figures = certified.figures(), asked.figures()
    missing = too_few(len(certified), len(asked), FEWEST_NAMES)
    if missing:
        return Shift(*figures, Distance(), Distance(), None, missing)
    probabilities = distance(certified.probabilities, asked.probabilities, harder="low")
    unknown_words = distance(certified.unknown_shares, asked.unknown_shares, harder="high")
    warnings = what_is_harder(probabilities, unknown_words)
    return Shift(*figures, probabilities, unknown_words, bool(warnings), warnings)


def _test_as_dict(test: Distance) -> dict[str, float]:
    return {**test._asdict(), "statistic": test.statistic}


def _plain(value: Any) -> Any:
    """JSON has no NaN and no tuples."""
    if isinstance(value, dict):
        return {title: _plain(item) for title, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and math.isnan(value) else value
