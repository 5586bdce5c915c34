"""A recording of the call, kept in the parts in which it arrived."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import (
    Base,
    HasId,
    UtcDateTime,
    public_id_column,
    text_column,
    token_column,
)
from app.interviews.models import Interview
from app.recordings.media import MediaType


class RecordingState(enum.StrEnum):
    ARRIVING = "arriving"
    COMPLETE = "complete"


class Recording(HasId, Base):
    """One file. It arrives in parts of `part_size` bytes, the last one shorter, and stays so: a
    range of it is a range of few parts, and nothing has to be put together."""

    __tablename__ = "recordings"
    __table_args__ = (CheckConstraint("size > 0", name="size"),)

    public_id: Mapped[str] = public_id_column()
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), index=True
    )
    file_name: Mapped[str] = text_column(personal=True, length=300)
    media_type: Mapped[MediaType] = token_column(MediaType, name="media_type")
    size: Mapped[int] = mapped_column(BigInteger)
    part_size: Mapped[int]
    state: Mapped[RecordingState] = token_column(
        RecordingState, name="state", default=RecordingState.ARRIVING
    )
    #: Where in the recording the transcript begins.
    transcript_at_ms: Mapped[int] = mapped_column(default=0)
    added_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    interview: Mapped[Interview] = relationship()
    parts: Mapped[list[RecordingPart]] = relationship(
        order_by="RecordingPart.number", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def number_of_parts(self) -> int:
        return -(-self.size // self.part_size)

    def size_of_part(self, number: int) -> int:
        """Bytes of the part of this number, from 0. Raises ValueError where there is none."""
        if not 0 <= number < self.number_of_parts:
            raise ValueError("the recording has no such part")
        return min(self.part_size, self.size - number * self.part_size)

    @property
    def is_video(self) -> bool:
        return self.media_type in (MediaType.MP4, MediaType.WEBM)


class RecordingPart(HasId, Base):
    __tablename__ = "recording_parts"
    __table_args__ = (UniqueConstraint("recording_id", "number"),)

    recording_id: Mapped[int] = mapped_column(ForeignKey("recordings.id", ondelete="CASCADE"))
    number: Mapped[int]
    key: Mapped[str] = text_column(personal=False, length=120)
