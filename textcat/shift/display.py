"""How a comparison of names looks: sentences, a table in text, and HTML for notebooks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textcat.display.markup import GREEN, GREY, RED, card, mark, note, sentence, share_bar, table

if TYPE_CHECKING:
    from textcat.shift import Shift
    from textcat.shift.distance import Distance

COLUMNS = ("", "certified on", "asked about")
WAY_OUT = (
    "Precision levels need not hold for such names: label a few hundred of them and call "
    "model.certify(rows)."
)
NO_SIGN = (
    "The names look no harder than those that the model was certified on. That is no proof: "
    "whether names that look alike belong to the same categories, only labels show."
)
BAR = 20  # characters of a bar for all names


def too_few(certified: int, asked: int, needed: int) -> tuple[str, ...]:
    """Sentences about what there is too little of for a verdict.

    >>> too_few(4000, 1, 100)
    ('Too few names to compare: 1, but 100 or more are needed for a verdict.',)
    """
    sentences = []
    if asked < needed:
        sentences.append(
            f"Too few names to compare: {asked:,}, but {needed} or more are needed for a verdict."
        )
    if certified < needed:
        sentences.append(
            f"The model was certified on {certified:,} names, too few to compare others with: "
            f"call model.certify(rows) with {needed} or more."
        )
    return tuple(sentences)


def what_is_harder(probabilities: Distance, unknown_words: Distance) -> tuple[str, ...]:
    """Sentences about what matters, and the way out; none if nothing does."""
    sentences = []
    if unknown_words.matters:
        limit = f"more than {unknown_words.at:.0%} of their words" if unknown_words.at else "words"
        sentences.append(
            f"Less is known: {unknown_words.asked:.0%} of these names have {limit} unknown, of "
            f"those certified on {unknown_words.certified:.0%}."
        )
    if probabilities.matters:
        sentences.append(
            f"Answers are less sure: {probabilities.asked:.0%} of these names have no category "
            f"more probable than {probabilities.at:.3g}, of those certified on "
            f"{probabilities.certified:.0%}."
        )
    return (*sentences, WAY_OUT) if sentences else ()


def distance_rows(shift: Shift) -> Iterator[tuple[str, str]]:
    """What each of the tests found; nothing if there were too few names."""
    tests = {"more unknown words": shift.unknown_words, "less probable": shift.probabilities}
    for title, test in tests.items():
        if not math.isnan(test.p_value):
            chance = "p < 0.001" if test.p_value < 0.001 else f"p = {test.p_value:.3f}"
            yield title, f"Kolmogorov–Smirnov {test.statistic:.3f}, {chance}"


def verdict(shift: Shift) -> str:
    """The outcome in one line."""
    if shift.shifted is None:
        return "no verdict"
    return "harder than certified" if shift.shifted else "no sign of harder names"


def remarks(shift: Shift) -> tuple[str, ...]:
    """The warnings; without any, what their absence means."""
    return shift.warnings or (NO_SIGN,)


def figure_rows(shift: Shift) -> Iterator[tuple[str, str, str]]:
    """Title and both figures, without the histograms."""
    certified, asked = shift.certified, shift.asked
    yield "names", f"{certified.names:,}", f"{asked.names:,}"
    for title, left, right in (
        ("unknown words", certified.unknown_words, asked.unknown_words),
        ("names without a known word", certified.nothing_known, asked.nothing_known),
        ("mean probability", certified.probability, asked.probability),
    ):
        yield title, shown(left), shown(right)


def histogram_rows(shift: Shift) -> Iterator[tuple[str, float, float]]:
    """Bounds of every bin of probability, and both shares of names in it."""
    bins = len(shift.asked.histogram)
    shares = zip(shift.certified.histogram, shift.asked.histogram, strict=True)
    for place, (certified, asked) in enumerate(shares):
        yield f"probability {place / bins:.1f}–{(place + 1) / bins:.1f}", certified, asked


def shown(share: float) -> str:
    """Three digits; a dash for the share of nothing."""
    return "–" if math.isnan(share) else f"{share:.3f}"


def shift_text(shift: Shift) -> str:
    """The verdict, both samples side by side, and what to make of it."""
    width = BAR + 7
    lines = [f"{title:28}{left:{width}}{right}".rstrip() for title, left, right in _rows(shift)]
    return "\n".join([verdict(shift), "", *lines, "", *remarks(shift)])


def shift_html(shift: Shift) -> str:
    """The same for a notebook."""
    rows = [
        *figure_rows(shift),
        *((title, *map(share_bar, shares)) for title, *shares in histogram_rows(shift)),
        *((title, "", sentence(found)) for title, found in distance_rows(shift)),
    ]
    color = {None: GREY, True: RED, False: GREEN}[shift.shifted]
    notes = (note(sentence(remark)) for remark in remarks(shift))
    return card(mark(verdict(shift), color), *notes, table(COLUMNS, rows))


def _rows(shift: Shift) -> Iterator[tuple[str, str, str]]:
    yield COLUMNS
    yield from figure_rows(shift)
    for title, certified, asked in histogram_rows(shift):
        yield title, _bar(certified), _bar(asked)
    for title, text in distance_rows(shift):
        yield title, "", text


def _bar(share: float) -> str:
    return f"{shown(share)} {'█' * round(BAR * share) if share > 0 else ''}"
