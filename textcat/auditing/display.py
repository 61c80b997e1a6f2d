"""How an audit looks in a notebook: the first suspects, and what else is worth a look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textcat.auditing.text import reasons, words_text
from textcat.display.markup import (
    card,
    figures,
    fold,
    more,
    note,
    path,
    sentence,
    share_bar,
    table,
    text,
)

if TYPE_CHECKING:
    from textcat.auditing.result import Audit

SHOWN = 10  # of every list


def audit_html(audit: Audit) -> str:
    """What a cell shows of an audit."""
    return card(
        "Audit",
        figures({title: f"{count:,}" for title, count in audit.counts.items()}),
        _suspects(audit),
        _conflicts(audit),
        _twins(audit),
        *(note(sentence(reason)) for reason in reasons(audit.unjudged)),
        beside=text(audit.place),
    )


def _suspects(audit: Audit) -> str:
    head = (audit.unit, "name", "given", "likely", "sure", "why")
    rows = [
        (
            f"{each.row:,}", text(each.name), path(each.given), path(each.likely),
            share_bar(each.confidence), text(words_text(each.why)),
        )
        for each in audit.suspects[:SHOWN]
    ]  # fmt: skip
    left_out = more(len(audit.suspects) - SHOWN, "suspects")
    return table(head, rows, "r") + left_out if rows else ""


def _conflicts(audit: Audit) -> str:
    rows = [
        (text(each.name), "<br>".join(map(path, each.rows))) for each in audit.conflicts[:SHOWN]
    ]
    left_out = more(len(audit.conflicts) - SHOWN, "names")
    shown = table(("name", "categories"), rows) + left_out
    return fold("names in several categories", shown) if rows else ""


def _twins(audit: Audit) -> str:
    rows = [
        (path(each.first), path(each.second), share_bar(max(each[2:4])))
        for each in audit.twins[:SHOWN]
    ]
    left_out = more(len(audit.twins) - SHOWN, "pairs")
    shown = table(("category", "looks like", "rows alike"), rows) + left_out
    return fold("near-twin categories", shown) if rows else ""
