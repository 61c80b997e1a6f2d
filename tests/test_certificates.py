"""All certificates of a model: which of them counts, and what is said without one."""

from __future__ import annotations

import pytest
from simulated_answers import certificate, flat, laxest_threshold, outcomes_of

from textcat.errors import PrecisionError
from textcat.precision import PRECISIONS, Certificate, Certificates
from textcat.precision.certification import THRESHOLDS

# At 0.95: all of the familiar goods, of new ones those above 0.5, of the given those above 0.8.
FAMILIAR = certificate(outcomes_of(*flat(600)), goods="familiar")
NEW = certificate(
    outcomes_of(*flat(300, probability=0.9), *flat(100, 100, probability=0.5)), goods="new"
)
GIVEN = certificate(
    outcomes_of(*flat(300, probability=0.9), *flat(100, 100, probability=0.8)), goods="given"
)
BY_GOODS = {"familiar": FAMILIAR, "new": NEW, "given": GIVEN}
LAX, STRICTER, STRICTEST = THRESHOLDS[-1], laxest_threshold(0.5), laxest_threshold(0.8)


def certificates(*goods: str, reason: str = "nobody asked for one") -> Certificates:
    return Certificates({kind: BY_GOODS[kind] for kind in goods}, reason)


def test_certificates_are_a_mapping_by_goods() -> None:
    both = certificates("familiar", "new")
    assert (list(both), len(both), both["new"]) == (["familiar", "new"], 2, NEW)
    assert "given" not in both


@pytest.mark.parametrize(
    ("there", "named", "threshold"),
    [
        (("familiar",), None, LAX),
        (("new",), None, STRICTER),
        (("familiar", "new"), None, STRICTER),  # both have to hold
        (("familiar", "new", "given"), None, STRICTEST),  # the rows given, and only they
        (("familiar", "new", "given"), "familiar", LAX),
        (("familiar", "new", "given"), "new", STRICTER),
        (("familiar", "given"), "given", STRICTEST),
    ],
)
def test_the_goods_that_are_named_or_else_the_rows_given_or_else_all_goods_rule(
    there: tuple[str, ...], named: str | None, threshold: float
) -> None:
    rule = certificates(*there).rule(named)
    assert rule.threshold(0.95) == threshold
    assert rule.threshold(None) == 0


def test_without_a_certificate_the_rule_says_why() -> None:
    rule = certificates(reason="nobody asked for one").rule()
    assert rule.threshold(None) == 0
    with pytest.raises(PrecisionError, match=r"0\.95 is not certified: nobody asked for one\. "):
        rule.threshold(0.95)


def test_a_reason_is_optional() -> None:
    with pytest.raises(PrecisionError, match="is not certified: there is no certificate"):
        Certificates({}).rule().threshold(0.9)


def test_goods_without_a_certificate_are_refused_with_those_that_have_one() -> None:
    for ask in (certificates("familiar", "new").rule, certificates("familiar", "new").hardest):
        with pytest.raises(PrecisionError) as error:
            ask("given")
        assert str(error.value) == (
            "the model is not certified for goods='given', but for 'familiar', 'new' ('new' for "
            "new goods, 'familiar' for goods like the catalogue's, 'given' for goods like the "
            "rows given)"
        )


def test_goods_that_do_not_exist_are_refused_as_well() -> None:
    with pytest.raises(PrecisionError, match="for goods='old', but for nothing"):
        certificates().rule("old")


@pytest.mark.parametrize(
    ("there", "hardest"),
    [
        (("familiar",), FAMILIAR),
        (("familiar", "new"), NEW),
        (("familiar", "new", "given"), GIVEN),
    ],
)
def test_names_are_compared_with_the_rows_given_or_else_with_new_goods(
    there: tuple[str, ...], hardest: Certificate
) -> None:
    assert certificates(*there).hardest() is hardest
    assert certificates(*there).hardest("familiar") is FAMILIAR


def test_without_a_certificate_there_is_nothing_to_compare_names_with() -> None:
    with pytest.raises(PrecisionError) as error:
        certificates(reason="nobody asked for one").hardest()
    assert str(error.value) == (
        "there is nothing to compare names with: nobody asked for one. Certify the model on rows "
        "with known categories: model.certify(rows)"
    )


def test_levels_are_those_of_all_certificates_one_after_the_other() -> None:
    found = certificates("familiar", "new").levels
    assert found == (*FAMILIAR.levels, *NEW.levels)
    assert [(level.goods, level.precision) for level in found] == [
        (goods, precision) for goods in ("familiar", "new") for precision in PRECISIONS
    ]
    assert certificates().levels == ()
