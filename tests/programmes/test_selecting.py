"""Whom to ask: everybody where that gives fewer interviews than wished, else by lot."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from app.programmes.selecting import Candidate, Choice, Measured, choose, rate

TODAY = date(2026, 9, 30)
MIX = {"lost": 40, "won": 40, "no_decision": 20}
RATES = {"lost": 0.25, "won": 0.4, "no_decision": 0.25}


def deals(**how_many: int) -> list[Candidate]:
    """So many of each outcome, closed yesterday, each of an account of its own."""
    outcomes = [outcome for outcome, number in how_many.items() for _ in range(number)]
    return [
        Candidate(number, outcome, TODAY - timedelta(days=1), number)
        for number, outcome in enumerate(outcomes, 1)
    ]


def chosen_from(candidates: list[Candidate], per_week: float = 5, **other) -> Choice:
    values = {"already": {}, "mix": MIX, "rates": RATES, "today": TODAY, "seed": "1"} | other
    return choose(candidates, per_week=per_week, **values)


def outcomes_of(choice: Choice, candidates: list[Candidate]) -> Counter[str]:
    outcome = {one.deal_id: one.outcome for one in candidates}
    return Counter(outcome[deal_id] for deal_id in choice.deal_ids)


def test_everybody_is_asked_where_that_gives_fewer_than_wished():
    candidates = deals(lost=8, won=5)
    choice = chosen_from(candidates, per_week=5)
    assert choice.asked_everybody
    assert len(choice.deal_ids) == 13
    assert choice.expected == pytest.approx(4.0)


def test_a_hundred_closed_deals_a_quarter_give_about_28():
    expected = chosen_from(deals(won=38, lost=36, no_decision=26), per_week=30).expected
    assert expected == pytest.approx(30.7)


def test_lots_are_drawn_within_the_mix_where_there_are_more_than_enough():
    candidates = deals(lost=200, won=200, no_decision=200)
    choice = chosen_from(candidates, per_week=10)
    assert not choice.asked_everybody
    # 4 interviews of losses take 16 who are asked, 4 of wins 10, 2 of no decision 8.
    assert outcomes_of(choice, candidates) == {"lost": 16, "won": 10, "no_decision": 8}


def test_the_same_seed_draws_the_same_lots_in_whatever_order_the_deals_come():
    candidates = deals(lost=200, won=200)
    first = chosen_from(candidates, seed="a")
    assert chosen_from(candidates[::-1], seed="a").deal_ids == first.deal_ids
    assert chosen_from(candidates, seed="b").deal_ids != first.deal_ids


def test_every_deal_has_the_same_chance():
    candidates = deals(lost=20)
    drawn = Counter(
        deal_id
        for seed in range(2000)
        for deal_id in chosen_from(
            candidates, per_week=1.25, mix={"lost": 100}, seed=str(seed)
        ).deal_ids
    )
    # 5 of 20 each time: about 500 of 2,000, with a standard deviation of 19.
    assert len(drawn) == 20
    assert all(420 < times < 580 for times in drawn.values())


def test_where_an_outcome_has_no_more_the_others_fill_its_place():
    candidates = deals(lost=100, won=2)
    assert outcomes_of(chosen_from(candidates, per_week=5), candidates) == {"won": 2, "lost": 17}


def test_fresh_decisions_come_first():
    fresh = [Candidate(n, "lost", TODAY - timedelta(days=6), n) for n in range(1, 9)]
    stale = [Candidate(n, "lost", TODAY - timedelta(days=20), n) for n in range(9, 60)]
    choice = chosen_from([*stale, *fresh], per_week=2, mix={"lost": 100})
    assert set(choice.deal_ids) == {one.deal_id for one in fresh}


def test_what_was_chosen_this_week_already_counts():
    candidates = deals(lost=40, won=40)
    assert chosen_from(candidates, already={"lost": 3.0, "won": 2.0}).deal_ids == []
    less = chosen_from(candidates, already={"lost": 2.0, "won": 0.0})
    assert outcomes_of(less, candidates)["won"] > outcomes_of(less, candidates)["lost"]


def test_an_outcome_without_a_share_is_not_asked():
    candidates = deals(lost=4, churned=4)
    assert outcomes_of(chosen_from(candidates), candidates) == {"lost": 4}


def test_nobody_is_asked_about_two_deals_of_one_account_at_once():
    twins = [Candidate(n, "lost", TODAY, account_id=7) for n in (1, 2, 3)]
    assert len(chosen_from(twins).deal_ids) == 1
    assert len(chosen_from(twins, one_per_account=False).deal_ids) == 3


def test_deals_without_an_account_stand_for_themselves():
    loose = [Candidate(n, "lost", TODAY, account_id=None) for n in (1, 2, 3)]
    assert len(chosen_from(loose).deal_ids) == 3


def test_nothing_waits_nothing_is_chosen():
    assert chosen_from([]) == Choice([], True, 0, 5)


def test_rates_begin_as_assumed_and_become_what_is_measured():
    assert rate(Measured(), 0.25) == 0.25
    assert rate(Measured(asked=20, heard=10), 0.25) == pytest.approx(0.375)
    assert rate(Measured(asked=2000, heard=1000), 0.25) == pytest.approx(0.5, abs=0.01)
