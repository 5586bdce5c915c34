"""What comes out of the reading of a file, row by row."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.deals.reading.money import Money

FactKind = Literal["text", "number", "date"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A further column of the CRM; `text` is what was written, beside the typed value."""

    name: str
    kind: FactKind
    text: str
    number: Decimal | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """Something odd in a row that was kept."""

    field: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class DealContact:
    """A person beside a deal, as far as the row says who; at least one part is known."""

    external_id: str | None = None
    name: str | None = None
    email: str | None = None
    title: str | None = None
    buying_role: str | None = None
    role_as_written: str | None = None


@dataclass(frozen=True, slots=True)
class DealRecord:
    """One deal of the file."""

    line: int
    external_id: str
    name: str
    outcome: str
    stage: str
    account: str | None
    account_external_id: str | None
    product: str | None
    amount: Money | None
    opened_on: dt.date | None
    closed_on: dt.date | None
    seller: str | None
    seller_email: str | None
    seller_external_id: str | None
    lead_source: str | None
    segment: str | None
    region: str | None
    competitors: tuple[str, ...]
    won_by: str | None
    replaced: str | None
    stated_reason: str | None
    contacts: tuple[DealContact, ...]
    facts: tuple[Fact, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class MoreContacts:
    """A later row of a deal already given, with other people: a contact-role report."""

    line: int
    external_id: str
    contacts: tuple[DealContact, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """One account of the file; without an external id it is known by its name."""

    line: int
    external_id: str | None
    name: str
    segment: str | None
    industry: str | None
    region: str | None
    size_band: str | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """One person of the file; without an external id known by the e-mail address."""

    line: int
    external_id: str | None
    name: str
    email: str | None
    title: str | None
    account: str | None
    account_external_id: str | None
    buying_role: str | None
    role_as_written: str | None
    language: str | None
    time_zone: str | None
    do_not_contact: bool
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A deal and a person who had a part in it."""

    line: int
    deal_external_id: str
    contact_external_id: str
    buying_role: str | None
    role_as_written: str | None


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a row out: the field, its value, and why."""

    field: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot be taken, with its cells, to be corrected and given again."""

    line: int
    problems: tuple[Problem, ...]
    cells: tuple[str, ...]

    @property
    def field(self) -> str:
        """The first problem's field."""
        return self.problems[0].field

    @property
    def value(self) -> str:
        """The first problem's value."""
        return self.problems[0].value

    @property
    def why(self) -> str:
        """The first problem's reason."""
        return self.problems[0].why


@dataclass(frozen=True, slots=True)
class Ignored:
    """A row that says nothing new: an exact duplicate, deleted in the CRM, a report's footer."""

    line: int
    external_id: str
    why: str


DealItem = DealRecord | MoreContacts | Refusal | Ignored
