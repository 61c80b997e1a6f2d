"""The command that carries a model over to another tree: remap."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from textcat.cli.interrupts import interruptible
from textcat.cli.messages import examples, say
from textcat.cli.options import ModelDirectory, NewModel, Separator

if TYPE_CHECKING:
    from rich.text import Text

    from textcat.remapping.report import RemapReport

EXAMPLES = examples(
    "textcat remap модель дерево-2025.csv --dry-run",
    "textcat remap модель дерево-2025.csv -o модель-2025",
)
STYLES = {"renamed": "cyan", "moved": "cyan", "merged": "cyan", "added": "green", "retired": "red"}

NewTree = Annotated[
    Path, typer.Argument(metavar="NEW_TREE", help="Paths, or ids with parents and titles.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be, and change nothing.")]


def remap(
    model: ModelDirectory,
    new_tree: NewTree,
    output: NewModel = None,
    separator: Separator = None,
    dry_run: DryRun = False,
) -> None:
    """Carry a model over to a newer version of its tree, and show what has changed.

    Categories are found again by their ids, or by paths and titles if either tree has none. Unless
    another directory is named the model itself is changed.
    """
    from textcat.cli.display import make_console, show
    from textcat.cli.model import check_model_target, note_on
    from textcat.model.storage import load
    from textcat.remapping.remapped import diff_of, remapped
    from textcat.tree import CategoryTree

    target = output or model
    if not dry_run:
        check_model_target(target)
    with interruptible("stopped; nothing was changed."):
        loaded, tree = load(model), CategoryTree.read(new_tree, separator=separator)
        changed, report = remapped(loaded, diff_of(loaded, tree, None, {}))
        show(make_console(sys.stdout), *_lines(report))
        if dry_run:
            return
        changed.save(target)
    say(f"saved to {target}. {note_on(changed)}".rstrip())


def _lines(report: RemapReport) -> Iterator[Text]:
    """The report with its headings in colors, no path broken where it could be copied."""
    from rich.text import Text

    from textcat.cli.display import readable

    for line in str(report).splitlines():
        kind = line.partition(":")[0]
        yield Text(readable(line), STYLES.get(kind, ""), no_wrap=True, overflow="ignore")
