"""What identity brings to the application: the person of each request, and their pages."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from flask import Flask, Response, g, request, session
from flask_login import current_user

from app.core import clock, navigation
from app.core.application import login_manager
from app.core.db import Database
from app.core.edge import database, settings
from app.core.navigation import Entry
from app.identity import operations, queries
from app.identity.session import SignedIn

#: Last-seen is told to people in minutes; writing it on every page would be waste.
SEEN_AGAIN_AFTER = timedelta(minutes=5)
USER_COOKIE = "because_user"


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_signed_in(token: str) -> SignedIn | None:
    # Not in the request's session: a POST's holds the write lock from its first statement on, and
    # who is asking must be known long before anything is written.
    with database().asking() as connection:
        row = queries.who_signed_in(connection, token)
    if row is None:
        return None
    signed_in = SignedIn.of(row, token)
    if clock.now() - signed_in.last_seen_at > SEEN_AGAIN_AFTER:
        g.sign_in_seen = signed_in.sign_in_id
    return signed_in


def open_room(app: Flask) -> None:
    from app.identity.routes import blueprint

    app.register_blueprint(blueprint)
    app.after_request(_note_last_seen)
    app.after_request(_say_whose_browser_it_is)
    for entry in (
        Entry("People", "identity.people", "users.edit", 10, group="house"),
        Entry("Workspace", "identity.workspace", "workspace.edit", 20, group="house"),
        Entry("Use on a phone", "identity.phone", "signed_in", 10, group="account"),
        Entry("Your account", "identity.account", "signed_in", 20, group="account"),
        Entry("Sign out", "identity.sign_out", "signed_in", 90, group="account", post=True),
    ):
        navigation.register(entry)


def _say_whose_browser_it_is(response: Response) -> Response:
    """A cookie that scripts may read, with the user's number alone: whose words they may show from
    this device without asking the server. It changes with the sign-in itself."""
    if "_login_user" not in g:
        return response
    known = request.cookies.get(USER_COOKIE)
    if session.get("_user_id") is None:
        if known is not None:
            response.delete_cookie(USER_COOKIE)
    elif current_user.is_authenticated and known != str(current_user.user_id):
        response.set_cookie(
            USER_COOKIE,
            str(current_user.user_id),
            max_age=settings().session_days * 24 * 3600,
            samesite="Lax",
            secure=settings().https,
        )
    return response


def _note_last_seen(response: Response) -> Response:
    sign_in_id = g.pop("sign_in_seen", None)
    if sign_in_id is not None:
        response.call_on_close(partial(_write_last_seen, database(), sign_in_id))
    return response


def _write_last_seen(db: Database, sign_in_id: int) -> None:
    """After the response is sent, in a short transaction of its own."""
    with db.writing() as writing:
        operations.see(writing, sign_in_id)
