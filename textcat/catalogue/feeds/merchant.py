"""Google Merchant's feeds, RSS 2.0 and Atom."""

from __future__ import annotations

from textcat.catalogue.feeds.formats import Format, Offer
from textcat.catalogue.feeds.shapes import Record, Shape

SHAPE = Shape(
    "Google Merchant",
    records={"rss/channel/item": "item", "feed/entry": "item"},
    fields=[
        "item/id",
        "item/title",
        "item/product_type",
        "item/google_product_category",
        "item/brand",
    ],
)


def read_offer(record: Record) -> Offer:
    """Read `<item>` or `<entry>`; the shop's own categories come before Google's.

    >>> texts = {"title": ["Чай"], "product_type": ["Еда > Чай"]}
    >>> read_offer(Record("item", 7, texts=texts)).categories
    ['Еда > Чай']
    """
    google = record.all("google_product_category")
    return Offer(
        record.first("title"),
        record.all("product_type") or google,
        (record.first("brand"), google[0] if google else None, record.first("id")),
    )


MERCHANT = Format(SHAPE, ("brand", "google product category", "id"), read_offer)
