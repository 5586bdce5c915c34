from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.core import events
from app.deals import operations, queries
from app.deals.events import DealsChanged
from app.deals.models import BuyingRole, Contact, Deal, DealContact, Outcome
from app.deals.money import total_in
from app.deals.operations import Person
from app.identity import operations as identity
from app.identity.models import Role
from app.market import operations as market
from tests.deals.viewers import ANNA, anybody


@pytest.fixture
def told(monkeypatch):
    """Deal ids of each DealsChanged."""
    heard: list[list[int]] = []
    handlers = [lambda _session, event: heard.append(list(event.deal_ids))]
    monkeypatch.setitem(events._handlers, DealsChanged, handlers)
    return heard


def test_an_interview_needs_only_company_person_and_outcome(session, told):
    deal, contact = operations.add_deal_with_person(
        session, ANNA, company=" Halden  Logistics ", person="Ida Berg", outcome=Outcome.LOST
    )
    assert (deal.name, deal.account.name, contact.account) == (
        "Halden Logistics",
        "Halden Logistics",
        deal.account,
    )
    assert told == [[deal.id]]


def test_the_same_company_and_person_are_not_made_twice(session):
    def add():
        return operations.add_deal_with_person(
            session,
            ANNA,
            company="Halden",
            person="Ida Berg",
            email="Ida@Halden.example",
            outcome=Outcome.LOST,
        )

    (first, ida), (second, same) = add(), add()
    assert first.account is second.account
    assert ida is same


def test_a_known_contact_keeps_what_the_form_left_empty(session, make):
    account = make.account("Halden")
    ida = make.contact(account, name="Ida Berg", email="ida@halden.example", job_title="CFO")
    deal = make.deal(account=account)
    row = operations.add_person(session, ANNA, deal, Person(name="ida berg"))
    assert row.contact is ida
    assert (ida.job_title, ida.email) == ("CFO", "ida@halden.example")


def test_who_is_not_to_be_contacted_stays_so_until_somebody_says_otherwise(session, make):
    ida = make.contact(make.account("Halden"), email="ida@halden.example", do_not_contact=True)
    deal = make.deal(account=ida.account)
    operations.add_person(session, ANNA, deal, Person(name="Ida", email="ida@halden.example"))
    assert ida.do_not_contact


def test_later_rooms_hear_of_what_deals_are_counted_by_only(session, make, told):
    deal = make.deal(Outcome.LOST, product="Core")
    values = {
        "account": deal.account.name,
        "competitors": [],
        "name": deal.name,
        "outcome": deal.outcome,
        "closed_on": deal.closed_on,
        "product": "Edge",
    }
    operations.edit_deal(session, ANNA, deal, **values)
    assert told == []
    operations.edit_deal(session, ANNA, deal, **values | {"outcome": Outcome.NO_DECISION})
    assert told == [[deal.id]]
    changes = session.scalars(
        select(AuditEvent.details).where(AuditEvent.action == "deal.changed")
    ).all()
    assert changes == [
        {"changes": {"product": ["Core", "Edge"]}},
        {"changes": {"outcome": ["lost", "no_decision"]}},
    ]


def test_whoever_won_the_deal_was_met_in_it(session, make):
    fenwick, north = make.competitor("Fenwick"), make.competitor("Northline")
    deal = make.deal(won_by=fenwick)
    operations.set_competitors(session, deal, [north])
    assert queries.competitors_met(session, deal) == [fenwick, north]
    operations.set_competitors(session, deal, [])
    assert queries.competitors_met(session, deal) == [fenwick]


def test_a_merged_competitor_takes_the_deals_along(session, make):
    draft, into = make.competitor("Fenwick Freight"), make.competitor("Fenwick")
    lost, met_both = make.deal(won_by=draft), make.deal()
    operations.set_competitors(session, lost, [])
    operations.set_competitors(session, met_both, [draft, into])
    market.merge_competitor(session, ANNA, draft, into)
    session.refresh(lost)
    assert lost.won_by is into
    assert queries.competitors_met(session, lost) == [into]
    assert queries.competitors_met(session, met_both) == [into]


