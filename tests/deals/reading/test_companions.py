"""Accounts, contacts and links beside the deals."""

from collections.abc import Sequence

from app.deals.reading.accounts import read_accounts
from app.deals.reading.contacts import read_contacts
from app.deals.reading.headers import map_columns
from app.deals.reading.labels import ACCOUNT_LABELS, CONTACT_LABELS, LINK_LABELS
from app.deals.reading.links import read_links
from app.deals.reading.records import (
    AccountRecord,
    ContactRecord,
    Ignored,
    LinkRecord,
    Refusal,
)
from tests.deals.reading.reading import csv_table


def accounts(*rows: Sequence[str]) -> list[AccountRecord | Refusal | Ignored]:
    table = csv_table(rows)
    return list(read_accounts(table, map_columns(table.headers, ACCOUNT_LABELS)))


def contacts(*rows: Sequence[str]) -> list[ContactRecord | Refusal | Ignored]:
    table = csv_table(rows)
    return list(read_contacts(table, map_columns(table.headers, CONTACT_LABELS)))


def links(*rows: Sequence[str]) -> list[LinkRecord | Refusal | Ignored]:
    table = csv_table(rows)
    return list(read_links(table, map_columns(table.headers, LINK_LABELS)))


def test_an_account_has_a_band_of_sizes() -> None:
    items = accounts(
        ("account", "sector", "employees"),
        ("Acme", "medical", "2,822"),
        ("Globex", "", "a lot"),
        ("", "retail", "5"),
        ("ACME", "medical", "2,822"),
    )
    acme, globex, nameless, again = items
    assert isinstance(acme, AccountRecord)
    assert (acme.name, acme.industry, acme.size_band) == ("Acme", "medical", "1,001 to 5,000")
    assert isinstance(globex, AccountRecord)
    assert [flag.value for flag in globex.flags] == ["a lot"]
    assert isinstance(nameless, Refusal)
    assert isinstance(again, Ignored)


def test_accounts_of_one_name_but_two_ids_are_two() -> None:
    items = accounts(("Id", "Name"), ("001A", "Acme"), ("001B", "Acme"))
    assert all(isinstance(item, AccountRecord) for item in items)


def test_a_contact_is_named_by_first_and_last_name_or_else_by_the_address() -> None:
    header = ("Id", "First Name", "Last Name", "Email", "HasOptedOutOfEmail")
    ada, bob, nobody, unclear = contacts(
        header,
        ("003A", "Ada", "Byron", "ada@example.com", "0"),
        ("", "", "", "bob@example.com", "1"),
        ("", "Cy", "", "no address", ""),
        ("003D", "Di", "", "", "maybe"),
    )
    assert isinstance(ada, ContactRecord)
    assert (ada.name, ada.do_not_contact) == ("Ada Byron", False)
    assert isinstance(bob, ContactRecord)
    assert (bob.name, bob.do_not_contact) == ("bob@example.com", True)
    assert isinstance(nobody, Refusal)
    assert nobody.why == "has neither an id nor an e-mail address"
    assert isinstance(unclear, ContactRecord)
    assert unclear.do_not_contact
    assert [flag.field for flag in unclear.flags] == ["do_not_contact"]


def test_links_join_deals_and_people_with_their_part() -> None:
    items = links(
        ("OpportunityId", "ContactId", "Role"),
        ("006A", "003A", "Economic Buyer"),
        ("006A", "003B", "Cheerleader"),
        ("006A", "", "User"),
        ("006A", "003A", "Economic Buyer"),
    )
    assert items[0] == LinkRecord(2, "006A", "003A", "economic_buyer", "Economic Buyer")
    assert items[1] == LinkRecord(3, "006A", "003B", None, "Cheerleader")
    assert isinstance(items[2], Refusal)
    assert items[2].field == "contact_external_id"
    assert isinstance(items[3], Ignored)
