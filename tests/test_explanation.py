"""Explanations: weights that add up to the decision, given to the words they come from."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from html_pages import Page

import textcat
from textcat.features.chunks import LONGEST_NAME
from textcat.model import CategoryModel
from textcat.prediction.explanation import NEGLIGIBLE, Explanation, LevelExplanation, Weight

NAMES = [
    "Чай зелёный листовой",
    "Чехол силик. д/iPhone 13 прозр.",
    "чай чай кофе",
    "КремШампунь Pantene 250мл",
    "набор чая",
    "лопата 5шт",
    "лопата XL",
]


def decision_margins(model: CategoryModel, name: str) -> dict[int, float]:
    """By level: the margin of the child taken over its strongest rival, without intercepts."""
    tree, X = model.linear_tree, model.reader.matrix([name])
    leaf = tree.slots.leaves[tree.log_probabilities(X, best=None)[0, tree.slots.leaves].argmax()]
    way = [0, *(slot for slot in tree.slots.paths[leaf].tolist() if slot >= 0)]
    found = {}
    for level, (parent, child) in enumerate(pairwise(way), start=1):
        if parent in tree.branches:
            branch, taken = tree.branches[parent], child - tree.slots.children(parent).start
            margins = branch.margins(X)[0]
            rival = max(set(range(len(margins))) - {taken}, key=lambda other: margins[other])
            spoken = margins - branch.intercepts
            found[level] = float(spoken[taken] - spoken[rival]) / tree.temperature
    return found


@pytest.mark.parametrize("name", NAMES)
def test_weights_add_up_to_the_margin_over_the_rival(model: CategoryModel, name: str) -> None:
    margins = decision_margins(model, name)
    explanation = model.explain(name)
    assert [level.level for level in explanation.levels] == list(margins)
    for level in explanation.levels:
        for weights in (level.words, level.features):
            # what is negligible is left out, so the sum may miss a little of each feature
            tolerance = NEGLIGIBLE * 10 + 1e-4
            total = sum(weight.weight for weight in weights)
            assert total == pytest.approx(margins[level.level], abs=tolerance)


def test_the_levels_are_the_decisions_on_the_way_to_the_best_leaf(model: CategoryModel) -> None:
    explanation = model.explain("Лопата садовая")
    # below «Дом» there is nothing to decide
    assert [(level.level, level.title) for level in explanation.levels] == [(1, "Дом")]


def test_words_stand_as_they_were_typed_strongest_first(model: CategoryModel) -> None:
    (top, *_) = model.explain("ШАМПУНЬ для волос").levels
    assert top.title == "Красота"
    assert top.words[0].text == "ШАМПУНЬ"
    strengths = [abs(weight.weight) for weight in top.words]
    assert strengths == sorted(strengths, reverse=True)
    assert {"l=шампунь", "w=шампунь"} <= {weight.text for weight in top.features}


def test_a_word_that_speaks_for_another_category_has_a_negative_weight(
    model: CategoryModel,
) -> None:
    words = dict(model.explain("чай чай чай кофе").levels[1].words)
    assert words["чай"] > 0 > words["кофе"]


def test_unknown_words_are_listed_in_their_order(model: CategoryModel) -> None:
    assert model.explain("Зюзюблик чай Ъъыщ").unknown == ("Зюзюблик", "Ъъыщ")
    assert model.explain("чай").unknown == ()


@pytest.mark.parametrize("name", ["", "  ", "Ъъыщ", None, "🍵", "\ud800"])
def test_a_name_in_which_nothing_is_known_has_no_levels(
    model: CategoryModel, name: str | None
) -> None:
    explanation = model.explain(name)
    assert explanation.levels == ()
    assert not model.predict([name])[0].levels


def test_an_answer_explains_its_name(model: CategoryModel) -> None:
    assert model.predict("Чай чёрный").why() == model.explain("Чай чёрный")


def test_bytes_and_numbers_are_explained_as_the_names_they_stand_for(model: CategoryModel) -> None:
    assert model.explain("чай".encode()) == model.explain("чай")
    assert model.explain(105) == model.explain("105")


def test_a_long_name_is_explained_as_far_as_it_is_read(model: CategoryModel) -> None:
    start = "чай " * (LONGEST_NAME // 4)
    assert model.explain(start + "кофе " * 100_000) == model.explain(start)


def test_an_abbreviation_of_several_words_is_heard() -> None:
    model = textcat.train([("куртка девоч.", "А"), ("куртка", "Б")], n_jobs=1)
    features = [weight.text for weight in model.explain("девоч.").levels[0].features]
    assert any(text.startswith("l=для") for text in features)


def test_an_explanation_reads_as_text_and_is_escaped_as_html() -> None:
    level = LevelExplanation(1, "Чай", "Кофе", (Weight("<чай>", 1.5), Weight("x", -0.25)), ())
    explanation = Explanation("<чай> x Ъ", (level,), ("Ъ",))
    assert str(explanation).splitlines() == [
        "<чай> x Ъ",
        "  1. Чай rather than Кофе: <чай> +1.50, x -0.25",
        "  unknown: Ъ",
    ]
    text = Page(explanation._repr_html_()).text
    assert "1. Чай rather than Кофе <чай> +1.50 x -0.25" in text
    assert "Words that say nothing to the model: Ъ" in text
    assert repr(explanation) == "<Explanation of '<чай> x Ъ': 1 decisions>"


def test_weights_are_differences_of_log_probability() -> None:
    # with two categories the weights and the intercepts make the log-odds
    model = textcat.train([("чай", "Чай"), ("кофе", "Кофе"), ("чай кофе", "Чай")], n_jobs=1)
    best, other = model.top("чай", k=2)
    (level,) = model.explain("чай").levels
    bias = model.linear_tree.branches[0].intercepts
    taken = [model.tree.titles[node] for node in model.linear_tree.slots.categories[1:]].index(
        "Чай"
    )
    odds = np.log(best.probability / other.probability)
    said = sum(weight.weight for weight in level.features)
    assert said + (bias[taken] - bias[1 - taken]) / model.linear_tree.temperature == pytest.approx(
        odds, abs=0.05
    )
