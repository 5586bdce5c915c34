"""Figures over time, what moved, and our win rate beside the CRM's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.analytics.counted import closed_in_crm
from app.analytics.decided import overview
from app.analytics.figures import subject_figures
from app.analytics.filters import Filters
from app.analytics.moved import Moved, moved
from app.analytics.over_time import over_time
from app.analytics.queries import Subject
from app.analytics.reconciled import Reconciled, reconciled
from app.analytics.stats.sequence import confidence_sequence
from app.analytics.stats.theme import Movement
from app.analytics.window import Window
from app.core.db import Database
from app.core.periods import Quarter
from app.identity.models import Role
from app.tagging.models import Direction
from tests.analytics.test_figures import YEAR, heard
from tests.factories import Factory, sign_in_as


@pytest.fixture(autouse=True)
def workspace(make: Factory) -> None:
    make.workspace()


def test_each_quarter_has_its_own_deals(make: Factory, session: Session) -> None:
    for day in (date(2025, 10, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 9, 30)):
        make.deal("won", closed_on=day)
    make.deal("lost", closed_on=date(2026, 9, 30))
    found = over_time(session, YEAR, YEAR)
    counted = [(one.won.count, one.won.n) for one in found.quarters]
    assert counted == [(2, 2), (1, 1), (0, 0), (1, 2)]


def test_a_theme_is_counted_by_deal_in_each_quarter(make: Factory, session: Session) -> None:
    price = make.reason("Price")
    deal = make.deal("lost", closed_on=date(2026, 8, 1))
    heard(make, deal, price)
    heard(make, deal)
    heard(make, make.deal("no_decision", closed_on=date(2026, 8, 2)))
    heard(make, make.deal("won", closed_on=date(2026, 8, 2)), price)
    heard(make, make.deal("lost", closed_on=date(2026, 5, 1)), price)
    found = over_time(session, YEAR, YEAR, theme=(price, Direction.AGAINST))
    counted = [(one.theme.count, one.theme.n) for one in found.quarters if one.theme]
    assert counted == [(0, 0), (0, 0), (1, 1), (0.5, 2)]


def test_the_live_line_holds_at_every_look(make: Factory, session: Session) -> None:
    day = date(2026, 1, 1)
    for number in range(30):
        make.deal("won" if number % 3 else "lost", closed_on=day + timedelta(days=number))
    live = over_time(session, YEAR, YEAR).live
    assert live[-1].day == day + timedelta(days=29)
    assert live[-1].rate == confidence_sequence(20, 30)
    assert [point.rate.n for point in live] == sorted(point.rate.n for point in live)
    assert len(live) <= 15


def test_it_follows_the_filters(make: Factory, session: Session) -> None:
    make.deal("won", product="Customs")
    make.deal("won", product="Ports")
    filters = Filters.parse([("product", "Customs")])
    found = over_time(session, YEAR, YEAR, filters)
    assert found.quarters[-1].won.n == 1
    assert found.live[-1].rate.n == 1


class TestByAmount:
    def test_large_deals_weigh_more_and_the_range_is_that_of_fewer(
        self, make: Factory, session: Session
    ) -> None:
        make.deal("won", amount_minor=900_00)
        for _ in range(9):
            make.deal("lost", amount_minor=100_00)
        rate = overview(session, YEAR).by_amount
        assert rate.share.point == pytest.approx(0.5)
        assert rate.share.n == pytest.approx(1800**2 / (900**2 + 9 * 100**2))
        assert rate.without_amount == 0

    def test_a_deal_without_a_rate_is_left_out_and_counted_as_such(
        self, make: Factory, session: Session
    ) -> None:
        make.deal("won", amount_minor=100_00)
        make.deal("lost", amount_minor=100_00, currency="SEK")
        make.deal("lost", amount_minor=None)
        rate = overview(session, YEAR).by_amount
        assert (rate.share.point, rate.without_amount) == (1, 2)


class TestMoved:
    def test_a_theme_that_grew_beyond_chance_is_named(
        self, make: Factory, session: Session
    ) -> None:
        price, late = make.reason("Price"), make.reason("Late")
        for number in range(20):
            heard(make, make.deal("lost", closed_on=date(2025, 8, 1)), late)
            heard(make, make.deal("lost"), late, *([price] if number < 15 else []))
        (one,) = _moved(session)
        assert (one.figure.name, one.change.movement) == ("Price", Movement.UP)

    def test_a_theme_that_nobody_names_any_more_is_named_too(
        self, make: Factory, session: Session
    ) -> None:
        price = make.reason("Price")
        for _ in range(20):
            heard(make, make.deal("lost", closed_on=date(2025, 8, 1)), price)
            heard(make, make.deal("lost"))
        (one,) = _moved(session)
        assert (one.figure.name, one.change.movement) == ("Price", Movement.DOWN)

    def test_no_reliable_change_is_an_answer(self, make: Factory, session: Session) -> None:
        price = make.reason("Price")
        for number in range(5):
            heard(make, make.deal("lost", closed_on=date(2025, 8, 1)))
            heard(make, make.deal("lost"), *([price] if number < 2 else []))
        assert _moved(session) == []


def _moved(session: Session) -> list[Moved]:
    now, before = (
        subject_figures(session, window, Subject.REASON) for window in (YEAR, YEAR.before)
    )
    return moved(now, before)


class TestBesideTheCrm:
    def test_every_deal_that_makes_the_difference_is_named(
        self, make: Factory, session: Session
    ) -> None:
        for outcome in ("won", "won", "lost", "no_decision", "invalid", "invalid", "renewed"):
            make.deal(outcome)
        make.deal("lost", external_id=None)
        make.deal("open")
        found = _reconciled(session)
        assert (found.crm.count, found.crm.n) == (3, 7)
        assert [step.deals for step in found.steps] == [-2, -1, 1]
        assert (found.ours.count, found.ours.n) == (2, 5)
        assert found.crm.n + sum(step.deals for step in found.steps) == found.ours.n

    def test_where_they_agree_it_says_so(self, make: Factory, session: Session) -> None:
        make.deal("won")
        make.deal("lost")
        assert not _reconciled(session).differs


def _reconciled(session: Session) -> Reconciled:
    return reconciled(closed_in_crm(session, YEAR.period))


def test_the_page_shows_a_line_once_two_quarters_have_enough_deals(
    app: Flask, db: Database, make: Factory
) -> None:
    reason = make.reason("Price")
    for quarter in (Quarter(2026, 2), Quarter(2026, 3)):
        for _ in range(6):
            heard(make, make.deal("lost", closed_on=quarter.first_day), reason)
    user = make.user(Role.PRODUCT)
    make.commit()
    client = sign_in_as(app, db, user)
    page = client.get(f"/figures/time?to=2026Q3&theme={reason.public_id}:against").text
    for words in ("Win rate by quarter", "Price, by quarter", "looked at every day"):
        assert words in page
    assert client.get("/figures/time?theme=nonsense").status_code == 404
    text = client.get(f"/figures/files/time.csv?to=2026Q3&theme={reason.public_id}:against").text
    assert "Theme: deals" in text


def test_an_empty_workspace_has_no_line_and_says_so(
    app: Flask, db: Database, make: Factory
) -> None:
    user = make.user(Role.LEADERSHIP)
    make.commit()
    page = sign_in_as(app, db, user).get("/figures/time").text
    assert "there is no line to draw yet" in page
    assert over_time(make.session, Window.only(Quarter(2026, 3)), YEAR).live == ()
