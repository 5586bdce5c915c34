"""Files are recognised by their labels, whichever system wrote them."""

import pytest

from app.deals.reading.answers import BadOption
from app.deals.reading.headers import header_signature, map_columns, recognise_source
from app.deals.reading.labels import ACCOUNT_LABELS, CONTACT_LABELS, DEAL_LABELS, LINK_LABELS

SALESFORCE_REPORT = [
    "Opportunity Name", "Stage", "Close Date", "Created Date", "Account Name",
    "Opportunity Owner", "Amount", "Amount Currency", "Opportunity ID", "Lead Source",
    "Contact Name", "Contact Role", "Title", "Email",
]  # fmt: skip
SALESFORCE_API = [
    "Id", "IsDeleted", "AccountId", "Name", "StageName", "Amount", "CurrencyIsoCode", "CloseDate",
    "LeadSource", "IsClosed", "IsWon", "OwnerId", "CreatedDate", "MainCompetitors__c",
]  # fmt: skip
HUBSPOT = [
    "Record ID", "Deal Name", "Deal Stage", "Close Date", "Amount", "Deal owner", "Pipeline",
    "Associated Company", "Associated Contact", "Associated Contact IDs", "Closed Lost Reason",
    "Create Date",
]  # fmt: skip
WAREHOUSE = ["deal_id", "deal_pipeline_stage_id", "property_dealname", "property_closedate"]
GENERIC = [
    "opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date",
    "close_date", "close_value",
]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "source"),
    [
        (SALESFORCE_REPORT, "salesforce"),
        (SALESFORCE_API, "salesforce"),
        ([header.lower() for header in SALESFORCE_API], "salesforce"),
        (["id", "stage_name", "is_won", "is_closed"], "salesforce"),
        (HUBSPOT, "hubspot"),
        (WAREHOUSE, "hubspot"),
        (GENERIC, "generic"),
    ],
)
def test_the_source_is_told_from_its_own_labels(headers: list[str], source: str) -> None:
    assert recognise_source(headers) == source


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (
            SALESFORCE_REPORT,
            {
                "external_id": "Opportunity ID", "name": "Opportunity Name",
                "account": "Account Name", "amount": "Amount", "currency": "Amount Currency",
                "stage": "Stage", "opened_on": "Created Date", "closed_on": "Close Date",
                "seller": "Opportunity Owner", "lead_source": "Lead Source",
                "contact_name": "Contact Name", "buying_role": "Contact Role",
                "contact_title": "Title", "contact_email": "Email",
            },
        ),
        (
            SALESFORCE_API,
            {
                "external_id": "Id", "is_deleted": "IsDeleted",
                "account_external_id": "AccountId", "name": "Name", "stage": "StageName",
                "amount": "Amount", "currency": "CurrencyIsoCode", "closed_on": "CloseDate",
                "lead_source": "LeadSource", "is_closed": "IsClosed", "is_won": "IsWon",
                "seller_external_id": "OwnerId", "opened_on": "CreatedDate",
                "competitors": "MainCompetitors__c",
            },
        ),
        (
            HUBSPOT,
            {
                "external_id": "Record ID", "name": "Deal Name", "stage": "Deal Stage",
                "closed_on": "Close Date", "amount": "Amount", "seller": "Deal owner",
                "account": "Associated Company", "contact_name": "Associated Contact",
                "contact_external_id": "Associated Contact IDs",
                "stated_reason": "Closed Lost Reason", "opened_on": "Create Date",
            },
        ),
        (
            GENERIC,
            {
                "external_id": "opportunity_id", "seller": "sales_agent", "product": "product",
                "account": "account", "stage": "deal_stage", "opened_on": "engage_date",
                "closed_on": "close_date", "amount": "close_value",
            },
        ),
    ],
)  # fmt: skip
def test_the_fields_are_found(headers: list[str], expected: dict[str, str]) -> None:
    assert map_columns(headers, DEAL_LABELS).by_name() == expected


def test_the_columns_that_are_no_field_become_facts() -> None:
    mapping = map_columns([*HUBSPOT, "Forecast", "_fivetran_synced"], DEAL_LABELS)
    assert [header for _, header in mapping.unmapped] == ["Pipeline", "Forecast"]


def test_closed_is_a_mark_beside_a_closing_date_and_else_the_date() -> None:
    beside = map_columns(["Id", "Stage", "Closed", "Close Date"], DEAL_LABELS)
    assert beside.column_of("is_closed") == "Closed"
    alone = map_columns(["Id", "Stage", "Closed"], DEAL_LABELS)
    assert alone.column_of("closed_on") == "Closed"


def test_an_override_goes_before_the_label_and_frees_its_column() -> None:
    mapping = map_columns(
        ["Id", "Stage", "Outcome reason", "Amount", "Booked"],
        DEAL_LABELS,
        overrides={"amount": "Booked", "stated_reason": "outcome_reason"},
    )
    assert mapping.column_of("amount") == "Booked"
    assert mapping.column_of("stated_reason") == "Outcome reason"
    assert [header for _, header in mapping.unmapped] == ["Amount"]


def test_an_override_without_column_leaves_the_field_out() -> None:
    mapping = map_columns(["Id", "Stage", "Region"], DEAL_LABELS, overrides={"region": ""})
    assert [header for _, header in mapping.unmapped] == ["Region"]


@pytest.mark.parametrize(
    ("overrides", "why"),
    [({"colour": "Id"}, "colour is no field"), ({"amount": "Sum"}, "there is no column Sum")],
)
def test_a_wrong_override_is_refused(overrides: dict[str, str], why: str) -> None:
    with pytest.raises(BadOption, match=why):
        map_columns(["Id"], DEAL_LABELS, overrides=overrides)


def test_accounts_contacts_and_links_are_mapped_too() -> None:
    accounts = map_columns(["Id", "Name", "Industry", "NumberOfEmployees"], ACCOUNT_LABELS)
    assert set(accounts.columns) == {"external_id", "name", "industry", "employees"}
    contacts = map_columns(["Id", "AccountId", "LastName", "FirstName", "Email"], CONTACT_LABELS)
    assert set(contacts.columns) == {
        "external_id", "account_external_id", "last_name", "first_name", "email",
    }  # fmt: skip
    links = map_columns(["OpportunityId", "ContactId", "Role"], LINK_LABELS)
    assert set(links.columns) == {"deal_external_id", "contact_external_id", "buying_role"}


def test_a_mapping_is_remembered_whatever_the_order_of_the_columns() -> None:
    assert header_signature(["Id", "Stage"]) == header_signature(["stage", "ID"])
    assert header_signature(["Id", "Stage"]) != header_signature(["Id", "Amount"])
