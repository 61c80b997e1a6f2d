"""CommerceML 2, the exchange format of 1С; groups and goods are in its import.xml."""

from __future__ import annotations

from textcat.catalogue.feeds.formats import CATEGORY, Category, Format, Offer
from textcat.catalogue.feeds.shapes import Record, Shape
from textcat.tree.reading import clean

_PRICES = "prices and stocks"

SHAPE = Shape(
    "CommerceML",
    records={
        "КоммерческаяИнформация/Классификатор/Группы/Группа": CATEGORY,
        f"{CATEGORY}/Группы/Группа": CATEGORY,
        "КоммерческаяИнформация/Каталог/Товары/Товар": "good",
        "КоммерческаяИнформация/ПакетПредложений/Предложения/Предложение": _PRICES,
    },
    fields=[
        f"{CATEGORY}/Ид",
        f"{CATEGORY}/Наименование",
        "good/Ид",
        "good/Наименование",
        "good/ПолноеНаименование",
        "good/Артикул",
        "good/Группы/Ид",
        "good/Статус",
        "good/ПометкаУдаления",
        f"{_PRICES}/Наименование",
    ],
)


def read_category(record: Record) -> Category:
    """Read `<Группа>`; its parent is the group that it stands in."""
    id_ = clean(record.first("Ид") or "") or None
    title = record.first("Наименование")
    return Category(id_, record.inside, title, record.line, record.number)


def read_offer(record: Record) -> Offer:
    """Read `<Товар>`.

    >>> read_offer(Record("good", 7, attributes={"статус": "Удален"})).left_out
    ('goods marked as deleted', 'they are not sold any more')
    """
    full_name = record.first("ПолноеНаименование")
    return Offer(
        record.first("Наименование") or full_name,
        [clean(text) for text in record.all("Группы/Ид")],
        (full_name, record.first("Артикул"), record.first("Ид")),
        _left_out(record),
    )


def _left_out(record: Record) -> tuple[str, str] | None:
    if record.kind == _PRICES:
        return _PRICES, "goods and their groups are in import.xml"
    status = record.attributes.get("статус") or record.first("Статус") or ""
    marked = record.attributes.get("пометкаудаления") or record.first("ПометкаУдаления") or ""
    if status.casefold() in ("удален", "удалён") or marked.casefold() in ("true", "1", "да"):
        return "goods marked as deleted", "they are not sold any more"
    return None


COMMERCEML = Format(SHAPE, ("full name", "article", "id"), read_offer, read_category)
