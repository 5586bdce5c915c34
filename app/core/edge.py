"""The edge of a request: it opens the session, and it alone commits."""

from __future__ import annotations

from flask import Flask, Response, abort, current_app, g, request
from sqlalchemy.orm import Session

from app.core.db import Database
from config import Settings

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_FIRST_ERROR = 400


def database() -> Database:
    db: Database = current_app.extensions["because_database"]
    return db


def settings() -> Settings:
    found: Settings = current_app.extensions["because_settings"]
    return found


def current_session() -> Session:
    """This request's session: it reads for GET, and writes in one transaction otherwise."""
    if "session" not in g:
        safe = request.method in _SAFE_METHODS
        g.session = database().open_reader() if safe else database().open_writer()
    session: Session = g.session
    return session


def discard_changes() -> None:
    """Give up what this request wrote so far, because it ends in an error message."""
    current_session().rollback()


def init_app(app: Flask) -> None:
    app.before_request(_refuse_nul)
    app.after_request(_commit)
    app.teardown_request(_close)


def _refuse_nul() -> None:
    """No person types a NUL, and PostgreSQL keeps none: whoever sends one is told so at once."""
    sent = (value for form in (request.args, request.form) for _, value in form.items(multi=True))
    if "\0" in request.path or any("\0" in value for value in sent):
        abort(400)


def _commit(response: Response) -> Response:
    if "session" in g and request.method not in _SAFE_METHODS:
        if response.status_code < _FIRST_ERROR:
            database().commit(g.session)
        else:
            g.session.rollback()
    return response


def _close(_error: BaseException | None) -> None:
    session = g.pop("session", None)
    if session is None:
        return
    if request.method in _SAFE_METHODS:
        database().close_reader(session)
    else:
        session.close()
