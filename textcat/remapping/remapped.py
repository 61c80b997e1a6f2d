"""A model and a changed tree -> the model for that tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from textcat.catalogue import read_catalogue
from textcat.descent.linear_tree import LinearTree
from textcat.features.name_reader import NameReader
from textcat.learning.corrections import Corrections, corrections_of, still_known
from textcat.learning.words import with_words
from textcat.precision import Certificate
from textcat.remapping.carrying import Texts, carried_over
from textcat.remapping.report import RemapReport
from textcat.tree import NO_NODE, CategoryTree
from textcat.tree.diff import TreeDiff

if TYPE_CHECKING:
    from textcat.model import CategoryModel

CHANGED_SINCE = "changed_since_certified"


def remapped(
    model: CategoryModel, diff: TreeDiff, synonyms: Mapping[int, Iterable[str]] | None = None
) -> tuple[CategoryModel, RemapReport]:
    """A model for another tree, and what came of it; `synonyms` are texts by new categories."""
    from textcat.model import CategoryModel

    reader, linear_tree, texts = _with_texts(model, diff, synonyms or {})
    linear_tree, untold = carried_over(linear_tree, diff.new, diff.node_of, texts)
    report = RemapReport(diff, tuple(diff.new.path_text(node) for node in untold))
    certificates = {goods: _renumbered(each, diff) for goods, each in model.certificates.items()}
    corrections = _corrections(model.corrections, diff)
    return CategoryModel(
        diff.new, reader, linear_tree, _facts(model, report), certificates, corrections=corrections,
        space=model.name_vectors.space.carried(diff),
    ), report  # fmt: skip


def _with_texts(
    model: CategoryModel, diff: TreeDiff, synonyms: Mapping[int, Iterable[str]]
) -> tuple[NameReader, LinearTree, Texts]:
    """Features of what new categories are called, with a reader that knows all of them."""
    is_new = np.ones(len(diff.new), np.bool_)
    is_new[diff.node_of[diff.node_of != NO_NODE]] = False
    named = [
        (node, text)
        for node in np.flatnonzero(is_new).tolist()
        for text in (diff.new.titles[node], *synonyms.get(node, ()))
    ]
    names = [text for _, text in named]
    reader, linear_tree = with_words(model.reader, model.linear_tree, names)
    nodes = np.array([node for node, _ in named], np.int32)
    return reader, linear_tree, Texts(reader.matrix(names), nodes)


def _facts(model: CategoryModel, report: RemapReport) -> dict[str, Any]:
    """Facts with what was carried over; other titles and ids leave a certificate as it was."""
    facts = {**model.facts, "remapped": report.to_dict()}
    changes = report.changes
    if changes and model.certificates:
        facts[CHANGED_SINCE] = [*model.facts.get(CHANGED_SINCE, ()), changes]
    return facts


def _renumbered(certificate: Certificate, diff: TreeDiff) -> Certificate:
    """A certificate that speaks of the new nodes of the first level; -1 for those that are gone."""
    top_of = np.append(diff.node_of, NO_NODE)
    above = np.append(diff.new.ancestors_at(1), NO_NODE)[top_of]
    parts = [replace(part, tops=above[part.tops].astype(np.int32)) for part in certificate.parts]
    return replace(certificate, parts=tuple(parts))


def _corrections(corrections: Corrections, diff: TreeDiff) -> Corrections:
    """Corrections with the new paths of their categories; those of retired ones are dropped."""
    if not corrections:
        return corrections
    names, categories = still_known(corrections, diff.old)
    now = diff.node_of[categories]
    kept = [name for name, node in zip(names, now.tolist(), strict=True) if node != NO_NODE]
    return corrections_of(kept, now[now != NO_NODE], diff.new)


def diff_of(
    model: CategoryModel, tree: CategoryTree, rows: object, reading: Mapping[str, Any]
) -> TreeDiff:
    """The model's tree and another one; `rows` of that as for `CategoryModel.remap`."""
    if rows is None:
        return CategoryTree.diff(model.tree, tree)
    catalogue = read_catalogue(rows, **reading)
    answers = model.predict(catalogue.names, precision=None)
    answered = ((name, answer.path) for name, answer in zip(catalogue.names, answers, strict=True))
    old_rows = [(name, path) for name, path in answered if path]
    pairs = zip(catalogue.names, catalogue.paths, strict=True)
    return CategoryTree.diff(model.tree, tree, old_rows, list(pairs))
