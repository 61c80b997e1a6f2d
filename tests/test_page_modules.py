"""The page's modules by themselves, run by a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the service needs fastapi")

from page_in_browser import Page, served

from textcat.service import create_app


@pytest.fixture(scope="module")
def page(browser: Any, saved_model: Path) -> Iterator[Page]:
    with served(create_app(saved_model)) as address:
        yield Page(browser, address).open()


def called(page: Page, module: str, function: str, *arguments: object) -> Any:
    """What a function of a module returns; a generator's values as a list."""
    script = """return import(`/static/${arguments[0]}.js`).then((module) => {
        const result = module[arguments[1]](...arguments[2]);
        return typeof result?.next === 'function' ? [...result] : result;
    })"""
    return page.run(script, module, function, arguments)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("чай\nкофе", ["чай", "кофе"]),
        ("чай\r\n\r\n  кофе  \r", ["чай", "кофе"]),
        (" \n\t\n", []),
        ("чай, 100 г; кофе", ["чай, 100 г; кофе"]),
    ],
)
def test_a_line_is_a_name(page: Page, text: str, names: list[str]) -> None:
    assert called(page, "names", "splitNames", text) == names


@pytest.mark.parametrize(
    ("text", "is_so"), [("чай\t99\nкофе\t80\n", True), ("чай\t99\nкофе", False), ("", False)]
)
def test_text_with_columns_in_every_line_is_a_table(page: Page, text: str, is_so: bool) -> None:
    assert called(page, "names", "isTable", text) is is_so


def test_pieces_keep_to_the_limits_and_leave_nothing_out(page: Page) -> None:
    limits = {"names": 3, "body_bytes": 240}
    names = ["a", "b", "c", "d", "long" * 10, "e", "f" * 19, "g"]
    pieces = called(page, "names", "pieces", names, limits)
    assert pieces == [["a", "b", "c"], ["d"], ["long" * 10], ["e", "f" * 19], ["g"]]


def test_a_name_is_cut_before_half_a_sign(page: Page) -> None:
    assert called(page, "names", "sendable", "чай😀", {"name_length": 4}) == "чай\ufffd"


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.9701, "97 %"), (0.999, "> 99 %"), (1, "> 99 %"), (0.58, "58 %"), (0.001, "< 1 %")],
)
def test_no_probability_is_rounded_up(page: Page, share: float, text: str) -> None:
    assert called(page, "wording", "percent", share) == text.replace(" ", "\u00a0").replace(
        ">\u00a0", "> "
    ).replace("<\u00a0", "< ")


def level(goods: str, precision: float, threshold: float | None) -> dict[str, Any]:
    """A precision level as `GET /model` tells it."""
    shares = {"answered": threshold or 0, "at_leaf": 0.5}
    certified = threshold is not None
    told = {"goods": goods, "precision": precision, "certified": certified, **shares}
    return {**told, "threshold": threshold}


def test_a_level_for_any_goods_is_certified_for_all_and_as_strict_as_the_strictest(
    page: Page,
) -> None:
    model = {
        "goods": ["familiar", "new"],
        "precision_levels": [
            level("familiar", 0.99, 0.97),
            level("familiar", 0.95, 0.8),
            level("new", 0.99, None),
            level("new", 0.95, 0.9),
        ],
    }
    assert called(page, "precision", "kindsOfGoods", model) == ["any", "familiar", "new"]
    (any_goods,) = called(page, "precision", "levelsFor", model, "any")
    assert (any_goods["precision"], any_goods["threshold"]) == (0.95, 0.9)
    familiar = called(page, "precision", "levelsFor", model, "familiar")
    assert [each["precision"] for each in familiar] == [0.99, 0.95]


def test_levels_of_rows_that_were_given_come_first(page: Page) -> None:
    levels = [level("new", 0.9, 0.8), level("given", 0.9, 0.7)]
    model = {"goods": ["new", "given"], "precision_levels": levels}
    assert called(page, "precision", "kindsOfGoods", model) == ["given", "new"]


def test_predictions_are_cut_where_the_server_cuts_them(page: Page, names: list[str]) -> None:
    script = """return (async () => {
        const {depth, levelsFor} = await import('/static/precision.js');
        const {fetchModel} = await import('/static/api.js');
        const levels = levelsFor(await fetchModel(), 'given');
        const precision = levels.map((level) => level.precision);
        const body = JSON.stringify({names: arguments[0], precision});
        const headers = {'Content-Type': 'application/json'};
        const said = await (await fetch('/predict', {method: 'POST', headers, body})).json();
        return said.predictions.map(({levels: way, answers}) => [
            levels.map((level) => depth({shares: way.map((each) => each.probability)}, level)),
            answers.map((answer) => answer.path?.length ?? 0),
        ]);
    })()"""
    vague = [word for name in names for word in name.split()]
    cut = page.run(script, vague)
    assert len(cut) == len(vague)
    assert all(here == there for here, there in cut)
    assert len({tuple(here) for here, _ in cut}) > 10


def test_a_download_has_a_column_a_level_and_runs_nothing(page: Page) -> None:
    tea, green = {"id": "1", "title": "Чай"}, {"id": "1;2", "title": 'Чай "зелёный"'}
    rows = [
        {"name": "улун", "categories": [tea, green], "shares": [0.98765, 0.6]},
        {"name": "-10% чай", "categories": [tea], "shares": [0.95]},
        {"name": "", "categories": [], "shares": []},
    ]
    csv = called(page, "download", "toCsv", rows, {"threshold": 0.9})
    assert csv.split("\r\n") == [
        "\ufeffНазвание;Категория;Вероятность;Код категории;"
        "Уровень 1;Вероятность 1;Уровень 2;Вероятность 2;Вероятнее всего",
        'улун;Чай;0,9877;1;Чай;0,9877;;;"Чай > Чай ""зелёный"""',
        "'-10% чай;Чай;0,9500;1;Чай;0,9500;;;Чай",
        ";;;;;;;;",
        "",
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝"])
def test_no_cell_begins_like_a_formula(page: Page, start: str) -> None:
    row = {"name": f"{start}1", "categories": [], "shares": []}
    csv = called(page, "download", "toCsv", [row], {"threshold": 0.9})
    assert csv.split("\r\n")[1].startswith(f"'{start}1;")


@pytest.mark.parametrize("status", [0, 400, 401, 404, 413, 422, 429, 500, 503, 504, 599])
def test_every_problem_is_said_in_words(page: Page, status: int) -> None:
    script = """return Promise.all([import('/static/api.js'), import('/static/problems.js')]).then(
        ([{Problem}, {describe}]) => describe(new Problem(arguments[0])).textContent)"""
    assert len(page.run(script, status).split()) > 5
