"""From a stream of names to a stream of answers, batch by batch, so that memory stays flat."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from textcat.catalogue import NameRows
from textcat.cli.input import batches
from textcat.cli.interrupts import unheard, uninterrupted
from textcat.cli.output import Writer
from textcat.names import read_names
from textcat.prediction.answers import Answers
from textcat.prediction.parallel import stream
from textcat.tree import NO_NODE

if TYPE_CHECKING:
    from textcat.model import CategoryModel

# Names are read, answered and written so many at a time.
BATCH = 4096


@dataclass
class Tally:
    """What has been written so far."""

    rows: int = 0
    resumed: int = 0  # of the rows, those that an earlier run wrote
    answered: dict[float, int] = field(default_factory=dict)  # precision level -> rows

    def add(self, answers: Answers) -> None:
        """Count a batch."""
        self.rows += len(answers)
        for precision in answers.precisions:
            if precision is not None:
                found = int((answers.answered_nodes(precision) != NO_NODE).sum())
                self.answered[precision] = self.answered.get(precision, 0) + found

    def __str__(self) -> str:
        before = f", {self.resumed:,} of them written before" if self.resumed else ""
        others = " of the others" if self.resumed else ""
        shares = [
            f"{found:,}{others} answered at {level:g}" for level, found in self.answered.items()
        ]
        return f"{self.rows:,} rows{before}" + "".join(f", {share}" for share in shares)


@dataclass(frozen=True)
class Question:
    """Whom to ask, how, and in how many processes."""

    model: CategoryModel
    precisions: list[float | None]
    goods: str | None
    jobs: int = 1

    def ask(self, names: list[str]) -> Answers:
        """The answers to some names."""
        return self.model.predict(names, self.precisions, self.goods)

    def ask_all(self, batches: Iterator[list[str]]) -> Generator[Answers, None, None]:
        """The answers to every batch, in order; a few batches are read ahead."""
        asked: deque[list[str]] = deque()

        def noted() -> Iterator[list[str]]:
            for names in batches:
                asked.append(names)
                yield names

        with closing(stream(self.model, noted(), self.jobs, unheard)) as found:
            for nodes, probabilities in found:
                names = asked.popleft()
                yield replace(self._nothing, names=names, nodes=nodes, probabilities=probabilities)

    @cached_property
    def _nothing(self) -> Answers:
        return self.ask([])


def write_answers(
    question: Question,
    names: NameRows,
    writer: Writer,
    tally: Tally,
    progress: Callable[[int], object],
) -> None:
    """Write the answer to every name; `tally` is right at any moment, also after an interrupt."""
    numbers: deque[list[int]] = deque()

    def texts() -> Iterator[list[str]]:
        for batch in batches(names, BATCH):
            numbers.append([number for number, _ in batch])
            yield read_names(name for _, name in batch)

    with closing(question.ask_all(texts())) as found:
        for answers in found:
            with uninterrupted():
                writer.write(numbers.popleft(), answers)
                tally.add(answers)
            progress(len(answers))


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
