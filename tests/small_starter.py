"""A starter of three leaves, laid out like `data`, for tests that need not the whole one."""

from __future__ import annotations

from pathlib import Path

TREE = """\
id	path
food	Еда
tea	Еда > Чай
coffee	Еда > Кофе
tools	Инструменты
hammers	Инструменты > Молотки
"""
COMMON = """\
[colour]
items = чёрный; белый
"""
HANDS = """\
hand	share	order	case	shortened	glued	example
title	3	head kind? brand series? attribute?	written	0	0	Чай зелёный Ahmad 100 г
till	2	head, kind? brand	lower	0.4	0.5	чай зел. ahmad
sign	1	sign brand?	upper	0	0	В ПАКЕТИКАХ AHMAD
"""
LANGUAGE = {
    "food-drinks.ini": """
[tea]
heads = чай; чаёк; чайный напиток
kinds = зелёный; чёрный; травяной
attributes = {50|100} г; 25 пак.
brands = Ahmad: Classic, Earl Grey; Майский
signs = в пакетиках; листовой
names =
    Чай Greenfield зелёный 100пак.
    чай черн. принцесса нури

[coffee]
heads = кофе; кофе в зёрнах; coffee
kinds = молотый; растворимый
brands = Jacobs: Monarch; Жокей
signs = арабика
names =
    Кофе молотый Lavazza 250 г
""",
    "tools-hand.ini": """
[hammers]
heads = молоток; кувалда
kinds = слесарный; резиновый; {colour}
signs = с деревянной ручкой
brands = Зубр
names =
    Молоток столярный Stayer 300 г
""",
}
KEPT_OUT = """\
leaf	name
tea	Чай Curtis чёрный 25 пакетиков
tea	чаёк травяной сбор
coffee	Кофе растворимый Nescafe Gold
hammers	Молоток 500 г фиберглас
"""
STRANGERS = """
[services]
heads = аренда; услуги; монтаж
kinds = срочный; под ключ
attributes = час; смена
names =
    аренда экскаватора смена
"""
OUTSIDE = "аренда автокрана\n"


def write_starter(directory: Path) -> Path:
    """Write the files; the directory, too."""
    (directory / "language").mkdir(parents=True)
    for name, text in LANGUAGE.items():
        (directory / "language" / name).write_text(text, "utf-8")
    for name, text in (
        ("tree.tsv", TREE),
        ("common.ini", COMMON),
        ("hands.tsv", HANDS),
        ("kept_out.tsv", KEPT_OUT),
        ("outside.ini", STRANGERS),
        ("outside.txt", OUTSIDE),
    ):
        (directory / name).write_text(text, "utf-8")
    return directory
