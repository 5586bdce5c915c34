"""Real exports go in by the command, as far as their data allow."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import Database
from app.deals.models import Account, Deal, Outcome
from tests.deals.importing.test_command import Command
from tests.factories import Factory

pytestmark = pytest.mark.realdata


@pytest.fixture
def command(app: Flask, make: Factory) -> Command:
    make.workspace(currency="USD")
    make.commit()
    return Command(app)


def test_maven_asks_then_goes_in_whole_and_twice_the_same(
    command: Command, db: Database, realdata: Path
):
    file = realdata / "crm/maven-us-dates/sales_pipeline.csv"
    code, out, err = command(file, "--json")
    assert code == 3
    assert "--no-amount 0" in err
    assert len(json.loads(out)["questions"]) == 1

    accounts = ("--accounts", realdata / "crm/maven-us-dates/accounts.csv")
    first = command.json(file, "--no-amount", "0", *accounts)
    assert (first["rows"], first["created"], first["rejected"]) == (8_800, 8_800, 0)
    assert first["by_outcome"] == {"won": 4_238, "lost": 2_473, "open": 2_089}
    assert first["accounts"]["created"] == 85

    again = command.json(file, "--no-amount", "0", *accounts)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 8_800)
    assert again["by_outcome"] == first["by_outcome"]
    with db.reading() as session:
        outcomes = Counter(session.scalars(select(Deal.outcome)))
        without_account = session.scalar(
            select(func.count()).select_from(Deal).where(Deal.account_id.is_(None))
        )
        industries = session.scalars(select(Account.industry).where(Account.industry != "")).all()
    assert outcomes == {Outcome.WON: 4_238, Outcome.LOST: 2_473, Outcome.OPEN: 2_089}
    assert without_account == 1_425
    assert len(industries) == 85


def test_salesforce_data_loader_files_are_joined_by_their_ids(
    command: Command, db: Database, realdata: Path
):
    folder = realdata / "crm/salesforce-dataloader"
    more = ("--accounts", folder / "Account.csv", "--contacts", folder / "Contact.csv")
    result = command.json(folder / "Opportunity.csv", *more)
    assert (result["created"], result["by_outcome"]) == (58, {"won": 34, "open": 24})
    assert (result["accounts"]["created"], result["contacts"]["created"]) == (94, 64)
    assert all(flag["why"] for flag in result["flags"])
    with db.reading() as session:
        named = session.execute(
            select(Deal.id).join(Account, Account.id == Deal.account_id).where(Account.name != "")
        ).all()
    assert len(named) > 40
    assert command.json(folder / "Opportunity.csv", *more)["unchanged"] == 58


def test_hubspot_refuses_each_deal_with_the_option_that_would_take_it(
    command: Command, db: Database, realdata: Path
):
    folder = realdata / "crm/hubspot-and-salesforce-seeds/hubspot"
    code, out, _ = command(folder / "deal_data.csv", "--json")
    result = json.loads(out)
    assert code == 1, "nothing could be taken"
    assert (result["rejected"], result["created"]) == (44, 0)
    assert all("--outcome '(blank)=open'" in each["why"] for each in result["refused"])

    links = ("--links", folder / "deal_contact_data.csv")
    contacts = ("--contacts", folder / "contact_data.csv")
    taken = command.json(folder / "deal_data.csv", "--outcome", "(blank)=open", *links, *contacts)
    assert (taken["created"], taken["by_outcome"]) == (44, {"open": 44})
    # The links of this set are to deals of another one: each is refused, and says so.
    assert taken["links"]["rejected"] == 11
    assert {each["why"] for each in taken["refused"]} == {"is the id of no deal"}


def test_deals_deleted_in_salesforce_stay_out(command: Command, db: Database, realdata: Path):
    folder = realdata / "crm/hubspot-and-salesforce-seeds/salesforce"
    result = command.json(folder / "sf_opportunity_data.csv")
    assert (result["rows"], result["ignored"], result["created"]) == (10, 10, 0)
    assert {each["why"] for each in result["repeated"]} == {"deleted in the CRM"}
