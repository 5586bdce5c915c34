"""Competitors (doing nothing and building in-house among them), differentiators, and their
standing against each competitor over time."""

from __future__ import annotations

import enum
from datetime import date, datetime

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
from app.market.stages import Stage


class CompetitorKind(enum.StrEnum):
    RIVAL = "rival"
    NOTHING = "nothing"
    IN_HOUSE = "in_house"


class Life(enum.StrEnum):
    """Whether an entry is in use. An import makes drafts, which a person accepts."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class Uniqueness(enum.StrEnum):
    UNIQUE = "unique"
    COMPARATIVE = "comparative"


class StandingValue(enum.StrEnum):
    AHEAD = "ahead"
    LEVEL = "level"
    BEHIND = "behind"
    UNKNOWN = "unknown"


class Competitor(HasId, Base):
    __tablename__ = "competitors"

    public_id: Mapped[str] = public_id_column()
    name: Mapped[str] = text_column(personal=False, length=200)
    name_key: Mapped[str] = text_column(personal=False, length=200, unique=True)
    kind: Mapped[CompetitorKind] = token_column(
        CompetitorKind, name="kind", default=CompetitorKind.RIVAL
    )
    aliases: Mapped[list[str]] = json_column(personal=False, default=list)
    life: Mapped[Life] = token_column(Life, name="life", default=Life.ACTIVE)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class Differentiator(HasId, Base):
    __tablename__ = "differentiators"

    public_id: Mapped[str] = public_id_column()
    name: Mapped[str] = text_column(personal=False, length=200)
    name_key: Mapped[str] = text_column(personal=False, length=200, unique=True)
    claim: Mapped[str] = text_column(personal=False, default="")
    uniqueness: Mapped[Uniqueness] = token_column(
        Uniqueness, name="uniqueness", default=Uniqueness.COMPARATIVE
    )
    owner_name: Mapped[str] = text_column(personal=True, length=200, default="")
    aliases: Mapped[list[str]] = json_column(personal=False, default=list)
    life: Mapped[Life] = token_column(Life, name="life", default=Life.ACTIVE)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class Standing(HasId, Base):
    """Where a differentiator stood against a competitor from a date on; rows are only added."""

    __tablename__ = "standings"
    __table_args__ = (
        UniqueConstraint("differentiator_id", "competitor_id", "set_on"),
        Index("ix_standings_pair", "differentiator_id", "competitor_id", "set_on"),
    )

    differentiator_id: Mapped[int] = mapped_column(
        ForeignKey("differentiators.id", ondelete="CASCADE")
    )
    competitor_id: Mapped[int] = mapped_column(ForeignKey("competitors.id", ondelete="CASCADE"))
    value: Mapped[StandingValue] = token_column(StandingValue, name="value")
    #: Who has it at all; None where nobody has said.
    stage: Mapped[Stage | None] = token_column(Stage, name="stage", nullable=True)
    set_on: Mapped[date]
    set_by_name: Mapped[str] = text_column(personal=True, length=200, default="")

    differentiator: Mapped[Differentiator] = relationship()
    competitor: Mapped[Competitor] = relationship()


def name_key(name: str) -> str:
    """What two spellings of one name share: case and white space do not count."""
    return " ".join(name.casefold().split())
