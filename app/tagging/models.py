"""The codebook, verbatims and their tags, the reasons tapped at the finish, and the evidence that
every figure reads."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
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
from app.deals.models import Deal, Outcome
from app.interviews.models import Answer, Counterfactual, Interview, Kind, Scope
from app.market.models import Competitor, Differentiator, Life


class Direction(enum.StrEnum):
    """`for` speaks for choosing us; praise of a competitor is `against`."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


class Weight(enum.StrEnum):
    DECISIVE = "decisive"
    CONTRIBUTING = "contributing"
    MENTIONED = "mentioned"
    TABLE_STAKES = "table_stakes"


class Layer(enum.StrEnum):
    """The first answer, or what was behind it."""

    SURFACE = "surface"
    PROBED = "probed"


class Reason(HasId, Base):
    """An entry of the codebook; a category is an entry without a parent, and a reason may have
    narrower ones below it."""

    __tablename__ = "reasons"
    __table_args__ = (Index("ix_reasons_parent_position", "parent_id", "position"),)

    public_id: Mapped[str] = public_id_column()
    key: Mapped[str] = text_column(personal=False, length=120, unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("reasons.id", ondelete="RESTRICT"))
    name: Mapped[str] = text_column(personal=False, length=200)
    definition: Mapped[str] = text_column(personal=False, default="")
    includes: Mapped[str] = text_column(personal=False, default="")
    excludes: Mapped[str] = text_column(personal=False, default="")
    #: Sentences that carry it, invented or without names.
    examples: Mapped[list[str]] = json_column(personal=False, default=list)
    seeds: Mapped[dict[str, list[str]]] = json_column(personal=False)
    #: Names of the reasons that were merged into this one, so that an import finds it by them.
    aliases: Mapped[list[str]] = json_column(personal=False, default=list)
    #: As '#1f7a8c', or empty.
    colour: Mapped[str] = text_column(personal=False, length=7, default="")
    pack: Mapped[str] = text_column(personal=False, length=60, default="")
    position: Mapped[int] = mapped_column(default=0)
    life: Mapped[Life] = token_column(Life, name="life", default=Life.ACTIVE)
    #: Where its tags went; it is retired then, and its earlier versions stay.
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("reasons.id", ondelete="RESTRICT")
    )

    parent: Mapped[Reason | None] = relationship(
        remote_side="Reason.id", foreign_keys="Reason.parent_id"
    )
    merged_into: Mapped[Reason | None] = relationship(
        remote_side="Reason.id", foreign_keys="Reason.merged_into_id"
    )

    @property
    def is_draft(self) -> bool:
        return self.life is Life.DRAFT

    @property
    def is_category(self) -> bool:
        return self.parent_id is None and self.life is Life.ACTIVE


class Verbatim(HasId, Base):
    """A span of an answer: code points [start, end) of one revision, with a copy of its words."""

    __tablename__ = "verbatims"
    __table_args__ = (
        UniqueConstraint("answer_id", "revision", "start", "end"),
        CheckConstraint('"end" > start', name="span"),
        Index("ix_verbatims_interview", "interview_id"),
    )

    public_id: Mapped[str] = public_id_column()
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    revision: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str] = text_column(personal=True)
    scope: Mapped[Scope | None] = token_column(Scope, name="scope", nullable=True)
    #: The strongest sentence, as the interviewer picked it at the finish.
    is_strong: Mapped[bool] = mapped_column(default=False)
    has_lost_place: Mapped[bool] = mapped_column(default=False)
    created_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    interview: Mapped[Interview] = relationship()
    answer: Mapped[Answer] = relationship()


class Tag(HasId, Base):
    """A verbatim and a reason, with direction, weight, layer and evidence."""

    __tablename__ = "tags"
    __table_args__ = (
        Index("ix_tags_verbatim", "verbatim_id"),
        Index("ix_tags_reason", "reason_id", "id"),
    )

    public_id: Mapped[str] = public_id_column()
    #: None only of a tag that is taken away and whose words wait in their transcript again.
    verbatim_id: Mapped[int] = mapped_column(
        ForeignKey("verbatims.id", ondelete="CASCADE"), nullable=True
    )
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("reasons.id", ondelete="RESTRICT"))
    direction: Mapped[Direction] = token_column(Direction, name="direction")
    weight: Mapped[Weight] = token_column(Weight, name="weight", default=Weight.MENTIONED)
    layer: Mapped[Layer] = token_column(Layer, name="layer", default=Layer.SURFACE)
    evidence: Mapped[Kind | None] = token_column(Kind, name="evidence", nullable=True)
    #: What they would have decided, had we had it: of a reason that decided against us.
    counterfactual: Mapped[Counterfactual | None] = token_column(
        Counterfactual, name="counterfactual", nullable=True
    )
    differentiator_id: Mapped[int | None] = mapped_column(
        ForeignKey("differentiators.id", ondelete="SET NULL"), index=True
    )
    competitor_id: Mapped[int | None] = mapped_column(
        ForeignKey("competitors.id", ondelete="SET NULL"), index=True
    )
    #: The tag of the first answer that this one was behind.
    first_id: Mapped[int | None] = mapped_column(
        ForeignKey("tags.id", ondelete="SET NULL"), index=True
    )
    note: Mapped[str] = text_column(personal=True, default="")
    #: The tagger wants to come back to it.
    comes_back: Mapped[bool] = mapped_column(default=False)
    created_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    #: Taken away, and kept so that it can be put back.
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    verbatim: Mapped[Verbatim] = relationship()
    reason: Mapped[Reason | None] = relationship()
    differentiator: Mapped[Differentiator | None] = relationship()
    competitor: Mapped[Competitor | None] = relationship()
    first: Mapped[Tag | None] = relationship(remote_side="Tag.id")


