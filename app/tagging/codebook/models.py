"""The versions of the reason list, and what each reason said in them."""

from __future__ import annotations

import enum
from datetime import datetime

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
from app.interviews.models import Counterfactual
from app.market.models import Life
from app.tagging.models import Direction, Reason, Tag


class ListChange(enum.StrEnum):
    """What was done to the list."""

    BEGUN = "begun"
    LOADED = "loaded"
    ADDED = "added"
    EDITED = "edited"
    MOVED = "moved"
    ACCEPTED = "accepted"
    RETIRED = "retired"
    BROUGHT_BACK = "brought_back"
    MERGED = "merged"
    SPLIT = "split"
    TAKEN_BACK = "taken_back"


class ListVersion(HasId, Base):
    """One change of the list: who made it, when, and why."""

    __tablename__ = "reason_list_versions"

    number: Mapped[int] = mapped_column(unique=True)
    change: Mapped[ListChange] = token_column(ListChange, name="change")
    why: Mapped[str] = text_column(personal=False, length=500, default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now, index=True)
    made_by_id: Mapped[int | None]
    made_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    #: The version that this one undoes.
    takes_back_id: Mapped[int | None] = mapped_column(
        ForeignKey("reason_list_versions.id", ondelete="RESTRICT")
    )

    takes_back: Mapped[ListVersion | None] = relationship(remote_side="ListVersion.id")


class ReasonRevision(HasId, Base):
    """What the list said of a reason from this version on; a version holds only what it changed."""

    __tablename__ = "reason_revisions"
    __table_args__ = (
        UniqueConstraint("reason_id", "version_id"),
        Index("ix_reason_revisions_version", "version_id"),
    )

    version_id: Mapped[int] = mapped_column(
        ForeignKey("reason_list_versions.id", ondelete="RESTRICT")
    )
    reason_id: Mapped[int] = mapped_column(ForeignKey("reasons.id", ondelete="RESTRICT"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("reasons.id", ondelete="RESTRICT"))
    name: Mapped[str] = text_column(personal=False, length=200)
    definition: Mapped[str] = text_column(personal=False, default="")
    includes: Mapped[str] = text_column(personal=False, default="")
    excludes: Mapped[str] = text_column(personal=False, default="")
    examples: Mapped[list[str]] = json_column(personal=False, default=list)
    seeds: Mapped[dict[str, list[str]]] = json_column(personal=False)
    aliases: Mapped[list[str]] = json_column(personal=False, default=list)
    colour: Mapped[str] = text_column(personal=False, length=7, default="")
    position: Mapped[int] = mapped_column(default=0)
    life: Mapped[Life] = token_column(Life, name="life")
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("reasons.id", ondelete="RESTRICT")
    )

    version: Mapped[ListVersion] = relationship()
    reason: Mapped[Reason] = relationship(foreign_keys=[reason_id])


class TagMove(HasId, Base):
    """A tag that a merger or a split gave another reason; None where it did not stand."""

    __tablename__ = "tag_moves"
    __table_args__ = (Index("ix_tag_moves_version", "version_id"),)

    version_id: Mapped[int] = mapped_column(
        ForeignKey("reason_list_versions.id", ondelete="RESTRICT")
    )
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), index=True)
    before_id: Mapped[int | None] = mapped_column(ForeignKey("reasons.id", ondelete="RESTRICT"))
    after_id: Mapped[int | None] = mapped_column(ForeignKey("reasons.id", ondelete="RESTRICT"))


class TapMove(HasId, Base):
    """A reason tapped at a finish that a merger made another; with what the tap said."""

    __tablename__ = "tap_moves"
    __table_args__ = (Index("ix_tap_moves_version", "version_id"),)

    version_id: Mapped[int] = mapped_column(
        ForeignKey("reason_list_versions.id", ondelete="RESTRICT")
    )
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), index=True
    )
    before_id: Mapped[int] = mapped_column(ForeignKey("reasons.id", ondelete="RESTRICT"))
    after_id: Mapped[int] = mapped_column(ForeignKey("reasons.id", ondelete="RESTRICT"))
    direction: Mapped[Direction] = token_column(Direction, name="direction")
    is_decisive: Mapped[bool]
    counterfactual: Mapped[Counterfactual | None] = token_column(
        Counterfactual, name="counterfactual", nullable=True
    )
    position: Mapped[int]
    #: Where the other was tapped too: whether that one had decided before they were joined.
    joined_decisive: Mapped[bool | None]

    version: Mapped[ListVersion] = relationship()


class Split(HasId, Base):
    """A reason that became several: its quotes are decided again, one by one. The others are the
    reasons that its version changed besides it."""

    __tablename__ = "reason_splits"

    public_id: Mapped[str] = public_id_column()
    version_id: Mapped[int] = mapped_column(
        ForeignKey("reason_list_versions.id", ondelete="RESTRICT"), unique=True
    )
    reason_id: Mapped[int] = mapped_column(
        ForeignKey("reasons.id", ondelete="RESTRICT"), index=True
    )
    #: Whether the old reason is retired once every quote is decided.
    retires: Mapped[bool]
    #: When the last quote was decided.
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    version: Mapped[ListVersion] = relationship()
    reason: Mapped[Reason] = relationship()


class SplitItem(HasId, Base):
    """A tag to decide again; decided once somebody said which reason it is."""

    __tablename__ = "reason_split_items"
    __table_args__ = (UniqueConstraint("split_id", "tag_id"),)

    split_id: Mapped[int] = mapped_column(ForeignKey("reason_splits.id", ondelete="CASCADE"))
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), index=True)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    #: Ids of the tags that the decision added, where the quote says more than one thing.
    added: Mapped[list[int]] = json_column(personal=False, default=list)

    split: Mapped[Split] = relationship()
    tag: Mapped[Tag] = relationship()
