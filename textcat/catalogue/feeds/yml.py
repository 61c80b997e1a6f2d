"""YML, the feeds of Yandex Market."""

from __future__ import annotations

from textcat.catalogue.feeds.formats import CATEGORY, Category, Format, Offer
from textcat.catalogue.feeds.shapes import Record, Shape
from textcat.tree.reading import clean

SHAPE = Shape(
    "YML",
    records={
        "yml_catalog/shop/categories/category": CATEGORY,
        "yml_catalog/shop/offers/offer": "offer",
    },
    fields=[
        CATEGORY,
        "offer/name",
        "offer/title",  # of music and films
        "offer/typePrefix",
        "offer/vendor",
        "offer/model",
        "offer/categoryId",
    ],
)


def read_category(record: Record) -> Category:
    """Read `<category id="2" parentId="1">Чай</category>`."""
    id_, parent = (clean(record.attributes.get(name, "")) or None for name in ("id", "parentid"))
    return Category(id_, parent, record.first(""), record.line)


def read_offer(record: Record) -> Offer:
    """Read `<offer>`; one without a name is called by its type, vendor and model.

    >>> texts = {"typePrefix": ["Чай"], "vendor": ["Ахмад"], "model": ["Эрл Грей"]}
    >>> read_offer(Record("offer", 7, texts=texts)).name
    'Чай Ахмад Эрл Грей'
    """
    prefix, vendor, model = map(record.first, ("typePrefix", "vendor", "model"))
    composed = " ".join(filter(None, (prefix, vendor, model))) if model else None
    name = record.first("name") or composed or record.first("title")
    categories = [clean(text) for text in record.all("categoryId")]
    return Offer(name, categories, (vendor, model, record.attributes.get("id")))


YML = Format(SHAPE, ("vendor", "model", "id"), read_offer, read_category)
