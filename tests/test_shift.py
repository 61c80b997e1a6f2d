"""Names that look harder than those that a model was certified on."""

from __future__ import annotations

import io
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from textcat.cli.shift_table import shift_table
from textcat.errors import TextcatError
from textcat.model import CategoryModel
from textcat.shift import FEWEST_NAMES, Sample, Shift, compare_samples, sample_of, shift_of

SHARES = st.lists(st.floats(0, 1, width=32), min_size=1, max_size=8)


def make_sample(probabilities: list[float], unknown_shares: list[float], names: int) -> Sample:
    """Repeat figures until there are enough names."""
    return Sample(
        np.resize(np.array(probabilities, np.float32), names),
        np.resize(np.array(unknown_shares, np.float32), names),
    )


SAMPLES = st.builds(make_sample, SHARES, SHARES, st.integers(FEWEST_NAMES, 400))
SURE = make_sample([0.95, 0.95, 0.95, 0.55], [0, 0, 0, 0.5], 400)


@pytest.fixture(scope="module")
def shifted() -> Shift:
    """Half of the words unknown, half of the names unsure."""
    return compare_samples(SURE, make_sample([0.95, 0.15], [0.5], 200))


def test_figures_of_a_sample_by_hand() -> None:
    figures = make_sample([0.05, 0.5, 1.0, 0.95], [0, 1, 0.5, 0], 4).figures()
    assert (figures.names, figures.unknown_words, figures.nothing_known) == (4, 0.375, 0.25)
    assert figures.probability == pytest.approx(0.625)
    assert figures.histogram == (0.25, 0, 0, 0, 0, 0.25, 0, 0, 0, 0.5)


def test_probabilities_that_rounding_has_left_above_one_are_counted() -> None:
    assert make_sample([1.0000001], [0], 1).figures().histogram[-1] == 1


def test_what_is_harder_and_by_how_much(shifted: Shift) -> None:
    assert shifted.shifted
    assert (shifted.unknown_words.certified, shifted.unknown_words.asked) == (0.25, 1)
    assert (shifted.probabilities.certified, shifted.probabilities.asked) == (0, 0.5)
    assert shifted.warnings == (
        "Less is known: 100% of these names have words unknown, of those certified on 25%.",
        "Answers are less sure: 50% of these names have no category more probable than 0.15, of "
        "those certified on 0%.",
        "Precision levels need not hold for such names: label a few hundred of them and call "
        "model.certify(rows).",
    )


def test_only_what_is_harder_is_warned_of() -> None:
    shift = compare_samples(SURE, make_sample([0.95, 0.95, 0.95, 0.55], [0.5], 200))
    assert [warning.partition(":")[0] for warning in shift.warnings] == [
        "Less is known",
        "Precision levels need not hold for such names",
    ]


@given(SAMPLES)
def test_the_same_names_are_never_harder(sample: Sample) -> None:
    shift = compare_samples(sample, sample)
    assert (shift.shifted, shift.warnings) == (False, ())
    assert shift.certified == shift.asked


@given(SAMPLES, SAMPLES, st.randoms(use_true_random=False))
def test_the_order_of_names_changes_nothing(certified: Sample, asked: Sample, random) -> None:  # type: ignore[no-untyped-def]
    order = list(range(len(asked)))
    random.shuffle(order)
    shuffled = Sample(asked.probabilities[order], asked.unknown_shares[order])
    one, other = compare_samples(certified, asked), compare_samples(certified, shuffled)
    assert str(one) == str(other)
    assert (one.probabilities, one.unknown_words) == (other.probabilities, other.unknown_words)


@given(SHARES, SHARES, st.integers(FEWEST_NAMES, 400))
def test_names_without_a_known_word_are_harder(
    certified: list[float], asked: list[float], names: int
) -> None:
    known = make_sample(certified, [0, 0.5, 1], 300)
    assert compare_samples(known, make_sample(asked, [1], names)).shifted


@given(SAMPLES, st.floats(0, 1, width=32))
def test_names_that_are_only_easier_are_not_warned_of(sample: Sample, ease: float) -> None:
    surer = sample.probabilities + np.float32(ease) * (1 - sample.probabilities)
    easier = Sample(np.maximum(surer, sample.probabilities), sample.unknown_shares * (1 - ease))
    assert compare_samples(sample, easier).shifted is False


