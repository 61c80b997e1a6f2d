"""The command inspect: what is in a catalogue, and what is wrong with it."""

from __future__ import annotations

import json
import sys

from textcat.cli.interrupts import interruptible
from textcat.cli.messages import examples
from textcat.cli.options import (
    AsJson,
    Catalogue,
    CategoryColumn,
    Delimiter,
    Encoding,
    Few,
    NameColumn,
    Separator,
    TreeFile,
)

EXAMPLES = examples(
    "textcat inspect каталог.csv",
    "textcat inspect товары.csv --tree дерево.csv",
    "textcat inspect выгрузка.tsv.gz --category Раздел --category Подраздел --json",
)


def inspect(
    catalogue: Catalogue,
    name: NameColumn = None,
    category: CategoryColumn = None,
    separator: Separator = None,
    tree: TreeFile = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
    few: Few = 5,
    as_json: AsJson = False,
) -> None:
    """Say what is in a catalogue, and what is wrong with it, without training.

    It is read as train reads it: what was found out, which rows would be dropped and why, repeats
    and contradictions, and how many rows the categories have.
    """
    from textcat.cli.catalogue_tables import catalogue_tables
    from textcat.cli.display import make_console, show
    from textcat.cli.input import read_rows

    with interruptible("stopped."):
        report = read_rows(
            catalogue, name=name, category=category, separator=separator, tree=tree,
            delimiter=delimiter, encoding=encoding, few=few,
        ).report  # fmt: skip
    if as_json:
        sys.stdout.write(json.dumps(report.to_dict(), ensure_ascii=False, indent=1) + "\n")
    else:
        show(make_console(sys.stdout), catalogue_tables(report))
