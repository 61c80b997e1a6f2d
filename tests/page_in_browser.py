"""The page of the service in a real browser: Chromium without a window, before a real server."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI

webdriver = pytest.importorskip("selenium.webdriver", reason="a browser is steered by selenium")

from selenium.webdriver.common.by import By  # noqa: E402 - not without selenium
from selenium.webdriver.remote.webelement import WebElement  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

OPTIONS = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--window-size=1280,900"
)
SECONDS = 10


@contextmanager
def served(app: FastAPI, port: int = 0) -> Iterator[str]:
    """The address of a server that runs in a thread, on a free port unless one is named."""
    listening = socket.create_server(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@contextmanager
def chromium(profile: Path) -> Iterator[Any]:
    """A browser with a new profile; the test is skipped where there is none."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("chromium and chromedriver are not both installed")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for option in [*OPTIONS.split(), f"--user-data-dir={profile}"]:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    steered = webdriver.Chrome(options, webdriver.ChromeService(driver))
    try:
        yield steered
    finally:
        steered.quit()


class Page:
    """The page, as those who use it see it."""

    def __init__(self, browser: Any, address: str) -> None:
        self.browser = browser
        self.address = address

    def open(self, choice: str = "") -> Page:
        """Open it anew; `choice` stands behind # in the address."""
        self.browser.get("about:blank")
        self.complaints(), self.foreign_requests()  # those of what was open before
        self.browser.get(self.address + choice)
        self.wait(lambda: self.find("#submit").is_enabled())
        return self

    @classmethod
    @contextmanager
    def opened(cls, browser: Any, address: str) -> Iterator[Page]:
        """The page, on which nothing goes wrong that the test does not ask for.

        At the end the console is silent, and nobody but the server was asked for anything.
        """
        page = cls(browser, address)
        page.resize(1280, 900)
        page.open()
        yield page
        assert page.complaints() == []
        assert page.foreign_requests() == []

    def find(self, selector: str) -> WebElement:
        """The first element of a CSS selector."""
        element: WebElement = self.browser.find_element(By.CSS_SELECTOR, selector)
        return element

    def find_all(self, selector: str) -> list[WebElement]:
        """All elements of a CSS selector; none may be there."""
        elements: list[WebElement] = self.browser.find_elements(By.CSS_SELECTOR, selector)
        return elements

    def text(self, selector: str) -> str:
        """What is seen of an element, spaces of all kinds as one."""
        return " ".join(self.find(selector).text.split())

    def run(self, script: str, *arguments: object) -> Any:
        """What a piece of JavaScript returns; a promise is waited for."""
        return self.browser.execute_script(script, *arguments)

    def wait(self, is_so: Callable[[], object]) -> None:
        """Wait until something is so."""
        WebDriverWait(self.browser, SECONDS, 0.02).until(lambda _: is_so())

    def paste(self, *names: str) -> None:
        """Put names into the field, one a line."""
        script = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input'))"
        self.run(script, self.find("#names"), "\n".join(names))

    def ask(self, *names: str) -> None:
        """Ask for names, and wait until all are answered."""
        if names:
            self.paste(*names)
        self.find("#submit").click()
        self.wait_for_answers()

    def wait_for_answers(self) -> None:
        """Wait until all names are answered."""
        done = "return document.activeElement.id === 'results-title'"
        self.wait(lambda: self.run(done) and not self.find("#progress").is_displayed())

    def rows(self) -> list[list[str]]:
        """What the table shows: name, category, probability; not what is only spoken."""
        script = """return [...document.querySelectorAll('#table tbody tr')].map((row) => {
            const seen = row.cloneNode(true);
            for (const spoken of seen.querySelectorAll('.visually-hidden')) spoken.remove();
            return [...seen.cells].map((cell) => cell.textContent);
        })"""
        return [[" ".join(cell.split()) for cell in row] for row in self.run(script)]

    def choose(self, group: str, value: object) -> None:
        """Choose a precision level, a kind of goods, or which rows to show."""
        self.run("arguments[0].click()", self.find(f"input[name={group}][value='{value}']"))

    def open_row(self, place: int = 0) -> None:
        """Click on a row, and wait until it is told why."""
        self.find_all("#table .name")[place].click()
        self.wait(lambda: self.find_all(".reasons h3"))

    def focused(self) -> str:
        """Text of what has the focus."""
        text: str = self.browser.switch_to.active_element.text
        return text

    def resize(self, width: int, height: int) -> None:
        """Give the window another size; a narrow one is a phone's."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def complaints(self) -> list[str]:
        """What the console says, warnings among it, since this was asked last."""
        return [entry["message"] for entry in self.browser.get_log("browser")]

    def foreign_requests(self) -> list[str]:
        """Addresses elsewhere that were requested since this was asked last."""
        home = urlsplit(self.address).netloc
        events = (
            json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")
        )
        asked = [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]
        return [url for url in asked if url != "about:blank" and urlsplit(url).netloc != home]
