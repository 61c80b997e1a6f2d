"""How sure it is that the category of a row is wrong.

Two hypotheses are weighed: the given category is right, or the likely one is. What the models say
of the row alone is not enough: there are categories that they hardly ever hit, and pairs that
they take for each other all the time, and neither is the fault of a row. So what they say of the
*other* rows of the category counts as well::

    log-odds = log p(likely) - log p(given)         what is said of the row
               + log(t) / 2 - log(r) / 2            what is usual in the category
               + log-odds of a wrong label at large

where t is the mean probability of the category over its other rows, the threshold of confident
learning (Northcutt et al. 2021, arXiv 1911.00068), and r the mean probability that these rows give
to the likely category where it is their best other one, as in its confident joint. Small
categories are drawn towards what holds for all rows. How well that ranks labels that were spoilt on
purpose is measured in benchmarks/audit.py.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from textcat.auditing.witness import Opinions

Figures = npt.NDArray[np.float64]

# Share of wrong labels that is taken for granted before a row is seen. It moves all confidences
# and no rank. With this one, half of what is just above a confidence of 0.5 looks wrong when read.
WRONG_AT_LARGE = 0.013
# Tried from 0 to 2 and from 0 to 1 on six catalogues: the more t counts, the better where there are
# 1,442 categories, and the worse among 37 that are hard to tell apart.
POWER_OF_USUAL, POWER_OF_CONFUSION = 0.5, 0.5
# What holds for all rows counts as much as half a row of the category. With next to no rows at all
# there is what is found in most catalogues: rows have 0.8 in their own category.
SHRINKAGE, USUAL, USUAL_ROWS = 0.5, 0.8, 10


def confidences(opinions: Opinions) -> Figures:
    """Confidence that the given category of every row is wrong, (n_rows,); 0 if not judged.

    >>> given, likely = np.int32([0, 0, 0, 0]), np.int32([1, 1, 1, 1])
    >>> shares = np.float32([[0.9, 0.9, 0.8, 0.001], [0.1, 0.1, 0.2, 0.999]])
    >>> confidences(Opinions(given, likely, *np.log(shares))).round(2)
    array([0.  , 0.  , 0.  , 0.97])
    """
    judged = opinions.judged
    found = np.zeros(len(judged))
    if judged.any():
        found[judged] = 1 / (1 + np.exp(-_log_odds(opinions.at(judged))))
    return found


def _log_odds(opinions: Opinions) -> Figures:
    given = np.exp(opinions.log_given.astype(np.float64))
    likely = np.exp(opinions.log_likely.astype(np.float64))
    usual = _usual(opinions, given)
    confused = _confused(opinions, likely)
    at_large = float(np.log(WRONG_AT_LARGE / (1 - WRONG_AT_LARGE)))
    said = opinions.log_likely.astype(np.float64) - opinions.log_given
    is_usual = POWER_OF_USUAL * np.log(usual) - POWER_OF_CONFUSION * np.log(confused)
    odds: Figures = said + is_usual + at_large
    return odds


def _usual(opinions: Opinions, given: Figures) -> Figures:
    """Mean probability of the given category over the other rows of it, (n_rows,)."""
    overall = (given.sum() - given + USUAL_ROWS * USUAL) / (len(given) - 1 + USUAL_ROWS)
    rows = np.bincount(opinions.given)[opinions.given]
    together = np.bincount(opinions.given, given)[opinions.given]
    mean: Figures = (together - given + SHRINKAGE * overall) / (rows - 1 + SHRINKAGE)
    return mean


def _confused(opinions: Opinions, likely: Figures) -> Figures:
    """Mean probability of the likely category over the other rows of the given one, (n_rows,).

    Rows that have another one as their likely category count as 0.
    """
    size = 1 + int(max(opinions.given.max(), opinions.likely.max()))
    keys = opinions.given.astype(np.int64) * size + opinions.likely
    _, pair = np.unique(keys, return_inverse=True)
    others = np.maximum(np.bincount(pair, likely)[pair] - likely, 0)
    count = np.bincount(opinions.given, minlength=size)
    overall = (count[opinions.likely] + 1) / (len(likely) + np.count_nonzero(count))
    mean: Figures = (others + SHRINKAGE * overall) / (count[opinions.given] - 1 + SHRINKAGE)
    return mean
