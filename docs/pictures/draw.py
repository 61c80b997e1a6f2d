"""Draw the pictures of the documentation from what the library really says.

    python docs/pictures/draw.py

A model is trained on the demo catalogue, which takes some seconds. Pictures take their colors from
the page that they stand in; opened by themselves, from the system.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
from strokes import arrow, bar, box, curve, dot, line, svg, text

import textcat
from textcat.precision.certification import THRESHOLDS, Walk, walk_of

ROOT = Path(__file__).parents[2]
NAME = "Ш-нь Pantene д/волос 250мл"
VAGUE_NAME = "средство для мытья"


def main(directory: str = str(Path(__file__).parent)) -> None:
    """Draw all of them."""
    for name, drawing in drawings(textcat.train(ROOT / "data" / "catalogue.tsv")).items():
        (Path(directory) / name).write_text(drawing, "utf-8")


def drawings(model: textcat.CategoryModel) -> dict[str, str]:
    """All pictures by the names of their files."""
    return {
        "flow.svg": flow(),
        "tokens.svg": tokens(model),
        "descent.svg": descent(model),
        "walk.svg": walk(model),
        "shown.html": shown(model),
    }


def flow() -> str:
    """From a name to an answer, and from a catalogue to a model."""
    asked = [("name", "«Ш-нь Pantene»"), ("tokens", "words, sizes, …"), ("lemmas", "шампунь"),
             ("features", "a sparse row")]  # fmt: skip
    drawn = []
    for place, (title, example) in enumerate(asked):
        drawn += [box(20 + 175 * place, 20, title, example)]
        drawn += [arrow((155 + 175 * place, 46), (193 + 175 * place, 46))] if place < 3 else []
    drawn += [
        arrow((612, 72), (612, 122)),
        box(545, 124, "descent", "down the tree", "chosen"),
        arrow((545, 150), (507, 150)),
        box(370, 124, "prediction", "with probabilities"),
        arrow((370, 150), (332, 150)),
        box(195, 124, "threshold", "for 0.95"),
        arrow((195, 150), (157, 150)),
        box(20, 124, "answer", "or none", "chosen"),
        box(20, 252, "catalogue", "names, categories"),
        arrow((155, 265), (543, 265)),
        text(360, 258, "rows to learn from", "small soft middle"),
        box(545, 252, "fitting", "a model a node"),
        arrow((612, 252), (612, 178)),
        arrow((155, 291), (262, 291), (262, 178)),
        text(274, 222, "rows kept out of training:", "small soft"),
        text(274, 238, "what holds for them is certified", "small soft"),
    ]
    return svg(326, drawn, "From a name to an answer, and from a catalogue to a model")


def tokens(model: textcat.CategoryModel) -> str:
    """A name in pieces: as typed, what kind of piece by which rule, and what it is read as."""
    columns = (20, 190, 330, 540)
    heads = ("as typed", "kind", "by the rule", "read as")
    drawn = [text(x, 66, head, "small soft") for x, head in zip(columns, heads, strict=True)]
    drawn.insert(0, text(20, 30, NAME, "large bold"))
    found = textcat.tokenize(NAME)
    for row, token in enumerate(found):
        y = 94 + 30 * row
        lemma = model.reader.lemmatizer.lemma_of_token(token) or token.text
        typed = NAME[token.start : token.stop]
        drawn += [
            line(f"M20 {y - 20}H700"),
            text(columns[0], y, typed, "bold"),
            text(columns[1], y, token.kind),
            text(columns[2], y, token.rule, "soft"),
            text(columns[3], y, lemma, "mark bold" if lemma != typed.lower() else ""),
        ]
    return svg(94 + 30 * len(found), drawn, f"The tokens of «{NAME}»")


def descent(model: textcat.CategoryModel) -> str:
    """All categories that are not quite improbable, and what is answered at three levels."""
    left, scale, top = 396, 280, 56
    shown = [(path, share) for path, share in probabilities(model, VAGUE_NAME) if share > 0.005]
    foot = top + 32 * len(shown)
    answer = model.predict(VAGUE_NAME)
    drawn = [text(20, 30, VAGUE_NAME, "large bold")]
    for precision in (0.95, 0.9, 0.8):
        x = left + scale * model.certificates.rule(None).threshold(precision)
        drawn += [line(f"M{x:.0f} {top - 8}V{foot + 6}", "dashed drawn")]
        drawn += [text(x, foot + 22, f"{precision:g}", "small soft middle")]
    drawn += [text(left - 8, foot + 22, "threshold for", "small soft right")]
    on_the_way = {tuple(level.title for level in answer.levels[:depth]) for depth in range(1, 9)}
    for row, (path, share) in enumerate(shown):
        y, way = top + 32 * row + 14, path in on_the_way
        drawn += [
            text(20 + 18 * (len(path) - 1), y, path[-1], "bold" if way else "soft"),
            bar(left, y - 13, scale * share, "mark" if way else "soft pale"),
            text(left + scale + 12, y, f"{share:.3f}", "small" if way else "small soft"),
        ]
    for row, (precision, path) in enumerate(answers(model, (0.95, 0.9, 0.8, None))):
        y = foot + 58 + 22 * row
        drawn += [text(20, y, precision, "soft"), text(150, y, path, "bold")]
    return svg(foot + 58 + 22 * 4, drawn, f"The way down the tree for «{VAGUE_NAME}»")


def walk(model: textcat.CategoryModel) -> str:
    """Precision and coverage of held-out rows at every threshold, from strict to lax."""
    left, width, high, low = 70, 590, 40, 250
    certificate = model.certificates["familiar"]
    walked = walk_of(certificate.parts[0])
    start = int(np.argmax(walked.certified > 0))
    stop = int(np.argmax(walked.bound[start:] < 0.76)) + start
    x = np.interp(np.arange(len(THRESHOLDS)), [start - 60, stop], [left, left + width])
    rows = len(certificate.outcomes)

    def y(share: float) -> float:
        return float(np.interp(share, [0.76, 1.0], [low, high]))

    def height(share: float) -> float:
        return float(np.interp(share, [0, 1], [low + 140, low + 50]))

    steps = range(start - 60, stop)
    drawn = [
        text(left, 22, "right, of the answers to rows kept out of training", "bold"),
        text(left, low + 36, "answered, of all of these rows", "bold"),
        line(f"M{left} {low + 140}H{left + width}"),
        line(curve(x, [y(share) for share in observed(walked)], steps), "drawn"),
        line(curve(x, [y(share) for share in walked.bound], range(start, stop)), "strong"),
        line(curve(x, [height(count / rows) for count in walked.answered], steps), "drawn"),
        line(f"M{x[start]:.1f} {high}V{low}", "dashed"),
        text(x[start] + 5, low - 8, "the walk starts", "small soft"),
        text(left + width, low + 176, "threshold: strict to lax", "small soft right"),
    ]
    for precision in (0.95, 0.9, 0.8):
        threshold = certificate.threshold(precision)
        place = float(x[int(np.argmin(abs(threshold - THRESHOLDS)))])
        share = certificate.level(precision).answered
        drawn += [
            line(f"M{left} {y(precision):.1f}H{place:.1f}V{low + 140}", "dashed"),
            text(left - 8, y(precision) + 5, f"{precision:.2f}", "right"),
            dot(place, y(precision)),
            dot(place, height(share)),
            text(place + 8, height(share) - 8, f"{share:.0%}", "small"),
            text(place, low + 158, f"{threshold:.2f}", "small middle"),
        ]
    drawn += legend(left + 16, low - 62)
    return svg(low + 186, drawn, "A threshold is walked from strict to lax")


def shown(model: textcat.CategoryModel) -> str:
    """What a notebook shows of an answer and of its explanation."""
    answer = model.predict("Бальзам-шампунь д/волос", precision=0.9)
    return f"{answer._repr_html_()}\n{answer.why()._repr_html_()}\n"


def observed(walked: Walk) -> np.ndarray:
    """Share of right answers at every threshold."""
    return 1 - walked.wrong / np.maximum(walked.answered, 1)


def probabilities(model: textcat.CategoryModel, name: str) -> list[tuple[tuple[str, ...], float]]:
    """Every category above or at a leaf, with the sum of the leaves below it; in tree order."""
    shares: Counter[tuple[str, ...]] = Counter()
    for leaf in model.top(name, k=len(model.tree.leaves)):
        for depth in range(1, len(leaf.path) + 1):
            shares[leaf.path[:depth]] += leaf.probability
    ways = {path: [-shares[path[:depth]] for depth in range(1, len(path) + 1)] for path in shares}
    return [(path, shares[path]) for path in sorted(shares, key=lambda path: ways[path])]


def answers(
    model: textcat.CategoryModel, precisions: tuple[float | None, ...]
) -> list[tuple[str, str]]:
    """What is answered at each of several levels."""
    answer = model.predict(VAGUE_NAME)
    return [
        (
            f"precision={precision}",
            " › ".join(answer.at(precision).path or ("no answer",)),
        )
        for precision in precisions
    ]


def legend(x: float, y: float) -> list[str]:
    """What the two lines are."""
    return [
        line(f"M{x} {y}h24", "drawn"),
        text(x + 32, y + 4, "seen on these rows", "small"),
        line(f"M{x} {y + 22}h24", "strong"),
        text(x + 32, y + 26, "lower bound, 90 % sure: has to pass", "small"),
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
