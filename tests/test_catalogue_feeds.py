"""Feeds: what YML, CommerceML and Google Merchant's give."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import numpy as np
import pytest
from hand_made_feeds import ATOM, COMMERCEML, RSS, YML, opened, rows_of, values_of, yml

from textcat.catalogue import read_catalogue, read_names
from textcat.catalogue.cross_listing import other_categories
from textcat.catalogue.feeds import read_feed
from textcat.catalogue.files import Source
from textcat.catalogue.kinds import find_kind
from textcat.catalogue.table import Options


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
def test_yml_is_read_in_any_encoding_that_it_declares(encoding: str) -> None:
    feed = YML if encoding == "utf-8" else YML.replace("&nbsp;", " ")
    feed = feed if encoding != "koi8-r" else feed.replace("ё", "е")
    table = opened(feed.format(encoding=encoding).encode(encoding))
    assert table.tree is not None
    assert table.tree.to_paths() == ["Еда", "Еда > Чай", "Подарки"]
    assert values_of(table)[2]["name"] == "Чай Гринфилд Эрл Грей"


def test_yml_gives_names_categories_and_what_identifies_an_offer() -> None:
    assert values_of(opened(YML.format(encoding="utf-8"))) == [
        {
            "name": 'Чай зелёный "Улун"\N{NO-BREAK SPACE}100 г',
            "category": category,
            "vendor": "Ахмад",
            "id": "a1",
        }
        for category in ("2", "3")
    ] + [
        {
            "name": "Чай Гринфилд Эрл Грей",
            "category": "1",
            "vendor": "Гринфилд",
            "model": "Эрл Грей",
            "id": "a2",
        },
        {"id": "a3"},
    ]


def test_rows_have_the_lines_that_they_begin_in() -> None:
    table = opened(YML.format(encoding="utf-8"))
    assert (table.unit, [row.number for row in rows_of(table)]) == ("line", [12, 12, 19, 24])


def test_prefixes_and_the_case_of_names_do_not_count() -> None:
    feed = '<y:YML_Catalog><Shop><Offers><y:OFFER ID="7"><Name>Чай</Name></y:OFFER></Offers></Shop>'
    assert values_of(opened(feed + "</y:YML_Catalog>")) == [{"name": "Чай", "id": "7"}]


def test_categories_may_come_after_the_offers() -> None:
    feed = (
        "<yml_catalog><shop><offers><offer><name>Чай</name><categoryId>7</categoryId></offer>"
        '</offers><categories><category id="7">Еда</category></categories></shop></yml_catalog>'
    )
    table = opened(feed)
    assert table.tree is not None
    assert (table.tree.ids, values_of(table)) == (("7",), [{"name": "Чай", "category": "7"}])


def test_an_offer_of_an_unknown_category_is_there_with_its_id() -> None:
    offer = "<offer><name>Чай</name><categoryId>9</categoryId>{}</offer>"
    offers = offer.format("") + offer.format("<categoryId>1</categoryId>")
    assert values_of(opened(yml('<category id="1">Еда</category>', offers))) == [
        {"name": "Чай", "category": "9"},
        {"name": "Чай", "category": "1"},
        {"name": "Чай", "category": "9"},
    ]


def test_without_categories_there_is_no_tree() -> None:
    table = opened(yml("", "<offer><name>Чай</name><categoryId>9</categoryId></offer>"))
    assert (table.tree, values_of(table)) == (None, [{"name": "Чай", "category": "9"}])


@pytest.mark.parametrize("xmlns", ["", ' xmlns="urn:1C.ru:commerceml_2"'])
def test_commerceml_gives_nested_groups_and_goods_that_are_sold(xmlns: str) -> None:
    table = opened(COMMERCEML.format(xmlns=xmlns))
    assert table.tree is not None
    assert table.tree.to_paths() == ["Еда", "Еда > Чай", "Еда > Чай > Зелёный"]
    assert values_of(table) == [
        {"name": "Чай улун", "category": "г3", "article": "А-1", "id": "т1"},
        {"name": "Сыр полный", "full name": "Сыр полный", "id": "т4"},
    ]
    deleted = table.left_out["goods marked as deleted"]
    assert [example.value for example in deleted.examples] == ["Чай старый", "Кофе"]


def test_prices_of_commerceml_are_counted_and_are_no_rows() -> None:
    table = opened(
        "<КоммерческаяИнформация><ПакетПредложений><Предложения><Предложение><Наименование>Чай"
        "</Наименование></Предложение></Предложения></ПакетПредложений></КоммерческаяИнформация>"
    )
    assert (rows_of(table), table.left_out["prices and stocks"].count) == ([], 1)


def test_merchant_feeds_give_the_shops_own_path_else_googles() -> None:
    table = opened(RSS)
    assert table.tree is None
    assert values_of(table) == [
        {
            "name": "Чай улун",
            "category": category,
            "brand": "Ахмад",
            "google product category": "2073",
            "id": "1",
        }
        for category in ("Еда > Чай", "Подарки")
    ] + [
        {
            "name": "Кофе",
            "category": "Food > Coffee",
            "google product category": "Food > Coffee",
        },
    ]


def test_atom_is_read_even_if_a_prefix_is_not_declared() -> None:
    assert values_of(opened(ATOM)) == [{"name": "Чай улун", "category": "Еда"}]


MENDED = {
    '<category id="1" parentId="0">Еда</category>': (
        "categories without the parent they name: 1 (line 1: '0', '1' is taken for the top level)"
    ),
    '<category id="1">Еда</category>\n<category id="1">Еда</category>': (
        "categories given twice: 1 (line 2: '1', the same as in line 1)"
    ),
    '<category id="1"/>': "categories without a title: 1 (line 1: '1', called by the id)",
    '<category id="1">Еда</category>\n<category>Чай</category>': (
        "categories without an id: 1 (line 2: 'Чай', left out)"
    ),
}


@pytest.mark.parametrize("categories", MENDED)
def test_what_is_mended_in_the_categories_is_said(categories: str) -> None:
    table = opened(yml(categories))
    facts = [f"{what}: {how}" for what, how in table.facts.items() if what != "format"]
    assert table.tree is not None
    assert (table.tree.ids, facts) == (("1",), [MENDED[categories]])


def test_a_file_a_compressed_file_and_a_stream_give_the_same(tmp_path: Path) -> None:
    content = YML.format(encoding="windows-1251").replace("&nbsp;", " ").encode("cp1251")
    (tmp_path / "feed.xml").write_bytes(content)
    (tmp_path / "feed.xml.gz").write_bytes(gzip.compress(content))
    files = [Source(tmp_path / "feed.xml"), Source(tmp_path / "feed.xml.gz")]
    tables = [read_feed(source, Options()) for source in files]
    assert [find_kind(source).reader for source in files] == [
        "textcat.catalogue.feeds:read_feed"
    ] * 2
    assert values_of(tables[0]) == values_of(tables[1]) == values_of(opened(content))


def test_an_offer_of_several_categories_is_right_in_each_and_is_one_name_to_predict() -> None:
    feed = yml(
        '<category id="1">Еда</category><category id="2">Подарки</category>',
        "<offer><name>Чай</name><categoryId>1</categoryId><categoryId>2</categoryId></offer>"
        "<offer><name>Кофе</name><categoryId>1</categoryId></offer>",
    )
    catalogue = read_catalogue(io.BytesIO(feed.encode()))
    assert catalogue.nodes is not None
    others = other_categories(catalogue, np.array(catalogue.nodes, np.int32))
    assert (others.rows.tolist(), others.nodes.tolist()) == ([0, 1], [1, 0])
    assert [name for _, name in read_names(io.BytesIO(feed.encode()))] == ["Чай", "Кофе"]
