"""A model takes corrections at once, and changes as little else as it can."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import textcat
from textcat.errors import CatalogueError, TreeError
from textcat.model import CategoryModel

Pairs = list[tuple[str, str]]

FASTENERS = ("Гвозди строительные 100 шт", "Электроника > Кабели")
NOUNS = ("чай", "кофе", "платье", "лампа", "чехол", "книга", "лопата", "духи", "йогурт", "кабель")
MARKS = ("ulun", "Ромашка", "красный", "mini", "50г", "для дома", "детский", "XL", "Тверь", "№7")

some_names = st.tuples(st.sampled_from(NOUNS), st.sampled_from(MARKS), st.sampled_from(MARKS))
some_rows = st.lists(
    st.tuples(some_names.map(" ".join), st.integers(0, 13)), min_size=1, max_size=8
)


def path_of(model: CategoryModel, name: str) -> str:
    return " > ".join(model.predict(name, precision=None).path or ())


def right(model: CategoryModel, rows: Pairs) -> list[bool]:
    return [path_of(model, name) == path for name, path in rows]


def leaf_paths(model: CategoryModel) -> list[str]:
    return [model.tree.path_text(node) for node in model.tree.leaves.tolist()]


def test_a_corrected_name_is_answered_as_corrected(model: CategoryModel) -> None:
    for name, path in [("Чай зелёный", "Книги"), ("Чехол на платье", "Дом > Сад > Лопаты")]:
        assert path_of(model, name) != path
        corrected = model.correct(name, path)
        assert path_of(corrected, name) == path
        assert corrected.predict(name, precision=None).probability > 0.5


@pytest.mark.parametrize(
    "name",
    [
        "ЧЕХОЛ НА ДИВАН УГЛОВОЙ 200 СМ",
        "чехол, на диван: (угловой) 200 см.",
        "Чехол на диван угловой 150 см",
        "Чехол на диван угловой",
        "Угловой чехол на диван",
        "200 см угловой диван на чехол",
    ],
)
def test_near_identical_names_go_with_it(model: CategoryModel, name: str) -> None:
    corrected = model.correct("Чехол на диван угловой 200 см", "Дом > Сад > Лопаты")
    assert path_of(corrected, name) == "Дом > Сад > Лопаты"


def test_a_category_is_named_by_path_titles_or_id(model: CategoryModel) -> None:
    node = model.tree.index("Еда > Чай > Чёрный")
    for path in ("Еда > Чай > Чёрный", ("Еда", "Чай", "Чёрный"), model.tree.ids[node]):
        corrected = model.correct("Гречка", path)
        assert corrected.corrections == (("Гречка", ("Еда", "Чай", "Чёрный")),)


def test_a_category_with_products_of_its_own_can_be_meant(model: CategoryModel) -> None:
    assert path_of(model.correct("Гречка 900г", "Еда > Чай"), "гречка") == "Еда > Чай"


def test_the_old_model_stays_as_it_was(model: CategoryModel, names: list[str]) -> None:
    before = model.predict(names, precision=None).probabilities
    model.learn([FASTENERS, ("Чай зелёный", "Книги")])
    assert model.corrections == ()
    assert np.array_equal(model.predict(names, precision=None).probabilities, before)


def test_names_without_a_word_of_it_keep_their_probabilities_to_the_bit(
    model: CategoryModel, names: list[str]
) -> None:
    corrected = model.correct("Гвозди zzqx", "Электроника > Кабели")
    before, after = (each.predict(names, precision=None) for each in (model, corrected))
    assert np.array_equal(before.nodes, after.nodes)
    assert np.array_equal(before.probabilities, after.probabilities)


def test_branches_that_no_correction_passes_are_shared(model: CategoryModel) -> None:
    corrected = model.correct("Чай зелёный", "Электроника > Кабели")
    food = model.linear_tree.slots.paths_to(np.array([model.tree.index("Еда > Кофе")]))[0, 0]
    old, new = (each.linear_tree.branches[int(food)] for each in (model, corrected))
    assert np.shares_memory(old.weights.data, new.weights.data)


def test_what_is_right_and_certain_already_changes_nothing(model: CategoryModel) -> None:
    learned = model.learn([("Кефир Простоквашино 2,5% 930г", "Еда > Молочное")])
    assert learned.reader is model.reader
    assert learned.linear_tree.branches == model.linear_tree.branches


@given(rows=some_rows)
@settings(max_examples=25)
def test_the_last_word_on_a_name_holds_whatever_else_is_learned(
    uncertified_model: CategoryModel, rows: list[tuple[str, int]]
) -> None:
    """Learned at once or one after the other."""
    paths = leaf_paths(uncertified_model)
    said = {name: paths[leaf % len(paths)] for name, leaf in rows}
    pairs = [(name, paths[leaf % len(paths)]) for name, leaf in rows]
    at_once, one_by_one = uncertified_model.learn(pairs), uncertified_model
    for pair in pairs:
        one_by_one = one_by_one.correct(*pair)
    assert all(right(at_once, list(said.items())))
    assert all(right(one_by_one, list(said.items())))
    assert at_once.corrections == one_by_one.corrections


def test_of_contradictory_rows_the_last_one_wins(model: CategoryModel) -> None:
    rows = [("Гвозди", "Книги"), ("ГВОЗДИ!", "Одежда > Носки"), ("гвозди", "Еда > Кофе")]
    assert path_of(model.learn(rows), "Гвозди") == "Еда > Кофе"
    assert path_of(model.learn(rows).correct("Гвозди", "Книги"), "Гвозди") == "Книги"
    assert len(model.learn(rows).corrections) == 3


def test_unknown_words_become_known(model: CategoryModel) -> None:
    corrected = model.correct("Улунчик фирмы Тегуаньчик", "Еда > Чай > Зелёный")
    assert path_of(corrected, "тегуаньчик") == "Еда > Чай > Зелёный"
    assert corrected.reader.vocabulary.column_of("w=улунчик w=тегуаньчик") is None
    assert corrected.reader.vocabulary.column_of("w=тегуаньчик") is not None
    assert corrected.explain("тегуаньчик").unknown == ()


def test_a_grown_vocabulary_numbers_all_features_as_its_texts_say(model: CategoryModel) -> None:
    vocabulary = model.learn([FASTENERS, ("Чай улун зелёный", "Книги")]).reader.vocabulary
    texts = vocabulary.texts()
    assert len(texts) == len(set(texts)) == len(vocabulary)
    assert [vocabulary.column_of(text) for text in texts] == list(range(len(texts)))
    old = model.reader.vocabulary
    for column, text in enumerate(old.texts()):
        assert vocabulary.idf[vocabulary.column_of(text)] == old.idf[column]


def test_five_hundred_rows_in_bulk(model: CategoryModel) -> None:
    paths = leaf_paths(model)
    rows = [
        (f"{noun} {mark} {letter}{noun}", paths[(7 * number + len(mark)) % len(paths)])
        for number, letter in enumerate("абвгд") for noun in NOUNS for mark in MARKS
    ]  # fmt: skip
    learned = model.learn(rows)
    assert len(learned.corrections) == 500
    assert sum(right(learned, rows)) >= 495


def test_more_rows_than_a_block(uncertified_model: CategoryModel) -> None:
    rows = [(f"гайка типа {number}ю", "Дом > Сад > Лопаты") for number in range(1100)]
    learned = uncertified_model.learn([("гайка", "Книги"), *rows])
    assert sum(right(learned, rows[::100])) == 11
    assert len(learned.corrections) == 1101


def test_a_category_that_no_row_was_trained_on_is_given_room() -> None:
    tree = textcat.CategoryTree.from_paths(["Еда > Чай", "Еда > Кофе", "Дом > Сад > Лопаты", "Дом"])
    rows = [
        ("Чай зелёный", "Еда > Чай"),
        ("Кофе молотый", "Еда > Кофе"),
        ("Лопата", "Дом > Сад > Лопаты"),
    ]
    model = textcat.train(rows, tree=tree, n_jobs=1)
    for path in ("Еда", "Дом", "Дом > Сад"):
        corrected = model.correct("Подарочный сертификат", path)
        assert path_of(corrected, "сертификат подарочный") == path
        assert all(right(corrected, rows))
        assert all(right(corrected.correct("Набор", "Дом > Сад"), [("набор", "Дом > Сад"), *rows]))


def test_a_category_that_is_not_in_the_tree_is_told(model: CategoryModel) -> None:
    with pytest.raises(TreeError, match=r"'Еда > Какао' in the tree.*add_category"):
        model.correct("Какао", "Еда > Какао")
    with pytest.raises(TreeError, match="row 2, 'Лак'"):
        model.learn([("Чай", "Еда > Чай"), ("Лак", "Красота > Лаки")])


def test_rows_without_a_name_or_a_category_are_refused(model: CategoryModel) -> None:
    with pytest.raises(CatalogueError):
        model.correct("", "Книги")
    with pytest.raises(CatalogueError):
        model.learn([])


@pytest.mark.usefixtures("eager_switching")
def test_threads_go_on_using_the_old_model(
    uncertified_model: CategoryModel, names: list[str]
) -> None:
    expected = uncertified_model.predict(names, precision=None).probabilities

    def ask(number: int) -> bool:
        if number % 2:
            return path_of(uncertified_model.correct(*FASTENERS), FASTENERS[0]) == FASTENERS[1]
        found = uncertified_model.predict(names, precision=None).probabilities
        return np.array_equal(found, expected)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(ask, range(12)))
