"""The blueprint, and what its pages share: who one is, and beginning a session."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, request, session
from flask_login import login_user

from app.core.access import viewer
from app.core.edge import current_session, settings
from app.identity import operations, queries
from app.identity.devices import device_name
from app.identity.models import User
from app.identity.session import SignedIn

blueprint = Blueprint("identity", "app.identity", template_folder="templates")

INVALID = 422


def own_user() -> User:
    """The row of whoever is signed in."""
    return queries.user_by_id(current_session(), viewer().user_id)


def begin_session(user: User) -> None:
    """Sign this browser in afresh: nothing of the session before it survives."""
    db_session = current_session()
    before = session.get("_user_id")
    if isinstance(before, str):
        operations.end_session(db_session, before)
    token = operations.sign_in(
        db_session,
        user,
        device=device_name(request.user_agent.string),
        lasts=timedelta(days=settings().session_days),
    )
    row = queries.who_signed_in(db_session, token)
    assert row is not None
    session.clear()
    session.permanent = True
    login_user(SignedIn.of(row, token))
