"""What the pages of the import show: the columns of a file, its questions, and what was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from app.deals.importing.opening import Opened
from app.deals.importing.options import Options
from app.deals.models import Outcome
from app.deals.reading.files import Table
from app.deals.reading.headers import map_columns
from app.deals.reading.labels import DEAL_LABELS
from app.deals.reading.survey import Question
from app.deals.words import OUTCOME_WORDS

EXAMPLES = 3
SOURCE_WORDS = {
    "salesforce": "an export of Salesforce",
    "hubspot": "an export of HubSpot",
    "generic": "a table of deals",
}
FILE_WORDS = {
    "deals": "Deals",
    "accounts": "Accounts",
    "contacts": "Contacts",
    "links": "Who took part in which deal",
}
COLUMN_WORDS = {
    "external_id": "The deal’s ID in the CRM",
    "name": "Name of the deal",
    "account": "Account",
    "account_external_id": "The account’s ID",
    "stage": "Stage or outcome",
    "is_won": "Whether it was won",
    "is_closed": "Whether it is closed",
    "is_deleted": "Whether it was deleted in the CRM",
    "opened_on": "First contact, or day created",
    "closed_on": "Day closed",
    "amount": "Amount",
    "currency": "Currency of the amount",
    "product": "Product",
    "seller": "Seller",
    "seller_external_id": "The seller’s ID",
    "seller_email": "The seller’s e-mail",
    "lead_source": "Source of the lead",
    "segment": "Segment",
    "region": "Region",
    "competitors": "Competitors met",
    "won_by": "Who won it",
    "replaced": "What it replaced",
    "stated_reason": "Reason the seller gave",
    "contact_external_id": "The contact’s ID",
    "contact_name": "The contact’s name",
    "contact_first_name": "The contact’s first name",
    "contact_last_name": "The contact’s last name",
    "contact_email": "The contact’s e-mail",
    "contact_title": "The contact’s job title",
    "buying_role": "The contact’s part in the decision",
}
TOLD_WORDS = COLUMN_WORDS | {
    "row": "The row",
    "name": "Name",
    "contact": "Contact",
    "email": "E-mail",
    "deal_external_id": "The deal’s ID",
    "employees": "Employees",
    "do_not_contact": "Do not contact",
}


@dataclass(frozen=True)
class ColumnChoice:
    """A field, the column that it is read from, and what stands there in the first rows."""

    field: str
    label: str
    column: str
    examples: Sequence[str]
    asked: str = ""
    """What is asked where nothing can be read without it."""


@dataclass(frozen=True)
class AskedChoice:
    value: str
    label: str


@dataclass(frozen=True)
class Asked:
    """A question in words, with its choices."""

    key: str
    text: str
    choices: Sequence[AskedChoice]


def column_choices(opened: Opened) -> list[ColumnChoice]:
    """Every field, those that the file has first."""
    mapping = opened.deals.mapping
    rows = [row.cells for row in islice(opened.deals.table.rows(), EXAMPLES)]
    asked = {each.key.removeprefix("map:"): each.text for each in opened.questions}
    choices = []
    for field, label in COLUMN_WORDS.items():
        index = mapping.columns.get(field)
        if index is None:
            choices.append(ColumnChoice(field, label, "", (), asked.get(field, "")))
        else:
            cells = [row[index] for row in rows if index < len(row)]
            choices.append(ColumnChoice(field, label, mapping.headers[index], cells))
    return sorted(choices, key=lambda choice: not choice.column)


def questions(opened: Opened) -> list[Asked]:
    """What is open, but for the columns: they are asked among the columns."""
    return [
        Asked(
            each.key, each.text, [AskedChoice(c.value, _label(each, c.label)) for c in each.choices]
        )
        for each in opened.questions
        if not each.key.startswith("map:")
    ]


def said(options: Options, outcomes: Sequence[str]) -> list[str]:
    """The answers so far, one sentence each; of a stage explained twice, the last."""
    meanings = {stage: outcome for stage, _, outcome in (o.rpartition("=") for o in outcomes)}
    sentences = [
        f"‘{stage}’ means: {OUTCOME_WORDS[Outcome(outcome)].lower()}."
        for stage, outcome in meanings.items()
    ]
    if options.date_format:
        first = "day" if options.date_format.startswith("%d") else "month"
        sentences.append(f"Dates are written {first} first.")
    if "0" in options.no_amount:
        sentences.append("An amount of 0 means that there is none.")
    elif "none" in options.no_amount:
        sentences.append("An amount of 0 is the amount.")
    return sentences


def chosen_columns(table: Table, form: Mapping[str, str]) -> dict[str, str]:
    """The columns that a person set otherwise than they would be found."""
    found = map_columns(table.headers, DEAL_LABELS).by_name()
    return {
        field: form[f"column-{field}"]
        for field in COLUMN_WORDS
        if f"column-{field}" in form and form[f"column-{field}"] != found.get(field, "")
    }


def with_answers(options: Options, form: Mapping[str, str]) -> Options:
    """With what the form says about columns' meaning, stages, dates and amounts."""
    options = replace(options, currency=form.get("currency", options.currency).strip().upper())
    number = 0
    while key := form.get(f"question-{number}"):
        if answer := form.get(f"answer-{number}"):
            options = options.answered(key, answer)
        number += 1
    return options


def _label(question: Question, label: str) -> str:
    if question.key.startswith("outcome:"):
        return OUTCOME_WORDS[Outcome(label)]
    return label[:1].upper() + label[1:]