class TagChange(HasId, Base):
    """What one step of a tagger made of one tag, so that it can be undone and done again."""

    __tablename__ = "tag_changes"
    __table_args__ = (
        Index("ix_tag_changes_author", "interview_id", "author_id", "id"),
        Index("ix_tag_changes_tag", "tag_id"),
    )

    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    #: Tags that were changed together have the same.
    step: Mapped[str] = text_column(personal=False, length=36)
    before: Mapped[dict[str, Any]] = json_column(personal=True)
    after: Mapped[dict[str, Any]] = json_column(personal=True)
    is_undone: Mapped[bool] = mapped_column(default=False)
    #: Where words of a transcript became an answer with this step: what was there before; and once
    #: it is undone, what it takes to make it again.
    made: Mapped[dict[str, Any]] = json_column(personal=True)

    tag: Mapped[Tag] = relationship()


class FinishReason(HasId, Base):
    """A reason that the interviewer tapped at the finish; it counts until the tags replace it."""

    __tablename__ = "finish_reasons"
    __table_args__ = (UniqueConstraint("interview_id", "reason_id"),)

    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    reason_id: Mapped[int] = mapped_column(ForeignKey("reasons.id", ondelete="RESTRICT"))
    direction: Mapped[Direction] = token_column(Direction, name="direction")
    is_decisive: Mapped[bool] = mapped_column(default=False)
    #: What they would have decided, had we had it; only where it decided against us.
    counterfactual: Mapped[Counterfactual | None] = token_column(
        Counterfactual, name="counterfactual", nullable=True
    )
    position: Mapped[int] = mapped_column(default=0)

    reason: Mapped[Reason] = relationship()


class TagEvidence(HasId, Base):
    """One row per interview, subject, kind and direction, with what every figure needs of the
    deal, so that a figure is one index scan. The subject is a reason, a differentiator or a
    competitor. Changed in the transaction that changes its source; see tagging/evidence.py."""

    __tablename__ = "tag_evidence"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN reason_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN differentiator_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN competitor_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_subject",
        ),
        Index("ix_tag_evidence_closed_on", "closed_on", "outcome"),
        Index("ix_tag_evidence_reason", "reason_id", "closed_on"),
        Index("ix_tag_evidence_differentiator", "differentiator_id", "closed_on"),
        Index("ix_tag_evidence_competitor", "competitor_id", "closed_on"),
        Index("ix_tag_evidence_interview", "interview_id"),
        Index("ix_tag_evidence_deal", "deal_id"),
    )

    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id", ondelete="CASCADE"))
    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id", ondelete="CASCADE"))
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("reasons.id", ondelete="RESTRICT"))
    differentiator_id: Mapped[int | None] = mapped_column(
        ForeignKey("differentiators.id", ondelete="CASCADE")
    )
    competitor_id: Mapped[int | None] = mapped_column(
        ForeignKey("competitors.id", ondelete="CASCADE")
    )
    #: None where the interviewer tapped the reason at the finish: no words were tagged yet.
    evidence: Mapped[Kind | None] = token_column(Kind, name="evidence", nullable=True)
    direction: Mapped[Direction] = token_column(Direction, name="direction")
    weight: Mapped[Weight] = token_column(Weight, name="weight")
    layer: Mapped[Layer | None] = token_column(Layer, name="layer", nullable=True)
    #: Money at stake is counted from this alone, never from a weight.
    counterfactual: Mapped[Counterfactual | None] = token_column(
        Counterfactual, name="counterfactual", nullable=True
    )
    outcome: Mapped[Outcome] = token_column(Outcome, name="outcome")
    closed_on: Mapped[date | None]
    #: Not yet tagged in full.
    is_provisional: Mapped[bool] = mapped_column(default=False)

    deal: Mapped[Deal] = relationship()


class PackedEvidence(Base):
    """The rows of an interview's evidence as one value: see tagging/packing.py. Written whenever
    they are."""

    __tablename__ = "packed_evidence"

    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    said: Mapped[bytes] = mapped_column(LargeBinary)
