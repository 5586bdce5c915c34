"""Accounts, contacts and their part in the decision, sellers, deals, and their import."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import (
    Base,
    HasId,
    UtcDateTime,
    json_column,
    public_id_column,
    text_column,
    token_column,
)
from app.identity.models import User
from app.market.models import Competitor


class Outcome(enum.StrEnum):
    WON = "won"
    LOST = "lost"
    NO_DECISION = "no_decision"
    RENEWED = "renewed"
    CHURNED = "churned"
    INVALID = "invalid"
    OPEN = "open"


#: Outcomes of deals that were decided, and so count.
DECIDED = (Outcome.WON, Outcome.LOST, Outcome.NO_DECISION, Outcome.RENEWED, Outcome.CHURNED)


class BuyingRole(enum.StrEnum):
    EVALUATOR = "evaluator"
    DECISION_MAKER = "decision_maker"
    ECONOMIC_BUYER = "economic_buyer"
    USER = "user"
    CHAMPION = "champion"
    BLOCKER = "blocker"


class Account(HasId, Base):
    __tablename__ = "accounts"

    public_id: Mapped[str] = public_id_column()
    external_id: Mapped[str | None] = text_column(
        personal=False, length=200, nullable=True, unique=True
    )
    name: Mapped[str] = text_column(personal=False, length=300)
    name_key: Mapped[str] = text_column(personal=False, length=300, index=True)
    segment: Mapped[str] = text_column(personal=False, length=120, default="", index=True)
    industry: Mapped[str] = text_column(personal=False, length=120, default="")
    region: Mapped[str] = text_column(personal=False, length=120, default="", index=True)
    size_band: Mapped[str] = text_column(personal=False, length=60, default="")


class Contact(HasId, Base):
    __tablename__ = "contacts"

    public_id: Mapped[str] = public_id_column()
    external_id: Mapped[str | None] = text_column(
        personal=False, length=200, nullable=True, unique=True
    )
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[str] = text_column(personal=True, length=300)
    email: Mapped[str] = text_column(personal=True, length=320, default="", index=True)
    job_title: Mapped[str] = text_column(personal=True, length=200, default="")
    language: Mapped[str] = text_column(personal=True, length=12, default="")
    time_zone: Mapped[str] = text_column(personal=True, length=64, default="")
    do_not_contact: Mapped[bool] = mapped_column(default=False)

    account: Mapped[Account | None] = relationship()


class Seller(HasId, Base):
    __tablename__ = "sellers"

    public_id: Mapped[str] = public_id_column()
    external_id: Mapped[str | None] = text_column(
        personal=False, length=200, nullable=True, unique=True
    )
    name: Mapped[str] = text_column(personal=True, length=200)
    name_key: Mapped[str] = text_column(personal=True, length=200, index=True)
    email: Mapped[str] = text_column(personal=True, length=320, default="")
    team: Mapped[str] = text_column(personal=False, length=120, default="")
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )

    user: Mapped[User | None] = relationship()


class Deal(HasId, Base):
    __tablename__ = "deals"
    __table_args__ = (
        Index("ix_deals_closed_on", "closed_on", "id"),
        # With the account in it figures need not look at the deals themselves.
        Index("ix_deals_outcome_closed_on", "outcome", "closed_on", "account_id"),
        Index("ix_deals_name_key", "name_key", "id"),
        Index("ix_deals_amount", "amount_minor", "id"),
        Index("ix_deals_product", "product"),
        Index("ix_deals_seller_closed_on", "seller_id", "closed_on"),
    )

    public_id: Mapped[str] = public_id_column()
    external_id: Mapped[str | None] = text_column(
        personal=False, length=200, nullable=True, unique=True
    )
    name: Mapped[str] = text_column(personal=False, length=300)
    name_key: Mapped[str] = text_column(personal=False, length=300)
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    product: Mapped[str] = text_column(personal=False, length=200, default="")
    #: Where the CRM spells the product differently, as it does.
    product_as_written: Mapped[str] = text_column(personal=False, length=200, default="")
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = text_column(personal=False, length=3, default="", index=True)
    outcome: Mapped[Outcome] = token_column(Outcome, name="outcome", default=Outcome.OPEN)
    stage: Mapped[str] = text_column(personal=False, length=120, default="")
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_before_opened: Mapped[bool] = mapped_column(default=False)
    seller_id: Mapped[int | None] = mapped_column(ForeignKey("sellers.id", ondelete="SET NULL"))
    lead_source: Mapped[str] = text_column(personal=False, length=120, default="")
    won_by_id: Mapped[int | None] = mapped_column(ForeignKey("competitors.id", ondelete="SET NULL"))
    replaced: Mapped[str] = text_column(personal=False, length=200, default="")
    stated_reason: Mapped[str] = text_column(personal=False, default="")
    #: A buyer of this deal did not allow the name: product and leadership see a description.
    is_anonymous: Mapped[bool] = mapped_column(default=False)
    #: Of what the CRM said at the last import: the same again changes nothing.
    crm_digest: Mapped[str | None] = text_column(personal=False, length=32, nullable=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    account: Mapped[Account | None] = relationship()
    seller: Mapped[Seller | None] = relationship()
    won_by: Mapped[Competitor | None] = relationship()

    @property
    def is_decided(self) -> bool:
        return self.outcome in DECIDED


class DealContact(Base):
    """A contact's part in one decision."""

    __tablename__ = "deal_contacts"

    deal_id: Mapped[int] = mapped_column(
        ForeignKey("deals.id", ondelete="CASCADE"), primary_key=True
    )
    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    buying_role: Mapped[BuyingRole | None] = token_column(
        BuyingRole, name="buying_role", nullable=True
    )
    #: What they gain or lose by it, and what they fear.
    stakes: Mapped[str] = text_column(personal=True, default="")
    fears: Mapped[str] = text_column(personal=True, default="")

    deal: Mapped[Deal] = relationship()
    contact: Mapped[Contact] = relationship()


