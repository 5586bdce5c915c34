from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.db import Database
from app.deals import queries
from app.deals.models import BuyingRole, Contact, Deal, Outcome
from app.deals.operations import set_competitors
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

#: Who is signed in, the workspace, the page or two of deals, their number, and the filter bar.
LIST_BUDGET = 13
DEAL_BUDGET = 15


@pytest.fixture
def signed_in(app: Flask, db: Database, make: Factory):
    make.workspace()

    def sign_in(role: str, **values) -> FlaskClient:
        user = make.user(role, **values)
        make.commit()
        return sign_in_as(app, db, user)

    return sign_in


@pytest.fixture
def manager(signed_in) -> FlaskClient:
    return signed_in("programme_manager")


def typed(**values: object) -> dict[str, object]:
    """What somebody types to add a deal."""
    return {
        "account": "Halden",
        "outcome": "lost",
        "closed_on": "2026-08-01",
        "currency": "EUR",
        "seller": "",
        "won_by": "",
    } | values


def test_the_list_asks_a_fixed_number_of_times(db, make, manager):
    for number in range(60):
        make.deal(account=make.account(segment=f"S{number % 3}"), seller=make.seller())
    make.commit()
    for address in ("/deals", "/deals?outcome=lost&q=deal&segment=S1&sort=amount"):
        with query_budget(db, LIST_BUDGET):
            assert manager.get(address).status_code == 200


def test_the_list_leads_to_its_next_page_and_back(make, manager):
    for _ in range(60):
        make.deal()
    make.commit()
    first = manager.get("/deals?outcome=lost").text
    assert "60 deals" in first
    onwards = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "outcome=lost" in onwards
    second = manager.get(onwards).text
    assert second.count('<th scope="row">') == 10
    back = second.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")
    assert manager.get(back).text.count('<th scope="row">') == 50


@pytest.mark.parametrize(
    "query",
    ["outcome=nonsense", "period=soon", "sort=secret", "after=xx", "period=9999Q4", "q=%25"],
)
def test_an_address_that_means_nothing_shows_the_list(make, manager, query):
    make.deal(name="Freight")
    make.commit()
    assert manager.get(f"/deals?{query}").status_code == 200


def test_an_export_has_the_whole_list_and_no_formula(make, manager):
    make.deal(name='=HYPERLINK("http://evil.example")', account=make.account("+Halden"))
    for _ in range(60):
        make.deal()
    make.deal(Outcome.WON)
    make.commit()
    answer = manager.get("/deals/export.csv?outcome=lost")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == 62
    cells = [cell for row in rows for cell in row]
    assert '\'=HYPERLINK("http://evil.example")' in cells
    assert "'+Halden" in cells
    assert not any(cell.startswith(("=", "+")) for cell in cells)


def test_an_export_gives_its_connection_back(db, make, manager):
    make.deal()
    make.commit()
    before = db.engine.pool.checkedout()
    assert manager.get("/deals/export.csv").text
    assert db.engine.pool.checkedout() == before


def test_an_account_manager_sees_and_opens_their_own_deals_only(app, db, make, signed_in):
    user = make.user("interviewer", email="ida@example.com")
    own = make.deal(name="Own deal", seller=make.seller(user_id=user.id))
    other = make.deal(name="Other deal")
    ida = make.contact(other.account)
    make.deal_contact(other, ida)
    make.commit()
    client = sign_in_as(app, db, user)
    page = client.get("/deals").text
    assert "Own deal" in page
    assert "Other deal" not in page
    assert client.get(f"/deals/{own.public_id}").status_code == 200
    for address in (
        f"/deals/{other.public_id}",
        f"/deals/{other.public_id}/edit",
        f"/deals/{other.public_id}/people/{ida.public_id}",
        f"/accounts/{other.account.public_id}",
    ):
        assert client.get(address).status_code == 404, address
    assert "Other deal" not in client.get("/deals/export.csv").text


