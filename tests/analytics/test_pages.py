"""The figures on pages: what they count, and whose words stand behind a number."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.core.db import Database
from app.identity.models import Role
from app.interviews.models import Scope, State, Taken
from app.tagging import evidence
from app.tagging.models import Direction, Reason, Weight
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

CLOSED_ON = date(2026, 8, 1)


@pytest.fixture
def reason(make: Factory) -> Reason:
    """One lost deal whose buyer may be quoted by role, and whose deal is not to be named."""
    make.workspace()
    reason = make.reason("Security answers late")
    say(make, reason, "Nord Freight", "The answers came late.", Scope.ROLE, is_anonymous=True)
    return reason


def say(
    make: Factory, reason: Reason, account: str, words: str, scope: Scope, **values: object
) -> None:
    company = make.account(account, industry="Logistics", region="Nordics")
    deal = make.deal(
        "lost", name=f"{account}: fleet", account=company, closed_on=CLOSED_ON, **values
    )
    contact = make.contact(company, name="Ingrid Holm", job_title="Head of operations")
    interview = make.interview(deal, State.TAGGED, contact=contact, scope=scope)
    quote = make.verbatim(make.answer(interview, words, taken=Taken.TRANSCRIPT))
    make.tag(quote, reason, direction=Direction.AGAINST, weight=Weight.DECISIVE)
    evidence.refresh_interviews(make.session, [interview.id])


def page(app: Flask, db: Database, make: Factory, role: Role, address: str) -> str:
    user = make.user(role)
    make.commit()
    response = sign_in_as(app, db, user).get(address)
    assert response.status_code == 200
    return " ".join(response.text.split())


def behind(reason: Reason) -> str:
    return f"/figures/reasons/{reason.public_id}?way=against&to=2026Q3"


@pytest.mark.parametrize("role", [Role.PRODUCT, Role.LEADERSHIP])
def test_product_and_leadership_read_the_words_without_name_account_or_title(
    app: Flask, db: Database, make: Factory, reason: Reason, role: Role
) -> None:
    text = page(app, db, make, role, behind(reason))
    assert "The answers came late." in text
    assert "Head of operations, Logistics, Nordics" in text
    assert "Nord Freight" not in text
    assert "Ingrid" not in text


def test_the_programme_manager_reads_who_said_it(
    app: Flask, db: Database, make: Factory, reason: Reason
) -> None:
    text = page(app, db, make, Role.PROGRAMME_MANAGER, behind(reason))
    assert "Nord Freight: fleet" in text
    assert "Ingrid Holm, Head of operations, Nord Freight" in text


def test_an_interviewer_reads_the_words_of_colleagues_deals_but_not_whose_they_are(
    app: Flask, db: Database, make: Factory, reason: Reason
) -> None:
    text = page(app, db, make, Role.INTERVIEWER, behind(reason))
    assert "The answers came late." in text
    assert "Nord Freight" not in text
    assert "1 deal of colleagues not shown." in text


@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.INTERVIEWER, Role.PRODUCT, Role.LEADERSHIP]
)
def test_no_number_opens_words_that_are_only_counted(
    app: Flask, db: Database, make: Factory, reason: Reason, role: Role
) -> None:
    say(make, reason, "Baltic Food", "My boss dislikes you.", Scope.COUNT)
    text = page(app, db, make, role, behind(reason))
    assert "dislikes" not in text
    assert "1 quote more not shown" in text
    assert '<h2 id="deals">2 deals</h2>' in text


def test_pages_open_on_the_last_four_quarters_with_the_latest_marked(
    app: Flask, db: Database, make: Factory, reason: Reason
) -> None:
    text = page(app, db, make, Role.PRODUCT, "/figures")
    assert "Last four quarters to 30 September 2026" in text
    assert "Fourth quarter 2025" in text


def test_an_address_holds_the_time_looked_at(
    app: Flask, db: Database, make: Factory, reason: Reason
) -> None:
    text = page(app, db, make, Role.PRODUCT, "/figures/reasons?to=2026Q2&span=quarter")
    assert "Second quarter 2026" in text
    assert "Nothing is counted yet" in text


@pytest.mark.parametrize("query", ["to=2026", "span=week", "to=x&span=all"])
def test_an_address_that_says_nothing_is_not_found(
    app: Flask, db: Database, make: Factory, query: str
) -> None:
    make.workspace()
    user = make.user(Role.PRODUCT)
    make.commit()
    assert sign_in_as(app, db, user).get(f"/figures?{query}").status_code == 404


@pytest.mark.parametrize(
    ("address", "words"),
    [("/figures", "No deal was decided then"), ("/figures/reasons", "Nothing is counted yet")],
)
def test_an_empty_workspace_says_what_comes_next(
    app: Flask, db: Database, make: Factory, address: str, words: str
) -> None:
    make.workspace()
    assert words in page(app, db, make, Role.PRODUCT, address)


def test_groups_nobody_was_heard_in_are_named_in_plain_words(
    app: Flask, db: Database, make: Factory, reason: Reason
) -> None:
    retailer = make.account("Retailer", segment="Retail")
    for _ in range(9):
        make.deal("no_decision", account=retailer, closed_on=CLOSED_ON)
    text = page(app, db, make, Role.PRODUCT, "/figures")
    assert "no decision (9 deals), segment Retail (9 deals)" in text


def test_few_deals_show_counts_and_no_percentage(
    app: Flask, db: Database, make: Factory, reason: Reason
) -> None:
    text = page(app, db, make, Role.PRODUCT, "/figures/reasons")
    assert "1 of 1" in text
    assert "100 %" not in text


def test_a_reason_on_which_two_who_tag_do_not_agree_is_marked(
    app: Flask, db: Database, make: Factory, reason: Reason
) -> None:
    assert "do not agree" not in page(app, db, make, Role.PRODUCT, "/figures/reasons")
    make.disagreement(reason)
    assert "Two people do not agree on it" in page(app, db, make, Role.PRODUCT, "/figures/reasons")


def test_pages_ask_a_fixed_number_of_times(
    app: Flask, db: Database, make: Factory, reason: Reason
) -> None:
    for number in range(12):
        say(make, reason, f"Account {number}", f"Words {number}.", Scope.NAME)
    user = make.user(Role.PRODUCT)
    make.commit()
    client = sign_in_as(app, db, user)
    for address, most in (
        ("/figures", 19),
        ("/figures/reasons", 17),
        (behind(reason), 20),
    ):
        with query_budget(db, most):
            assert client.get(address).status_code == 200


def test_the_method_is_told_in_plain_words(app: Flask, db: Database, make: Factory) -> None:
    make.workspace()
    text = page(app, db, make, Role.LEADERSHIP, "/figures/how")
    assert "<h2>What is counted</h2>" in text
    assert "**" not in text
