"""Build the starter model and show its answers for names of many hands, at three precision levels.

    python examples/demo.py

A precision level says what share of the answers has to be right. The stricter it is, the higher
up the tree an answer stops; if nothing is reliable enough, there is none.
"""

from __future__ import annotations

import sys
import warnings
from time import perf_counter

import textcat
from textcat.cli.display import answers_table, make_console, show

PRECISIONS = (0.95, 0.90, 0.80)

NAMES = [
    "Чехол силик. д/iPhone 13 прозр.",  # abbreviations of a price list
    "КефирПростоквашино 2,5% 930г",  # glued together
    "ш-нь д/волос крапива 400мл",  # a till's
    "Смартфон Samsung Galaxy A54 5G 8/256 ГБ, графитовый",  # a marketplace title
    "Dyson V15 Detect пылесос вертикальный беспроводной",  # English brand first
    "КРОССОВКИ ЖЕН. Р.38 БЕЛ.",  # an accounting system's capitals
    "Корм сух. д/кошек с чувств. пищевар. 1,5кг",
    "Cмеситель для кухни с высоким изливом",  # its first letter is Latin
    "саморезы по дереву 4х75мм 1кг",
    "подарочный набор для мужчины",  # could be many things
    "Абонемент в бассейн на 3 месяца",  # not in the starter's tree
    "asdf 12345",  # nonsense
]


def main() -> None:
    """Load or build, predict, print."""
    warnings.simplefilter("ignore", textcat.StarterWarning)  # it is said below
    start = perf_counter()
    model = textcat.load_default()
    seconds = perf_counter() - start
    answers = model.predict(NAMES, precision=PRECISIONS)
    console = make_console(sys.stdout)
    show(
        console,
        f"The starter model, ready in {seconds:.0f} s: {len(model.tree.leaves):,} leaves, trained "
        f"on {model.facts['rows']:,} names.\n",
        answers_table(answers, console),
        "\nA dot: at that precision level the answer reaches this category. The levels are "
        f"certified\non {model.facts['certified_on']}; textcat certify makes them hold for yours.",
    )


if __name__ == "__main__":
    main()
