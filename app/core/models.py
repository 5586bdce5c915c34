"""Jobs, the counters of limited attempts, and who is where at the moment."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

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


class JobState(enum.StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(HasId, Base):
    """Work done after the transaction that asked for it; this row is the truth."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_state_due", "state", "due_at"),
        Index("ix_jobs_name_id", "name", "id"),
    )

    public_id: Mapped[str] = public_id_column()
    name: Mapped[str] = text_column(personal=False, length=80)
    payload: Mapped[dict[str, Any]] = json_column(personal=True)
    state: Mapped[JobState] = token_column(JobState, name="state", default=JobState.QUEUED)
    done_count: Mapped[int] = mapped_column(default=0)
    total_count: Mapped[int | None]
    message: Mapped[str] = text_column(personal=True, default="")
    result: Mapped[dict[str, Any]] = json_column(personal=True)
    attempts: Mapped[int] = mapped_column(default=0)
    asked_by_id: Mapped[int | None]
    asked_by_name: Mapped[str] = text_column(personal=True, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)


class Attempt(Base):
    """How often something limited, such as a wrong password, was tried in a window of time."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(primary_key=True, info={"personal": True})
    count: Mapped[int] = mapped_column(default=0)
    window_ends_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Presence(Base):
    """A page that somebody has open, for as long as it goes on asking."""

    __tablename__ = "presences"

    #: Made by the page.
    key: Mapped[str] = mapped_column(String(80), primary_key=True, info={"personal": False})
    place: Mapped[str] = text_column(personal=False, length=80, index=True)
    user_id: Mapped[int]
    name: Mapped[str] = text_column(personal=True, length=200)
    #: Where in the place, such as a question's id.
    spot: Mapped[str] = text_column(personal=False, length=120)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