@pytest.mark.parametrize("role", ["product", "leadership"])
def test_a_buyer_who_is_not_to_be_named_is_not(make, signed_in, role):
    account = make.account("Halden Logistics", industry="Logistics", region="Europe")
    deal = make.deal(
        account=account,
        name="Halden freight",
        is_anonymous=True,
        stated_reason="Ida at Halden did not like it",
    )
    make.deal_contact(deal, make.contact(account, name="Ida Berg"))
    client = signed_in(role)
    pages = [
        client.get(address).text
        for address in ("/deals", f"/deals/{deal.public_id}", "/deals/export.csv")
    ]
    for page in pages:
        assert "Logistics, Europe" in page
        assert "Halden" not in page.replace("Halden GmbH", "")
        assert "Ida" not in page
    assert client.get(f"/deals/{deal.public_id}/people").status_code == 404
    assert client.get(f"/accounts/{account.public_id}").status_code == 404


def test_the_deal_tells_its_story_within_its_budget(db, session, make, manager):
    fenwick = make.competitor("Fenwick")
    deal = make.deal(
        Outcome.LOST,
        opened_on=date(2026, 6, 1),
        closed_on=date(2026, 8, 1),
        won_by=fenwick,
        stated_reason="Price",
        seller=make.seller("Sam Low"),
    )
    set_competitors(session, deal, [make.competitor("Northline")])
    for number in range(5):
        make.deal_contact(
            deal,
            make.contact(deal.account, name=f"Buyer <{number}>"),
            buying_role=BuyingRole.CHAMPION,
            stakes="Her budget",
        )
    make.commit()
    with query_budget(db, DEAL_BUDGET):
        page = manager.get(f"/deals/{deal.public_id}").text
    for words in (
        "to Fenwick",
        "Fenwick, Northline",
        "after 61 days",
        "Buyer &lt;3&gt;",
        "Her budget",
        "What the seller says",
    ):
        assert words in page, words


def test_adding_a_deal_keeps_what_was_typed_where_something_is_wrong(manager):
    answer = manager.post(
        "/deals/new", data=typed(account="", amount="lots", closed_on="", replaced="Paper")
    )
    assert answer.status_code == 422
    for words in (
        "Enter the company that decided.",
        "Enter a number, such as 84,000 or 84000.50.",
        "Enter the day on which it was decided.",
        'value="Paper"',
        'value="lots"',
    ):
        assert words in answer.text, words


def test_a_deal_is_added_and_edited(db, make, manager):
    fenwick = make.competitor("Fenwick")
    make.commit()
    answer = manager.post(
        "/deals/new",
        data=typed(amount="84,000.50", won_by=fenwick.public_id),
        follow_redirects=True,
    )
    assert "The deal is added." in answer.text
    with db.reading() as session:
        deal = session.query(Deal).one()
        assert (deal.name, deal.amount_minor, deal.currency) == ("Halden", 84_000_50, "EUR")
        assert queries.competitors_met(session, deal) == [session.get(type(fenwick), fenwick.id)]
    address = f"/deals/{deal.public_id}/edit"
    assert 'value="84,000.50"' in manager.get(address).text
    manager.post(address, data=typed(name="Freight", outcome="no_decision", account="Other"))
    with db.reading() as session:
        deal = session.query(Deal).one()
        assert (deal.name, deal.outcome, deal.account.name) == (
            "Freight",
            Outcome.NO_DECISION,
            "Other",
        )
    history = manager.get(f"/deals/{deal.public_id}").text
    assert "account Halden → Other" in history


def test_an_account_manager_adds_a_deal_and_then_sees_it(signed_in):
    client = signed_in("interviewer")
    added = client.post("/deals/new", data=typed(), follow_redirects=True)
    assert added.status_code == 200
    assert "Halden" in client.get("/deals").text


def test_what_came_from_the_crm_is_edited_by_who_runs_the_programme(app, db, make, signed_in):
    user = make.user("interviewer")
    seller = make.seller(user_id=user.id)
    imported = make.deal(seller=seller)
    by_hand = make.deal(seller=seller, external_id=None)
    make.commit()
    client = sign_in_as(app, db, user)
    assert client.get(f"/deals/{imported.public_id}/edit").status_code == 403
    assert client.get(f"/deals/{by_hand.public_id}/edit").status_code == 200


