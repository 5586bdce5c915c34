"""The interview, its answers, and every revision of each answer."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Base, HasId, UtcDateTime, public_id_column, text_column, token_column
from app.deals.models import BuyingRole, Contact, Deal
from app.guides.models import GuideVersion
from app.identity.models import User


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
    the buyer's exact words."""

    WRITTEN = "written"
    TRANSCRIPT = "transcript"
    TYPED = "typed"
    NOTES = "notes"


class Interview(HasId, Base):
    __tablename__ = "interviews"
    __table_args__ = (
        Index("ix_interviews_deal_state", "deal_id", "state"),
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
    promised: Mapped[str] = text_column(personal=True, default="")
    follow_up: Mapped[str] = text_column(personal=True, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    deal: Mapped[Deal] = relationship()
    contact: Mapped[Contact | None] = relationship()
    interviewer: Mapped[User | None] = relationship()
    guide_version: Mapped[GuideVersion | None] = relationship()

    @property
    def is_heard(self) -> bool:
        return self.state in HEARD


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
    revision: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = text_column(personal=True, default="")

    interview: Mapped[Interview] = relationship()


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

    answer: Mapped[Answer] = relationship()
