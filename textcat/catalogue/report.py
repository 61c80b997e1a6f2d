"""What was read, what was dropped, and what looks wrong, with the first examples of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

EXAMPLES = 5  # kept of each kind; the count has no limit
FEW = 5  # rows; with fewer, a category is worth a look


class CategorySize(NamedTuple):
    """How many rows a category has."""

    category: str
    rows: int


class Example(NamedTuple):
    """One row that a finding is about; a category without a row has no number."""

    row: int | None
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

    @property
    def is_full(self) -> bool:
        """Whether another row would only be counted."""
        return self.count >= EXAMPLES

    def add(self, row: int | None, value: object, reason: str) -> None:
        """Count a row, and keep it if it is among the first."""
        if not self.is_full:
            self.examples.append(Example(row, _shortened(value), reason))
        self.count += 1


def count(findings: dict[str, Finding], kind: str, row: int, value: object, reason: str) -> None:
    """Count a row among the findings of a kind.

    >>> findings = {}
    >>> count(findings, "offers without a name", 7, "", "the name is empty")
    >>> findings["offers without a name"].count
    1
    """
    findings.setdefault(kind, Finding()).add(row, value, reason)


@dataclass(frozen=True)
class CatalogueReport:
    """What was found while a catalogue was read.

    The findings in `DROPPED` and in `left_out` count rows that are not in the catalogue; those in
    `NOTED` count what is in it and worth a look.
    """

    place: str
    unit: str  # what a row's number counts: rows, or lines of a file
    facts: dict[str, str]  # how it was read: encoding, delimiter, columns, separator
    rows_read: int = 0
    rows_kept: int = 0
    categories: int = 0
    depth: int = 0
    rows_by_depth: dict[int, int] = field(default_factory=dict)
    largest: tuple[CategorySize, ...] = ()  # the first few, most rows first
    smallest: tuple[CategorySize, ...] = ()  # the same, fewest rows first
    few: int = FEW
    left_out: dict[str, Finding] = field(default_factory=dict)  # by the reader: what -> how often
    empty_names: Finding = field(default_factory=Finding)
    names_without_letters: Finding = field(default_factory=Finding)
    rows_without_category: Finding = field(default_factory=Finding)
    broken_categories: Finding = field(default_factory=Finding)
    unknown_categories: Finding = field(default_factory=Finding)
    surplus_fields: Finding = field(default_factory=Finding)
    missing_fields: Finding = field(default_factory=Finding)
    joined_lines: Finding = field(default_factory=Finding)
    duplicates: Finding = field(default_factory=Finding)
    conflicts: Finding = field(default_factory=Finding)
    small_categories: Finding = field(default_factory=Finding)
    empty_categories: Finding = field(default_factory=Finding)

    @property
    def rows_dropped(self) -> int:
        """Rows that were read and are not in the catalogue."""
        return self.rows_read - self.rows_kept

    def findings(self) -> Iterator[tuple[str, str, Finding]]:
        """Everything that was found, as (what became of it, what it is, finding)."""
        dropped = [(what, getattr(self, name)) for name, what in DROPPED.items()]
        noted = [(what.format(few=self.few), getattr(self, name)) for name, what in NOTED.items()]
        for heading, found in (("dropped", [*dropped, *self.left_out.items()]), ("kept", noted)):
            yield from ((heading, what, finding) for what, finding in found if finding.count)

    def to_dict(self) -> dict[str, Any]:
        """Say it all in dicts, lists, strings and numbers."""
        counts = ("rows_read", "rows_kept", "rows_dropped", "categories", "depth")
        return {
            "place": self.place,
            "unit": self.unit,
            "facts": dict(self.facts),
            **{name: getattr(self, name) for name in counts},
            "rows_by_depth": {str(depth): rows for depth, rows in self.rows_by_depth.items()},
            "largest": [size._asdict() for size in self.largest],
            "smallest": [size._asdict() for size in self.smallest],
            "few": self.few,
            "left_out": _as_dicts(self.left_out),
            **_as_dicts({name: getattr(self, name) for name in DROPPED | NOTED}),
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
        lines += [
            f"  {heading}, {what}: {finding.count:,} ({self.shown(finding.examples[0])})"
            for heading, what, finding in self.findings()
        ]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        from textcat.catalogue.display import report_html

        return report_html(self)

    def shown(self, example: Example) -> str:
        """One example in words."""
        row = "" if example.row is None else f"{self.unit} {example.row}: "
        return f"{row}{example.value!r}, {example.reason}"


DROPPED = {  # finding -> what it counts
    "empty_names": "rows without a name",
    "names_without_letters": "names without a letter",
    "rows_without_category": "rows without a category",
    "broken_categories": "categories with an empty title",
    "unknown_categories": "categories that the tree does not have",
    "surplus_fields": "rows with too many fields",
}
NOTED = {
    "missing_fields": "rows with too few fields",
    "joined_lines": "fields that run over several lines",
    "duplicates": "repeated rows",
    "conflicts": "names in several categories",
    "small_categories": "categories with fewer than {few} rows",
    "empty_categories": "categories of the tree without a row",
}


def _as_dicts(findings: Mapping[str, Finding]) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "count": finding.count,
            "examples": [example._asdict() for example in finding.examples],
        }
        for name, finding in findings.items()
    }


def _shortened(value: object, longest: int = 80) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= longest else text[: longest - 1] + "…"
