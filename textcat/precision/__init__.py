"""Precision levels: from what a caller requires to what an answer must have.

Every step has its file::

levels         levels as callers give them; an answer at a threshold
outcomes       how a model answered rows whose categories are known
certification  outcomes -> the precision that every threshold is certified for
certificate    the threshold of every precision level, or why it has none
certificates   all that a model has, and which of them counts
storage        certificates as arrays
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
