"""Filters: what an address asks for, and what then counts."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analytics.decided import overview
from app.analytics.figures import subject_figures
from app.analytics.filters import EVERYTHING, Filters
from app.analytics.queries import Subject
from app.core.db import Database
from app.deals.models import BuyingRole, DealCompetitor, DealFact, Outcome
from app.identity.models import Role
from app.interviews.models import Answer, Kind, Relation, Taken
from app.programmes.models import SelectionState
from tests.analytics.test_figures import YEAR, heard
from tests.factories import Factory, sign_in_as


def parse(*items: tuple[str, str]) -> Filters:
    return Filters.parse(items)


def test_an_address_that_says_the_same_in_another_order_reads_the_same():
    one = parse(("region", "Nordics"), ("segment", "Mid"), ("segment", "Large"))
    other = parse(("segment", "Large"), ("region", "Nordics"), ("segment", "Mid"))
    assert one == other
    assert one.query == {"segment": ["Large", "Mid"], "region": ["Nordics"]}


def test_what_is_no_filter_and_what_is_empty_is_passed_over():
    assert parse(("span", "year"), ("segment", " "), ("to", "2026Q3")) == EVERYTHING
    assert not EVERYTHING


def test_a_bound_is_one_and_a_choice_may_be_several():
    filters = parse(("amount_from", "1"), ("amount_from", "5"), ("fact:Trial", "a"))
    assert filters.values("amount_from") == ("5",)
    assert parse(("fact:Trial", "b"), ("fact:Trial", "a")).values("fact:Trial") == ("a", "b")


@pytest.mark.parametrize(
    "pair", [("outcome", "open"), ("outcome", "x"), ("role", "boss"), ("evidence", "think")]
)
def test_a_value_that_there_cannot_be_is_refused(pair: tuple[str, str]):
    with pytest.raises(ValueError, match=r"not a valid|only decided|narrowed to facts"):
        parse(pair)


def test_a_filter_is_taken_away_alone():
    filters = parse(("segment", "Mid"), ("segment", "Large"))
    assert filters.without_pair(("segment", "Mid")) == parse(("segment", "Large"))
    assert filters.without("segment") == EVERYTHING


@pytest.fixture
def deals(make: Factory) -> Factory:
    """One deal that every filter below catches, and one that none does."""
    make.workspace()
    rival = make.competitor("Fenwick", public_id="fenwick")
    seller = make.seller("Elif", team="North", public_id="elif")
    programme = make.programme("Losses", public_id="losses")
    caught = make.deal(
        "lost",
        account=make.account(segment="Mid", region="Nordics", industry="Food"),
        product="Customs",
        amount_minor=50_000_00,
        seller=seller,
        lead_source="Partner",
    )
    make.add(DealCompetitor(deal_id=caught.id, competitor_id=rival.id))
    make.add(DealFact(deal_id=caught.id, name="Trial", text_value="yes"))
    make.add(DealFact(deal_id=caught.id, name="Sites", number_value=7.0))
    make.selection(programme, caught, state=SelectionState.APPROVED)
    interview = heard(make, caught, make.reason("Late"), evidence=Kind.FACT)
    interview.buying_role = BuyingRole.CHAMPION
    (answer,) = make.session.scalars(select(Answer).where(Answer.interview_id == interview.id))
    answer.taken = Taken.TRANSCRIPT
    interview.relation = Relation.OWNER
    other = heard(make, make.deal("won", amount_minor=1_00), make.reason("Dear"), evidence="think")
    other.buying_role = BuyingRole.USER
    make.session.flush()
    return make


OF_DEALS = [
    [("segment", "Mid")],
    [("region", "Nordics")],
    [("industry", "Food")],
    [("product", "Customs")],
    [("amount_from", "40000"), ("amount_to", "60000")],
    [("competitor", "fenwick")],
    [("seller", "elif")],
    [("team", "North")],
    [("programme", "losses")],
    [("source", "Partner")],
    [("fact:Trial", "yes")],
    [("fact_has:Trial", "ye")],
    [("fact_from:Sites", "5"), ("fact_to:Sites", "10")],
    [("segment", "Mid"), ("segment", "Large"), ("region", "Nordics")],
]
OF_HEARD = [[("role", "champion")], [("taken", "transcript")], [("relation", "owner")]]


@pytest.mark.parametrize("items", OF_DEALS)
def test_a_filter_on_deals_narrows_deals_and_what_was_said_in_them(
    deals: Factory, session: Session, items: list[tuple[str, str]]
):
    filters = parse(*items)
    assert overview(session, YEAR, filters).counts.decided == {Outcome.LOST: 1}
    figures = subject_figures(session, YEAR, Subject.REASON, filters)
    assert [figure.name for figure in figures.figures] == ["Late"]


@pytest.mark.parametrize("items", OF_HEARD)
def test_a_filter_on_who_was_heard_narrows_those_heard_and_not_those_decided(
    deals: Factory, session: Session, items: list[tuple[str, str]]
):
    counts = overview(session, YEAR, parse(*items)).counts
    assert (counts.all_decided, counts.all_heard) == (2, 1)
    figures = subject_figures(session, YEAR, Subject.REASON, parse(*items))
    assert [figure.name for figure in figures.figures] == ["Late"]


def test_how_an_answer_was_taken_goes_before_how_the_interview_usually_was(
    deals: Factory, session: Session
):
    """The interview is typed as said where an answer does not say otherwise; one says otherwise."""
    for way, heard_so in (("transcript", 1), ("typed", 1), ("written", 0)):
        assert overview(session, YEAR, parse(("taken", way))).counts.all_heard == heard_so


def test_an_interview_without_words_counts_by_how_it_was_held(make: Factory, session: Session):
    make.workspace()
    make.interview(make.deal("lost"), taken=Taken.NOTES)
    assert overview(session, YEAR, parse(("taken", "notes"))).counts.all_heard == 1
    assert overview(session, YEAR, parse(("taken", "typed"))).counts.all_heard == 0


def test_facts_only_leaves_out_opinions_and_not_the_deals_heard(deals: Factory, session: Session):
    figures = subject_figures(session, YEAR, Subject.REASON, parse(("evidence", "fact")))
    assert [figure.name for figure in figures.figures] == ["Late"]
    assert figures.counts.all_heard == 2


def test_a_win_rate_is_of_every_outcome(deals: Factory, session: Session):
    filters = parse(("outcome", "lost"))
    assert overview(session, YEAR, filters).counts.contested == 2
    assert subject_figures(session, YEAR, Subject.REASON, filters).counts.contested == 1


def reads(app: Flask, db: Database, make: Factory, role: Role, address: str) -> str:
    user = make.user(role)
    make.commit()
    return " ".join(sign_in_as(app, db, user).get(address, follow_redirects=True).text.split())


def test_filters_are_kept_from_page_to_page_and_taken_away_by_a_link(
    app: Flask, db: Database, deals: Factory
):
    text = reads(app, db, deals, Role.PROGRAMME_MANAGER, "/figures?segment=Mid&competitor=fenwick")
    assert "Competitor met: Fenwick" in text
    assert "/figures/reasons?to=2026Q3&amp;span=year&amp;segment=Mid&amp;competitor=fenwick" in text
    assert "/figures?to=2026Q3&amp;span=year&amp;competitor=fenwick" in text


def test_every_filter_can_be_set_on_a_page(app: Flask, db: Database, deals: Factory):
    text = reads(app, db, deals, Role.PROGRAMME_MANAGER, "/figures/narrow?page=/figures/reasons")
    assert 'action="/figures/reasons"' in text
    for items in [*OF_DEALS, *OF_HEARD, [("outcome", ""), ("evidence", "")]]:
        for key, _ in items:
            assert f'name="{key}"' in text or key.startswith("fact_has")


@pytest.mark.parametrize("page", ["https://elsewhere.example/", "/deals", "//x", "/figures/narrow"])
def test_the_form_leads_to_pages_of_figures_only(
    app: Flask, db: Database, deals: Factory, page: str
):
    text = reads(app, db, deals, Role.PRODUCT, f"/figures/narrow?page={page}")
    assert 'class="narrow" method="get" action="/figures"' in text


def test_an_address_says_only_what_is_asked(app: Flask, db: Database, deals: Factory):
    user = deals.user(Role.PRODUCT)
    deals.commit()
    answer = sign_in_as(app, db, user).get("/figures/reasons?segment=Mid&region=&role=")
    assert answer.location == "/figures/reasons?segment=Mid"


def status(app: Flask, db: Database, make: Factory, role: Role, address: str) -> int:
    user = make.user(role)
    make.commit()
    return sign_in_as(app, db, user).get(address).status_code


def test_who_sells_narrows_to_themselves_alone(app: Flask, db: Database, deals: Factory):
    user = deals.user(Role.INTERVIEWER)
    deals.seller("Self", user=user, public_id="self")
    deals.commit()
    client = sign_in_as(app, db, user)
    assert client.get("/figures?seller=self").status_code == 200
    assert client.get("/figures?seller=elif").status_code == 404
    form = client.get("/figures/narrow").text
    assert "Self" in form
    assert "Elif" not in form


def test_a_column_that_may_name_people_is_not_asked_about_by_whom_buyers_stay_unnamed(
    app: Flask, db: Database, deals: Factory
):
    for number in range(15):
        deal = deals.deal("lost")
        deals.add(DealFact(deal_id=deal.id, name="Signed by", text_value=f"Buyer {number}"))
    deals.commit()
    asked = "/figures?fact:Signed%20by=Buyer%203"
    assert status(app, db, deals, Role.PRODUCT, asked) == 404
    assert status(app, db, deals, Role.PRODUCT, "/figures?fact_has:Signed%20by=Buyer") == 404
    assert status(app, db, deals, Role.PROGRAMME_MANAGER, asked) == 200
    assert "Signed by" not in reads(app, db, deals, Role.LEADERSHIP, "/figures/narrow")
