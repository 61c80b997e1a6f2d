"""From a stream of names to a stream of answers, batch by batch, so that memory stays flat."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textcat.catalogue import NameRows
from textcat.cli.input import batches
from textcat.cli.output import Writer
from textcat.prediction import Answers
from textcat.tree import NO_NODE

if TYPE_CHECKING:
    from textcat.model import CategoryModel

# Names are read, answered and written so many at a time.
BATCH = 4096


@dataclass
class Tally:
    """What has been written so far."""

    rows: int = 0
    answered: dict[float, int] = field(default_factory=dict)  # precision level -> rows

    def add(self, answers: Answers) -> None:
        """Count a batch."""
        self.rows += len(answers)
        for precision in answers.precisions:
            if precision is not None:
                found = int((answers.answered_nodes(precision) != NO_NODE).sum())
                self.answered[precision] = self.answered.get(precision, 0) + found

    def __str__(self) -> str:
        shares = [f"{found:,} answered at {level:g}" for level, found in self.answered.items()]
        return f"{self.rows:,} rows" + "".join(f", {share}" for share in shares)


@dataclass(frozen=True)
class Question:
    """Whom to ask, and how."""

    model: CategoryModel
    precisions: list[float | None]
    goods: str | None

    def ask(self, names: list[object]) -> Answers:
        """The answers to some names."""
        return self.model.predict(names, self.precisions, self.goods)


def write_answers(
    question: Question,
    names: NameRows,
    writer: Writer,
    tally: Tally,
    progress: bool = False,
) -> None:
    """Write the answer to every name; `tally` is right at any moment, also after an interrupt."""
    from tqdm import tqdm

    with tqdm(disable=not progress, unit=" names", unit_scale=True, file=sys.stderr) as bar:
        for batch in batches(names, BATCH):
            numbers = [number for number, _ in batch]
            answers = question.ask([name for _, name in batch])
            writer.write(numbers, answers)
            tally.add(answers)
            bar.update(len(batch))


def notes_on(names: NameRows) -> list[str]:
    """Sentences about rows that were odd, though they have got their answers."""
    uneven = names.uneven_rows
    if not uneven.count:
        return []
    first = uneven.examples[0]
    return [
        f"rows with too few or too many fields, answered all the same: {uneven.count:,} "
        f"({names.unit} {first.row}: {first.value!r}, {first.reason})"
    ]
