"""The workspace (one company), its users, their sign-ins and invitations."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.access import Actor
from app.core.db import Base, HasId, UtcDateTime, json_column, text_column, token_column


class Role(enum.StrEnum):
    ADMINISTRATOR = "administrator"
    PROGRAMME_MANAGER = "programme_manager"
    INTERVIEWER = "interviewer"
    PRODUCT = "product"
    LEADERSHIP = "leadership"


class Workspace(HasId, Base):
    """The company. There is one row, made by the first administrator."""

    __tablename__ = "workspaces"

    company: Mapped[str] = text_column(personal=False, default="")
    product: Mapped[str] = text_column(personal=False, default="")
    currency: Mapped[str] = text_column(personal=False, length=3, default="EUR")
    time_zone: Mapped[str] = text_column(personal=False, length=64, default="UTC")
    fiscal_year_first_month: Mapped[int] = mapped_column(default=1)
    steps_done: Mapped[list[str]] = json_column(personal=False, default=list)
    steps_skipped: Mapped[list[str]] = json_column(personal=False, default=list)


class User(HasId, Base):
    __tablename__ = "users"

    email: Mapped[str] = text_column(personal=True, length=320, unique=True)
    name: Mapped[str] = text_column(personal=True, length=200)
    role: Mapped[Role] = token_column(Role, name="role")
    is_tagger: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str] = text_column(personal=True, default="")
    time_zone: Mapped[str] = text_column(personal=True, length=64, default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    @property
    def actor(self) -> Actor:
        return Actor(self.id, self.name)


class SignIn(HasId, Base):
    """One session of one person; the browser holds the token, this row its hash."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[str] = text_column(personal=True, length=64, unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    device: Mapped[str] = text_column(personal=True, length=300, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class LinkPurpose(enum.StrEnum):
    FIRST_ADMINISTRATOR = "first_administrator"
    JOIN = "join"
    PHONE = "phone"
    NEW_PASSWORD = "new_password"  # noqa: S105 - the name of a purpose


class OneTimeLink(HasId, Base):
    """A link that works once: the first administrator, a colleague, one's own phone."""

    __tablename__ = "one_time_links"

    token_hash: Mapped[str] = text_column(personal=True, length=64, unique=True)
    purpose: Mapped[LinkPurpose] = token_column(LinkPurpose, name="purpose")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    email: Mapped[str] = text_column(personal=True, length=320, default="")
    name: Mapped[str] = text_column(personal=True, length=200, default="")
    role: Mapped[Role | None] = token_column(Role, name="role", nullable=True)
    is_tagger: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    created_by_id: Mapped[int | None]
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User | None] = relationship()
