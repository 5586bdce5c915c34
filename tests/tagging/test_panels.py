"""What tagging adds to the deal's page and the interview's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import Database
from app.deals.models import BuyingRole
from app.identity.models import Role, User
from app.interviews.models import Interview, Scope
from app.tagging.models import Direction, Layer, Reason, Tag, Weight
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as


@pytest.fixture
def sign_in(app: Flask, db: Database, make: Factory) -> Callable[[User], FlaskClient]:
    make.workspace()

    def as_user(user: User) -> FlaskClient:
        make.commit()
        return sign_in_as(app, db, user)

    return as_user


@pytest.fixture
def interview(make: Factory) -> Interview:
    """A tagged interview: price spoke against us and for us, trust for us."""
    contact = make.contact(name="Ingrid Sørli", job_title="Head of operations")
    interview = make.interview(
        make.deal("lost"), "tagged", contact=contact, buying_role=BuyingRole.CHAMPION
    )
    answer = make.answer(interview, "Too dear. Cheap to run. We trust you.", taken="transcript")
    price, trust = make.reason("Price"), make.reason("Trust")
    make.tag(make.verbatim(answer, "Too dear."), price, weight=Weight.DECISIVE)
    make.tag(make.verbatim(answer, "Cheap to run."), price, direction=Direction.FOR)
    make.tag(make.verbatim(answer, "We trust you."), trust, direction=Direction.FOR)
    return interview


def deal_page(client: FlaskClient, interview: Interview) -> str:
    return client.get(f"/deals/{interview.deal.public_id}").text.partition('id="reasons"')[2]


def test_the_deal_says_each_reason_with_its_words_and_who_said_them(
    make: Factory, interview, sign_in
):
    page = deal_page(sign_in(make.user(Role.PROGRAMME_MANAGER)), interview)
    assert page.index("Price") < page.index("Trust")
    assert page.index("“Too dear.”") < page.index("“Cheap to run.”")
    assert "Ingrid Sørli, champion" in page
    assert "Decisive" in page


def test_product_reads_the_words_without_the_name(make: Factory, interview, sign_in):
    page = deal_page(sign_in(make.user(Role.PRODUCT)), interview)
    assert "“Too dear.”" in page
    assert "Ingrid" not in page
    assert "Head of operations, champion" in page


@pytest.mark.parametrize("role", [Role.PRODUCT, Role.LEADERSHIP, Role.ADMINISTRATOR])
def test_a_deal_does_not_open_what_is_only_counted(make: Factory, interview, sign_in, role: Role):
    interview.scope = Scope.COUNT
    page = deal_page(sign_in(make.user(role)), interview)
    assert "Price" not in page
    assert "dear" not in page
    assert "1 buyer was heard whose answers you may not open" in page


def test_a_quote_that_is_only_counted_is_not_shown_beside_others(make: Factory, interview, sign_in):
    answer = make.answer(interview, "The board was afraid.", taken="transcript")
    make.tag(make.verbatim(answer, scope=Scope.COUNT), make.reason("Fear"))
    page = deal_page(sign_in(make.user(Role.LEADERSHIP)), interview)
    assert "“Too dear.”" in page
    assert "afraid" not in page


def test_reasons_that_were_only_tapped_say_so(make: Factory, interview, sign_in):
    held = make.interview(interview.deal, "held")
    make.finish_reason(held, make.reason("Timing"), is_decisive=True)
    page = deal_page(sign_in(make.user(Role.PROGRAMME_MANAGER)), interview)
    assert page.index("Timing") < page.index("Not yet tagged in full")


def test_two_buyers_who_disagree_stand_side_by_side(make: Factory, interview, sign_in):
    other = make.interview(
        interview.deal, "tagged", contact=make.contact(name="Tom Reed"), scope=Scope.NAME
    )
    trust = make.session.scalars(select(Reason).where(Reason.name == "Trust")).one()
    words = make.verbatim(make.answer(other, "We could not trust it."), "We could not trust it.")
    make.tag(words, trust, direction=Direction.AGAINST, weight=Weight.DECISIVE)
    page = sign_in(make.user(Role.PROGRAMME_MANAGER)).get(f"/deals/{interview.deal.public_id}").text
    voices = page.partition('id="voices"')[2].partition('id="reasons"')[0]
    assert "Two voices" in page
    assert "Buyers disagree" in page
    assert "Ingrid Sørli" in voices
    assert "Tom Reed" in voices
    assert "Seen otherwise by others" in voices


def test_a_first_answer_is_shown_with_what_was_behind_it(
    make: Factory, session, interview, sign_in
):
    first = session.scalars(select(Tag).where(Tag.weight == Weight.DECISIVE)).one()
    words = make.verbatim(make.answer(interview, "No one could show the saving."))
    make.tag(words, make.reason("Return shown"), first=first, layer=Layer.PROBED)
    page = deal_page(sign_in(make.user(Role.PROGRAMME_MANAGER)), interview)
    assert "Behind it: <strong>Return shown</strong>" in page


def test_one_voice_is_laid_beside_nobody(make: Factory, interview, sign_in):
    page = sign_in(make.user(Role.PROGRAMME_MANAGER)).get(f"/deals/{interview.deal.public_id}").text
    assert 'id="voices"' not in page


def test_the_panel_asks_a_fixed_number_of_times(make: Factory, db, interview, sign_in):
    client = sign_in(make.user(Role.PROGRAMME_MANAGER))
    address = f"/deals/{interview.deal.public_id}"
    with query_budget(db, 30) as sent:
        client.get(address)
    before = len(sent)
    for _ in range(5):
        more = make.interview(interview.deal, "held", contact=make.contact())
        make.finish_reason(more, make.reason())
        make.tag(make.verbatim(make.answer(more)), make.reason(), competitor=make.competitor())
    make.commit()
    # One more: the taps of those not yet tagged in full.
    with query_budget(db, before + 1):
        client.get(address)


def test_an_interview_that_was_held_offers_tagging_to_taggers(make: Factory, interview, sign_in):
    address = f"/interviews/{interview.public_id}"
    tagger = sign_in(make.user(Role.PROGRAMME_MANAGER))
    assert f"{address}/tag" in tagger.get(address).text
    assert f"{address}/tag" not in sign_in(make.user(Role.PRODUCT)).get(address).text
