"""Feeds that are broken, dangerous or huge."""

from __future__ import annotations

import tracemalloc
from collections import deque
from pathlib import Path

import pytest
from hand_made_feeds import ATOM, COMMERCEML, RSS, YML, opened, rows_of, values_of, yml
from hypothesis import given, settings
from hypothesis import strategies as st

from textcat.catalogue.feeds import read_feed
from textcat.catalogue.feeds.xml import read_records
from textcat.catalogue.feeds.yml import SHAPE
from textcat.catalogue.files import Source
from textcat.catalogue.table import Options
from textcat.errors import CatalogueError

REFUSED = {
    yml(
        '<category id="1" parentId="2">Еда</category><category id="2" parentId="1">Чай</category>'
    ): ("stand in a cycle: '1' -> '2' -> '1'"),
    yml('<category id="1">Еда</category>\n<category id="1">Чай</category>'): (
        r"line 2: two categories have the id '1': 'Еда' under None \(line 1\) and 'Чай'"
    ),
    "": "line 1, column 1: no element found; the file is cut off or empty",
    "Чай;Еда": "line 1, column 4: .*either this is no XML",
    "<!DOCTYPE html><html><p></html>": "the root element is <html>; feeds begin with <yml_catalog>",
    YML.format(encoding="utf-8")[:700]: "line 20, column .*: unclosed token; the file is cut off",
    yml("")[:-3]: "column .*: unclosed token; the file is cut off",
    "\n<?xml version='1.0'?><rss/>": "remove the blank lines",
    "<?xml version='1.0' encoding='windows-9999'?><rss/>": "unknown encoding.*pass the encoding",
    "<?xml version='1.0' encoding='gb2312'?><rss/>": "multi-byte.*pass the encoding",
    yml("", "\n<offer><name>Чай & кофе</name></offer>"): "line 2, column 19: .*written &amp;",
    yml("", "<offer><name>Чай &koffe; 1</name></offer>"): "there is no entity &koffe;",
    yml("<a>" * 1000 + "</a>" * 1000): "elements stand more than 1,000 deep",
    '<!DOCTYPE a [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><a>&b;</a>': "declares the entity 'a'",
    '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>': "declares the entity 'a'",
    '<!DOCTYPE a [<!ENTITY % a SYSTEM "http://localhost/">%a;]><a/>': "declares the entity 'a'",
    '<!DOCTYPE a [<!NOTATION n SYSTEM "n"><!ENTITY a SYSTEM "a" NDATA n>]><a/>': "the entity 'a'",
}


