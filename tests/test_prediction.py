"""Answers: the way to the most probable leaf, cut where it stops being reliable enough."""

from __future__ import annotations

import json
import pickle
import sys

import numpy as np
import pytest
from hand_made_rules import AtItsWord
from html_pages import Page
from hypothesis import given
from hypothesis import strategies as st

from textcat.errors import MissingExtraError, PrecisionError
from textcat.prediction.answers import Answers, Level
from textcat.prediction.explanation import Explanation
from textcat.tree import CategoryTree

TREE = CategoryTree.from_rows(
    [(10, None, "Еда"), (11, 10, "Чай"), (12, 11, "Зелёный"), (20, None, "<b>Дом & сад</b>")]
)
NAMES = ["Чай зелёный", "<script>", "Ъ"]
# Еда 0.99, Чай 0.92, Зелёный 0.60 | Дом & сад 0.93 | nothing known
NODES = np.array([[0, 1, 2], [3, -1, -1], [-1, -1, -1]], np.int32)
PROBABILITIES = np.array([[0.99, 0.92, 0.6], [0.93, 0, 0], [0, 0, 0]], np.float32)


def explain(name: str) -> Explanation:
    return Explanation(name, (), ())


def answers(*precisions: float | None, names: list[str] = NAMES) -> Answers:
    count = len(names)
    return Answers(
        names, NODES[:count], PROBABILITIES[:count], precisions or (0.9,), TREE,
        AtItsWord(), explain,
    )  # fmt: skip


def test_an_answer_has_every_level_and_stops_where_it_is_no_longer_reliable() -> None:
    answer = answers(0.9)[0]
    assert answer.levels == (
        Level(1, "10", "Еда", pytest.approx(0.99)),
        Level(2, "11", "Чай", pytest.approx(0.92)),
        Level(3, "12", "Зелёный", pytest.approx(0.6)),
    )
    assert (answer.name, answer.precision) == ("Чай зелёный", 0.9)
    assert (answer.path, answer.category) == (("Еда", "Чай"), "11")
    assert answer.probability == pytest.approx(0.92)
    assert answer.reached == answer.levels[:2]
    assert answer


def test_no_answer_has_neither_path_nor_category_nor_probability_but_levels() -> None:
    answer = answers(0.995)[0]
    assert (answer.path, answer.category, answer.probability) == (None, None, None)
    assert len(answer.levels) == 3
    assert not answer


def test_nothing_known_is_no_answer_even_when_any_leaf_would_do() -> None:
    answer = answers(None)[2]
    assert (answer.path, answer.levels, bool(answer)) == (None, (), False)


@pytest.mark.parametrize(
    ("precision", "path"),
    [
        (None, ("Еда", "Чай", "Зелёный")),
        (0.5, ("Еда", "Чай", "Зелёный")),
        (0.9, ("Еда", "Чай")),
        (0.95, ("Еда",)),
        (0.999, None),
    ],
)
def test_another_precision_needs_no_other_prediction(
    precision: float | None, path: tuple[str, ...] | None
) -> None:
    assert answers(0.9)[0].at(precision).path == path
    assert answers(0.9).at(precision).paths[0] == path
    assert answers(0.9)[0].at(precision).at(0.9) == answers(0.9)[0].at(0.9)


def test_another_precision_is_checked() -> None:
    with pytest.raises(PrecisionError, match="but is 95"):
        answers()[0].at(95)
    with pytest.raises(PrecisionError, match="but is 95"):
        answers().at(95)


def test_an_answer_is_plain_values_for_json() -> None:
    answer = answers(0.95)[0]
    assert json.loads(json.dumps(answer.to_dict())) == {
        "name": "Чай зелёный",
        "precision": 0.95,
        "category": "10",
        "path": ["Еда"],
        "probability": pytest.approx(0.99),
        "levels": [level._asdict() for level in answer.levels],
    }
    assert json.loads(json.dumps(answers()[2].to_dict()))["path"] is None


def test_an_answer_is_one_line_of_text() -> None:
    assert str(answers(0.9)[0]) == "'Чай зелёный': Еда > Чай (0.920) at 0.9"
    assert str(answers(None)[0]) == "'Чай зелёный': Еда > Чай > Зелёный (0.600) leaf"
    assert str(answers(0.9)[2]) == "'Ъ': no answer at 0.9"
    assert repr(answers(0.9)[0]) == f"<Answer {answers(0.9)[0]}>"


def test_an_answer_tells_why() -> None:
    assert answers()[0].why() == explain("Чай зелёный")


def test_an_answer_can_be_pickled() -> None:
    answer = answers()[0]
    assert pickle.loads(pickle.dumps(answer)).to_dict() == answer.to_dict()


def test_a_batch_is_a_sequence_of_answers() -> None:
    batch = answers()
    assert len(batch) == 3
    assert [answer.name for answer in batch] == NAMES
    assert batch[-1].name == "Ъ"
    assert batch[np.int64(1)].name == "<script>"
    assert batch[0] in batch
    with pytest.raises(IndexError):
        batch[3]


