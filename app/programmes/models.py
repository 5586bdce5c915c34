"""Programmes, whom they chose, what speaks against asking, and the seller's view."""

from __future__ import annotations

import enum
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
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
from app.deals.models import BuyingRole, Contact, Deal, Outcome, Seller
from app.identity.models import User
from app.interviews.models import Interview
from app.market.models import Competitor
from app.tagging.models import Reason

#: In percent, to start with: losses and wins alike, and those who decided nothing.
FIRST_MIX = {Outcome.LOST.value: 40, Outcome.WON.value: 40, Outcome.NO_DECISION.value: 20}
_SEEDS = 2**31


class Way(enum.StrEnum):
    """How a programme asks."""

    CALL = "call"
    WRITTEN = "written"


class Approval(enum.StrEnum):
    """Whether what is chosen leaves by itself after its time in the queue, or only once a person
    has approved each."""

    AT_ONCE = "at_once"
    ONE_BY_ONE = "one_by_one"


class Sharing(enum.StrEnum):
    """Of several interviewers: whoever is free, or each in turn by how much they have ahead."""

    ANY = "any"
    IN_TURN = "in_turn"


class Programme(HasId, Base):
    """Which closed deals are asked about, how many, how, and by whom."""

    __tablename__ = "programmes"

    public_id: Mapped[str] = public_id_column()
    name: Mapped[str] = text_column(personal=False, length=200)
    #: A tree, as rules.py reads it.
    rule: Mapped[dict[str, Any]] = json_column(personal=False)
    #: Percent by outcome.
    mix: Mapped[dict[str, int]] = json_column(personal=False, default=lambda: dict(FIRST_MIX))
    #: Interviews wished a week.
    per_week: Mapped[int] = mapped_column(default=5)
    way: Mapped[Way] = token_column(Way, name="way", default=Way.CALL)
    minutes: Mapped[int] = mapped_column(default=30)
    #: Empty: the one that fits the deal.
    guide_slug: Mapped[str] = text_column(personal=False, length=120, default="")
    #: Empty: every language.
    languages: Mapped[list[str]] = json_column(personal=False, default=list)
    owner_may_interview: Mapped[bool] = mapped_column(default=False)
    sharing: Mapped[Sharing] = token_column(Sharing, name="sharing", default=Sharing.ANY)
    approval: Mapped[Approval] = token_column(
        Approval, name="approval", default=Approval.ONE_BY_ONE
    )
    queue_hours: Mapped[int] = mapped_column(default=48)
    double_coded_percent: Mapped[int] = mapped_column(default=10)
    contact_rest_days: Mapped[int] = mapped_column(default=180)
    account_rest_days: Mapped[int] = mapped_column(default=30)
    skips_personal_addresses: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    #: Of every draw by lot, so that it can be drawn again.
    seed: Mapped[int] = mapped_column(default=lambda: secrets.randbelow(_SEEDS))
    created_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class ProgrammeInterviewer(Base):
    """Somebody who may hold the programme's interviews."""

    __tablename__ = "programme_interviewers"

    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programmes.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )

    user: Mapped[User] = relationship()


class Draw(HasId, Base):
    """One run of a programme that chose somebody: what it had before it, and how it chose."""

    __tablename__ = "programme_draws"
    __table_args__ = (Index("ix_programme_draws_programme", "programme_id", "drawn_at"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    waiting: Mapped[int]
    chosen: Mapped[int]
    #: Interviews still wished, and what asking everybody would have given.
    wished: Mapped[float]
    expected: Mapped[float]
    asked_everybody: Mapped[bool]
    seed: Mapped[str] = text_column(personal=False, length=60, default="")
    #: The ids of the deals that lay in the pot, where lots were drawn.
    pot: Mapped[list[int]] = json_column(personal=False, default=list)


class SelectionState(enum.StrEnum):
    #: Nobody to write to: somebody must name a contact.
    NEEDS_CONTACT = "needs_contact"
    QUEUED = "queued"
    HELD = "held"
    REMOVED = "removed"
    APPROVED = "approved"
    #: It fell out by itself: too old, or decided otherwise meanwhile.
    DROPPED = "dropped"


#: Nothing has left yet, and something still may.
WAITING = (SelectionState.NEEDS_CONTACT, SelectionState.QUEUED, SelectionState.HELD)


class Selection(HasId, Base):
    """A closed deal that a programme chose to ask about, and whom. A deal is chosen once."""

    __tablename__ = "selections"
    __table_args__ = (
        Index("ix_selections_state_leaves", "state", "leaves_at"),
        Index("ix_selections_programme_chosen", "programme_id", "chosen_at"),
        Index("ix_selections_contact", "contact_id"),
    )

    public_id: Mapped[str] = public_id_column()
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id", ondelete="CASCADE"), unique=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"))
    interview_id: Mapped[int | None] = mapped_column(
        ForeignKey("interviews.id", ondelete="SET NULL"), unique=True
    )
    draw_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_draws.id", ondelete="SET NULL")
    )
    state: Mapped[SelectionState] = token_column(
        SelectionState, name="state", default=SelectionState.QUEUED
    )
    #: Why it was chosen, held, removed or dropped, in words for people.
    why: Mapped[str] = text_column(personal=True, length=500, default="")
    #: Chosen with the programme's seed, before anybody was heard.
    is_double_coded: Mapped[bool] = mapped_column(default=False)
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    #: When whoever sold was written to for a contact.
    seller_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Until then it can be looked at, removed or held.
    leaves_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_name: Mapped[str] = text_column(personal=True, length=200, default="")

    programme: Mapped[Programme] = relationship()
    deal: Mapped[Deal] = relationship()
    contact: Mapped[Contact | None] = relationship()
    interview: Mapped[Interview | None] = relationship()

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def leaves_by_itself(self) -> bool:
        """Whether nobody need do anything for it to be asked."""
        programme = self.programme
        by_itself = programme.is_active and programme.approval is Approval.AT_ONCE
        return by_itself and self.state is SelectionState.QUEUED


