"""Outcomes made by hand, at random, and drawn from goods whose true precision is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from scipy.stats import beta

from textcat.precision import Certificate, Outcomes, answer_levels
from textcat.precision.certification import THRESHOLDS

Floats = npt.NDArray[np.float64]


def outcomes_of(
    *rows: tuple[Sequence[float], int],
    groups: Sequence[int] | None = None,
    tops: Sequence[int] | None = None,
) -> Outcomes:
    """Outcomes of rows of (probabilities on the way down, levels that are right)."""
    depth = max((len(shares) for shares, _ in rows), default=1)
    table = [[*shares, *[0.0] * (depth - len(shares))] for shares, _ in rows]
    return Outcomes(
        np.array(table, np.float32).reshape(len(rows), depth),
        np.array([right for _, right in rows], np.int32),
        np.array([0] * len(rows) if tops is None else tops, np.int32),
        np.array(range(len(rows)) if groups is None else groups, np.int32),
    )


def flat(right: int, wrong: int = 0, probability: float = 0.9) -> list[tuple[list[float], int]]:
    """Rows of a tree with one level, all answered with the same probability."""
    return [([probability], 1)] * right + [([probability], 0)] * wrong


def laxest_threshold(probability: float) -> float:
    """The last threshold on the way from strict to lax that is above a probability."""
    return float(THRESHOLDS[np.float32(probability) < THRESHOLDS][-1])


def step(probability: float) -> int:
    """Where on the way from strict to lax a probability is enough for the first time."""
    return int(np.argmax(np.float32(probability) >= THRESHOLDS))


def certificate(*parts: Outcomes, goods: str = "familiar", delta: float = 0.1) -> Certificate:
    """What outcomes certify, in names whose words are all known."""
    rows = sum(map(len, parts))
    return Certificate.of(goods, parts, np.zeros(rows, np.float32), delta)


def repeated(outcomes: Outcomes, times: int) -> Outcomes:
    """The same rows several times over, each time as goods of groups of their own."""
    first = np.repeat(np.arange(times), len(outcomes)) * (int(outcomes.groups.max(initial=0)) + 1)
    return Outcomes(
        np.tile(outcomes.probabilities, (times, 1)),
        np.tile(outcomes.right, times),
        np.tile(outcomes.tops, times),
        (np.tile(outcomes.groups, times) + first).astype(np.int32),
    )


@st.composite
def random_outcomes(draw: st.DrawFn, most: int = 120) -> Outcomes:
    """Rows that fall from level to level and end at any depth, some without any answer.

    Better scores are right more often or not, groups are large or small, and probabilities lie
    at thresholds now and then.
    """
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows, depth = draw(st.integers(0, most)), draw(st.integers(1, 4))
    shares = random.beta(draw(st.sampled_from([0.5, 2, 20])), 1, (rows, depth))
    if draw(st.booleans()):
        shares = random.choice(THRESHOLDS, (rows, depth))
    shares = -np.sort(-shares, axis=1)
    lengths = random.integers(0 if draw(st.booleans()) else 1, depth + 1, rows)
    shares[np.arange(depth) >= lengths[:, None]] = 0
    chance = draw(st.sampled_from([0.5, 0.9, 0.99, 1]))
    right = np.minimum(lengths, random.binomial(depth, chance, rows))
    groups = random.integers(draw(st.sampled_from([1, 5, 1000])), size=rows)
    tops = np.where(lengths > 0, random.integers(3, size=rows), -1)
    return Outcomes(
        shares.astype(np.float32),
        right.astype(np.int32),
        tops.astype(np.int32),
        groups.astype(np.int32),
    )


@dataclass(frozen=True)
class Goods:
    """Goods of a few types in a tree of some levels: what is drawn, and how precise it is in truth.

    Attributes
    ----------
    shares : ndarray, shape (n_types,)
        How often a type is drawn.
    probabilities : ndarray of float32, shape (n_types, depth)
        What a model says of every level of its way.
    chances : ndarray, shape (n_kinds, n_types, depth)
        How often that level is right in truth; falls from level to level. Every group of names is
        of one kind, all kinds equally often.
    """

    shares: Floats
    probabilities: npt.NDArray[np.float32]
    chances: Floats

    def precision(self, threshold: float) -> float:
        """The true share of right answers at a threshold; NaN if nothing is answered."""
        depths = answer_levels(self.probabilities, threshold)
        answered = depths > 0
        chances = self.chances.mean(axis=0)[answered, depths[answered] - 1]
        weights = self.shares[answered]
        return float(chances @ weights / weights.sum()) if weights.any() else float("nan")

    def alike(self, correlation: float) -> Goods:
        """The same goods in groups whose names are right or wrong together.

        What of a group is right is beta distributed around the chance of its type, so that two
        names of the same type and group have this correlation (beta-binomial).
        """
        ranks = (np.arange(200) + 0.5)[:, None, None] / 200
        chances = np.clip(self.chances.mean(axis=0), 1e-6, 1 - 1e-6)
        known = 1 / correlation - 1
        return replace(self, chances=beta.ppf(ranks, chances * known, (1 - chances) * known))

    def drawn(self, sizes: npt.NDArray[np.integer], random: np.random.Generator) -> Outcomes:
        """Outcomes of groups of names, of so many names each."""
        group = np.repeat(np.arange(len(sizes)), sizes).astype(np.int32)
        kind = random.integers(len(self.chances), size=len(sizes))[group]
        drawn = random.choice(len(self.shares), len(group), p=self.shares)
        chances, luck = self.chances[kind, drawn], random.random((len(group), 1))
        right = (luck < chances).sum(axis=1).astype(np.int32)
        return Outcomes(self.probabilities[drawn], right, np.zeros_like(group), group)
