"""The page at /: what people who use it see and do, in a real browser before a real server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the service needs fastapi")

from page_in_browser import Page, served
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from textcat.service import Limits, create_app

TOKEN = "moderators-only"
# «Сенча» is sure at 0.8, at 0.9 only that it is tea, and at 0.95 nothing is.
NAMES = ("Чай зелёный с мятой", "Платье летнее", "Сенча", "абырвалг")


@pytest.fixture(scope="module")
def address(saved_model: Path) -> Iterator[str]:
    """A service that takes few names at once, and no corrections."""
    with served(create_app(saved_model, limits=Limits(names=50))) as address:
        yield address


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Page]:
    with Page.opened(browser, address) as page:
        yield page


@pytest.fixture
def correctable(browser: Any, saved_model: Path, tmp_path: Path) -> Iterator[Page]:
    """The page of a service that takes corrections."""
    own = shutil.copytree(saved_model, tmp_path / "model")
    with (
        served(create_app(own, token=TOKEN)) as address,
        Page.opened(browser, address) as page,
    ):
        yield page


def test_pasted_names_get_a_category_with_the_probability_of_every_level(page: Page) -> None:
    page.ask(*NAMES)
    rows = page.rows()
    assert [name for name, _, _ in rows] == list(NAMES)
    assert rows[0][1].startswith("Еда > 99 % › Чай > 99 % › Зелёный ")
    assert page.text("#summary").startswith("4 названия: с ответом – ")


def test_a_name_without_an_answer_says_so_and_what_a_laxer_level_would_say(page: Page) -> None:
    page.ask("Сенча", "абырвалг")
    vague, unknown = page.rows()
    assert vague[1].startswith("нет ответа При 90 % ответ был бы: Еда 91 % › Чай 90 %")
    assert unknown[1] == "нет ответа Ни одного знакомого слова."


def test_another_precision_level_cuts_anew_without_asking_the_server(page: Page) -> None:
    page.ask("Сенча")
    requests = "return performance.getEntriesByType('resource').length"
    before = page.run(requests)
    page.choose("precision", 0.9)
    assert page.text("#table .answer") == "› Чай 90 %"
    assert page.text("#table .unsure .title") == "Зелёный"
    page.choose("precision", 0.8)
    assert page.text("#table .answer") == "› Зелёный 86 %"
    assert page.run(requests) == before
    assert page.text("#results-title") == "Категории при точности 80 %"


def test_what_a_level_promises_is_said_in_a_sentence(page: Page) -> None:
    page.choose("precision", 0.9)
    assert page.text("#meaning").startswith("Из 100 ответов верны не меньше 90.")


def test_the_level_survives_a_reload_and_the_names_do_not(page: Page) -> None:
    page.choose("precision", 0.9)
    page.ask("Чай")
    page.browser.refresh()
    page.wait(lambda: page.find("#submit").is_enabled())
    assert page.find("input[name=precision]:checked").get_attribute("value") == "0.9"
    assert page.find("#names").get_attribute("value") == ""


def test_rows_are_filtered_by_how_they_are_answered_and_by_text(page: Page) -> None:
    page.ask(*NAMES)
    page.choose("shown", "none")
    assert "абырвалг" in [name for name, _, _ in page.rows()]
    assert all("нет ответа" in category for _, category, _ in page.rows())
    page.choose("shown", "all")
    page.find("#search").send_keys("ЗЕЛЕНЫЙ С")
    assert [name for name, _, _ in page.rows()] == ["Чай зелёный с мятой"]
    page.find("#search").send_keys("ого нет")
    assert page.find("#nothing-found").is_displayed()


def test_a_price_list_that_is_chosen_is_read_and_said_how(page: Page, tmp_path: Path) -> None:
    price_list = tmp_path / "прайс.csv"
    price_list.write_text("Артикул;Номенклатура\n1;Чай зелёный\n2;Платье;42\n", encoding="cp1251")
    page.find("#file").send_keys(str(price_list))
    page.wait(lambda: page.find_all("#price-list li"))
    assert "Столбец «Номенклатура» – 2 названия." in page.text("#price-list")
    assert "Проверьте в файле 1 строку, первая – 3-я" in page.text("#price-list")
    page.ask()
    assert [name for name, _, _ in page.rows()] == ["Чай зелёный", "Платье"]


def test_a_price_list_may_be_dropped_and_removed(page: Page) -> None:
    drop = """const files = new DataTransfer();
    files.items.add(new File([arguments[0]], 'drop.tsv'));
    const event = new DragEvent('drop', {dataTransfer: files, bubbles: true, cancelable: true});
    document.querySelector('main').dispatchEvent(event);"""
    page.run(drop, "Наименование\tЦена\nКофе молотый\t99\n")
    page.wait(lambda: page.find_all("#price-list li"))
    assert page.text("#names-count") == "1 название"
    page.find("#price-list button").click()
    assert page.find("#names").is_displayed()
    assert page.text("#names-count") == ""


def test_cells_pasted_from_a_spreadsheet_are_read_as_a_table(page: Page) -> None:
    page.ask("Артикул\tНаименование", "1\tКофе молотый")
    assert [name for name, _, _ in page.rows()] == ["Кофе молотый"]
    assert "вставленные ячейки" in page.text("#price-list")


def test_a_click_on_a_row_tells_why_and_what_else_it_may_be(page: Page) -> None:
    page.ask(*NAMES)
    page.open_row(0)
    assert page.text("#details-title") == NAMES[0]
    assert "а не «" in page.text(".decision h4")
    assert "Чай за: +" in page.text(".decision li")
    assert len(page.find_all(".candidates li")) == 5
    page.find("#next").click()
    page.wait(lambda: page.text("#details-title") == NAMES[1])
    assert not page.find_all(".correction")


def test_everything_is_done_by_keyboard(page: Page) -> None:
    keys = ActionChains(page.browser)
    keys.send_keys(Keys.TAB, *"Чай", Keys.ENTER, *"Платье").perform()
    ActionChains(page.browser).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(
        Keys.CONTROL
    ).perform()
    page.wait_for_answers()
    for _ in range(4):  # the filter, the search, the download, the table
        ActionChains(page.browser).send_keys(Keys.TAB).perform()
    assert page.focused() == "Чай"
    ActionChains(page.browser).send_keys(Keys.ARROW_DOWN, Keys.ENTER).perform()
    page.wait(lambda: page.find_all(".reasons h3"))
    assert page.focused() == page.text("#details-title") == "Платье"
    ActionChains(page.browser).send_keys(Keys.ESCAPE).perform()
    page.wait(lambda: not page.find("#details").is_displayed())
    page.wait(lambda: page.focused() == "Платье")
    assert page.run("return document.activeElement.matches(':focus-visible')")


def test_an_answer_is_corrected_with_the_token(correctable: Page) -> None:
    page = correctable
    page.ask("Цикорий растворимый", "Платье")
    page.open_row(0)
    search = page.find("#right-category")
    search.send_keys("кофе")
    page.wait(lambda: page.find_all("[role=option]"))
    search.send_keys(Keys.ENTER)
    assert search.get_attribute("value") == "Еда › Кофе"
    page.find("#token").send_keys("guessed", Keys.ENTER)
    page.wait(lambda: "Токен не подошёл" in page.text(".correction [role=alert]"))
    page.find("#token").clear()
    page.find("#token").send_keys(TOKEN, Keys.ENTER)
    page.wait(lambda: "исправлено" in page.rows()[0][1])
    ActionChains(page.browser).send_keys(Keys.ESCAPE).perform()
    assert "› Кофе" in page.rows()[0][1]
    assert "Похожие названия получат его" in page.text("#notice")
    page.wait(lambda: page.focused() == "Цикорий растворимый")
    assert "401" in page.complaints()[0]


def test_the_table_is_downloaded_as_a_file_that_excel_opens(page: Page, tmp_path: Path) -> None:
    behavior = {"behavior": "allow", "downloadPath": str(tmp_path)}
    page.browser.execute_cdp_cmd("Browser.setDownloadBehavior", behavior)
    page.choose("precision", 0.8)
    page.ask("Чай зелёный", '=HYPERLINK("http://x")')
    page.find("#download").click()
    downloaded = tmp_path / "категории 80 %.csv"
    page.wait(downloaded.exists)
    heading, tea, formula, _ = downloaded.read_bytes().decode("utf-8").split("\r\n")
    assert heading.startswith("\ufeffНазвание;Категория;Вероятность;Код категории;Уровень 1;")
    assert tea.startswith("Чай зелёный;Еда > Чай")
    assert ";Еда;0,9" in tea or ";Еда;1,0" in tea
    assert formula.startswith('"\'=HYPERLINK(""http://x"")";;;')


def test_many_names_are_asked_for_in_pieces_that_can_be_stopped(page: Page) -> None:
    stop_soon = """new MutationObserver((_, observer) => {
        if (!document.querySelector('#progress-text').textContent.startsWith('Готово 100 ')) return;
        observer.disconnect();
        document.querySelector('#stop').click();
    }).observe(document.querySelector('#progress-text'), {childList: true});"""
    page.run(stop_soon)
    page.paste(*(f"Чай зелёный {number}" for number in range(1000)))
    page.find("#submit").click()
    page.wait(lambda: "Остановлено: готово 100 из 1 000." in page.text("#notice"))
    assert len(page.rows()) == 100
    page.find("#notice button").click()
    page.wait_for_answers()
    assert page.text("#page-place") == "1–100 из 1 000"
    page.find("#next-page").click()
    assert page.rows()[0][0] == "Чай зелёный 100"
    assert page.focused() == "Чай зелёный 100"
