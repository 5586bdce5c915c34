"""The seller's view: written before the buyer is heard, sealed when the interview begins."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.core.db import Database
from app.deals.models import BuyingRole, Deal
from app.identity.models import User
from app.interviews import operations as interviews
from app.interviews.models import State
from app.programmes import asking_queries, seller_views
from app.programmes.models import SellerView
from app.programmes.seller_views import Sealed, Written
from tests.deals.viewers import viewer_of
from tests.factories import Factory, sign_in_as


@pytest.fixture
def owner(make: Factory) -> User:
    return make.user(name="Elif Yıldız")


@pytest.fixture
def deal(make: Factory, owner: User) -> Deal:
    return make.deal("lost", seller=make.seller(user=owner))


def client_of(app: Flask, db: Database, make: Factory, user: User) -> FlaskClient:
    make.commit()
    return sign_in_as(app, db, user)


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "reason": "unknown",
        "competitor": "unknown",
        "decided_by": "unknown",
        "would_have_changed": "",
        "opened": "0",
    } | changes


def test_it_is_sealed_when_the_interview_begins(session: Session, make: Factory, deal: Deal):
    view = seller_views.write(session, SYSTEM, deal, Written())
    interview = make.interview(deal, state="planned", held_on=None)
    assert view.sealed_at is None
    interviews.begin(session, SYSTEM, interview)
    session.refresh(view)
    assert view.sealed_at is not None
    with pytest.raises(Sealed):
        seller_views.write(session, SYSTEM, deal, Written(would_have_changed="Hindsight"))


def test_after_the_interview_began_there_is_no_writing_it_either(
    session: Session, make: Factory, deal: Deal
):
    make.interview(deal, state="held")
    with pytest.raises(Sealed):
        seller_views.write(session, SYSTEM, deal, Written())


def test_a_planned_interview_seals_nothing(session: Session, make: Factory, deal: Deal):
    view = seller_views.write(session, SYSTEM, deal, Written())
    interview = make.interview(deal, state="planned", held_on=None)
    interviews.move(session, SYSTEM, interview, State.CANCELLED)
    session.refresh(view)
    assert view.sealed_at is None


def test_the_form_keeps_what_the_owner_thinks(
    app: Flask, db: Database, make: Factory, owner: User, deal: Deal
):
    category = make.reason("Money")
    reason = make.reason("Price", parent=category)
    rival = make.competitor("Fenwick")
    client = client_of(app, db, make, owner)
    at = f"/deals/{deal.public_id}/sellers-view"
    page = client.get(at).text
    assert "I do not know" in page
    assert "No report names a seller" in page
    answer = client.post(
        at,
        data=filled(
            reason=reason.public_id,
            competitor=rival.public_id,
            decided_by="economic_buyer",
            would_have_changed="A smaller first year",
        ),
    )
    assert answer.status_code == 302
    with db.reading() as session:
        view = session.scalars(select(SellerView)).one()
        assert view.reason_id == reason.id
        assert view.competitor_id == rival.id
        assert view.decided_by is BuyingRole.ECONOMIC_BUYER
        assert view.author_name == "Elif Yıldız"
    assert "A smaller first year" in client.get(at).text


def test_i_do_not_know_is_an_answer_but_nothing_is_none(
    app: Flask, db: Database, make: Factory, owner: User, deal: Deal
):
    client = client_of(app, db, make, owner)
    at = f"/deals/{deal.public_id}/sellers-view"
    answer = client.post(at, data=filled(reason="", would_have_changed="More time"))
    assert answer.status_code == 422
    assert "More time" in answer.text
    assert client.post(at, data=filled()).status_code == 302


def test_nobody_but_its_author_sees_it_before(
    app: Flask, db: Database, make: Factory, session: Session, owner: User, deal: Deal
):
    seller_views.write(session, owner.actor, deal, Written(would_have_changed="A smaller year"))
    interview = make.interview(deal, state="planned", held_on=None)
    deal.is_anonymous = True
    others = [make.user(role) for role in ("administrator", "programme_manager", "leadership")]
    author = client_of(app, db, make, owner)
    at = f"/deals/{deal.public_id}"
    assert "A smaller year" in author.get(at).text
    for user in others:
        assert "A smaller year" not in client_of(app, db, make, user).get(at).text
        assert client_of(app, db, make, user).get(f"{at}/sellers-view").status_code in (403, 404)
    with db.writing() as writing:
        interviews.begin(writing, SYSTEM, writing.get_one(type(interview), interview.id))
    for user in others[:2]:
        page = client_of(app, db, make, user).get(at).text
        assert "What the seller thinks, and what the buyer says" in page
        assert "A smaller year" in page
    # An unnamed buyer's deal is only described to leadership: free words could name them.
    page = client_of(app, db, make, others[2]).get(at).text
    assert "A smaller year" not in page


def test_the_log_does_not_tell_what_the_view_says(
    app: Flask, db: Database, make: Factory, session: Session, owner: User, deal: Deal
):
    seller_views.write(session, owner.actor, deal, Written(would_have_changed="A smaller year"))
    client = client_of(app, db, make, make.user("administrator"))
    assert "A smaller year" not in client.get("/log").text


def test_a_sealed_form_says_so(app: Flask, db: Database, make: Factory, owner: User, deal: Deal):
    make.interview(deal, state="held")
    client = client_of(app, db, make, owner)
    at = f"/deals/{deal.public_id}/sellers-view"
    assert "It is sealed" in client.get(at).text
    assert client.post(at, data=filled()).status_code == 422


def test_only_the_owner_of_a_closed_deal_writes_one(session: Session, make: Factory, owner: User):
    seller = make.seller(user=owner)
    may = asking_queries.may_write_view
    assert may(viewer_of(owner), make.deal("won", seller=seller))
    assert not may(viewer_of(owner), make.deal("open", seller=seller, closed_on=None))
    assert not may(viewer_of(owner), make.deal("won"))


def test_the_page_says_whether_seller_and_buyer_agree(
    app: Flask, db: Database, make: Factory, session: Session, owner: User, deal: Deal
):
    price, security = make.reason("Price"), make.reason("Security")
    seller_views.write(session, owner.actor, deal, Written(reason=price))
    interview = make.interview(deal, state="held", seller_may_read=True)
    make.finish_reason(interview, security, is_decisive=True)
    client = client_of(app, db, make, make.user("programme_manager"))
    page = client.get(f"/deals/{deal.public_id}").text
    assert "The buyer does not name what the seller does." in page
    assert "Security" in page
