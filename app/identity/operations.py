"""Making users, signing in and out, links that work once."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import SYSTEM, Actor
from app.core.events import publish
from app.core.tokens import new_token, token_hash
from app.identity import queries
from app.identity.events import UserAdded, UserLeft, WorkspaceMade
from app.identity.models import LinkPurpose, OneTimeLink, Role, SignIn, User, Workspace

_hasher = PasswordHasher()

LINK_LASTS = {
    LinkPurpose.FIRST_ADMINISTRATOR: timedelta(days=7),
    LinkPurpose.JOIN: timedelta(days=14),
    LinkPurpose.PHONE: timedelta(minutes=10),
    LinkPurpose.NEW_PASSWORD: timedelta(days=1),
}


class LastAdministrator(Exception):
    """A workspace without an administrator could never be changed again."""

    def __init__(self) -> None:
        super().__init__("This is the only administrator. Make somebody else one first.")


class AddressTaken(Exception):
    """A user has this e-mail address already."""

    def __init__(self, email: str) -> None:
        super().__init__(f"{email} is here already.")


class LinkGone(Exception):
    """The link was used a moment ago."""


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
    """A new user; without a password they sign in by link only. Raises AddressTaken."""
    if queries.user_by_email(session, email):
        raise AddressTaken(email)
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
    ensure_workspace(session, time_zone)
    return user


def ensure_workspace(session: Session, time_zone: str = "") -> Workspace:
    """The workspace, made now if it was not there."""
    workspace = queries.workspace(session)
    if workspace.id is None:
        workspace.time_zone = time_zone or workspace.time_zone
        session.add(workspace)
        session.flush()
        publish(session, WorkspaceMade(workspace.id))
    return workspace


def change_workspace(session: Session, actor: Actor, **values: str | int) -> None:
    """Set the company's name, product, currency, time zone, or first month of the fiscal year."""
    workspace = ensure_workspace(session)
    changed = audit.changes(workspace, **values)
    if changed:
        audit.record(session, actor, "workspace.changed", workspace, **changed)


def change_profile(session: Session, user: User, *, name: str, time_zone: str) -> None:
    """What everybody may change about themselves."""
    changed = audit.changes(user, name=name, time_zone=time_zone)
    if changed:
        audit.record(session, user.actor, "user.changed", user, **changed)


def change_user(
    session: Session, actor: Actor, user: User, *, name: str, role: Role, is_tagger: bool
) -> None:
    """What an administrator may change about anybody. Raises LastAdministrator."""
    if role is not Role.ADMINISTRATOR:
        _keep_an_administrator(session, user)
    changed = audit.changes(user, name=name, role=role, is_tagger=is_tagger)
    if changed:
        audit.record(session, actor, "user.changed", user, **changed)


def deactivate_user(session: Session, actor: Actor, user: User) -> None:
    """Shut somebody out at once, everywhere; what they did stays. Raises LastAdministrator."""
    _keep_an_administrator(session, user)
    user.is_active = False
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    session.execute(delete(OneTimeLink).where(OneTimeLink.user_id == user.id))
    audit.record(session, actor, "user.deactivated", user)
    publish(session, UserLeft(user.id))


def activate_user(session: Session, actor: Actor, user: User) -> None:
    user.is_active = True
    audit.record(session, actor, "user.activated", user)


def _keep_an_administrator(session: Session, leaving: User) -> None:
    if leaving.role is Role.ADMINISTRATOR and leaving.is_active:
        administrators = queries.lock_active_administrators(session)
        if set(administrators) <= {leaving.id}:
            raise LastAdministrator


def set_password(session: Session, user: User, password: str) -> None:
    """A new password ends every sign-in that the old one began."""
    user.password_hash = _hasher.hash(password)
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    audit.record(session, user.actor, "user.password_changed", user)


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
    session.execute(delete(SignIn).where(SignIn.user_id == user.id, SignIn.ends_at <= clock.now()))
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


def see(session: Session, sign_in_id: int) -> None:
    """Note that the browser of this sign-in is in use."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=clock.now()))


def end_session(session: Session, token: str) -> None:
    """End the sign-in of this browser, whosever it was, because another begins."""
    session.execute(delete(SignIn).where(SignIn.token_hash == token_hash(token)))


def sign_out(session: Session, user: User, sign_in_id: int) -> None:
    """End one of this person's own sign-ins."""
    session.execute(delete(SignIn).where(SignIn.id == sign_in_id, SignIn.user_id == user.id))
    audit.record(session, user.actor, "user.signed_out", user)


def sign_out_everywhere(session: Session, user: User) -> None:
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    audit.record(session, user.actor, "user.signed_out_everywhere", user)


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


def invite(
    session: Session, actor: Actor, *, email: str, role: Role, is_tagger: bool = False
) -> str:
    """The token of a link by which a colleague joins; an earlier one for the same address ends.
    Raises AddressTaken."""
    if queries.user_by_email(session, email):
        raise AddressTaken(email)
    withdraw_invitation(session, actor, email)
    return make_link(session, actor, LinkPurpose.JOIN, email=email, role=role, is_tagger=is_tagger)


def withdraw_invitation(session: Session, actor: Actor, email: str) -> None:
    """End the open invitation of this address, if there is one."""
    link = queries.open_invitation(session, email)
    if link is not None:
        session.delete(link)
        audit.record(session, actor, "invitation.withdrawn", email=link.email)


def join(session: Session, link: OneTimeLink, *, name: str, password: str, time_zone: str) -> User:
    """The colleague becomes a user. Raises LinkGone or AddressTaken."""
    use_link(session, link)
    assert link.role is not None
    return add_user(
        session,
        Actor(None, name),
        email=link.email,
        name=name,
        role=link.role,
        password=password,
        is_tagger=link.is_tagger,
        time_zone=time_zone,
    )


def make_personal_link(session: Session, actor: Actor, purpose: LinkPurpose, user: User) -> str:
    """A link for one's own phone or a new password; an earlier one like it ends."""
    session.execute(
        delete(OneTimeLink).where(OneTimeLink.user_id == user.id, OneTimeLink.purpose == purpose)
    )
    return make_link(session, actor, purpose, user=user)


def use_link(session: Session, link: OneTimeLink) -> None:
    """Use the link up. Raises LinkGone where another request did so in the meantime."""
    used = session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=clock.now())
        .returning(OneTimeLink.id)
    )
    if used.first() is None:
        raise LinkGone
