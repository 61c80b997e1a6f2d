"""Every figure of the comparison, in the order of its table, with what is to be reached."""

from __future__ import annotations

from costs.figures import Kind

SHARE = "share"  # unit of figures that are compared by their difference
BATCH = Kind("batch", "a batch, names never asked before, one core", "names/s", True, 60_000)
FIT = Kind("fit", "fit, calibration included", "s", target=15)

# The targets are for two cores and 111,672 rows in 1,437 categories.
KINDS = (
    BATCH,
    Kind("batch_first", "the first batch of a process", "names/s", True),
    Kind("batch_again", "a batch that was asked before", "names/s", True),
    Kind("parallel", "two jobs over one", "×", True, 1.8),
    Kind("one_median", "one name, warm: median", "ms", target=0.15),
    Kind("one_p99", "one name, warm: 99th percentile", "ms", target=0.5),
    Kind("start", "new process to first answer", "s", target=0.6),
    Kind("start_import", "new process: import", "s", target=0.15),
    Kind("start_load", "new process: load", "s"),
    Kind("start_answer", "new process: first answer", "s"),
    FIT,
    Kind("fit_uncalibrated", "fit without calibration", "s"),
    Kind("fit_peak", "peak memory of the fit", "MB"),
    Kind("disk", "model on disk", "MB", target=40),
    Kind("resident", "resident after load", "MB", target=150),
    Kind("second", "added by a second process", "MB", target=30),
    Kind("second_model", "added by the model of a second process", "MB"),
)


def quality_kinds(parts: list[str]) -> list[Kind]:
    """Figures of every test set: a fast system may be a poor one."""
    return [
        kind
        for part in parts
        for kind in (
            Kind(f"leaf_{part}", f"leaf accuracy, `{part}`", SHARE, True),
            Kind(f"coverage_{part}", f"answered with 95 % right, `{part}`", SHARE, True),
        )
    ]
