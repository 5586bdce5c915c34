"""Figures against counts made by hand: the unit is the deal."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.analytics.decided import overview
from app.analytics.figures import compared_reasons, subject_figures
from app.analytics.queries import Subject
from app.analytics.stats.theme import Movement
from app.analytics.window import Window
from app.core.periods import Quarter
from app.deals.models import Deal, Outcome
from app.interviews.models import Interview
from app.tagging import evidence
from app.tagging.models import Direction, Reason, Weight
from tests.factories import Factory

Q3 = Quarter(2026, 3)
YEAR = Window.year_to(Q3)


def heard(make: Factory, deal: Deal, *reasons: Reason, **tag: object) -> Interview:
    """A tagged interview of the deal that names these reasons."""
    interview = make.interview(deal, state="tagged")
    for reason in reasons:
        make.tag(make.verbatim(make.answer(interview)), reason, **tag)
    evidence.refresh_interviews(make.session, [interview.id])
    return interview


def test_the_win_rate_leaves_out_what_was_not_decided_or_not_valid(make: Factory, session: Session):
    for outcome in ["won", "won", "lost", "lost", "no_decision", "invalid", "open", "renewed"]:
        make.deal(outcome)
    counts = overview(session, YEAR).counts
    assert (counts.won, counts.contested, counts.all_decided) == (2, 5, 6)
    assert counts.win_rate.point == pytest.approx(0.4)


def test_only_deals_closed_in_the_window_count_and_the_latest_quarter_is_marked(
    make: Factory, session: Session
):
    for day in [date(2025, 9, 30), date(2025, 10, 1), date(2026, 7, 1), date(2026, 9, 30)]:
        heard(make, make.deal("lost", closed_on=day))
    make.deal("lost", closed_on=date(2026, 10, 1))
    figures = overview(session, YEAR)
    assert (figures.counts.all_decided, figures.counts.all_heard) == (3, 3)
    assert (figures.latest.quarter, figures.latest.counts.all_heard) == (Q3, 2)
    assert figures.before.all_decided == 1


def test_several_interviews_of_one_deal_are_one_deal(make: Factory, session: Session):
    """One of two buyers names it: the deal's share is a half, not one."""
    price, deal = make.reason("Price"), make.deal("lost")
    heard(make, deal, price)
    heard(make, deal)
    heard(make, make.deal("lost"), price)
    figure = subject_figures(session, YEAR, Subject.REASON).figures[0]
    share = figure.share(Outcome.LOST)
    assert (share.named, share.heard, share.deals) == (1.5, 2, 2)


def test_a_reason_that_was_only_mentioned_has_no_share_but_names_the_deal(
    make: Factory, session: Session
):
    heard(make, make.deal("lost"), make.reason(), weight=Weight.MENTIONED)
    share = subject_figures(session, YEAR, Subject.REASON).figures[0].share(Outcome.LOST)
    assert (share.named, share.deals) == (0, 1)


def test_what_speaks_against_us_is_set_against_deals_won_though_the_same_was_said(
    make: Factory, session: Session
):
    price = make.reason("Price")
    for outcome in ["lost", "lost", "no_decision", "won"]:
        heard(make, make.deal(outcome), price)
    heard(make, make.deal("won"), price, direction=Direction.FOR)
    figures = subject_figures(session, YEAR, Subject.REASON)
    against = figures.one_way(Direction.AGAINST)[0]
    assert (against.focus.named, against.focus.heard) == (3, 3)
    assert (against.counter.named, against.counter.heard) == (1, 2)
    assert figures.one_way(Direction.FOR)[0].focus.named == 1


def test_a_deal_that_was_not_heard_is_not_among_those_heard(make: Factory, session: Session):
    make.deal("lost")
    make.interview(make.deal("lost"), state="scheduled")
    heard(make, make.deal("lost"), make.reason())
    figures = subject_figures(session, YEAR, Subject.REASON)
    assert figures.counts.heard[Outcome.LOST] == 1
    assert figures.counts.decided[Outcome.LOST] == 3


def test_competitors_and_differentiators_are_counted_alike(make: Factory, session: Session):
    rival, strength = make.competitor("Fenwick"), make.differentiator("Customs")
    heard(make, make.deal("lost"), make.reason(), competitor=rival, differentiator=strength)
    for subject, name in [(Subject.COMPETITOR, "Fenwick"), (Subject.DIFFERENTIATOR, "Customs")]:
        figures = subject_figures(session, YEAR, subject).figures
        assert [(figure.name, figure.focus.named) for figure in figures] == [(name, 1)]


def test_reasons_set_won_and_lost_apart_only_when_named_in_three_deals(
    make: Factory, session: Session
):
    often, seldom = make.reason("Often"), make.reason("Seldom")
    for number in range(12):
        heard(make, make.deal("lost"), often, *([seldom] if number < 2 else []))
        heard(make, make.deal("won"))
    comparison = compared_reasons(session, YEAR).comparison
    assert comparison is not None
    assert [(one.reason, one.stands) for one in comparison.tested] == [
        (f"{often.public_id}:against", True)
    ]
    assert comparison.too_seldom == (f"{seldom.public_id}:against",)


def test_reasons_named_too_seldom_are_tested_as_the_one_above_them(make: Factory, session: Session):
    """Two deals name one, two the other, one of them both: three deals name their category."""
    risk = make.reason("Risk")
    rollout, outage = (make.reason(name, parent_id=risk.id) for name in ("Rollout", "Outage"))
    heard(make, make.deal("lost"), rollout)
    heard(make, make.deal("lost"), rollout, outage)
    heard(make, make.deal("lost"), outage)
    for _ in range(3):
        heard(make, make.deal("won"))
    found = compared_reasons(session, YEAR)
    assert found.comparison is not None
    (tested,) = found.comparison.tested
    assert tested.reason == f"{risk.public_id}:against"
    assert (tested.lost.count, tested.lost.n, tested.won.count) == (3, 3, 0)
    assert [(one.name, one.members) for one in found.joined] == [("Risk", ("Outage", "Rollout"))]
    assert found.comparison.too_seldom == ()


def test_reasons_that_stay_too_seldom_together_are_not_tested(make: Factory, session: Session):
    risk = make.reason("Risk")
    rollout = make.reason("Rollout", parent_id=risk.id)
    heard(make, make.deal("lost"), rollout)
    found = compared_reasons(session, YEAR)
    assert found.comparison is not None
    assert (found.comparison.tested, found.joined) == ((), ())
    assert found.comparison.too_seldom == (f"{rollout.public_id}:against",)


def test_no_reliable_change_is_an_answer(make: Factory, session: Session):
    for day in [date(2025, 8, 1), date(2026, 8, 1)]:
        for outcome in ["won", "lost"]:
            make.deal(outcome, closed_on=day)
    assert overview(session, YEAR).win_rate_change.movement is Movement.NO_RELIABLE_CHANGE


def test_an_empty_workspace_has_figures_too(session: Session):
    figures = overview(session, YEAR)
    assert figures.counts.all_decided == 0
    assert figures.counts.win_rate.point is None
    assert subject_figures(session, YEAR, Subject.REASON).figures == ()
