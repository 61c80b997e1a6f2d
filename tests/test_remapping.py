"""Changes of a model's tree: what is answered before and after."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hand_made_rules import taken_at_its_word

import textcat
from textcat.model import CategoryModel
from textcat.tree import CategoryTree

PRECISIONS = [0.95, 0.8, 0.5, None]


def leaf(model: CategoryModel, name: str) -> str | None:
    path = model.predict(name, precision=None).path
    return " > ".join(path) if path else None


def answered(model: CategoryModel, names: list[str]) -> list[list[tuple[str, ...] | None]]:
    """Paths at every precision level."""
    answers = model.predict(names, precision=PRECISIONS)
    return [[answer.at(precision).path for precision in PRECISIONS] for answer in answers]


NEW = [
    "Еда > Какао",
    "Еда > Чай > Травяной",
    "Одежда > Халаты",
    "Спорт > Мячи",
    "Дом > Сад > Грабли",
]


@pytest.mark.parametrize("path", [*NEW, "Еда > Кофе > Капсулы", "Еда > Чай > Зелёный > Матча"])
def test_a_new_category_leaves_the_answers_of_the_others_alone(
    model: CategoryModel, names: list[str], path: str
) -> None:
    assert answered(model.add_category(path), names) == answered(model, names)


def test_many_new_categories_do_so_too(model: CategoryModel, names: list[str]) -> None:
    changed = model
    for path in NEW:
        changed = changed.add_category(path)
    assert answered(changed, names) == answered(model, names)


@pytest.mark.parametrize("path", NEW)
def test_a_new_category_is_found_by_its_title(model: CategoryModel, path: str) -> None:
    title = path.split(" > ")[-1]
    assert leaf(model.add_category(path), f"{title} 100") == path


def test_a_new_category_is_found_by_texts_that_are_like_it(model: CategoryModel) -> None:
    changed = model.add_category("Еда > Сладкое", like=["мармелад", "зефир ванильный"])
    assert leaf(changed, "Мармелад 200г") == "Еда > Сладкое"
    assert leaf(changed, "зефир") == "Еда > Сладкое"


def test_below_a_category_with_goods_a_new_one_takes_only_what_is_its(
    model: CategoryModel,
) -> None:
    changed = model.add_category("Еда > Кофе > Капсулы")
    assert leaf(changed, "Капсулы для кофемашины") == "Еда > Кофе > Капсулы"
    assert leaf(changed, "Кофе молотый") == "Еда > Кофе"


def test_a_title_that_says_nothing_of_its_own_is_told(model: CategoryModel) -> None:
    changed = model.add_category("Еда > —")
    assert changed.facts["remapped"]["untold"] == ["Еда > —"]


def test_with_another_title_everything_is_answered_as_before(
    model: CategoryModel, names: list[str]
) -> None:
    changed = model.rename("Еда > Чай", "Чаи и сборы")
    assert changed.tree.path(changed.tree.index("Еда > Чаи и сборы"))[-1] == "Чаи и сборы"
    before, after = model.predict(names), changed.predict(names)
    assert (before.nodes == after.nodes).all()
    assert (before.probabilities == after.probabilities).all()
    assert not changed.certificates.note


def test_a_moved_category_is_answered_where_it_is_now(
    model: CategoryModel, catalogue: list[tuple[str, str]]
) -> None:
    changed = model.move("Еда > Чай > Зелёный", "Красота")
    for name, path in catalogue:
        wanted = path.replace("Еда > Чай > Зелёный", "Красота > Зелёный")
        assert leaf(changed, name) == wanted


def test_a_moved_category_takes_along_what_is_below_it(
    model: CategoryModel, catalogue: list[tuple[str, str]]
) -> None:
    changed = model.move("Еда > Чай", None)
    for name, path in catalogue:
        assert leaf(changed, name) == path.replace("Еда > Чай", "Чай")


def test_beside_the_ways_of_a_moved_category_nothing_changes_at_all(
    model: CategoryModel, catalogue: list[tuple[str, str]]
) -> None:
    others = [name for name, path in catalogue if not path.startswith("Еда")]
    before = model.predict(others, precision=None)
    after = model.move("Еда > Чай > Зелёный", "Еда").predict(others, precision=None)
    assert [answer.path for answer in before] == [answer.path for answer in after]
    assert (before.probabilities == after.probabilities).all()


def test_merged_categories_are_answered_as_one(
    model: CategoryModel, catalogue: list[tuple[str, str]]
) -> None:
    changed = model.merge(["Электроника > Чехлы", "Электроника > Кабели"], "Электроника > Кабели")
    for name, path in catalogue:
        assert leaf(changed, name) == path.replace("Электроника > Чехлы", "Электроника > Кабели")


def test_categories_of_several_parents_may_be_merged(
    model: CategoryModel, catalogue: list[tuple[str, str]]
) -> None:
    changed = model.merge(["Одежда > Чехлы"], into="Электроника > Чехлы")
    found = [leaf(changed, name) for name, path in catalogue if path.endswith("Чехлы")]
    assert set(found) == {"Электроника > Чехлы"}


def test_goods_of_a_retired_category_stay_near_and_others_where_they_are(
    model: CategoryModel, catalogue: list[tuple[str, str]]
) -> None:
    changed = model.retire("Еда > Чай > Чёрный")
    assert changed.facts["remapped"]["retired"] == ["Еда > Чай > Чёрный"]
    for name, path in catalogue:
        found = leaf(changed, name)
        assert found == path if "Чёрный" not in path else str(found).startswith("Еда > Чай")


def test_with_all_its_children_retired_a_category_has_their_goods(model: CategoryModel) -> None:
    changed = model.retire("Красота > Шампуни").retire("Красота > Духи")
    changed = changed.retire("Красота > Бальзамы")
    assert leaf(changed, "Шампунь детский") == "Красота"


def test_remap_finds_categories_again_and_says_what_came_of_them(
    model: CategoryModel, catalogue: list[tuple[str, str]]
) -> None:
    paths = [path.replace("Еда > Кофе", "Напитки > Кофе") for _, path in catalogue]
    paths = [path for path in paths if path != "Красота > Духи"]
    changed = model.remap(CategoryTree.from_paths([*paths, "Еда > Какао"]))
    facts = changed.facts["remapped"]
    assert facts["counts"] == {
        "kept": len(model.tree) - 2, "renamed": 0, "moved": 1,
        "merged": 0, "added": 2, "retired": 1,
    }  # fmt: skip
    assert facts["moved"] == ["Напитки > Кофе"]
    assert facts["added"] == ["Еда > Какао", "Напитки"]
    assert facts["retired"] == ["Красота > Духи"]
    assert leaf(changed, "Кофе молотый Jacobs 250г") == "Напитки > Кофе"
    assert leaf(changed, "какао") == "Еда > Какао"
    assert json.loads(json.dumps(facts)) == facts


def test_rows_of_the_new_tree_tell_what_titles_do_not(
    model: CategoryModel, catalogue: list[tuple[str, str]]
) -> None:
    rows = [(name, path.replace("Телефоны", "Мобильная связь")) for name, path in catalogue]
    tree = CategoryTree.from_paths([path for _, path in rows])
    assert model.remap(tree).facts["remapped"]["counts"]["renamed"] == 0
    changed = model.remap(tree, rows)
    assert changed.facts["remapped"]["counts"]["renamed"] == 1
    assert leaf(changed, "Телефон кнопочный Nokia 105") == "Электроника > Мобильная связь"


def test_a_tree_in_another_order_changes_no_answer(
    model: CategoryModel, names: list[str], catalogue: list[tuple[str, str]]
) -> None:
    tree = CategoryTree.from_paths([path for _, path in reversed(catalogue)])
    assert answered(model.remap(tree), names) == answered(model, names)


def test_what_was_certified_before_the_tree_changed_says_so(model: CategoryModel) -> None:
    changed = model.retire("Красота > Духи").move("Книги", "Дом")
    assert changed.facts["changed_since_certified"] == ["1 retired", "1 moved"]
    assert changed.certificates.note == "certified before 2 changes of the tree"


def test_rows_of_ones_own_certify_the_changed_tree(
    model: CategoryModel, catalogue: list[tuple[str, str]]
) -> None:
    changed = model.move("Еда > Чай", None)
    rows = [(name, path.replace("Еда > Чай", "Чай")) for name, path in catalogue]
    assert not changed.certify(rows).certificates.note


def test_a_certificate_speaks_of_the_new_top_level(model: CategoryModel) -> None:
    before = model.certificates["given"].by_top_level(0.5)
    changed = model.add_category("Аптека").move("Аптека", "Дом").move("Еда", "Красота")
    (top,) = changed.certificates["given"].by_top_level(0.5)
    assert model.tree.titles[next(iter(before))] == "Еда"
    assert changed.tree.titles[top] == "Красота"


def test_corrections_follow_their_categories(model: CategoryModel) -> None:
    learned = model.correct("пуэр", "Еда > Чай > Чёрный").correct("мыло", "Красота > Духи")
    changed = learned.move("Еда > Чай", None).retire("Красота > Духи")
    assert changed.corrections == (("пуэр", ("Чай", "Чёрный")),)
    assert leaf(changed, "пуэр") == "Чай > Чёрный"


def test_a_new_category_can_be_learned(model: CategoryModel) -> None:
    changed = model.add_category("Еда > Какао").correct("Несквик 500г", "Еда > Какао")
    assert leaf(changed, "Несквик 250 г") == "Еда > Какао"


def test_a_changed_model_is_saved_and_loaded(
    model: CategoryModel, names: list[str], tmp_path: Path
) -> None:
    changed = model.add_category("Еда > Ройбуш").move("Еда > Чай", None).retire("Книги")
    changed.save(tmp_path / "модель")
    loaded = textcat.load(tmp_path / "модель")
    assert loaded.tree == changed.tree
    assert loaded.facts == changed.facts
    before, after = changed.predict([*names, "ройбуш"]), loaded.predict([*names, "ройбуш"])
    assert (before.probabilities == after.probabilities).all()
    assert (before.nodes == after.nodes).all()


def test_a_model_of_a_tree_with_ids_keeps_them() -> None:
    tree = CategoryTree.from_rows([(1, None, "Еда"), (2, 1, "Чай"), (3, 1, "Кофе")])
    rows = [("Чай зелёный", "2"), ("Кофе молотый", "3")]
    model = textcat.train(rows, tree=tree, n_jobs=1)
    changed = taken_at_its_word(model).add_category("Еда > Какао", id="9").rename("2", "Чаи")
    assert changed.tree.ids == ("1", "2", "3", "9")
    assert changed.predict("какао", precision=None).path == ("Еда", "Какао")
