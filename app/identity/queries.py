"""Reading the workspace, users and sign-ins."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import NotFound
from app.core.tokens import token_hash
from app.identity.models import LinkPurpose, OneTimeLink, SignIn, User, Workspace


def workspace(session: Session) -> Workspace:
    """The company. Before the first administrator it is an unsaved one, with the defaults."""
    found = session.scalar(select(Workspace).order_by(Workspace.id).limit(1))
    if found is None:
        found = Workspace(
            company="",
            product="",
            currency="EUR",
            time_zone="UTC",
            fiscal_year_first_month=1,
            steps_done=[],
            steps_skipped=[],
        )
    return found


def has_users(session: Session) -> bool:
    return bool(session.scalar(select(func.count()).select_from(User)))


def users(session: Session) -> Sequence[User]:
    return session.scalars(select(User).order_by(User.name, User.id)).all()


def user_by_id(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def user_by_email(session: Session, email: str) -> User | None:
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def live_sign_in(session: Session, token: str) -> SignIn | None:
    """The sign-in of this token, while it lasts and its user is active."""
    return session.scalar(
        select(SignIn)
        .join(SignIn.user)
        .where(
            SignIn.token_hash == token_hash(token),
            SignIn.ends_at > clock.now(),
            User.is_active,
        )
    )


def usable_link(session: Session, token: str, purpose: LinkPurpose) -> OneTimeLink | None:
    """The link of this token, unless it was used or has ended."""
    return session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == token_hash(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.ends_at > clock.now(),
        )
    )
