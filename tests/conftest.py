"""A small catalogue written by hand, and one model trained on it, for every test that needs one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import Ended, Run
from hand_made_rules import taken_at_its_word
from hypothesis import settings
from whole_models import save_with_everything

from textcat.cli import main
from textcat.model import CategoryModel
from textcat.training import train

# The first name of a process waits for the dictionary, and machines differ: nothing is timed. And
# every run has the same examples, so that a red one can be had again.
settings.register_profile("untimed", deadline=None, derandomize=True)
settings.load_profile("untimed")

# Leaves at uneven depth, «Чехлы» under two parents, «Чай» with products of its own, a one-child
# chain under «Дом», and a category with a single row.
CATALOGUE = """
Чай зелёный листовой 100г             | Еда > Чай > Зелёный
Чай зел. Ahmad 25 пак.                | Еда > Чай > Зелёный
Зелёный чай с жасмином 200 г          | Еда > Чай > Зелёный
Чай зелёный молочный улун             | Еда > Чай > Зелёный
Сенча японская зелёная 50г            | Еда > Чай > Зелёный
Чай чёрный Greenfield 100 пакетиков   | Еда > Чай > Чёрный
Чай черный цейлонский 250г            | Еда > Чай > Чёрный
Чёрный чай с бергамотом Ahmad         | Еда > Чай > Чёрный
Чай чёрный крупнолистовой             | Еда > Чай > Чёрный
Чай Ассам чёрный индийский 200г       | Еда > Чай > Чёрный
Чай подарочный набор ассорти          | Еда > Чай
Чай ассорти Curtis 30 пак             | Еда > Чай
Набор чая подарочный в жестяной банке | Еда > Чай
Кофе молотый Jacobs 250г              | Еда > Кофе
Кофе в зёрнах Lavazza 1кг             | Еда > Кофе
Кофе растворимый Nescafe Gold 95 г    | Еда > Кофе
Кофе зерновой арабика 500г            | Еда > Кофе
Кофе молотый для чашки                | Еда > Кофе
Кефир Простоквашино 2,5% 930г         | Еда > Молочное
Молоко пастеризованное 3,2% 0.93л     | Еда > Молочное
Творог обезжиренный 180г              | Еда > Молочное
Сметана 20% 300 г                     | Еда > Молочное
Йогурт питьевой клубника 290мл        | Еда > Молочное
Платье женское летнее р.42-44         | Одежда > Платья
Платье вечернее длинное               | Одежда > Платья
Платье жен. хлопок XL                 | Одежда > Платья
Платье трикотажное с рукавом          | Одежда > Платья
Носки мужские хлопковые 5 пар         | Одежда > Носки
Носки жен. укороченные р.36-39        | Одежда > Носки
Носки детские шерстяные               | Одежда > Носки
Носки спортивные белые                | Одежда > Носки
Чехол для одежды 60x90 см             | Одежда > Чехлы
Чехол для костюма тканевый            | Одежда > Чехлы
Чехол на платье с молнией             | Одежда > Чехлы
Чехол силик. д/iPhone 13 прозр.       | Электроника > Чехлы
Чехол-книжка для Samsung A54          | Электроника > Чехлы
Чехол Xiaomi Redmi Note 12 чёрный     | Электроника > Чехлы
Чехол для телефона противоударный     | Электроника > Чехлы
Смартфон Xiaomi Redmi 12 128Gb        | Электроника > Телефоны
Смартфон Samsung Galaxy A54 256Gb     | Электроника > Телефоны
Телефон кнопочный Nokia 105           | Электроника > Телефоны
Смартфон Apple iPhone 13 128 Gb       | Электроника > Телефоны
Кабель USB-C 1 м                      | Электроника > Кабели
Кабель Type-C USB 2м зарядный         | Электроника > Кабели
Кабель для зарядки iPhone Lightning   | Электроника > Кабели
Роман «Война и мир» том 1             | Книги
Книга рецептов домашней кухни         | Книги
Детская книга сказок с картинками     | Книги
Книга «Чай и кофе» история            | Книги
Учебник математики 5 класс            | Книги
Лопата штыковая с черенком            | Дом > Сад > Лопаты
Лопата снеговая пластиковая           | Дом > Сад > Лопаты
Лопата совковая рельсовая сталь       | Дом > Сад > Лопаты
Лопатка садовая посадочная            | Дом > Сад > Лопаты
Шампунь Clear 400мл                   | Красота > Шампуни
Ш-нь Pantene д/волос 250 мл           | Красота > Шампуни
ШампуньSchauma крапива 380мл          | Красота > Шампуни
Шампунь детский без слёз              | Красота > Шампуни
Духи женские Chanel 50 мл             | Красота > Духи
Туалетная вода мужская 100мл          | Красота > Духи
Парфюмерная вода цветочная 30 мл      | Красота > Духи
Бальзам для губ с мёдом               | Красота > Бальзамы
"""


@pytest.fixture(scope="session")
def catalogue() -> list[tuple[str, str]]:
    """Rows of (name, path)."""
    rows = (line.split("|") for line in CATALOGUE.strip().splitlines())
    return [(name.strip(), path.strip()) for name, path in rows]


@pytest.fixture(scope="session")
def names(catalogue: list[tuple[str, str]]) -> list[str]:
    return [name for name, _ in catalogue]


@pytest.fixture(scope="session")
def uncertified_model(catalogue: list[tuple[str, str]]) -> CategoryModel:
    """As it comes from so few rows: nothing can be certified on them."""
    return train(catalogue, n_jobs=1)


@pytest.fixture(scope="session")
def model(uncertified_model: CategoryModel) -> CategoryModel:
    return taken_at_its_word(uncertified_model)


@pytest.fixture(scope="session")
def saved_model(model: CategoryModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a directory, whose name is Russian; whoever changes it takes a copy."""
    model.save(directory := tmp_path_factory.mktemp("saved") / "модель")
    return directory


@pytest.fixture(scope="session")
def whole(
    uncertified_model: CategoryModel,
    catalogue: list[tuple[str, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A saved model that has everything a model can have."""
    directory = tmp_path_factory.mktemp("whole") / "model"
    return save_with_everything(uncertified_model, catalogue, directory)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A real one without a window; tests are skipped where there is none."""
    from page_in_browser import chromium

    with chromium(tmp_path_factory.mktemp("profile")) as steered:
        yield steered


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line."""

    def run_command(*arguments: object) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ended(int(ended.value.code or 0), captured.out, captured.err)

    return run_command


@pytest.fixture
def eager_switching() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)
