"""Small feeds written by hand, and how a test looks at what is read from them."""

from __future__ import annotations

import io

from textcat.catalogue.feeds import read_feed
from textcat.catalogue.files import Source
from textcat.catalogue.table import Options, Row, Table

YML = """<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE yml_catalog SYSTEM "shops.dtd">
<yml_catalog date="2024-11-23 10:00">
<shop>
  <name>Лавка</name>
  <categories>
    <category id="2" parentId="1">Чай</category>
    <category id="1">Еда</category>
    <category id="3">Подарки</category>
  </categories>
  <offers>
    <offer id="a1" available="true">
      <name>Чай зелёный &quot;Улун&quot;&nbsp;100 г</name>
      <vendor>Ахмад</vendor>
      <categoryId>2</categoryId>
      <categoryId>3</categoryId>
      <description><![CDATA[<b>Очень</b> вкусный]]></description>
    </offer>
    <offer id="a2" type="vendor.model">
      <typePrefix>Чай</typePrefix><vendor>Гринфилд</vendor><model>Эрл Грей</model>
      <categoryId type="Own"> 1 </categoryId>
      <param name="name">не имя</param>
    </offer>
    <offer id="a3"><name> </name></offer>
  </offers>
</shop>
</yml_catalog>"""

COMMERCEML = """<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация{xmlns} ВерсияСхемы="2.05" ДатаФормирования="2024-11-23">
  <Классификатор>
    <Ид>к</Ид><Наименование>Классификатор (Основной каталог)</Наименование>
    <Группы>
      <Группа><Ид>г1</Ид><Наименование>Еда</Наименование>
        <Группы>
          <Группа><Группы><Группа><Ид>г3</Ид><Наименование>Зелёный</Наименование></Группа></Группы>
            <Ид>г2</Ид><Наименование>Чай</Наименование></Группа>
        </Группы>
      </Группа>
    </Группы>
    <Свойства><Свойство><Ид>с1</Ид><Наименование>Вес</Наименование></Свойство></Свойства>
  </Классификатор>
  <Каталог>
    <Товары>
      <Товар><Ид>т1</Ид><Артикул>А-1</Артикул><Наименование>Чай улун</Наименование>
        <Группы><Ид>г3</Ид></Группы></Товар>
      <Товар Статус="Удален"><Ид>т2</Ид><Наименование>Чай старый</Наименование></Товар>
      <Товар><Ид>т3</Ид><ПометкаУдаления>true</ПометкаУдаления>
        <Наименование>Кофе</Наименование></Товар>
      <Товар><Ид>т4</Ид><ПометкаУдаления>false</ПометкаУдаления>
        <ПолноеНаименование>Сыр полный</ПолноеНаименование><Группы/></Товар>
    </Товары>
  </Каталог>
</КоммерческаяИнформация>"""

RSS = """<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Лавка</title>
<item><g:id>1</g:id><g:title>Чай улун</g:title><g:brand>Ахмад</g:brand>
  <g:product_type>Еда &gt; Чай</g:product_type><g:product_type>Подарки</g:product_type>
  <g:google_product_category>2073</g:google_product_category></item>
<item><title>Кофе</title><g:google_product_category>Food &gt; Coffee</g:google_product_category>
  <g:shipping><g:title>не имя</g:title></g:shipping></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Лавка</title>
<entry><title>Чай улун</title><g:product_type>Еда</g:product_type></entry></feed>"""


def opened(feed: str | bytes, encoding: str | None = None) -> Table:
    content = feed if isinstance(feed, bytes) else feed.encode()
    return read_feed(Source(io.BytesIO(content)), Options(encoding=encoding))


def rows_of(table: Table) -> list[Row]:
    return list(table.rows(range(len(table.columns))))


def values_of(table: Table) -> list[dict[str, object]]:
    """The columns of every row that have a value."""
    rows = [zip(table.columns, row.values, strict=True) for row in rows_of(table)]
    return [{column: value for column, value in row if value is not None} for row in rows]


def yml(categories: str, offers: str = "") -> str:
    return (
        f"<yml_catalog><shop><categories>{categories}</categories>"
        f"<offers>{offers}</offers></shop></yml_catalog>"
    )
