"""Guides, each kept in every version that was ever used, and the drafts of the next ones."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, HasId, UtcDateTime, json_column, text_column, token_column


class Origin(enum.StrEnum):
    """Whose words a version has."""

    SHIPPED = "shipped"
    WORKSPACE = "workspace"


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
    published_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    origin: Mapped[Origin] = token_column(Origin, name="origin", default=Origin.SHIPPED)
    #: The YAML as it came in, comments and all; empty where it was written on the page.
    source_yaml: Mapped[str] = text_column(personal=False, default="")
    #: What the linter called an error and a person published all the same, with the reason.
    overrules: Mapped[list[dict[str, str]]] = json_column(personal=True, default=list)


class GuideDraft(HasId, Base):
    """The next version of a guide, while it is written. One a guide, for everybody."""

    __tablename__ = "guide_drafts"

    slug: Mapped[str] = text_column(personal=False, length=80, unique=True)
    #: The version that it began from; None for a guide that was never published.
    based_on: Mapped[int | None]
    content: Mapped[dict[str, Any]] = json_column(personal=False)
    #: As in a version; an edit on the page empties it.
    source_yaml: Mapped[str] = text_column(personal=False, default="")
    #: Sections and questions taken out, the latest last, with their place.
    removed: Mapped[list[dict[str, Any]]] = json_column(personal=False, default=list)
    edited_by_name: Mapped[str] = text_column(personal=True, length=200, default="")
    edited_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class ArchivedGuide(Base):
    """A guide that is no longer offered; its versions stay with their interviews."""

    __tablename__ = "archived_guides"

    slug: Mapped[str] = mapped_column(primary_key=True, info={"personal": False})
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class ShippedText(Base):
    """The text that came with the product, for a guide that the workspace made its own."""

    __tablename__ = "shipped_texts"

    slug: Mapped[str] = mapped_column(primary_key=True, info={"personal": False})
    checksum: Mapped[str] = text_column(personal=False, length=64)
    content: Mapped[dict[str, Any]] = json_column(personal=False)
    source_yaml: Mapped[str] = text_column(personal=False)
    #: Somebody looked at it and kept the workspace's own.
    is_declined: Mapped[bool] = mapped_column(default=False)