@pytest.mark.parametrize(
    ("outcome", "closed_on", "is_found"),
    [
        (Outcome.LOST, date(2026, 8, 20), True),
        (Outcome.LOST, None, True),
        (Outcome.WON, date(2026, 8, 1), False),
        (Outcome.LOST, date(2026, 11, 1), False),
    ],
)
def test_an_import_finds_the_deal_added_by_hand(session, make, outcome, closed_on, is_found):
    account = make.account("Halden")
    deal = make.deal(Outcome.LOST, account=account, external_id=None, closed_on=date(2026, 8, 1))
    make.deal(Outcome.LOST, account=account, external_id="from the CRM")
    found = queries.find_handmade_deal(session, "halden", outcome, closed_on)
    assert found is (deal if is_found else None)
    assert queries.handmade_deals(session) == {"halden": [deal]}


def test_two_deals_that_fit_are_left_to_a_person(session, make):
    account = make.account("Halden")
    for _ in range(2):
        make.deal(Outcome.LOST, account=account, external_id=None)
    assert queries.find_handmade_deal(session, "Halden", Outcome.LOST, None) is None


def test_a_seller_is_tied_to_the_colleague_of_the_same_address(session, make):
    early = make.seller(email="Ida@Example.com")
    ida = identity.add_user(
        session,
        ANNA,
        email="ida@example.com",
        name="Ida",
        role=Role.INTERVIEWER,
        password="a long enough one",
    )
    assert early.user is ida
    late = make.seller(email="ida@example.com")
    assert operations.tie_sellers_by_email(session, ANNA, [ida]) == 1
    assert late.user is ida


def test_who_adds_a_deal_and_is_no_seller_becomes_one(session, make):
    user = make.user("interviewer")
    seller = operations.seller_for(session, user)
    assert operations.seller_for(session, user) is seller
    assert seller.user is user


def test_amounts_count_by_the_rate_of_the_closing_day(session, make):
    for day, rate in ((date(2026, 1, 1), 0.8), (date(2026, 7, 1), 0.9)):
        operations.set_exchange_rate(session, ANNA, currency="USD", valid_from=day, rate=rate)
    operations.set_exchange_rate(
        session, ANNA, currency="JPY", valid_from=date(2026, 1, 1), rate=0.006
    )
    for currency, minor, day in (
        ("EUR", 100_00, date(2026, 8, 1)),
        ("USD", 100_00, date(2026, 6, 30)),
        ("USD", 100_00, date(2026, 7, 1)),
        ("JPY", 10_000, date(2026, 7, 1)),
        ("USD", 100_00, date(2025, 12, 31)),
        ("SEK", 100_00, date(2026, 7, 1)),
        ("EUR", None, date(2026, 7, 1)),
    ):
        make.deal(currency=currency, amount_minor=minor, closed_on=day)
    total = total_in(session, "EUR", select(Deal.id))
    assert total.minor == 100_00 + 80_00 + 90_00 + 60_00
    assert (total.deals, total.without_rate, total.without_amount) == (4, 2, 1)


def test_the_filters_offer_what_there_is(session, make):
    make.deal(product="Core", account=make.account(segment="Mid-market", region="Europe"))
    make.deal(product="Edge", closed_on=date(2026, 2, 1))
    make.deal(product="Core")
    choices = queries.filter_choices(session)
    assert (choices.products, choices.segments, choices.regions) == (
        ["Core", "Edge"],
        ["Mid-market"],
        ["Europe"],
    )
    assert (choices.first_closed_on, choices.last_closed_on) == (
        date(2026, 2, 1),
        date(2026, 8, 1),
    )


@pytest.mark.parametrize("role", ["product", "leadership"])
def test_an_account_of_a_deal_that_is_only_described_is_not_shown(session, make, role):
    open_account, hidden = make.account("Open"), make.account("Hidden")
    make.deal(account=open_account)
    make.deal(account=hidden, is_anonymous=True)
    assert queries.get_account(session, anybody(role), open_account.public_id) is open_account
    with pytest.raises(LookupError):
        queries.get_account(session, anybody(role), hidden.public_id)
    assert queries.get_account(session, anybody("administrator"), hidden.public_id) is hidden


def test_a_person_who_is_taken_out_stays_with_the_account(session, make):
    ida = make.contact(make.account())
    deal = make.deal(account=ida.account)
    row = make.deal_contact(deal, ida, buying_role=BuyingRole.CHAMPION)
    operations.remove_person(session, ANNA, row)
    assert session.scalars(select(DealContact)).all() == []
    assert session.scalars(select(Contact)).all() == [ida]
