"""How an explanation looks: lines of text, and HTML for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textcat.display.markup import BLUE, ORANGE, bar, card, faint, more, note, table, text

if TYPE_CHECKING:
    from textcat.prediction.explanation import Explanation, LevelExplanation, Weight

# Words that are shown of a level, the strongest.
WORDS = 12
MEANING = "what spoke for the category (blue) and for its rival (orange), in log-probability"
NOTHING_KNOWN = "Nothing in this name is known, or there was nothing to decide."


def explanation_text(explanation: Explanation) -> str:
    """A level a line, and the words that say nothing."""
    lines = [explanation.name]
    for level in explanation.levels:
        words = ", ".join(f"{word.text} {word.weight:+.2f}" for word in level.words)
        lines.append(f"  {level.level}. {level.title} rather than {level.rival}: {words}")
    if explanation.unknown:
        lines.append(f"  unknown: {', '.join(explanation.unknown)}")
    return "\n".join(lines)


def explanation_html(explanation: Explanation) -> str:
    """A table of words and bars for every level."""
    strongest = strongest_weight(explanation)
    parts = [_level_html(level, strongest) for level in explanation.levels]
    unknown = ", ".join(map(text, explanation.unknown))
    return card(
        text(explanation.name),
        *(parts or [note(NOTHING_KNOWN)]),
        note(f"Words that say nothing to the model: {unknown}") if unknown else "",
        beside=MEANING if parts else "",
    )


def _level_html(level: LevelExplanation, strongest: float) -> str:
    rows = [(text(word.text), _weight_bar(word, strongest)) for word in level.words[:WORDS]]
    rather = f"{level.level}. <b>{text(level.title)}</b> {faint('rather than')} {text(level.rival)}"
    left_out = more(len(level.words) - WORDS, "words")
    return f'<div style="margin-top:.6em">{rather}</div>{table(("", ""), rows)}{left_out}'


def _weight_bar(word: Weight, strongest: float) -> str:
    """Blue speaks for the category, orange for its rival."""
    color = BLUE if word.weight > 0 else ORANGE
    return f"{bar(abs(word.weight) / strongest, color, width=12)} {word.weight:+.2f}"


def strongest_weight(explanation: Explanation) -> float:
    """Of all words at all levels, so that bars can be compared; 1 without any."""
    weights = (abs(word.weight) for level in explanation.levels for word in level.words)
    return max(weights, default=1.0)
