"""The page when something is wrong: with the server, with what it is given, or with the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the service needs fastapi")

from page_in_browser import Page, served

from textcat.service import Limits, create_app
from textcat.training import train


@pytest.fixture(scope="module")
def address(saved_model: Path) -> Iterator[str]:
    with served(create_app(saved_model, limits=Limits(body_bytes=100_000))) as address:
        yield address


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Page]:
    with Page.opened(browser, address) as page:
        yield page


def test_what_the_server_refuses_is_said_in_words_with_the_way_out(
    page: Page, tmp_path: Path
) -> None:
    picture = tmp_path / "прайс.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    page.find("#file").send_keys(str(picture))
    page.wait(lambda: page.find_all("#notice .problem"))
    assert "попробуйте ещё раз" in page.text("#notice")
    assert "Подробности: " in page.text("#notice")
    assert page.find("#names").is_displayed()
    assert "422" in page.complaints()[0]


def test_a_price_list_that_is_too_large_is_not_even_sent(page: Page, tmp_path: Path) -> None:
    large = tmp_path / "прайс.csv"
    large.write_text("Чай\n" * 100_000)
    page.find("#file").send_keys(str(large))
    page.wait(lambda: page.find_all("#notice .problem"))
    assert "Разделите прайс-лист" in page.text("#notice")
    assert "файл больше 0,1 МБ" in page.text("#notice")


def test_nothing_to_ask_for_is_said(page: Page) -> None:
    page.find("#submit").click()
    assert page.text("#notice").startswith("Сначала вставьте названия")


def test_a_server_that_is_gone_is_noticed_and_so_is_its_return(
    browser: Any, saved_model: Path
) -> None:
    app = create_app(saved_model)
    with served(app) as address:
        page = Page(browser, address)
        page.open()
    page.paste("Чай")
    page.find("#submit").click()
    page.wait(lambda: "Сервер не отвечает" in page.text("#offline"))
    with served(create_app(saved_model), port=int(address.rsplit(":", 1)[1].strip("/"))):
        page.wait(lambda: not page.find_all("#offline *"))
        page.find("#notice button").click()
        page.wait_for_answers()
    assert page.rows()[0][0] == "Чай"
    assert all("CONNECTION_REFUSED" in complaint for complaint in page.complaints())


def test_a_hostile_name_is_text(page: Page) -> None:
    hostile = ("<img src=x onerror=alert(1)>Чай", "<script>alert(2)</script>", "&lt;b&gt;", '"><b>')
    page.ask(*hostile)
    assert [name for name, _, _ in page.rows()] == list(hostile)
    page.open_row(0)
    assert page.text("#details-title") == hostile[0]
    assert not page.find_all("main img, main script, main b, #details img")


def test_hostile_categories_are_text_and_a_model_without_a_certificate_promises_nothing(
    browser: Any, tmp_path: Path
) -> None:
    attack = "<img src=x onerror=alert(1)>"
    model = train([("Чай зелёный", f"{attack} > Чай"), ("Кофе", f"{attack} > Кофе")], n_jobs=1)
    model.save(tmp_path / "model")
    with (
        served(create_app(tmp_path / "model")) as address,
        Page.opened(browser, address) as page,
    ):
        assert "точность не проверена" in page.text("#meaning")
        page.ask("Чай")
        assert page.rows()[0][1].startswith(attack)
        assert page.text("#results-title") == "Самые вероятные категории"
        page.open_row()
        assert not page.find_all("main img, #details img")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.resize(width, 740)
    overflow = """const {scrollWidth, clientWidth} = document.querySelector(arguments[0]);
    return scrollWidth - clientWidth"""
    assert page.run(overflow, "html") == 0
    page.ask("Чай" * 300, "Сенча", "абырвалг")
    assert page.run(overflow, "html") == 0
    page.open_row(0)
    assert page.run(overflow, ".details-body") == 0
