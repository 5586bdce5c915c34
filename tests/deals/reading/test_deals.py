"""Rows become deals, and what cannot be taken says why."""

import datetime as dt
from decimal import Decimal

from app.deals.reading.money import Money
from app.deals.reading.records import DealContact
from tests.deals.reading.reading import HEADER, csv_table, read, read_rows

ROLES = (
    "Opportunity ID", "Opportunity Name", "Stage", "Amount", "Close Date", "Contact Name",
    "Contact Role", "Title", "Email", "Contact: Phone",
)  # fmt: skip
ADA = ("006A", "Roof", "Closed Won", "10", "2017-03-25", "Ada Byron", "Decision Maker", "CIO",
       "ada@example.com", "555-1")  # fmt: skip
BOB = (*ADA[:5], "Bob Hale", "Influencer", "CFO", "bob@example.com", "555-2")


def test_a_row_becomes_a_deal_with_typed_facts() -> None:
    result = read_rows(
        ("Deal ID", "Account", "Product", "Stage", "Amount", "Close Date", "Discount", "Kickoff",
         "Plan", "Postal code", "Competitors", "Closed Lost Reason"),
        ("7", " Acme  Inc ", "Roof", "Lost", "1.234,50 €", "2017-03-25", "18.00%", "2017-04-01",
         "A", "02134", "Globex; Initech", "too\r\ndear "),
    )  # fmt: skip
    (deal,) = result.deals
    assert (deal.external_id, deal.name, deal.account) == ("7", "Acme Inc: Roof", "Acme Inc")
    assert deal.amount == Money(123_450, "EUR")
    assert deal.closed_on == dt.date(2017, 3, 25)
    assert deal.competitors == ("Globex", "Initech")
    assert deal.stated_reason == "too\ndear "
    facts = {fact.name: fact for fact in deal.facts}
    assert facts["Discount"].number == Decimal("18.00")
    assert facts["Discount"].text == "18.00%"
    assert facts["Kickoff"].date == dt.date(2017, 4, 1)
    assert facts["Plan"].kind == facts["Postal code"].kind == "text"


def test_a_refused_row_says_its_line_field_value_and_why() -> None:
    result = read_rows(
        HEADER,
        ("1", "Won", "many", "", "2017-02-30"),
        ("", "Won", "1", "", "2017-02-28"),
        ("3", "Won", "1"),
        ("4", "Won", "1", "", "2017-02-28", "too much"),
        ("5", "Won", "1\0", "", "2017-02-28"),
        ("6", "Won", "1", "", "2017-02-28"),
    )
    assert [deal.external_id for deal in result.deals] == ["6"]
    assert [(r.line, r.field) for r in result.refusals] == [
        (2, "amount"), (3, "external_id"), (4, "row"), (5, "row"), (6, "row"),
    ]  # fmt: skip
    first = result.refusals[0]
    assert (first.value, first.why) == ("many", "is not an amount")
    assert [problem.field for problem in first.problems] == ["amount", "closed_on"]
    assert first.cells == ("1", "Won", "many", "", "2017-02-30")
    assert result.refusals[2].why == "The row has 3 cells where the header has 5."


def test_minus_one_and_dashes_are_no_amount_but_0_is() -> None:
    rows = [
        (str(n), "Won", text, "", "2017-03-25") for n, text in enumerate(["-1", "-", "n/a", "0"])
    ]
    amounts = [deal.amount for deal in read_rows(HEADER, *rows).deals]
    assert amounts == [None, None, None, Money(0, "EUR")]


def test_a_closing_before_the_opening_is_kept_and_flagged() -> None:
    (deal,) = read_rows(HEADER, ("1", "Won", "1", "2017-04-01", "2017-03-25")).deals
    assert [flag.field for flag in deal.flags] == ["closed_on"]
    assert "before it was opened" in deal.flags[0].why


def test_a_closed_deal_without_a_date_is_kept_and_flagged() -> None:
    (deal,) = read_rows(HEADER, ("1", "Won", "1", "", "")).deals
    assert deal.closed_on is None
    assert "no closing date" in deal.flags[0].why


def test_an_open_deals_closing_date_is_a_fact() -> None:
    (deal,) = read_rows(HEADER, ("1", "Negotiation", "1", "", "2017-03-25")).deals
    assert deal.closed_on is None
    assert [(fact.name, fact.date) for fact in deal.facts] == [("Close Date", dt.date(2017, 3, 25))]


def test_an_exact_duplicate_is_taken_once_and_said() -> None:
    row = ("1", "Won", "1", "", "2017-03-25")
    other = ("2", *row[1:])
    result = read_rows(HEADER, row, other, row)
    assert [deal.external_id for deal in result.deals] == ["1", "2"]
    assert [(item.line, item.why) for item in result.ignored] == [(4, "the same as line 2")]