@pytest.mark.parametrize("role", ["product", "leadership"])
def test_readers_change_nothing(make, signed_in, role):
    deal = make.deal()
    client = signed_in(role)
    for address in ("/deals/new", f"/deals/{deal.public_id}/people/new", "/sellers"):
        assert client.get(address).status_code == 403, address


def test_people_are_added_in_place_and_without_script(db, make, manager):
    deal = make.deal()
    make.commit()
    address = f"/deals/{deal.public_id}/people/new"
    person = {"name": "Ida Berg", "buying_role": "champion", "stakes": "Her budget"}
    plain = manager.post(address, data=person)
    assert plain.location.endswith(f"/deals/{deal.public_id}#people")
    in_place = manager.post(
        address, data=person | {"name": "Tom"}, headers={"HX-Request": "true"}
    ).text
    assert in_place.lstrip().startswith("<section")
    assert "Ida Berg" in in_place
    assert "Tom" in in_place
    wrong = manager.post(
        address, data={"name": "", "email": "no", "stakes": "kept"}, headers={"HX-Request": "true"}
    )
    assert wrong.status_code == 422
    assert "kept" in wrong.text
    assert "<html" not in wrong.text


def test_a_person_is_edited_and_taken_out(db, make, manager):
    deal = make.deal()
    contact = make.contact(deal.account, name="Ida")
    make.deal_contact(deal, contact)
    make.commit()
    address = f"/deals/{deal.public_id}/people/{contact.public_id}"
    assert 'value="Ida"' in manager.get(address).text
    manager.post(address, data={"name": "Ida Berg", "buying_role": "", "do_not_contact": "y"})
    with db.reading() as session:
        kept = session.get(Contact, contact.id)
        assert (kept.name, kept.do_not_contact) == ("Ida Berg", True)
    manager.post(f"{address}/remove")
    assert "Ida Berg" not in manager.get(f"/deals/{deal.public_id}/people").text
    assert "Ida Berg" in manager.get(f"/accounts/{deal.account.public_id}").text


def test_names_of_accounts_are_offered_while_one_types(make, manager):
    make.account("Halden Logistics")
    make.account("Hald % Co")
    make.commit()
    assert "Halden Logistics" in manager.get("/accounts/names?account=hal").text
    assert "Halden" not in manager.get("/accounts/names?account=hald %25").text


def test_an_account_is_edited(make, manager):
    account = make.account("Halden")
    make.commit()
    answer = manager.post(
        f"/accounts/{account.public_id}/edit",
        data={"name": "Halden AG", "segment": "Mid-market"},
        follow_redirects=True,
    ).text
    assert "Halden AG" in answer
    assert "Mid-market" in answer


def test_a_seller_is_tied_to_a_colleague_and_untied(db, make, manager):
    seller, user = make.seller("Sam Low"), make.user("interviewer", name="Samuel")
    make.commit()
    address = f"/sellers/{seller.public_id}/user"
    assert (
        "Samuel now sees"
        in manager.post(address, data={"user": user.id}, follow_redirects=True).text
    )
    assert "tied to nobody" in manager.post(address, data={}, follow_redirects=True).text


def test_a_rate_is_set_replaced_and_removed(db, make, manager):
    make.deal(currency="USD")
    make.commit()
    assert "No rate is set for USD" in manager.get("/exchange-rates").text
    for rate in ("0.9", "0.92"):
        manager.post(
            "/exchange-rates",
            data={"currency": "USD", "valid_from": "2026-01-01", "rate": rate},
        )
    page = manager.get("/exchange-rates").text
    assert "1 USD = 0.92 EUR" in page
    assert "0.9 EUR" not in page
    assert "No rate is set" not in page
    own = manager.post(
        "/exchange-rates", data={"currency": "EUR", "valid_from": "2026-01-01", "rate": "1"}
    )
    assert (own.status_code, "own currency" in own.text) == (422, True)
    bad = manager.post(
        "/exchange-rates", data={"currency": "USD", "valid_from": "2026-01-01", "rate": "-1"}
    )
    assert "Enter a rate above 0." in bad.text
    with db.reading() as session:
        (rate,) = queries.exchange_rates(session)
    manager.post(f"/exchange-rates/{rate.id}/remove")
    assert "1 USD" not in manager.get("/exchange-rates").text
