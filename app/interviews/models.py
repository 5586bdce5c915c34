"""The interview, its answers, and every revision of each answer."""

from __future__ import annotations

import enum
from datetime import date, datetime
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
from app.deals.models import BuyingRole, Contact, Deal
from app.guides.models import GuideVersion
from app.identity.models import User
from app.market.models import Competitor, Differentiator


class State(enum.StrEnum):
    PLANNED = "planned"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    HELD = "held"
    TAGGED = "tagged"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    DECLINED = "declined"


#: A buyer was heard.
HEARD = (State.HELD, State.TAGGED, State.CLOSED)


class Channel(enum.StrEnum):
    VIDEO = "video"
    PHONE = "phone"
    IN_PERSON = "in_person"
    WRITTEN = "written"


class Relation(enum.StrEnum):
    """What the interviewer has to do with the deal."""

    OWNER = "owner"
    OTHER_SELLER = "other_seller"
    OUTSIDE_SALES = "outside_sales"
    OUTSIDE_PARTY = "outside_party"


class Scope(enum.StrEnum):
    """How the buyer's words may be used."""

    NAME = "name"
    ROLE = "role"
    COUNT = "count"


class Kind(enum.StrEnum):
    """What a question asks for, and what a tag is evidence of."""

    FACT = "fact"
    THINK = "think"
    FEEL = "feel"
    WOULD_DO = "would_do"


class Taken(enum.StrEnum):
    """How an answer was taken. Only `written`, `transcript` and what the buyer confirmed are
    the buyer's exact words: a machine that took dictation may have misheard, and nobody knows
    whose words stand in a text that was pasted."""

    WRITTEN = "written"
    TRANSCRIPT = "transcript"
    TYPED = "typed"
    NOTES = "notes"
    DICTATED = "dictated"
    PASTED = "pasted"


class SkipReason(enum.StrEnum):
    """Why a question was passed over."""

    NO_TIME = "no_time"
    NOT_FOR_THEM = "not_for_them"
    ALREADY_SAID = "already_said"
    WOULD_NOT_SAY = "would_not_say"
    OTHER = "other"


class Counterfactual(enum.StrEnum):
    """What the buyer would have decided, had one thing been otherwise."""

    US = "us"
    THEM = "them"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


class MarkKind(enum.StrEnum):
    """What an interviewer marks while listening."""

    STRONG = "strong"
    COME_BACK = "come_back"
    COMPETITOR = "competitor"
    DIFFERENTIATOR = "differentiator"


class Reference(enum.StrEnum):
    """Whether a customer would speak for us to others."""

    YES = "yes"
    MAYBE_LATER = "maybe_later"
    NO = "no"
    NOT_ASKED = "not_asked"


