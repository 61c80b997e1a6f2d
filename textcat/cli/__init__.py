"""The command line: from starter and train to predict, and what stands beside that.

A command says what it asks of the library and where the outcome goes::

    starting    the command starter
    inspecting  the command inspect
    making      the commands train and certify
    learning    the command learn
    remapping   the command remap
    predicting  the command predict
    evaluating  the command evaluate
    auditing    the command audit
    checking    the command check
    showing     the commands explain and info
    serving     the command serve

    options     arguments and options
    input       rows from files, standard input and arguments
    answering   names -> answers, batch by batch
    output      answers as CSV and JSON lines
    files       the file that is written to
    resuming    going on where an interrupted run stopped
    display     answers and explanations as tables for people
    model       what there is to say about a model
    precision_table, evaluation_tables, shift_table, catalogue_tables, audit_tables
                what certify, evaluate, check, inspect and audit show
    interrupts  Ctrl-C, and what is said about it
    messages    what is said beside the outcome

What takes long to import is imported by the command that needs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer

from textcat.cli import (
    auditing,
    checking,
    evaluating,
    inspecting,
    learning,
    making,
    predicting,
    remapping,
    serving,
    showing,
    starting,
)
from textcat.cli.interrupts import StoppedError
from textcat.cli.messages import in_options, say
from textcat.errors import TextcatError

INTERRUPTED = 130  # exit code: 128 + SIGINT, as shells have it

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Tell a product's category from its name.",
    epilog="`textcat COMMAND --help` has examples. Exit codes: 0 done, 1 an error, 2 wrong usage, "
    "130 Ctrl-C. TEXTCAT_DEBUG=1 in the environment shows where an error comes from.",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; ends with SystemExit, as console scripts do."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # what it cannot show is escaped
            stream.reconfigure(errors="backslashreplace")
    try:
        app(arguments, prog_name="textcat")
    except (TextcatError, OSError) as error:
        if os.environ.get("TEXTCAT_DEBUG"):
            raise
        say(f"textcat: {in_options(str(error))}")
        sys.exit(1)
    except StoppedError as error:
        say(f"\ntextcat: {error}")
        sys.exit(INTERRUPTED)


app.command(epilog=starting.EXAMPLES)(starting.starter)
app.command(epilog=inspecting.EXAMPLES)(inspecting.inspect)
app.command(epilog=making.TRAIN_EXAMPLES)(making.train)
app.command(epilog=predicting.EXAMPLES)(predicting.predict)
app.command(epilog=evaluating.EXAMPLES)(evaluating.evaluate)
app.command(epilog=auditing.EXAMPLES)(auditing.audit)
app.command(epilog=making.CERTIFY_EXAMPLES)(making.certify)
app.command(epilog=learning.EXAMPLES)(learning.learn)
app.command(epilog=remapping.EXAMPLES)(remapping.remap)
app.command(epilog=checking.EXAMPLES)(checking.check)
app.command(epilog=serving.EXAMPLES)(serving.serve)
app.command(epilog=showing.EXPLAIN_EXAMPLES)(showing.explain)
app.command(epilog=showing.INFO_EXAMPLES)(showing.info)
