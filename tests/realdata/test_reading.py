"""Real exports of three systems, read as far as their data allow."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.deals.reading.accounts import read_accounts
from app.deals.reading.answers import read_answers
from app.deals.reading.contacts import read_contacts
from app.deals.reading.deals import read_deals
from app.deals.reading.files import open_table
from app.deals.reading.headers import Mapping, map_columns
from app.deals.reading.labels import ACCOUNT_LABELS, CONTACT_LABELS, DEAL_LABELS, LINK_LABELS
from app.deals.reading.links import read_links
from app.deals.reading.records import (
    AccountRecord,
    ContactRecord,
    DealItem,
    DealRecord,
    Ignored,
    LinkRecord,
    Refusal,
)
from app.deals.reading.survey import Survey, survey_deals

pytestmark = pytest.mark.realdata


@dataclass
class Read:
    mapping: Mapping
    survey: Survey
    items: list[DealItem]

    @property
    def deals(self) -> list[DealRecord]:
        return [item for item in self.items if isinstance(item, DealRecord)]


def read(
    path: Path,
    *,
    no_amount: tuple[str, ...] = (),
    outcomes: tuple[str, ...] = (),
    known_products: tuple[str, ...] = (),
) -> Read:
    table = open_table(path, path.name)
    mapping = map_columns(table.headers, DEAL_LABELS)
    answers = read_answers(currency="USD", no_amount=no_amount, outcomes=outcomes)
    survey = survey_deals(table, mapping, answers, known_products=known_products)
    return Read(mapping, survey, list(read_deals(table, mapping, answers, survey)))


def test_maven_gives_8_800_deals(realdata: Path) -> None:
    result = read(realdata / "crm/maven-us-dates/sales_pipeline.csv", no_amount=("0",))
    assert result.survey.questions == ()
    assert len(result.items) == len(result.deals) == 8_800
    assert Counter(deal.outcome for deal in result.deals) == {
        "won": 4_238,
        "lost": 2_473,
        "open": 2_089,
    }
    assert sum(deal.account is None for deal in result.deals) == 1_425
    assert all(deal.amount is None for deal in result.deals if deal.outcome == "lost")
    assert all(deal.closed_on for deal in result.deals if deal.outcome != "open")


def test_maven_asks_whether_nought_is_an_amount_and_offers_the_likely_product(
    realdata: Path,
) -> None:
    result = read(
        realdata / "crm/maven-us-dates/sales_pipeline.csv", known_products=("GTX Pro", "GTX Basic")
    )
    assert [question.key for question in result.survey.questions] == ["no_amount"]
    assert "2,473" in result.survey.questions[0].text
    assert [(m.name, m.count, m.likely) for m in result.survey.likely_products] == [
        ("GTXPro", 1_480, "GTX Pro")
    ]


def test_maven_accounts_are_known_by_their_names(realdata: Path) -> None:
    path = realdata / "crm/maven-us-dates/accounts.csv"
    table = open_table(path, path.name)
    items = list(read_accounts(table, map_columns(table.headers, ACCOUNT_LABELS)))
    assert len(items) == 85
    first = items[0]
    assert isinstance(first, AccountRecord)
    assert (first.name, first.industry, first.region) == (
        "Acme Corporation",
        "technolgy",
        "United States",
    )


def test_the_salesforce_data_loader_files_go_in_whole(realdata: Path) -> None:
    folder = realdata / "crm/salesforce-dataloader"
    result = read(folder / "Opportunity.csv")
    assert result.mapping.source == "salesforce"
    assert result.survey.questions == ()
    assert Counter(deal.outcome for deal in result.deals) == {"won": 34, "open": 24}
    assert len({deal.external_id for deal in result.deals}) == 58
    # A deal that is still open has a hoped-for day, not a closing date.
    hopes = [deal for deal in result.deals if deal.outcome == "open"]
    assert all(deal.closed_on is None for deal in hopes)
    assert all(any(fact.name == "CloseDate" for fact in deal.facts) for deal in hopes)

    table = open_table(folder / "Account.csv", "Account.csv")
    accounts = list(read_accounts(table, map_columns(table.headers, ACCOUNT_LABELS)))
    ids = {account.external_id for account in accounts if isinstance(account, AccountRecord)}
    assert len(ids) == 94
    assert {deal.account_external_id for deal in result.deals} - ids <= {None}

    table = open_table(folder / "Contact.csv", "Contact.csv")
    contacts = list(read_contacts(table, map_columns(table.headers, CONTACT_LABELS)))
    people = [contact for contact in contacts if isinstance(contact, ContactRecord)]
    assert len(people) == 64
    assert sum(person.email is not None for person in people) == 8


def test_salesforce_deals_deleted_there_stay_out(realdata: Path) -> None:
    folder = realdata / "crm/hubspot-and-salesforce-seeds/salesforce"
    result = read(folder / "sf_opportunity_data.csv")
    assert result.mapping.source == "salesforce"
    assert [item.why for item in result.items if isinstance(item, Ignored)] == [
        "deleted in the CRM"
    ] * 10


def test_hubspot_deals_without_a_stage_are_refused_with_the_way_to_take_them(
    realdata: Path,
) -> None:
    path = realdata / "crm/hubspot-and-salesforce-seeds/hubspot/deal_data.csv"
    refused = read(path)
    assert refused.mapping.source == "hubspot"
    refusals = [item for item in refused.items if isinstance(item, Refusal)]
    assert len(refusals) == 44
    assert all(refusal.field == "stage" for refusal in refusals)
    assert all("--outcome '(blank)=open'" in refusal.why for refusal in refusals)

    taken = read(path, outcomes=("(blank)=open",))
    assert [deal.outcome for deal in taken.deals] == ["open"] * 44


def test_hubspot_links_and_people(realdata: Path) -> None:
    folder = realdata / "crm/hubspot-and-salesforce-seeds/hubspot"
    table = open_table(folder / "deal_contact_data.csv", "deal_contact_data.csv")
    links = list(read_links(table, map_columns(table.headers, LINK_LABELS)))
    assert all(isinstance(link, LinkRecord) for link in links)
    assert len(links) == 11

    table = open_table(folder / "contact_data.csv", "contact_data.csv")
    contacts = list(read_contacts(table, map_columns(table.headers, CONTACT_LABELS)))
    people = [contact for contact in contacts if isinstance(contact, ContactRecord)]
    # The addresses are hashed: each is left out, and flagged.
    assert people
    assert all(person.email is None for person in people)
    assert any(flag.field == "email" for person in people for flag in person.flags)