class Interview(HasId, Base):
    __tablename__ = "interviews"
    __table_args__ = (
        # With the buying role in it figures need not look at the interviews themselves.
        Index("ix_interviews_deal_state", "deal_id", "state", "buying_role"),
        Index("ix_interviews_state_held_on", "state", "held_on", "id"),
        Index("ix_interviews_interviewer", "interviewer_id", "state", "scheduled_at"),
    )

    public_id: Mapped[str] = public_id_column()
    external_id: Mapped[str | None] = text_column(
        personal=False, length=200, nullable=True, unique=True
    )
    #: What the import's line said, as a checksum: the same line again changes nothing.
    imported_as: Mapped[str] = text_column(personal=False, length=64, default="")
    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contacts.id", ondelete="SET NULL"), index=True
    )
    #: The contact's part in this decision, as known at the interview.
    buying_role: Mapped[BuyingRole | None] = token_column(
        BuyingRole, name="buying_role", nullable=True
    )
    interviewer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    relation: Mapped[Relation | None] = token_column(Relation, name="relation", nullable=True)
    state: Mapped[State] = token_column(State, name="state", default=State.PLANNED)
    channel: Mapped[Channel] = token_column(Channel, name="channel", default=Channel.VIDEO)
    #: How answers are taken where an answer does not say otherwise.
    taken: Mapped[Taken] = token_column(Taken, name="taken", default=Taken.TYPED)
    scheduled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    time_zone: Mapped[str] = text_column(personal=True, length=64, default="")
    #: In which the questions are asked, as far as the guide has it; empty for its main one.
    language: Mapped[str] = text_column(personal=True, length=12, default="")
    minutes: Mapped[int] = mapped_column(default=30)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held_on: Mapped[date | None]
    guide_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("guide_versions.id", ondelete="RESTRICT")
    )
    #: None until the buyer was asked; nothing is quoted then.
    scope: Mapped[Scope | None] = token_column(Scope, name="scope", nullable=True)
    #: None until the buyer was asked; only a no withholds the words from who sold to them.
    seller_may_read: Mapped[bool | None]
    consent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: Why, in one sentence that a person wrote.
    why: Mapped[str] = text_column(personal=True, default="")
    surprised: Mapped[str] = text_column(personal=True, default="")
    follow_up: Mapped[str] = text_column(personal=True, default="")
    #: Handed over to whoever looks after the customer, where they chose us.
    fears: Mapped[str] = text_column(personal=True, default="")
    near_losses: Mapped[str] = text_column(personal=True, default="")
    reference: Mapped[Reference | None] = token_column(Reference, name="reference", nullable=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    deal: Mapped[Deal] = relationship()
    contact: Mapped[Contact | None] = relationship()
    interviewer: Mapped[User | None] = relationship()
    guide_version: Mapped[GuideVersion | None] = relationship()

    @property
    def is_heard(self) -> bool:
        return self.state in HEARD

    @property
    def is_being_written(self) -> bool:
        """The buyer is at it, and nobody else."""
        return self.channel is Channel.WRITTEN and self.state is State.IN_PROGRESS


class Answer(HasId, Base):
    """The answer to one question; its words are those of the revision that `revision` numbers.

    A higher number was set aside: somebody else had written since, and a person decides.
    """

    __tablename__ = "answers"
    __table_args__ = (
        UniqueConstraint("interview_id", "question_id"),
        Index("ix_answers_interview_position", "interview_id", "position"),
    )

    public_id: Mapped[str] = public_id_column()
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    #: The guide's id of the question, or one of its own for a question asked besides.
    question_id: Mapped[str] = text_column(personal=False, length=120)
    question: Mapped[str] = text_column(personal=False)
    kind: Mapped[Kind | None] = token_column(Kind, name="kind", nullable=True)
    taken: Mapped[Taken] = token_column(Taken, name="taken", default=Taken.TYPED)
    position: Mapped[int] = mapped_column(default=0)
    is_skipped: Mapped[bool] = mapped_column(default=False)
    skip_reason: Mapped[SkipReason | None] = token_column(
        SkipReason, name="skip_reason", nullable=True
    )
    skip_words: Mapped[str] = text_column(personal=True, length=500, default="")
    #: The first answer, where this one is what was behind it.
    follows_id: Mapped[int | None] = mapped_column(
        ForeignKey("answers.id", ondelete="SET NULL"), index=True
    )
    #: What they would have decided, where the question asks that.
    counterfactual: Mapped[Counterfactual | None] = token_column(
        Counterfactual, name="counterfactual", nullable=True
    )
    revision: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = text_column(personal=True, default="")
    #: The revision of which the buyer said: these are my words.
    confirmed_revision: Mapped[int | None]

    interview: Mapped[Interview] = relationship()
    follows: Mapped[Answer | None] = relationship(remote_side="Answer.id")


class AnswerRevision(HasId, Base):
    """The words of an answer at one moment; immutable."""

    __tablename__ = "answer_revisions"
    __table_args__ = (UniqueConstraint("answer_id", "number"),)

    #: Made by the browser, so that the same revision sent twice is one.
    public_id: Mapped[str] = public_id_column()
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[str] = text_column(personal=True)
    author_id: Mapped[int | None]
    author_name: Mapped[str] = text_column(personal=True, length=200, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    #: The number of the revision that was changed; 0 for none.
    based_on: Mapped[int] = mapped_column(default=0)
    #: Written while somebody else wrote too: it does not stand, and waits for a person to decide.
    is_aside: Mapped[bool] = mapped_column(default=False)

    answer: Mapped[Answer] = relationship()


class Mark(HasId, Base):
    """What an interviewer marked while listening, with its place in the words and in time.

    The place is a span of code points in one revision, empty where the cursor only stood there;
    it follows the words. Where they went, the mark stays on the answer without a place.
    """

    __tablename__ = "marks"
    __table_args__ = (
        Index("ix_marks_interview", "interview_id", "kind"),
        Index("ix_marks_answer", "answer_id"),
    )

    #: Made by the browser, so that the same mark sent twice is one.
    public_id: Mapped[str] = public_id_column()
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    kind: Mapped[MarkKind] = token_column(MarkKind, name="kind")
    revision: Mapped[int | None]
    start: Mapped[int | None]
    end: Mapped[int | None]
    competitor_id: Mapped[int | None] = mapped_column(
        ForeignKey("competitors.id", ondelete="CASCADE"), index=True
    )
    differentiator_id: Mapped[int | None] = mapped_column(
        ForeignKey("differentiators.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    #: Seconds since the interview began, as the page counted them.
    seconds: Mapped[int] = mapped_column(default=0)
    author_id: Mapped[int | None]
    author_name: Mapped[str] = text_column(personal=True, length=200, default="")
    #: Taken back; kept, so that the same mark arriving late does not come to life again.
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    answer: Mapped[Answer] = relationship()
    competitor: Mapped[Competitor | None] = relationship()
    differentiator: Mapped[Differentiator | None] = relationship()

    @property
    def has_place(self) -> bool:
        return self.start is not None


class Note(HasId, Base):
    """A note to oneself beside an answer: never quoted, and read by nothing that counts or
    prints."""

    __tablename__ = "answer_notes"
    __table_args__ = (UniqueConstraint("answer_id", "author_id"),)

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    text: Mapped[str] = text_column(personal=True)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    answer: Mapped[Answer] = relationship()
    author: Mapped[User] = relationship()


class Promise(HasId, Base):
    """What we promised the buyer, and who keeps it."""

    __tablename__ = "promises"
    __table_args__ = (
        Index("ix_promises_interview", "interview_id"),
        Index("ix_promises_keeper", "keeper_id", "kept_at"),
    )

    public_id: Mapped[str] = public_id_column()
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    text: Mapped[str] = text_column(personal=True)
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    due_on: Mapped[date | None]
    kept_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kept_by_name: Mapped[str] = text_column(personal=True, length=200, default="")

    interview: Mapped[Interview] = relationship()
    keeper: Mapped[User | None] = relationship()


class InterviewChange(HasId, Base):
    """A change that a capture page sent and that was applied, in the order of applying.

    The id made by the browser makes it count once, however often it is sent; the rows after a
    page's last one are what others changed meanwhile.
    """

    __tablename__ = "interview_changes"
    __table_args__ = (Index("ix_interview_changes_interview", "interview_id", "id"),)

    public_id: Mapped[str] = public_id_column()
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    do: Mapped[str] = text_column(personal=False, length=40)
    #: What the page shows differently now: one part of one question ("" for none of the guide).
    part: Mapped[str] = text_column(personal=False, length=40)
    question_id: Mapped[str] = text_column(personal=False, length=120, default="")
    #: What the page was told, without any words.
    result: Mapped[dict[str, Any]] = json_column(personal=False)
    author_id: Mapped[int | None]
    author_name: Mapped[str] = text_column(personal=True, length=200, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
