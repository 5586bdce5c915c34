"""What in the way of selling goes with winning."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from app.analytics.stats import deal_facts
from app.analytics.stats.coded import Value, coded
from app.analytics.stats.deal_facts import Looks, bands


def look_at(
    won: Sequence[bool],
    facts: Mapping[str, Sequence[Value | None]],
    controls: Mapping[str, Sequence[str]],
    adjusted_for: Mapping[str, str] | None = None,
) -> Looks:
    return deal_facts.look_at(
        won,
        {name: coded(values) for name, values in facts.items()},
        {name: coded(values) for name, values in controls.items()},
        adjusted_for,
    )


def test_a_fact_that_goes_with_winning_is_found_among_many_that_do_not():
    rng = random.Random(5)
    n = 300
    case_made = [rng.random() < 0.5 for _ in range(n)]
    won = [rng.random() < (0.6 if made else 0.25) for made in case_made]
    facts = {f"Fact {number}": [rng.choice(("yes", "no")) for _ in won] for number in range(20)}
    facts["Business case"] = ["yes" if made else "no" for made in case_made]
    found = look_at(won, facts, {"segment": ["x"] * n})
    assert [look.fact for look in found.looks if look.stands] == ["Business case"]
    first = found.looks[0]
    assert (first.level, first.goes_with_winning) == ("yes", True)
    assert first.difference.low > 0


def test_of_yes_and_no_only_yes_is_looked_at():
    found = look_at([True, False] * 20, {"Trial": ["no", "yes", "yes", "no"] * 10}, {})
    assert [(look.fact, look.level) for look in found.looks] == [("Trial", "yes")]


def test_a_number_is_split_at_its_middle():
    found = look_at([True, False] * 20, {"Days": [float(day) for day in range(40)]}, {})
    [look] = found.looks
    assert (look.level, look.with_it.n, look.without.n) == ("over 20", 20, 20)


def test_a_deal_of_which_the_fact_is_not_known_is_on_neither_side():
    facts = {"Trial": ["yes"] * 10 + ["no"] * 10 + [None] * 20}
    [look] = look_at([True, False] * 20, facts, {}).looks
    assert look.with_it.n + look.without.n == 20


def test_too_few_deals_free_text_and_one_level_say_too_little():
    facts = {
        "Rare": ["yes"] * 9 + ["no"] * 51,
        "Notes": [f"Note {number}" for number in range(60)],
        "Same": ["yes"] * 60,
    }
    found = look_at([True, False] * 30, facts, {})
    assert found.looks == ()
    assert set(found.too_little) == {"Rare", "Notes", "Same"}


def test_what_only_says_how_the_deal_ended_is_left_out():
    won = [True, False] * 20
    found = look_at(won, {"Stage": ["Closed won" if each else "Closed lost" for each in won]}, {})
    assert (found.looks, found.restating) == ((), ("Stage",))


def test_a_fact_is_not_adjusted_for_itself():
    segments = ["large", "small"] * 20
    won = [True, False] * 15 + [False, True] * 5
    controls = {"segment": segments}
    adjusted = look_at(won, {"Segment": segments}, controls, {"Segment": "segment"})
    assert adjusted.looks[0].adjusted.odds_ratio.point != 1


def test_amounts_fall_into_bands_of_equally_many_deals():
    assert band_of_each(10, 20, 30, None, 40, 50, 60) == ["1", "1", "2", "not known", "2", "3", "3"]
    assert band_of_each(None) == ["not known"]
    assert band_of_each() == []


def band_of_each(*amounts: float | None) -> list[Value]:
    found = bands(amounts)
    return [found.levels[place] for place in found.places]
