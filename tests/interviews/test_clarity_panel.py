"""'Do we know why?' on the deal's page: summed over its interviews, with whom to ask what."""

from __future__ import annotations

import pytest
from flask import Flask

from app.core.db import Database
from app.deals.models import BuyingRole
from app.guides.models import GuideVersion
from app.guides.operations import SHIPPED, load_shipped
from app.guides.queries import newest_version
from app.interviews.models import Interview
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as


@pytest.fixture
def loss(make: Factory) -> GuideVersion:
    load_shipped(make.session, SHIPPED)
    version = newest_version(make.session, "loss")
    assert version is not None
    return version


def heard(make: Factory, guide: GuideVersion, *answered: str, **values: object) -> Interview:
    interview: Interview = make.interview(guide_version=guide, **values)
    for question in answered:
        make.answer(interview, question_id=question)
    return interview


def page_of(app: Flask, db: Database, make: Factory, interview: Interview, role: str) -> str:
    make.workspace()
    user = make.user(role)
    make.commit()
    return sign_in_as(app, db, user).get(f"/deals/{interview.deal.public_id}").text


def test_what_two_buyers_made_clear_is_summed(
    app: Flask, db: Database, make: Factory, loss: GuideVersion
):
    first = heard(make, loss, "what_changed")
    heard(make, loss, "alternatives", deal=first.deal)
    page = page_of(app, db, make, first, "programme_manager")
    section = page.partition('id="clarity"')[2].partition("</section>")[0]
    assert "Other solutions<" in section
    assert section.count('class="done"') > 2
    assert 'class="open"' in section


def test_what_is_open_names_the_question_and_whom_to_ask(
    app: Flask, db: Database, make: Factory, loss: GuideVersion
):
    interview = heard(make, loss, "what_changed")
    contact = make.contact(name="Tom Reed")
    make.deal_contact(interview.deal, contact, buying_role=BuyingRole.ECONOMIC_BUYER)
    page = page_of(app, db, make, interview, "programme_manager")
    assert "Ask Tom Reed" in page


@pytest.mark.parametrize("role", ["product", "leadership"])
def test_it_is_for_those_who_hold_interviews(
    app: Flask, db: Database, make: Factory, loss: GuideVersion, role: str
):
    assert 'id="clarity"' not in page_of(app, db, make, heard(make, loss, "what_changed"), role)


def test_it_asks_as_often_for_five_interviews_as_for_one(
    app: Flask, db: Database, make: Factory, loss: GuideVersion
):
    interview = heard(make, loss, "what_changed")
    make.workspace()
    user = make.user("programme_manager")
    make.commit()
    client = sign_in_as(app, db, user)
    address = f"/deals/{interview.deal.public_id}"
    with query_budget(db, 40) as sent:
        client.get(address)
    before = len(sent)
    for _ in range(4):
        heard(make, loss, "alternatives", deal=interview.deal)
    make.commit()
    with query_budget(db, before):
        client.get(address)
