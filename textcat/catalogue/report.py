"""What was read, what was dropped, and what looks wrong, with the first examples of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

EXAMPLES = 5  # kept of each kind; the count has no limit


class Example(NamedTuple):
    """One row that a finding is about."""

    row: int
    value: str
    reason: str


@dataclass
class Finding:
    """How many rows something is true of, and the first of them.

    Examples
    --------
    >>> finding = Finding()
    >>> finding.add(7, "", "the name is empty")
    >>> finding.count, finding.examples
    (1, [Example(row=7, value='', reason='the name is empty')])
    """

    count: int = 0
    examples: list[Example] = field(default_factory=list)

    def add(self, row: int, value: object, reason: str) -> None:
        """Count a row, and keep it if it is among the first."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(Example(row, _shortened(value), reason))


@dataclass(frozen=True)
class CatalogueReport:
    """What was found while a catalogue was read.

    The findings in `DROPPED` count rows that are not in the catalogue; those in `NOTED` count
    what is in it and worth a look.
    """

    place: str
    unit: str  # what a row's number counts: rows, or lines of a file
    facts: dict[str, str]  # how it was read: encoding, delimiter, columns, separator
    rows_read: int = 0
    rows_kept: int = 0
    categories: int = 0
    depth: int = 0
    empty_names: Finding = field(default_factory=Finding)
    names_without_letters: Finding = field(default_factory=Finding)
    rows_without_category: Finding = field(default_factory=Finding)
    broken_categories: Finding = field(default_factory=Finding)
    surplus_fields: Finding = field(default_factory=Finding)
    missing_fields: Finding = field(default_factory=Finding)
    joined_lines: Finding = field(default_factory=Finding)
    duplicates: Finding = field(default_factory=Finding)
    conflicts: Finding = field(default_factory=Finding)
    single_row_categories: Finding = field(default_factory=Finding)

    @property
    def rows_dropped(self) -> int:
        """Rows that were read and are not in the catalogue."""
        return self.rows_read - self.rows_kept

    def to_dict(self) -> dict[str, Any]:
        """Say it all in dicts, lists, strings and numbers."""
        findings = {
            name: {
                "count": finding.count,
                "examples": [example._asdict() for example in finding.examples],
            }
            for name, finding in self._findings(DROPPED | NOTED)
        }
        counts = ("rows_read", "rows_kept", "rows_dropped", "categories", "depth")
        return {
            "place": self.place,
            "unit": self.unit,
            "facts": dict(self.facts),
            **{name: getattr(self, name) for name in counts},
            **findings,
        }

    def __str__(self) -> str:
        """Say it to a person."""
        lines = [
            f"{self.place}: {self.rows_read:,} rows read, {self.rows_kept:,} kept, "
            f"{self.rows_dropped:,} dropped",
            f"  categories: {self.categories:,}, depth: {self.depth}",
        ]
        if self.facts:
            lines.append("  " + ", ".join(f"{name}: {fact}" for name, fact in self.facts.items()))
        for heading, kinds in (("dropped", DROPPED), ("kept", NOTED)):
            lines += [
                f"  {heading}, {kinds[name]}: {finding.count:,} ({self._first(finding)})"
                for name, finding in self._findings(kinds)
                if finding.count
            ]
        return "\n".join(lines)

    def _findings(self, kinds: dict[str, str]) -> Iterator[tuple[str, Finding]]:
        return ((name, getattr(self, name)) for name in kinds)

    def _first(self, finding: Finding) -> str:
        row, value, reason = finding.examples[0]
        return f"{self.unit} {row}: {value!r}, {reason}"


DROPPED = {  # finding -> what it counts
    "empty_names": "rows without a name",
    "names_without_letters": "names without a letter",
    "rows_without_category": "rows without a category",
    "broken_categories": "categories with an empty title",
    "surplus_fields": "rows with too many fields",
}
NOTED = {
    "missing_fields": "rows with too few fields",
    "joined_lines": "fields that run over several lines",
    "duplicates": "repeated rows",
    "conflicts": "names in several categories",
    "single_row_categories": "categories with one row",
}


def _shortened(value: object, longest: int = 80) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= longest else text[: longest - 1] + "…"