def test_the_same_id_with_other_data_is_refused() -> None:
    result = read_rows(
        HEADER, ("1", "Won", "1", "", "2017-03-25"), ("1", "Won", "2", "", "2017-03-25")
    )
    assert len(result.deals) == 1
    (refusal,) = result.refusals
    assert (refusal.line, refusal.field, refusal.value) == (3, "amount", "2")
    assert "Line 2 has the same deal 1 with another Amount" in refusal.why


def test_a_row_whose_first_telling_was_refused_gets_its_own_chance() -> None:
    result = read_rows(
        HEADER, ("1", "Won", "x", "", "2017-03-25"), ("1", "Won", "2", "", "2017-03-25")
    )
    assert [deal.line for deal in result.deals] == [3]


def test_a_contact_role_report_is_one_deal_with_several_contacts() -> None:
    other_deal = ("006B", *ADA[1:])
    result = read_rows(ROLES, ADA, other_deal, BOB, ADA)
    assert [deal.external_id for deal in result.deals] == ["006A", "006B"]
    assert result.deals[0].contacts == (
        DealContact(
            None, "Ada Byron", "ada@example.com", "CIO", "decision_maker", "Decision Maker"
        ),
    )
    (more,) = result.more_contacts
    assert (more.line, more.external_id) == (4, "006A")
    assert more.contacts[0].email == "bob@example.com"
    assert (more.contacts[0].buying_role, more.contacts[0].role_as_written) == (None, "Influencer")
    assert [item.line for item in result.ignored] == [5]
    assert result.refusals == []


def test_a_contact_role_report_whose_deal_differs_is_refused() -> None:
    result = read_rows(ROLES, ADA, (*BOB[:3], "99", *BOB[4:]))
    assert [refusal.field for refusal in result.refusals] == ["amount"]


HUBSPOT = (
    "Record ID", "Deal Name", "Deal Stage", "Close Date", "Associated Contact",
    "Associated Contact IDs",
)  # fmt: skip


def test_hubspots_associated_contacts_are_paired() -> None:
    result = read_rows(
        HUBSPOT,
        ("1", "Roof", "Closed Won (Sales Pipeline)", "2017-03-25 14:05",
         "Ada Byron (ada@example.com);Bob Hale", "501;502"),
    )  # fmt: skip
    assert [(c.external_id, c.name, c.email) for c in result.deals[0].contacts] == [
        ("501", "Ada Byron", "ada@example.com"),
        ("502", "Bob Hale", None),
    ]


def test_names_that_cannot_be_paired_with_ids_are_left_out_and_flagged() -> None:
    (deal,) = read_rows(HUBSPOT, ("1", "Roof", "closedwon", "2017-03-25", "Ada", "501;502")).deals
    assert [(c.external_id, c.name) for c in deal.contacts] == [("501", None), ("502", None)]
    assert [flag.field for flag in deal.flags] == ["contact_name"]


def test_a_wrong_address_is_flagged_and_the_deal_kept() -> None:
    (deal,) = read_rows(ROLES, (*ADA[:8], "ada at example", "")).deals
    assert deal.contacts[0].email is None
    assert [(flag.field, flag.value) for flag in deal.flags] == [
        ("contact_email", "ada at example")
    ]


def test_the_footer_of_a_salesforce_report_is_no_deal() -> None:
    result = read_rows(
        ROLES, ADA, (), (), ("Closed deals",), ("Copyright (c) 2000-2024 salesforce.com",)
    )
    assert len(result.deals) == 1
    assert [item.why for item in result.ignored] == ["a footer of the report"] * 2


def test_deals_deleted_in_the_crm_stay_out() -> None:
    result = read_rows(("Id", "StageName", "IsDeleted"), ("1", "Closed Won", "true"))
    assert [(item.external_id, item.why) for item in result.ignored] == [
        ("1", "deleted in the CRM")
    ]


def test_a_duplicate_header_keeps_its_second_column_as_a_fact() -> None:
    (deal,) = read_rows(("Id", "Stage", "Amount", "Amount"), ("1", "Won", "5", "6")).deals
    assert deal.amount == Money(500, "EUR")
    assert [(fact.name, fact.number) for fact in deal.facts] == [("Amount (2)", Decimal(6))]


def test_a_value_too_long_for_its_field_is_refused() -> None:
    (refusal,) = read_rows(HEADER, ("9" * 201, "Won", "1", "", "2017-03-25")).refusals
    assert refusal.why == "has more than 200 characters"


def test_every_row_is_accounted_for_and_a_second_reading_gives_the_same() -> None:
    table = csv_table([ROLES, ADA, BOB, ("x",), ADA])
    first, second = read(table), read(table)
    assert first.items == second.items
    assert [item.line for item in first.items] == [2, 3, 4, 5]