def test_a_slice_of_a_batch_is_a_batch() -> None:
    batch = answers(0.9, 0.5)
    assert batch[1:].to_dicts() == batch.to_dicts()[1:]
    assert batch[::-1].to_columns()["name"] == NAMES[::-1]
    assert batch[::-1].paths == batch.paths[::-1]
    assert repr(batch[:2]) == "<Answers for 2 names, 2 answered at 0.9>"


def test_paths_are_those_of_the_answers() -> None:
    assert answers(0.9).paths == [("Еда", "Чай"), ("<b>Дом & сад</b>",), None]
    assert answers(0.9).answered_nodes(0.95).tolist() == [0, -1, -1]


def test_a_table_has_the_name_and_an_answer_with_its_probability() -> None:
    assert answers(0.9).to_columns() == {
        "name": NAMES,
        "category": ["Еда > Чай", "<b>Дом & сад</b>", None],
        "probability": [pytest.approx(0.92), pytest.approx(0.93), None],
    }


def test_a_table_has_columns_for_every_precision_level() -> None:
    columns = answers(0.95, 0.5).to_columns()
    assert list(columns) == [
        "name", "category@0.95", "probability@0.95", "category@0.5", "probability@0.5",
    ]  # fmt: skip
    assert columns["category@0.95"] == ["Еда", None, None]
    assert columns["category@0.5"] == ["Еда > Чай > Зелёный", "<b>Дом & сад</b>", None]


def test_a_data_frame_is_the_table() -> None:
    frame = answers(0.95).to_pandas()
    assert list(frame.columns) == ["name", "category", "probability"]
    assert frame["category"].isna().tolist() == [False, True, True]


def test_without_pandas_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r'pip install "textcat\[pandas\]"'):
        answers().to_pandas()


def test_an_empty_batch_has_no_answers() -> None:
    empty = answers(0.9, names=[])
    assert (len(empty), list(empty), empty.paths, empty.to_dicts()) == (0, [], [], [])
    assert empty.to_columns() == {"name": [], "category": [], "probability": []}
    assert empty.to_pandas().shape == (0, 3)
    assert empty.at(None)[:5].paths == []
    assert "0 names" in empty._repr_html_()


def test_html_escapes_names_and_titles() -> None:
    for shown in (answers()._repr_html_(), answers()[1]._repr_html_()):
        assert "<script>" not in shown
        assert "<b>Дом" not in shown
        Page(shown)
        assert "&lt;script&gt;" in shown
        assert "&lt;b&gt;Дом &amp; сад&lt;/b&gt;" in shown


def test_html_of_an_answer_has_every_level_and_says_when_there_is_no_answer() -> None:
    shown = Page(answers(0.9)[0]._repr_html_()).text
    assert shown == "Чай зелёный Еда › Чай at 0.9 0.990 Еда 0.920 Чай 0.600 Зелёный"
    assert Page(answers(0.9)[2]._repr_html_()).text == "Ъ no answer at 0.9"


def test_html_of_a_long_batch_shows_the_first_answers_and_counts_the_others() -> None:
    long = Answers(
        ["Чай"] * 60, NODES[[0] * 60], PROBABILITIES[[0] * 60], (0.9,), TREE,
        AtItsWord(), explain,
    )  # fmt: skip
    assert long._repr_html_().count("<tr>") == 51  # 50 and the head
    assert "10 more" in long._repr_html_()


@st.composite
def batches(draw: st.DrawFn) -> Answers:
    """Ways down the tree with probabilities that fall, some of them on the edge of a level."""
    ways = draw(st.lists(st.integers(-1, 3), min_size=1, max_size=5))
    nodes = np.full((len(ways), 3), -1, np.int32)
    shares = np.zeros((len(ways), 3), np.float32)
    some = st.sampled_from([0.5, 0.9, 0.95, 0.99, 1.0]) | st.floats(1e-6, 1)
    for row, node in enumerate(ways):
        way = TREE.ancestors(node)
        nodes[row, : len(way)] = way
        shares[row, : len(way)] = sorted((draw(some) for _ in way), reverse=True)
    names = [f"товар {row}" for row in range(len(ways))]
    return Answers(names, nodes, shares, (0.95,), TREE, AtItsWord(), explain)


LEVELS = st.sampled_from([0.5, 0.9, 0.95, 0.99]) | st.floats(
    0, 1, exclude_min=True, exclude_max=True
)


@given(batches(), LEVELS)
def test_an_answer_alone_is_the_answer_in_its_batch(batch: Answers, precision: float) -> None:
    batch = batch.at(precision)
    columns = batch.to_columns()
    assert [answer.path for answer in batch] == batch.paths
    assert [answer.probability for answer in batch] == columns["probability"]
    assert [answer.category for answer in batch] == [
        None if node < 0 else TREE.ids[node] for node in batch.answered_nodes(precision).tolist()
    ]


@given(batches(), LEVELS, LEVELS)
def test_a_stricter_answer_is_the_laxer_one_or_above_it(
    batch: Answers, one: float, other: float
) -> None:
    lax, strict = sorted([one, other])
    for answer in batch:
        above, below = answer.at(strict).path or (), answer.at(lax).path or ()
        assert below[: len(above)] == above