class Nomination(HasId, Base):
    """Somebody whom the seller named as a person to ask."""

    __tablename__ = "nominations"
    __table_args__ = (
        UniqueConstraint("deal_id", "contact_id"),
        Index("ix_nominations_contact", "contact_id"),
    )

    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id", ondelete="CASCADE"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    user_name: Mapped[str] = text_column(personal=True, length=200, default="")
    named_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    contact: Mapped[Contact] = relationship()


class Verdict(enum.StrEnum):
    """What was decided about an objection."""

    OPEN = "open"
    UPHELD = "upheld"
    OVERRULED = "overruled"
    WITHDRAWN = "withdrawn"


class Objection(HasId, Base):
    """A seller would rather that a deal is not asked about, and says why."""

    __tablename__ = "objections"
    __table_args__ = (
        Index("ix_objections_deal", "deal_id", "verdict"),
        Index("ix_objections_seller", "seller_id"),
    )

    public_id: Mapped[str] = public_id_column()
    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id", ondelete="CASCADE"))
    seller_id: Mapped[int | None] = mapped_column(ForeignKey("sellers.id", ondelete="SET NULL"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    user_name: Mapped[str] = text_column(personal=True, length=200, default="")
    reason: Mapped[str] = text_column(personal=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    verdict: Mapped[Verdict] = token_column(Verdict, name="verdict", default=Verdict.OPEN)
    answer: Mapped[str] = text_column(personal=True, default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_name: Mapped[str] = text_column(personal=True, length=200, default="")

    deal: Mapped[Deal] = relationship()
    seller: Mapped[Seller | None] = relationship()


class Reach(enum.StrEnum):
    """What a deal is left out of."""

    ASKING = "asking"
    COUNT = "count"


class ExclusionKind(enum.StrEnum):
    INVALID = "invalid"
    DUPLICATE = "duplicate"
    TEST = "test"
    LEGAL = "legal"
    STILL_TALKING = "still_talking"
    OBJECTION = "objection"
    OTHER = "other"


#: The kinds that take a deal out of the count, too: it was no decision at all.
NOT_A_DECISION = (ExclusionKind.INVALID, ExclusionKind.DUPLICATE, ExclusionKind.TEST)


class Exclusion(HasId, Base):
    """A deal that is not asked about, or not even counted, and why."""

    __tablename__ = "exclusions"

    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id", ondelete="CASCADE"), unique=True)
    reach: Mapped[Reach] = token_column(Reach, name="reach")
    kind: Mapped[ExclusionKind] = token_column(ExclusionKind, name="kind")
    reason: Mapped[str] = text_column(personal=True, default="")
    #: What the deal goes back to, should it count again.
    outcome_before: Mapped[Outcome | None] = token_column(
        Outcome, name="outcome_before", nullable=True
    )
    made_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    deal: Mapped[Deal] = relationship()


class KeptDeal(Base):
    """A deal that stays worth asking about although its decision is no longer fresh."""

    __tablename__ = "kept_deals"

    deal_id: Mapped[int] = mapped_column(
        ForeignKey("deals.id", ondelete="CASCADE"), primary_key=True
    )
    kept_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class OptOut(HasId, Base):
    """An address that asked to be left alone. It outlives the contact: whoever is imported again
    with it is still not asked."""

    __tablename__ = "opt_outs"

    address: Mapped[str] = text_column(personal=True, length=320, unique=True)
    how: Mapped[str] = text_column(personal=False, length=120, default="")
    opted_out_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class ContactStanding(Base):
    """What stands between us and a contact: when they were last asked, and whether they can be
    reached at all."""

    __tablename__ = "contact_standings"

    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True
    )
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    #: The address that came back for good; another one is another try.
    bounced_address: Mapped[str] = text_column(personal=True, length=320, default="")
    bounced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_company_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SellerView(HasId, Base):
    """What the seller thinks was behind the decision, written before the buyer is heard. Sealed
    when the first interview begins: only its author sees it before, and nobody changes it after.
    None and empty mean 'I do not know', where the field was answered."""

    __tablename__ = "seller_views"

    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id", ondelete="CASCADE"), unique=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    author_name: Mapped[str] = text_column(personal=True, length=200, default="")
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("reasons.id", ondelete="SET NULL"))
    competitor_id: Mapped[int | None] = mapped_column(
        ForeignKey("competitors.id", ondelete="SET NULL")
    )
    #: Who decided, by their part in it.
    decided_by: Mapped[BuyingRole | None] = token_column(
        BuyingRole, name="decided_by", nullable=True
    )
    would_have_changed: Mapped[str] = text_column(personal=True, default="")
    #: How long the form was open, as the page counted it.
    seconds: Mapped[int | None]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    sealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    deal: Mapped[Deal] = relationship()
    reason: Mapped[Reason | None] = relationship()
    competitor: Mapped[Competitor | None] = relationship()


#: An invitation is aimed at within the first, an interview within the second; what is older than
#: the third is asked no more, unless a person keeps it.
INVITE_WITHIN = timedelta(days=7)
INTERVIEW_WITHIN = timedelta(days=30)
ASK_NO_LATER_THAN = timedelta(days=90)
