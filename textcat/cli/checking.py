"""The command check: whether names look like those that a model was certified on."""

from __future__ import annotations

import json
import sys

from textcat.cli.interrupts import interruptible
from textcat.cli.messages import examples
from textcat.cli.options import AsJson, Delimiter, Encoding, ModelDirectory, NameColumn, Names

EXAMPLES = examples(
    "textcat check модель прайс.csv --name Товар",
    "cat названия.txt | textcat check модель --json",
)


def check(
    model: ModelDirectory,
    names: Names = None,
    as_json: AsJson = False,
    name: NameColumn = None,
    delimiter: Delimiter = None,
    encoding: Encoding = None,
) -> None:
    """Say whether names look harder than those that a model was certified on.

    Names come as for predict, without categories. Where more of their words are unknown, or their
    categories less probable, than can be chance, the precision levels need not hold for them. No
    warning is no proof: names that look alike may belong to other categories.
    """
    from textcat.cli.answering import notes_on
    from textcat.cli.display import make_console, show
    from textcat.cli.input import open_names
    from textcat.cli.shift_table import shift_table
    from textcat.model.storage import load

    with interruptible("stopped."):
        loaded = load(model)
        rows = open_names(names or [], name=name, delimiter=delimiter, encoding=encoding)
        shift = loaded.check(text for _, text in rows)
    if as_json:
        sys.stdout.write(json.dumps(shift.to_dict(), ensure_ascii=False, indent=1) + "\n")
    else:
        show(make_console(sys.stdout), shift_table(shift))
    sys.stderr.write("".join(f"{note}\n" for note in notes_on(rows)))