@pytest.mark.parametrize("feed", REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_read_is_refused_with_its_place(feed: str) -> None:
    with pytest.raises(CatalogueError, match=f"^the stream.*{REFUSED[feed]}"):
        rows_of(opened(feed))


def test_a_feed_that_lies_about_its_encoding_is_read_in_the_given_one() -> None:
    feed = YML.format(encoding="utf-8").encode("cp1251")
    with pytest.raises(CatalogueError, match=r"line 5, .*not in the encoding .*encoding=…"):
        opened(feed)
    assert len(values_of(opened(feed, "cp1251"))) == 4
    other = YML.format(encoding="windows-1251").encode()
    assert values_of(opened(other, "utf-8"))[2]["name"] == "Чай Гринфилд Эрл Грей"


@pytest.mark.parametrize(
    ("beginning", "trouble"),
    [
        ("<yml_catalog><shop><offers>\n<offer><name>", "the offer of line 2 is larger than 16 MB"),
        ("<yml_catalog>\n<!-- ", "line 2, column 1: what begins here does not end within 16 MB"),
        ("<yml_catalog>\n<shop name='", "line 2, column 1: what begins here does not end"),
    ],
)
def test_texts_and_tags_without_end_are_refused(beginning: str, trouble: str) -> None:
    pieces = (piece.encode() for piece in [beginning, *["x" * (1 << 18)] * 80])
    with pytest.raises(CatalogueError, match=trouble):
        deque(read_records(pieces, "feed.xml", {"yml_catalog": SHAPE}), 0)


def test_long_texts_that_nobody_asked_for_are_passed_over() -> None:
    picture = "<offer><name>Чай</name><picture>" + "x" * (17 << 20) + "</picture></offer>"
    assert values_of(opened(yml("", picture))) == [{"name": "Чай"}]


def test_a_long_feed_is_read_in_little_memory(tmp_path: Path) -> None:
    offer = "<offer><name>Чай зелёный {}</name><categoryId>1</categoryId><p>{}</p></offer>\n"
    with (tmp_path / "long.yml").open("w", encoding="utf-8") as file:
        begin, end = yml('<category id="1">Еда</category>', "…").split("…")
        file.write(begin)
        file.writelines(offer.format(number, "вкусный " * 200) for number in range(4_000))
        file.write(end)
    assert (tmp_path / "long.yml").stat().st_size > 10_000_000
    tracemalloc.start()
    try:
        deque(read_feed(Source(tmp_path / "long.yml"), Options()).rows([0, 1]), 0)
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_many_categories_deep_and_wide_are_read() -> None:
    nested = "<Группы><Группа><Ид>{0}</Ид><Наименование>Г</Наименование>"
    deep = "".join(nested.format(number) for number in range(400))
    table = opened(
        "<КоммерческаяИнформация><Классификатор>"
        + deep
        + "</Группа></Группы>" * 400
        + "</Классификатор></КоммерческаяИнформация>"
    )
    assert table.tree is not None
    assert table.tree.depth == 400
    wide = "".join(
        f'<category id="{n}" parentId="{n // 2 or ""}">К</category>' for n in range(9999, 0, -1)
    )
    table = opened(yml(wide))
    assert table.tree is not None
    assert (len(table.tree), table.tree.depth) == (9999, 14)


FEEDS = [YML.format(encoding="utf-8"), COMMERCEML.format(xmlns=""), RSS, ATOM]
PLACES = st.floats(0, 1)


def trouble_of(feed: bytes) -> str | None:
    """What reading it says, if it cannot be read."""
    try:
        rows = rows_of(opened(feed))
    except CatalogueError as error:
        return str(error)
    assert all(isinstance(row.values[0], str | None) for row in rows)
    return None


@settings(max_examples=200)
@given(
    st.sampled_from([feed.encode() for feed in FEEDS]),
    st.lists(st.tuples(PLACES, st.one_of(st.integers(0, 255), st.just(ord("<")))), max_size=4),
    st.floats(0, 1.5),
)
def test_a_damaged_feed_gives_rows_or_a_clear_error(
    feed: bytes, damages: list[tuple[float, int]], end: float
) -> None:
    damaged = bytearray(feed[: max(1, int(len(feed) * end))])
    for place, byte in damages:
        damaged[int(place * (len(damaged) - 1))] = byte
    trouble = trouble_of(bytes(damaged))
    assert trouble is None or trouble.startswith("the stream")


TAGS = ["offer", "name", "categories", "category", "categoryId", "b"]
PIECES = [f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]
PIECES += ["Чай", "&nbsp;", "&#1;", "&", "<![CDATA[", "]]>", "<!--", "-->", "<?a?>", "\0", "\ufeff"]
PIECES += ['<category id="1" parentId="2">', '<category id="2" parentId="1">', '<category id="1">']


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_markup_gives_rows_or_a_clear_error(pieces: list[str]) -> None:
    trouble = trouble_of(f"<yml_catalog><shop>{''.join(pieces)}</shop></yml_catalog>".encode())
    assert trouble is None or trouble.startswith("the stream")


@settings(max_examples=30)
@given(st.integers(0, 2000), st.integers(0, 2000))
def test_where_the_bytes_are_cut_does_not_matter(first: int, second: int) -> None:
    feed = YML.format(encoding="utf-8").encode()
    first, second = sorted([first, second])
    pieces = [feed[:first], feed[first:second], feed[second:]]
    whole = list(read_records([feed], "feed.xml", {"yml_catalog": SHAPE}))
    assert list(read_records(pieces, "feed.xml", {"yml_catalog": SHAPE})) == whole
