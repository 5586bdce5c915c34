"""Making users, signing in and out, links that work once."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import SYSTEM, Actor
from app.core.events import publish
from app.core.tokens import new_token, token_hash
from app.identity import queries
from app.identity.events import UserAdded, WorkspaceMade
from app.identity.models import LinkPurpose, OneTimeLink, Role, SignIn, User, Workspace

_hasher = PasswordHasher()

LINK_LASTS = {
    LinkPurpose.FIRST_ADMINISTRATOR: timedelta(days=7),
    LinkPurpose.JOIN: timedelta(days=14),
    LinkPurpose.PHONE: timedelta(minutes=10),
    LinkPurpose.NEW_PASSWORD: timedelta(days=1),
}


def add_user(
    session: Session,
    actor: Actor,
    *,
    email: str,
    name: str,
    role: Role,
    password: str | None,
    is_tagger: bool = False,
    time_zone: str = "",
) -> User:
    """A new user; without a password they sign in by link only."""
    user = User(
        email=email.strip().lower(),
        name=name.strip(),
        role=role,
        is_tagger=is_tagger,
        time_zone=time_zone,
        password_hash=_hasher.hash(password) if password else "",
    )
    session.add(user)
    audit.record(session, actor, "user.added", user, role=role.value)
    publish(session, UserAdded(user.id))
    return user


def add_first_administrator(
    session: Session, *, email: str, name: str, password: str, time_zone: str
) -> User:
    """The administrator, and the workspace with them."""
    user = add_user(
        session,
        SYSTEM,
        email=email,
        name=name,
        role=Role.ADMINISTRATOR,
        password=password,
        time_zone=time_zone,
    )
    workspace = Workspace(time_zone=time_zone or "UTC")
    session.add(workspace)
    session.flush()
    publish(session, WorkspaceMade(workspace.id))
    return user


def password_matches(user: User | None, password: str) -> bool:
    """Takes equally long for a user who does not exist."""
    kept = user.password_hash if user is not None else ""
    try:
        _hasher.verify(kept or _hash_of_nobody(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return bool(kept)


@cache
def _hash_of_nobody() -> str:
    # Made when first wanted: at import it would slow every command's start.
    return _hasher.hash(new_token())


def sign_in(session: Session, user: User, *, device: str, lasts: timedelta) -> str:
    """Begin a session; returns the token for the browser."""
    token = new_token()
    session.add(
        SignIn(
            token_hash=token_hash(token),
            user_id=user.id,
            device=device[:300],
            ends_at=clock.now() + lasts,
        )
    )
    audit.record(session, user.actor, "user.signed_in", user)
    return token


def sign_out(session: Session, actor: Actor, sign_in_id: int) -> None:
    session.execute(delete(SignIn).where(SignIn.id == sign_in_id))
    audit.record(session, actor, "user.signed_out")


def sign_out_everywhere(session: Session, actor: Actor, user: User) -> None:
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    audit.record(session, actor, "user.signed_out_everywhere", user)


def make_link(
    session: Session,
    actor: Actor,
    purpose: LinkPurpose,
    *,
    user: User | None = None,
    email: str = "",
    name: str = "",
    role: Role | None = None,
    is_tagger: bool = False,
) -> str:
    """A link that works once; returns its token, which is not kept."""
    token = new_token()
    link = OneTimeLink(
        token_hash=token_hash(token),
        purpose=purpose,
        user=user,
        email=email.strip().lower(),
        name=name.strip(),
        role=role,
        is_tagger=is_tagger,
        created_by_id=actor.id,
        ends_at=clock.now() + LINK_LASTS[purpose],
    )
    session.add(link)
    audit.record(session, actor, "link.made", link, purpose=purpose.value)
    return token


def first_administrator_token(session: Session) -> str | None:
    """A token for the link that creates the administrator; None once there are users."""
    if queries.has_users(session):
        return None
    session.execute(
        delete(OneTimeLink).where(OneTimeLink.purpose == LinkPurpose.FIRST_ADMINISTRATOR)
    )
    return make_link(session, SYSTEM, LinkPurpose.FIRST_ADMINISTRATOR)


def use_link(link: OneTimeLink) -> None:
    link.used_at = clock.now()
