"""A model with everything that a model can have, as others may hand it over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from hand_made_rules import taken_at_its_word

from textcat.descent.trust import Trust
from textcat.model import CategoryModel
from textcat.precision import Certificate


def save_with_everything(
    model: CategoryModel, rows: list[tuple[str, str]], directory: Path
) -> Path:
    """Save a model with certificates of one part and of two, trust, and a correction."""
    given = model.certify(rows).certificates["given"]
    new = Certificate.of("new", [given.outcomes] * 2, np.tile(given.unknown_shares, 2))
    certificates = {**taken_at_its_word(model).certificates, "new": new}
    trusting = replace(model.linear_tree, trust=Trust(0.1, 0.9, 0.1, 0.2, 0.3))
    whole = CategoryModel(model.tree, model.reader, trusting, model.facts, certificates)
    whole.correct("Цикорий растворимый", "Еда > Кофе").save(directory)
    return directory
