"""A contact without an e-mail is a task for whoever sold: a mail with one link a deal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.models import User
from app.mail.models import Mail
from app.programmes import operations
from app.programmes.asking_sellers import ask_sellers
from app.programmes.models import Selection
from config import Settings
from tests.factories import Factory

#: Eleven o'clock in Berlin.
MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


@pytest.fixture
def jonas(make: Factory) -> User:
    make.workspace()
    return make.user(name="Jonas Weber", email="jonas@halden.example")


def without_contact(make: Factory, user: User, **values: object) -> Selection:
    seller = make.seller(user_id=user.id)
    deal = make.deal(account=make.account("Ferrow Shipping"), seller=seller, name="Customs")
    given = {"contact": None, "state": "needs_contact"} | values
    row: Selection = make.selection(make.programme(), deal, **given)
    return row


def told(session: Session, settings: Settings, now: datetime = MONDAY) -> list[Mail]:
    with clock.frozen(now):
        ask_sellers(session, settings)
    return list(session.scalars(select(Mail).order_by(Mail.id)))


def test_the_mail_leads_to_the_one_field(make: Factory, settings: Settings, jonas: User):
    selection = without_contact(make, jonas)
    (mail,) = told(make.session, settings)
    assert mail.to_address == "jonas@halden.example"
    assert mail.subject == "Whom can we ask at Ferrow Shipping?"
    assert f"{settings.public_url}/selections/{selection.public_id}/contact" in mail.text


def test_it_is_asked_once_and_again_for_another_contact(
    make: Factory, settings: Settings, jonas: User
):
    selection = without_contact(make, jonas)
    told(make.session, settings)
    assert len(told(make.session, settings)) == 1
    contact = make.contact(selection.deal.account)
    selection.contact, selection.state = contact, "queued"  # type: ignore[assignment]
    make.session.flush()
    operations.contact_bounced(make.session, contact)
    assert len(told(make.session, settings)) == 2


@pytest.mark.parametrize("later", [timedelta(hours=10), timedelta(days=-1), timedelta(hours=-6)])
def test_nobody_is_written_to_at_night_or_on_sunday(
    make: Factory, settings: Settings, jonas: User, later: timedelta
):
    without_contact(make, jonas)
    assert told(make.session, settings, MONDAY + later) == []


def test_whoever_left_and_paused_programmes_get_none(
    make: Factory, settings: Settings, jonas: User
):
    without_contact(make, jonas).programme.is_active = False
    without_contact(make, make.user(is_active=False))
    assert told(make.session, settings) == []
