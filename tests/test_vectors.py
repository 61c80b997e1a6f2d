"""Names and categories as vectors."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import textcat
from textcat import CategoryModel, CategoryTree, TextcatError

ENCODED_ELSEWHERE = """
import sys
import textcat
model = textcat.load(sys.argv[1])
sys.stdout.buffer.write(model.encode(["чай зелёный", "носки"]).tobytes())
assert not {"sklearn", "joblib", "pandas", "tqdm"} & set(sys.modules)
"""


@pytest.fixture(scope="module")
def saved(model: CategoryModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("vectors") / "model"
    model.save(directory)
    return directory


def test_several_names_are_rows_and_one_is_a_vector(model: CategoryModel) -> None:
    vectors = model.encode(["чай зелёный", "носки"])
    assert vectors.shape == (2, 128)
    assert vectors.dtype == np.float32
    assert np.array_equal(model.encode("носки"), vectors[1])
    assert np.array_equal(model.encode("носки".encode()), vectors[1])
    assert model.encode([]).shape == (0, 128)


def test_vectors_have_length_1_and_unknown_names_0(model: CategoryModel) -> None:
    vectors = model.encode(["чай", "Ъ", "", None, "чехол для ъъъ"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0, 0, 1], rtol=1e-6)


def test_what_is_no_name_is_refused_with_its_place(model: CategoryModel) -> None:
    with pytest.raises(TextcatError, match="name 2"):
        model.encode(["чай", ["кофе"]])


@given(st.lists(st.sampled_from(["чай", "чай зел 100г", "кофе Ahmad", "носки", "Ъ", "чехол"])))
def test_a_vector_does_not_depend_on_its_batch(names: list[str]) -> None:
    together = MODEL.encode(names)
    assert all(
        np.array_equal(MODEL.encode(name), row) for name, row in zip(names, together, strict=True)
    )


def test_a_long_batch_gives_what_its_parts_give(model: CategoryModel, names: list[str]) -> None:
    many = names * (20_000 // len(names))
    expected = np.tile(model.encode(names), (len(many) // len(names), 1))
    assert np.array_equal(model.encode(many), expected)


def test_threads_get_the_same_vectors(model: CategoryModel, names: list[str]) -> None:
    alone = model.encode(names)
    with ThreadPoolExecutor(8) as threads:
        assert all(np.array_equal(alone, each) for each in threads.map(model.encode, [names] * 32))


def test_names_of_a_category_are_close_and_siblings_closer_than_strangers(
    model: CategoryModel, names: list[str]
) -> None:
    vectors, paths = model.encode(names), model.predict(names, precision=None).paths
    cosines = vectors @ vectors.T
    pairs = [(a, b) for a in range(len(names)) for b in range(a)]
    same = [cosines[a, b] for a, b in pairs if paths[a] == paths[b]]
    sibling = [
        cosines[a, b] for a, b in pairs if paths[a] != paths[b] and paths[a][:-1] == paths[b][:-1]
    ]
    stranger = [cosines[a, b] for a, b in pairs if paths[a][0] != paths[b][0]]
    assert np.mean(same) > np.mean(sibling) + 0.2 > np.mean(stranger) + 0.4


def test_names_are_closest_to_the_category_that_they_are_answered(
    model: CategoryModel, names: list[str]
) -> None:
    categories = model.encode_categories()
    assert categories.shape == (len(model.tree), 128)
    np.testing.assert_allclose(np.linalg.norm(categories, axis=1), 1, rtol=1e-6)
    answered = [str(answer.category) for answer in model.predict(names, precision=None)]
    nearest = (model.encode(names) @ categories.T).argmax(axis=1)
    found = [model.tree.ids[node] for node in nearest]
    assert np.mean([a == b for a, b in zip(answered, found, strict=True)]) > 0.85


def test_goods_that_stay_at_a_category_are_not_those_below_it(model: CategoryModel) -> None:
    gift, other, green = model.encode(
        ["Чай подарочный набор", "Набор чая ассорти", "Чай зелёный сенча"]
    )
    assert gift @ other > gift @ green


def test_a_loaded_model_and_another_process_give_the_same(
    model: CategoryModel, saved: Path
) -> None:
    expected = model.encode(["чай зелёный", "носки"])
    assert np.array_equal(textcat.load(saved).encode(["чай зелёный", "носки"]), expected)
    command = [sys.executable, "-c", ENCODED_ELSEWHERE, str(saved)]
    ended = subprocess.run(command, check=True, capture_output=True)
    assert ended.stdout == expected.tobytes()


def test_a_pickled_model_gives_the_same(model: CategoryModel, names: list[str]) -> None:
    again = pickle.loads(pickle.dumps(model))
    assert np.array_equal(again.encode(names), model.encode(names))


@pytest.mark.parametrize("dim", [1, 7, 64, 200])
def test_vectors_are_as_long_as_asked_for(dim: int) -> None:
    model = textcat.train(ROWS, dim=dim, n_jobs=1)
    assert model.dim == dim
    assert model.encode(["чай"]).shape == (1, dim)
    assert model.encode_categories().shape == (2, dim)
    assert np.array_equal(
        MODEL.with_vectors(dim).encode("чай"), textcat.train(ROWS, dim=dim, n_jobs=1).encode("чай")
    )


@pytest.mark.parametrize("dim", [0, None])
def test_a_model_without_vectors_says_how_to_get_some(dim: int | None, tmp_path: Path) -> None:
    model = textcat.train(ROWS, dim=dim, n_jobs=1)
    model.save(tmp_path / "model")
    for each in (model, textcat.load(tmp_path / "model")):
        for ask in (lambda: each.encode("чай"), each.encode_categories):  # noqa: B023
            with pytest.raises(TextcatError, match=r"model\.with_vectors\(128\)"):
                ask()
    assert np.array_equal(model.with_vectors(128).encode("чай"), MODEL.encode("чай"))


@pytest.mark.parametrize("dim", [-1, 2.5, "128", 1 << 40])
def test_what_is_no_length_is_refused_before_anything_is_trained(dim: object) -> None:
    with pytest.raises(TextcatError, match="dim="):
        textcat.train([], dim=dim)  # type: ignore[arg-type]
    with pytest.raises(TextcatError, match="dim="):
        MODEL.with_vectors(dim)  # type: ignore[arg-type]


def test_the_same_category_has_the_same_vector_in_every_model(model: CategoryModel) -> None:
    other = textcat.train([("Чай зелёный", "Еда > Чай > Зелёный")], n_jobs=1)
    node = model.tree.index("Еда > Чай > Зелёный")
    assert np.array_equal(other.encode_categories()[2], model.encode_categories()[node])


def test_other_titles_ids_and_certificates_change_no_vector(
    model: CategoryModel, names: list[str]
) -> None:
    renamed = model.rename("Еда > Чай", "Чаи и травы")
    assert np.array_equal(renamed.encode(names), model.encode(names))
    assert np.array_equal(renamed.encode_categories(), model.encode_categories())
    back = renamed.rename("Еда > Чаи и травы", "Чай")
    assert np.array_equal(back.encode(names), model.encode(names))


def test_a_new_category_of_an_old_ones_former_path_has_a_direction_of_its_own() -> None:
    changed = MODEL.rename("Чай", "Чаи").add_category("Чай")
    vectors = changed.encode_categories()
    new, old = vectors[changed.tree.index("Чай")], vectors[changed.tree.index("Чаи")]
    assert new @ old < 0.5
    assert np.array_equal(old, MODEL.encode_categories()[MODEL.tree.index("Чай")])


def test_merged_categories_have_the_vector_of_the_one_that_stays() -> None:
    merged = MODEL.merge(["Чай"], into="Кофе")
    coffee = MODEL.encode_categories()[MODEL.tree.index("Кофе")]
    assert np.array_equal(merged.encode_categories(), coffee[None])


@pytest.mark.parametrize(
    "changed",
    [
        lambda model: model.correct("Цикорий растворимый", "Еда > Кофе"),
        lambda model: model.add_category("Одежда > Варежки"),
        lambda model: model.move("Одежда > Носки", "Еда"),
        lambda model: model.retire("Одежда > Носки"),
        lambda model: model.remap(CategoryTree.from_paths(model.tree.to_paths()[::-1])),
    ],
    ids=["correct", "add", "move", "retire", "remap"],
)
def test_names_that_have_nothing_to_do_with_a_change_stay_where_they_are(
    changed: object, model: CategoryModel
) -> None:
    names = ["Чай чёрный с бергамотом", "Платье вечернее", "Чехол для телефона Samsung"]
    before, after = model.encode(names), changed(model).encode(names)  # type: ignore[operator]
    assert (before * after).sum(axis=1).min() > 0.98


def test_words_that_were_learned_since_count_as_known() -> None:
    assert not MODEL.encode("Ройбуш").any()
    assert MODEL.correct("Ройбуш", "Чай").encode("Ройбуш").any()


ROWS = [
    ("Чай зелёный 100г", "Чай"),
    ("Чай чёрный Ahmad", "Чай"),
    ("Кофе молотый", "Кофе"),
    ("Кофе в зёрнах", "Кофе"),
]
MODEL = textcat.train(ROWS, n_jobs=1)
