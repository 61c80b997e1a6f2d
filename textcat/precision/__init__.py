"""Precision levels: from what a caller requires to what an answer must have.

`levels` reads levels as callers give them and says what an answer at a threshold is; `outcomes`
says how a model answered rows whose categories are known; `certification` makes of them the
precision that every threshold is certified for; `certificate` has the threshold of every level,
or why it has none; `certificates` says which of a model's counts; `display` shows levels, and
`storage` keeps certificates.
"""

from textcat.precision.certificate import GOODS, Certificate, PrecisionLevel, Strictest
from textcat.precision.certificates import Certificates
from textcat.precision.certification import DEFAULT_DELTA
from textcat.precision.display import PrecisionLevels
from textcat.precision.levels import (
    DEFAULT_PRECISION,
    PRECISIONS,
    Rule,
    Uncertified,
    answer_levels,
    check_precision,
    read_precisions,
)
from textcat.precision.outcomes import Outcomes

__all__ = [
    "DEFAULT_DELTA",
    "DEFAULT_PRECISION",
    "GOODS",
    "PRECISIONS",
    "Certificate",
    "Certificates",
    "Outcomes",
    "PrecisionLevel",
    "PrecisionLevels",
    "Rule",
    "Strictest",
    "Uncertified",
    "answer_levels",
    "check_precision",
    "read_precisions",
]
