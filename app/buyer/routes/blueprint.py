"""The one blueprint, and how a link is opened: no session, no cookie, no menu."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import force_locale, get_locale
from sqlalchemy.orm import Session

from app.buyer import languages, queries, tokens
from app.buyer.models import BuyerLink
from app.core.access import NotFound
from app.core.edge import current_session, database, settings
from app.core.limits import count_attempt, is_exhausted
from app.identity.queries import workspace

blueprint = Blueprint("buyer", __name__, template_folder="../templates")

GONE = 404
_MOST_WRONG_LINKS = 20
_WINDOW = timedelta(hours=1)

View = Callable[..., Any]


def by_link(view: View) -> View:
    """Call the view with the open link of the address, in the buyer's language; a wrong, an ended
    and a withdrawn link all get the same answer."""
    return _with_link(view, queries.open_link)


def by_any_link(view: View) -> View:
    """The same, also with a link that has ended: for what somebody may always ask of us."""
    return _with_link(view, queries.link_by_public_id)


def _with_link(view: View, find: Callable[[Session, str], BuyerLink | None]) -> View:
    @wraps(view)
    def load(token: str, **values: Any) -> Any:
        link = _link_of(token, find)
        if link is None:
            return _private(make_response(_gone(), GONE))
        with force_locale(language_of(link)):
            try:
                return _private(make_response(view(link, **values)))
            except NotFound:
                return _private(make_response(_gone(), GONE))

    return load


def language_of(link: BuyerLink | None) -> str:
    """What the buyer chose, else what their browser asks for."""
    if link is not None and link.language:
        return languages.choose(link.language)
    return languages.choose(*(name for name, _ in request.accept_languages))


def page(template: str, link: BuyerLink, **context: Any) -> str:
    return render_template(
        template,
        link=link,
        interview=link.interview,
        company=workspace(current_session()).company or "Because",
        token=(request.view_args or {})["token"],
        language=str(get_locale()),
        languages=languages.LANGUAGES,
        **context,
    )


def _link_of(token: str, find: Callable[[Session, str], BuyerLink | None]) -> BuyerLink | None:
    guesser = f"buyer-link:{request.remote_addr}"
    if is_exhausted(database(), guesser, _MOST_WRONG_LINKS):
        return None
    public_id = tokens.public_id_in(settings().secret_key, token)
    if public_id is None:
        count_attempt(database(), guesser, _WINDOW)
        return None
    return find(current_session(), public_id)


def _gone() -> str:
    with force_locale(language_of(None)):
        return render_template("buyer/gone.html", language=str(get_locale()))


def _private(response: Response) -> Response:
    """The address is the key: it is told to nobody, kept nowhere and found by no search."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response