@pytest.mark.parametrize("names", [0, 1, FEWEST_NAMES - 1])
def test_too_few_names_get_no_verdict(names: int) -> None:
    shift = compare_samples(SURE, make_sample([0.1], [1], names))
    assert shift.shifted is None
    assert shift.warnings == (
        f"Too few names to compare: {names}, but 100 or more are needed for a verdict.",
    )
    assert math.isnan(shift.probabilities.p_value)
    assert shift.asked.names == names
    assert json.dumps(shift.to_dict(), allow_nan=False)
    assert all(part in str(shift) for part in ("no verdict", *shift.warnings))


@pytest.mark.parametrize("rows", [0, 12])
def test_a_certificate_on_too_few_rows_gives_no_verdict(rows: int) -> None:
    shift = compare_samples(make_sample([0.9], [0], rows), SURE)
    assert shift.shifted is None
    assert shift.warnings == (
        f"The model was certified on {rows} names, too few to compare others with: call "
        "model.certify(rows) with 100 or more.",
    )
    assert all(part in str(shift) for part in ("no verdict", *shift.warnings))


def test_a_sample_has_two_figures_for_every_name() -> None:
    with pytest.raises(TextcatError, match=r"shapes are \(3,\) and \(2,\)"):
        Sample(np.zeros(3, np.float32), np.zeros(2, np.float32))


def test_a_shift_is_plain_values(shifted: Shift) -> None:
    content = json.loads(json.dumps(shifted.to_dict(), allow_nan=False))
    assert (content["shifted"], content["asked"]["unknown_words"]) == (True, 0.5)
    assert content["warnings"] == list(shifted.warnings)
    assert content["probabilities"]["statistic"] == 0.5
    assert content["asked"]["histogram"][1] == 0.5


def test_a_shift_as_text_shows_both_samples_side_by_side(shifted: Shift) -> None:
    lines = str(shifted).splitlines()
    assert lines[0] == "harder than certified"
    rows = [line.split() for line in lines]
    assert ["names", "400", "200"] in rows
    assert ["unknown", "words", "0.125", "0.500"] in rows
    assert ["probability", "0.9–1.0", "0.750", "█" * 15, "0.500", "█" * 10] in rows
    assert ["more", "unknown", "words", "Kolmogorov–Smirnov", "0.750,", "p", "<", "0.001"] in rows
    assert lines[-3:] == list(shifted.warnings)


def test_no_warning_is_said_to_be_no_proof() -> None:
    text = str(compare_samples(SURE, SURE))
    assert text.startswith("no sign of harder names")
    assert "no proof" in text


def test_a_notebook_shows_the_same(shifted: Shift) -> None:
    html = shifted._repr_html_()
    assert html.count("<tr>") == 1 + 4 + 10 + 2
    assert all(warning in html for warning in shifted.warnings)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "ascii"])
def test_a_terminal_shows_the_same_in_its_encoding(shifted: Shift, encoding: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding, errors="backslashreplace")
    Console(file=stream, width=100).print(shift_table(shifted))
    stream.seek(0)
    text = " ".join(stream.read().replace("|", " ").split())
    assert all(warning in text for warning in shifted.warnings)
    assert "unknown words 0.125 0.500" in text


def test_a_model_remembers_of_names_what_it_answers_and_knows(model: CategoryModel) -> None:
    asked = ["чай зелёный", "гвозди зелёные", "", "лопата"] * 3000  # more than a batch
    sample = sample_of(model, asked)
    leaves = [candidates[0].probability if candidates else 0 for candidates in model.top(asked[:4])]
    assert sample.probabilities.tolist() == pytest.approx(leaves * 3000)
    assert sample.unknown_shares.tolist() == [0, 0.5, 1, 0] * 3000


def test_a_model_tells_its_own_names_from_those_of_another_trade(
    model: CategoryModel, names: list[str]
) -> None:
    certified = sample_of(model, names * 3)
    assert shift_of(model, names * 2, certified).shifted is False
    screws = shift_of(model, (f"Саморез оцинкованный {n}мм" for n in range(150)), certified)
    assert screws.shifted
    assert screws.asked.nothing_known == 1


def test_what_is_no_name_is_refused(model: CategoryModel) -> None:
    with pytest.raises(TextcatError, match="one; put it in a list"):
        shift_of(model, "чай", SURE)
    with pytest.raises(TextcatError, match="name 2"):
        shift_of(model, ["чай", ["кофе"]], SURE)
    assert shift_of(model, [], SURE).shifted is None
