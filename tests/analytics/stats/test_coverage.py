"""Whether the deals heard look like all closed ones, judged against chance."""

import random

import pytest

from app.analytics.stats.coverage import Coverage, coverage
from app.analytics.stats.proportions import effective_n

SIZES = {"outcome": 3, "segment": 4, "region": 5, "product": 4}


def closed_deals(n: int, seed: int) -> dict[str, list[str]]:
    chance = random.Random(seed)
    return {
        trait: [f"{trait} {min(chance.randrange(k), chance.randrange(k))}" for _ in range(n)]
        for trait, k in SIZES.items()
    }


def heard_at_random(n: int, heard: int, seed: int) -> list[bool]:
    chosen = set(random.Random(seed).sample(range(n), heard))
    return [deal in chosen for deal in range(n)]


def value(found: Coverage, name: str) -> float:
    return next(figure.value for figure in found.figures if figure.name == name)


def test_the_figures_are_as_defined() -> None:
    outcome = ["won"] * 60 + ["lost"] * 40
    heard = [True] * 24 + [False] * 36 + [True] * 6 + [False] * 34
    found = coverage({"outcome": outcome}, heard)
    spread = ((60 * (0.4 - 0.3) ** 2 + 40 * (0.15 - 0.3) ** 2) / 99) ** 0.5
    assert (found.closed, found.heard) == (100, 30)
    assert value(found, "r_indicator") == pytest.approx(1 - 2 * spread)
    assert value(found, "standardised_difference") == pytest.approx(0.2 / 0.24**0.5)
    weights = [60 / 24] * 24 + [40 / 6] * 6
    assert value(found, "effective_share") == pytest.approx(effective_n(weights) / 30)
    assert value(found, "unheard_categories") == 0


def test_hearing_only_won_deals_is_red_and_names_those_not_heard() -> None:
    deals = closed_deals(100, 1) | {"outcome": ["won"] * 50 + ["lost"] * 44 + ["no decision"] * 6}
    found = coverage(deals, [deal < 30 for deal in range(100)])
    assert found.level == "red"
    assert {figure.trait for figure in found.figures if figure.level == "red"} == {"outcome", None}
    assert [(c.name, c.closed) for c in found.unheard if c.trait == "outcome"] == [("lost", 44)]


def test_it_does_not_cry_wolf_on_deals_heard_at_random() -> None:
    programmes = 150
    found = [
        coverage(closed_deals(100, seed), heard_at_random(100, 30, seed + 1000))
        for seed in range(programmes)
    ]
    red = sum(one.level == "red" for one in found) / programmes
    amber = sum(one.level == "amber" for one in found) / programmes
    by_thresholds = sum(
        value(one, "r_indicator") < 0.75 or value(one, "standardised_difference") > 0.4
        for one in found
    )
    assert red <= 0.09
    assert red + amber <= 0.28
    assert by_thresholds / programmes > red


def test_the_same_deals_give_the_same_answer() -> None:
    deals, heard = closed_deals(80, 3), heard_at_random(80, 20, 4)
    assert coverage(deals, heard) == coverage(deals, heard)


def test_nobody_heard_has_no_figures_but_names_the_categories() -> None:
    found = coverage({"outcome": ["won"] * 3 + ["lost"]}, [False] * 4)
    assert (found.level, found.figures) == (None, ())
    assert [category.name for category in found.unheard] == ["lost", "won"]


def test_everybody_heard_is_fine() -> None:
    found = coverage(closed_deals(40, 5), [True] * 40)
    assert found.level == "fine"
    assert value(found, "r_indicator") == pytest.approx(1)
    assert value(found, "effective_share") == pytest.approx(1)


@pytest.mark.parametrize("deals", [{}, {"outcome": []}])
def test_no_closed_deals_say_nothing(deals: dict[str, list[str]]) -> None:
    found = coverage(deals, [])
    assert (found.closed, found.level, found.categories) == (0, None, ())


def test_one_deal_and_one_category_say_nothing_against_it() -> None:
    assert coverage({"outcome": ["won"]}, [True]).level == "fine"
    assert coverage({"outcome": ["won"] * 9}, [True] * 3 + [False] * 6).level == "fine"


def test_a_trait_must_speak_of_every_deal() -> None:
    with pytest.raises(ValueError, match="outcome: 1 values for 2 deals"):
        coverage({"outcome": ["won"]}, [True, False])
