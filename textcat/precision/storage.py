"""Certificates as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt

from textcat.precision.certificate import Certificate
from textcat.precision.certification import THRESHOLDS
from textcat.precision.outcomes import Outcomes

Arrays = Mapping[str, npt.NDArray[Any]]

FIELDS = [each.name for each in fields(Outcomes)]


def certificate_arrays(certificates: Mapping[str, Certificate]) -> dict[str, npt.NDArray[Any]]:
    """Arrays of all certificates, called by goods, part and field."""
    arrays = {}
    for goods, certificate in certificates.items():
        for number, part in enumerate(certificate.parts):
            for name in FIELDS:
                arrays[f"{goods}_{number}_{name}"] = getattr(part, name)
        arrays[f"{goods}_unknown_shares"] = certificate.unknown_shares
        arrays[f"{goods}_certified"] = certificate.certified
    return arrays


def certificate_meta(certificates: Mapping[str, Certificate]) -> dict[str, Any]:
    """What is no array of all certificates: plain values."""
    return {
        goods: {"parts": len(certificate.parts), "delta": certificate.delta}
        for goods, certificate in certificates.items()
    }


def read_certificates(arrays: Arrays, meta: Mapping[str, Any]) -> dict[str, Certificate]:
    """Certificates from their arrays and what `certificate_meta` says of them."""
    certificates = {}
    for goods, described in meta.items():
        parts = [
            Outcomes(**{name: arrays[f"{goods}_{number}_{name}"] for name in FIELDS})
            for number in range(described["parts"])
        ]
        certified = arrays[f"{goods}_certified"].astype(np.float64, copy=False)
        unknown_shares = arrays[f"{goods}_unknown_shares"]
        rows = sum(map(_rows_of, parts))
        if certified.shape != THRESHOLDS.shape or unknown_shares.shape != (rows,) or not parts:
            raise ValueError(f"the certificate for {goods} goods is not whole")
        delta = float(described["delta"])
        certificates[goods] = Certificate(goods, tuple(parts), unknown_shares, certified, delta)
    return certificates


def _rows_of(part: Outcomes) -> int:
    """Rows of a part whose arrays fit together."""
    rows = len(part.probabilities)
    if any(len(getattr(part, name)) != rows for name in FIELDS):
        raise ValueError("outcomes have arrays of different lengths")
    return rows
