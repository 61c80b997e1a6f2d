"""What was learned is kept with a model, told of it, and stronger than a catalogue."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hand_made_rules import taken_at_its_word

import textcat
from textcat.errors import CatalogueError, PrecisionError, TreeError
from textcat.learning.corrections import corrections_from_strings
from textcat.model import CategoryModel

Pairs = list[tuple[str, str]]

FASTENERS = ("Гвозди строительные 100 шт", "Электроника > Кабели")
KINDS = ("улун", "пуэр", "сенча", "маття", "габа", "молочный", "листовой", "рассыпной", "с мятой")
BRANDS = ("ahmad", "майский", "lipton", "curtis", "tess", "азерчай", "greenfield", "richard", "ти")
TEAS = [(f"Чай {kind} {brand}", "Еда > Чай > Зелёный") for kind in KINDS for brand in BRANDS]


def path_of(model: CategoryModel, name: str) -> str:
    return " > ".join(model.predict(name, precision=None).path or ())


def right(model: CategoryModel, rows: Pairs) -> list[bool]:
    return [path_of(model, name) == path for name, path in rows]


def test_a_model_of_earlier_days_has_no_corrections() -> None:
    assert corrections_from_strings({}) == ()


def test_corrections_are_saved_with_the_model(model: CategoryModel, tmp_path: Path) -> None:
    learned = model.learn([FASTENERS, ("Чай зелёный", "Книги")])
    learned.save(tmp_path / "m")
    loaded = textcat.load(tmp_path / "m")
    assert loaded.corrections == learned.corrections
    assert loaded.learned_since_certified == 2
    names = ["гвозди", "чай зелёный", "кофе"]
    before, after = (each.predict(names, precision=None) for each in (learned, loaded))
    assert np.array_equal(before.probabilities, after.probabilities)
    again = loaded.correct("Улунчик в пиалах", "Еда > Чай > Зелёный")
    again.save(tmp_path / "m")
    loaded = textcat.load(tmp_path / "m")
    assert path_of(loaded, "улунчик") == "Еда > Чай > Зелёный"
    assert [name for name, _ in loaded.corrections] == [
        "Гвозди строительные 100 шт", "Чай зелёный", "Улунчик в пиалах"
    ]  # fmt: skip
    assert "3 corrections" in repr(loaded)


def test_training_with_corrections_is_training_on_corrected_rows(catalogue: Pairs) -> None:
    corrections = [
        ("ЧАЙ  ЗЕЛЕНЫЙ молочный улун", "Еда > Чай"),
        FASTENERS,
        ("Гвозди", "Книги"),
        ("гвозди", "Книги"),
    ]
    corrected = [
        (name, "Еда > Чай" if name == "Чай зелёный молочный улун" else path)
        for name, path in catalogue
    ]
    expected = textcat.train([*corrected, FASTENERS, ("гвозди", "Книги")], n_jobs=1)
    trained = textcat.train(catalogue, corrections=corrections, n_jobs=1)
    names = [name for name, _ in [*catalogue, *corrections]]
    one, other = (each.predict(names, precision=None) for each in (expected, trained))
    assert np.array_equal(one.probabilities, other.probabilities)
    assert [" > ".join(path) for _, path in trained.corrections] == [
        path for _, path in corrections
    ]
    assert trained.learned_since_certified == 0


def test_a_full_refit_answers_what_was_learned_in_bulk_alike(
    uncertified_model: CategoryModel, catalogue: Pairs
) -> None:
    corrections = [FASTENERS, ("Подушка с гречкой", "Дом > Сад > Лопаты"), ("Миска", "Книги")]
    learned = uncertified_model.learn(corrections)
    refitted = textcat.train(catalogue, corrections=learned.corrections, n_jobs=1)
    assert refitted.corrections == learned.corrections
    assert all(right(learned, corrections))
    assert all(right(refitted, corrections))


def test_corrections_whose_category_is_not_in_the_tree_are_not_trained_on(catalogue: Pairs) -> None:
    tree = textcat.CategoryTree.from_paths([path for _, path in catalogue])
    with pytest.raises(TreeError, match="row 1, 'Лак'"):
        textcat.train(catalogue, tree=tree, corrections=[("Лак", "Лаки")], n_jobs=1)


def test_certified_levels_say_that_they_were_certified_before(model: CategoryModel) -> None:
    assert "corrections" not in str(model.precision_levels)
    learned = model.learn([FASTENERS, ("Чай зелёный", "Книги")])
    assert learned.predict("чай зелёный", precision=0.5).path is not None
    assert learned.learned_since_certified == 2
    assert learned.correct("Миска", "Книги").learned_since_certified == 3
    assert "certified before 2 corrections" in str(learned.precision_levels)
    assert "certified before 2 corrections" in repr(learned.certificates)
    assert "certified before 2 corrections" in learned.precision_levels._repr_html_()
    assert taken_at_its_word(learned).learned_since_certified == 2


def test_certifying_again_clears_it(model: CategoryModel) -> None:
    learned = model.learn([FASTENERS])
    certified = learned.certify(TEAS)
    assert certified.learned_since_certified == 0
    assert certified.corrections == learned.corrections
    assert "corrections" not in str(certified.precision_levels)


def test_what_was_learned_does_not_certify(model: CategoryModel) -> None:
    learned = model.learn(TEAS[:20])
    certified = learned.certify([(name.upper(), path) for name, path in TEAS])
    assert len(certified.certificates["given"].outcomes) == len(TEAS) - 20
    with pytest.raises(CatalogueError, match="all rows were learned"):
        learned.certify(TEAS[:20])


def test_a_model_without_certificates_has_nothing_to_tell(uncertified_model: CategoryModel) -> None:
    learned = uncertified_model.learn([FASTENERS])
    assert learned.learned_since_certified == 0
    with pytest.raises(PrecisionError):
        learned.predict("гвозди")
