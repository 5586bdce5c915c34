"""Guides, each kept in every version that was ever used."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, HasId, UtcDateTime, json_column, text_column


class GuideVersion(HasId, Base):
    """One published version of a guide; immutable. `content` is the guide as its YAML says."""

    __tablename__ = "guide_versions"
    __table_args__ = (UniqueConstraint("slug", "number"),)

    slug: Mapped[str] = text_column(personal=False, length=80)
    number: Mapped[int]
    title: Mapped[str] = text_column(personal=False, length=200)
    content: Mapped[dict[str, Any]] = json_column(personal=False)
    checksum: Mapped[str] = text_column(personal=False, length=64)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
