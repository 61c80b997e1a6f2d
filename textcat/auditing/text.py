"""An audit as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textcat.prediction.explanation import Weight
from textcat.tree import PATH_SEPARATOR

if TYPE_CHECKING:
    from textcat.auditing.result import Audit, Unjudged

# Of every list these many are printed, and these many words of a name.
PRINTED, WORDS = 3, 5


def as_text(audit: Audit) -> str:
    """The counts, and the first of every list."""
    counts = ", ".join(f"{what}: {count:,}" for what, count in audit.counts.items())
    return "\n".join([audit.place, f"  {counts}", *_lists(audit), *reasons(audit.unjudged)])


def words_text(words: Sequence[Weight]) -> str:
    """The strongest words.

    >>> words_text([Weight("чай", 2.314), Weight("зел", 0.8)])
    'чай +2.31, зел +0.80'
    """
    return ", ".join(f"{word.text} {word.weight:+.2f}" for word in words[:WORDS])


def reasons(unjudged: Sequence[Unjudged]) -> list[str]:
    """Sentences about the rows of which nothing can be said, one a reason."""
    return [
        f"not judged: {len(rows):,}, {reason} (first of them: {rows[0].row}, {rows[0].name!r:.60})"
        for reason in dict.fromkeys(row.reason for row in unjudged)
        for rows in [[row for row in unjudged if row.reason == reason]]
    ]


def _lists(audit: Audit) -> Iterator[str]:
    for suspect in audit.suspects[:PRINTED]:
        ways = f"{PATH_SEPARATOR.join(suspect.given)} -> {PATH_SEPARATOR.join(suspect.likely)}"
        yield f"  {audit.unit} {suspect.row}: {suspect.name!r:.60}, {ways}"
        yield f"    {suspect.confidence:.3f}: {words_text(suspect.why)}"
    for conflict in audit.conflicts[:PRINTED]:
        named = "; ".join(PATH_SEPARATOR.join(path) for path in conflict.rows)
        yield f"  in several categories: {conflict.name!r:.60}: {named}"
    for twins in audit.twins[:PRINTED]:
        pair = " | ".join(PATH_SEPARATOR.join(path) for path in (twins.first, twins.second))
        shares = f"{twins.first_as_second:.0%} and {twins.second_as_first:.0%}"
        yield f"  near-twins: {pair}: {shares} of the rows look like the other's"
