"""Reading the workspace, users and sign-ins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from app.core import clock
from app.core.access import NotFound
from app.core.db import Database
from app.core.tokens import token_hash
from app.identity.models import LinkPurpose, OneTimeLink, Role, SignIn, User, Workspace

# Built once, for it is asked with every request.
_WHO_SIGNED_IN = (
    select(
        SignIn.id.label("sign_in_id"),
        SignIn.last_seen_at,
        SignIn.user_id,
        User.name,
        User.email,
        User.role,
        User.is_tagger,
        User.time_zone,
        select(Workspace.time_zone)
        .order_by(Workspace.id)
        .limit(1)
        .scalar_subquery()
        .label("workspace_zone"),
    )
    .join(SignIn.user)
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.ends_at > bindparam("now"),
        User.is_active,
    )
)


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


def workspace_now(db: Database) -> Workspace:
    """The company, read in a session of its own: for what comes before a request writes."""
    with db.reading() as session:
        return workspace(session)


def has_users(session: Session) -> bool:
    return bool(session.scalar(select(func.count()).select_from(User)))


def users(session: Session) -> Sequence[User]:
    return session.scalars(select(User).order_by(User.name, User.id)).all()


def users_and_last_seen(session: Session) -> Sequence[tuple[User, datetime | None]]:
    """Everybody, those who may sign in first, with when they were last here."""
    last_seen = (
        select(SignIn.user_id, func.max(SignIn.last_seen_at).label("at"))
        .group_by(SignIn.user_id)
        .subquery()
    )
    rows = session.execute(
        select(User, last_seen.c.at)
        .outerjoin(last_seen, last_seen.c.user_id == User.id)
        .order_by(User.is_active.desc(), User.name, User.id)
    )
    return [(row[0], row[1]) for row in rows]


def first_of_each_role(session: Session) -> list[User]:
    """One active user for each role that has one, in the order of the roles."""
    ids = select(func.min(User.id)).where(User.is_active).group_by(User.role)
    found = {user.role: user for user in session.scalars(select(User).where(User.id.in_(ids)))}
    return [found[role] for role in Role if role in found]


def lock_active_administrators(session: Session) -> Sequence[int]:
    """Their ids, locked, so that two of them cannot step down at the same moment."""
    return session.scalars(
        select(User.id)
        .where(User.role == Role.ADMINISTRATOR, User.is_active)
        .order_by(User.id)
        .with_for_update()
    ).all()


def sign_ins_of(session: Session, user_id: int) -> Sequence[SignIn]:
    """Where this person is signed in, the latest first."""
    return session.scalars(
        select(SignIn)
        .where(SignIn.user_id == user_id, SignIn.ends_at > clock.now())
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())
    ).all()


def open_invitations(session: Session) -> Sequence[OneTimeLink]:
    return session.scalars(
        select(OneTimeLink).where(_is_open_invitation()).order_by(OneTimeLink.email)
    ).all()


def open_invitation(session: Session, email: str) -> OneTimeLink | None:
    return session.scalar(
        select(OneTimeLink).where(_is_open_invitation(), OneTimeLink.email == email.strip().lower())
    )


def _is_open_invitation() -> ColumnElement[bool]:
    return and_(
        OneTimeLink.purpose == LinkPurpose.JOIN,
        OneTimeLink.used_at.is_(None),
        OneTimeLink.ends_at > clock.now(),
    )


def user_by_id(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotFound
    return user


def user_by_email(session: Session, email: str) -> User | None:
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def taken_addresses(session: Session, emails: Sequence[str]) -> Sequence[str]:
    """Those of the addresses that a user has already."""
    return session.scalars(
        select(User.email).where(User.email.in_(emails)).order_by(User.email)
    ).all()


def who_signed_in(session: Session | Connection, token: str) -> Row[Any] | None:
    """Who holds this token, while the sign-in lasts and its user is active: what every request
    asks first, in one statement. With `workspace_zone`, None in an empty house."""
    values = {"token_hash": token_hash(token), "now": clock.now()}
    return session.execute(_WHO_SIGNED_IN, values).one_or_none()


def usable_link(session: Session, token: str, purpose: LinkPurpose) -> OneTimeLink | None:
    """The link of this token, unless it was used or has ended."""
    return session.scalar(
        select(OneTimeLink)
        .where(
            OneTimeLink.token_hash == token_hash(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.ends_at > clock.now(),
        )
        .options(joinedload(OneTimeLink.user))
    )
