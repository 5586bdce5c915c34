"""Alpha by published cases, by NLTK, and at its edges."""

from __future__ import annotations

import random

import pytest
from nltk.metrics.agreement import AnnotationTask

from app.tagging.agreement.alpha import (
    alpha_of_reason,
    alpha_overall,
    distance,
    reasons_in,
)
from app.tagging.agreement.standing import Standing
from app.tagging.agreement.units import Unit

#: Krippendorff (2011), case A: two observers, ten binary units; alpha .095.
CASE_A = ([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
#: The same, case B: nominal, twelve units; alpha .692.
CASE_B = ("aabbdcccedda", "babbbccceddd")


def unit(first: set[str], second: set[str], at: int = 0) -> Unit:
    return Unit("a1", at, at + 1, frozenset(first), frozenset(second))


def one_a_unit(units: list[Unit]) -> dict[str, list[Unit]]:
    return {str(number): [each] for number, each in enumerate(units)}


def made_up(count: int, seed: int = 3) -> dict[str, list[Unit]]:
    """Interviews of three passages, coded alike in most."""
    rng = random.Random(seed)
    reasons = ["price", "support", "trust"]

    def passage() -> Unit:
        first = {rng.choice(reasons)}
        second = first if rng.random() < 0.9 else {rng.choice(reasons)}
        return unit(first, second)

    return {str(number): [passage() for _ in range(3)] for number in range(count)}


def test_krippendorffs_case_a():
    units = [
        unit({"x"} if a else set(), {"x"} if b else set()) for a, b in zip(*CASE_A, strict=True)
    ]
    assert alpha_of_reason(one_a_unit(units), "x").value == pytest.approx(0.095, abs=0.0005)


def test_krippendorffs_case_b_where_each_set_holds_one_reason():
    units = [unit({a}, {b}) for a, b in zip(*CASE_B, strict=True)]
    assert alpha_overall(one_a_unit(units)).value == pytest.approx(0.692, abs=0.0005)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"1", "2"}, {"1", "2", "3", "4"}, 0.6666667),
        ({"1", "2"}, {"2", "3"}, 0.8888889),
        ({"1"}, {"1"}, 0.0),
        ({"1"}, {"2"}, 1.0),
        (set(), {"2"}, 1.0),
        (set(), set(), 0.0),
    ],
)
def test_masi(one: set[str], other: set[str], expected: float):
    assert distance(frozenset(one), frozenset(other)) == pytest.approx(expected, abs=0.005)


def test_the_same_as_nltk_for_each_reason_and_overall():
    interviews = made_up(40)
    units = [each for of_one in interviews.values() for each in of_one]
    for reason in reasons_in(interviews):
        task = AnnotationTask(
            data=[
                row
                for number, each in enumerate(units)
                for row in (
                    ("1", number, reason in each.first),
                    ("2", number, reason in each.second),
                )
            ]
        )
        assert alpha_of_reason(interviews, reason).value == pytest.approx(task.alpha())
    sets = AnnotationTask(
        data=[
            row
            for number, each in enumerate(units)
            for row in (("1", number, each.first), ("2", number, each.second))
        ],
        distance=distance,
    )
    assert alpha_overall(interviews).value == pytest.approx(sets.alpha())


def test_the_interval_holds_the_value_and_is_the_same_each_time():
    interviews = made_up(30)
    found = alpha_of_reason(interviews, "price")
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high <= 1
    assert found == alpha_of_reason(interviews, "price")


def test_more_interviews_make_the_interval_narrower():
    few, many = (alpha_overall(made_up(count)) for count in (10, 160))
    assert few.low is not None
    assert few.high is not None
    assert many.low is not None
    assert many.high is not None
    assert many.high - many.low < few.high - few.low


def test_one_category_only_cannot_be_estimated():
    """NLTK would say 1."""
    found = alpha_of_reason(one_a_unit([unit({"x"}, {"x"})] * 25), "x")
    assert found.value is None
    assert found.raw == 1
    assert found.standing is Standing.NOT_ESTIMABLE


def test_nothing_is_struck_before_twenty_interviews_were_coded_twice():
    units = [unit({"x"}, set()), unit(set(), {"x"})] * 15
    assert alpha_of_reason(one_a_unit(units[:19]), "x").standing is Standing.NOT_KNOWN
    assert alpha_of_reason(one_a_unit(units[:20]), "x").standing is Standing.STRUCK


def test_full_agreement_on_a_reason_that_is_sometimes_given_is_reliable():
    units = [unit({"x"}, {"x"}), unit(set(), set())] * 12
    assert alpha_of_reason(one_a_unit(units), "x").standing is Standing.RELIABLE


def test_interviews_without_a_passage_count_as_coded_twice():
    found = alpha_of_reason({"1": [unit({"x"}, set())], "2": []}, "x")
    assert (found.units, found.interviews) == (1, 2)


def test_without_a_passage_there_is_nothing_to_compare():
    with pytest.raises(ValueError, match="no passage"):
        alpha_of_reason({"1": []}, "x")