class DealCompetitor(Base):
    """A competitor met in a deal; whoever won it is always among them."""

    __tablename__ = "deal_competitors"
    __table_args__ = (Index("ix_deal_competitors_competitor", "competitor_id", "deal_id"),)

    deal_id: Mapped[int] = mapped_column(
        ForeignKey("deals.id", ondelete="CASCADE"), primary_key=True
    )
    competitor_id: Mapped[int] = mapped_column(
        ForeignKey("competitors.id", ondelete="CASCADE"), primary_key=True
    )

    competitor: Mapped[Competitor] = relationship()


class DealFact(Base):
    """A further column of the CRM: one value by name, in the column of its type."""

    __tablename__ = "deal_facts"
    __table_args__ = (
        Index("ix_deal_facts_text", "name", "text_value"),
        Index("ix_deal_facts_number", "name", "number_value"),
        Index("ix_deal_facts_date", "name", "date_value"),
    )

    deal_id: Mapped[int] = mapped_column(
        ForeignKey("deals.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True, info={"personal": False})
    text_value: Mapped[str | None] = text_column(personal=True, length=1000, nullable=True)
    number_value: Mapped[float | None]
    date_value: Mapped[date | None]


class ExchangeRate(HasId, Base):
    """From a day on, one unit of `currency` is `rate` of the workspace's currency."""

    __tablename__ = "exchange_rates"
    __table_args__ = (UniqueConstraint("currency", "valid_from"),)

    currency: Mapped[str] = text_column(personal=False, length=3)
    valid_from: Mapped[date]
    rate: Mapped[float]
    set_by_name: Mapped[str] = text_column(personal=True, length=200, default="")


class ImportState(enum.StrEnum):
    ASKING = "asking"
    STAGING = "staging"
    APPLYING = "applying"
    DONE = "done"
    FAILED = "failed"


class DealImport(HasId, Base):
    """One import of one set of files: its mapping, answers, progress and result."""

    __tablename__ = "deal_imports"

    public_id: Mapped[str] = public_id_column()
    filename: Mapped[str] = text_column(personal=False, length=300)
    files: Mapped[dict[str, Any]] = json_column(personal=False)
    mapping: Mapped[dict[str, Any]] = json_column(personal=False)
    answers: Mapped[dict[str, Any]] = json_column(personal=False)
    state: Mapped[ImportState] = token_column(ImportState, name="state", default=ImportState.ASKING)
    is_dry_run: Mapped[bool] = mapped_column(default=False)
    counts: Mapped[dict[str, Any]] = json_column(personal=False)
    message: Mapped[str] = text_column(personal=True, default="")
    created_by_id: Mapped[int | None]
    created_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StagedState(enum.StrEnum):
    STAGED = "staged"
    JOINING = "joining"
    APPLIED = "applied"
    REFUSED = "refused"
    IGNORED = "ignored"


class StagedRow(HasId, Base):
    """One row of an import: a deal that waits (staged), people who wait for the deal of another
    row (joining), or what is worth telling afterwards. A row with nothing to tell is deleted in
    the transaction that applies it."""

    __tablename__ = "staged_rows"
    __table_args__ = (
        Index("ix_staged_rows_import_state", "import_id", "state", "id"),
        Index("ix_staged_rows_belongs_to", "import_id", "belongs_to"),
    )

    import_id: Mapped[int] = mapped_column(ForeignKey("deal_imports.id", ondelete="CASCADE"))
    file: Mapped[str] = text_column(personal=False, length=20, default="deals")
    line: Mapped[int]
    #: The external id of the deal that a joining row's people belong to.
    belongs_to: Mapped[str | None] = text_column(personal=False, length=200, nullable=True)
    content: Mapped[dict[str, Any]] = json_column(personal=True)
    state: Mapped[StagedState] = token_column(StagedState, name="state", default=StagedState.STAGED)
    problems: Mapped[list[list[str]]] = json_column(personal=True, default=list)


class RememberedMapping(HasId, Base):
    """How the columns of a file with these headers were mapped last time."""

    __tablename__ = "remembered_mappings"

    header_key: Mapped[str] = text_column(personal=False, length=64, unique=True)
    mapping: Mapped[dict[str, Any]] = json_column(personal=False)
    answers: Mapped[dict[str, Any]] = json_column(personal=False)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class ProductSpelling(HasId, Base):
    """A second spelling of a product: a person said that it is the same."""

    __tablename__ = "product_spellings"

    spelling: Mapped[str] = text_column(personal=False, length=200, unique=True)
    product: Mapped[str] = text_column(personal=False, length=200)
    set_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    set_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
