"""Where a buyer's clicks in a letter lead. Opening a page decides nothing: mail programs open
addresses before a person does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, redirect, request, url_for

from app.buyer.models import BuyerLink
from app.buyer.routes.blueprint import by_any_link, by_link, page
from app.core.access import public
from app.core.edge import current_session
from app.interviews.models import State
from app.invitations import operations

blueprint = Blueprint("letter_answers", __name__, template_folder="../templates")

_WHY_PUBLIC = "A buyer has no account; the signed address is theirs alone."
_MAY_ANSWER = (State.PLANNED, State.SCHEDULED, State.NO_SHOW, State.DECLINED)
View = Callable[..., Any]


def while_asked(view: View) -> View:
    """Whoever has answered already is shown that."""

    @wraps(view)
    def check(link: BuyerLink, **values: Any) -> Any:
        if link.interview.state not in _MAY_ANSWER:
            return redirect(_to("buyer.welcome"), 303)
        return view(link, **values)

    return check


@blueprint.route("/b/<token>/no", methods=["GET", "POST"])
@public(_WHY_PUBLIC)
@by_link
@while_asked
def no(link: BuyerLink) -> Any:
    """'No, thank you', said by a button; and taken back by another."""
    if request.method != "POST":
        return page("invitations/no.html", link, said=link.interview.state is State.DECLINED)
    if "after_all" in request.form:
        operations.take_back_no(current_session(), link)
    else:
        operations.decline(current_session(), link)
    return redirect(_to("letter_answers.no"), 303)


@blueprint.route("/b/<token>/stop", methods=["GET", "POST"])
@public(_WHY_PUBLIC)
@by_any_link
def stop(link: BuyerLink) -> Any:
    """No more letters: by the button, or by the mail program's own (RFC 8058), which sends a
    POST. Also where the link has ended: nobody has to ask for a new one to be left alone."""
    if request.method == "POST":
        operations.opt_out(current_session(), link)
        if request.form.get("List-Unsubscribe") == "One-Click":
            return "", 200
        return redirect(_to("letter_answers.stop"), 303)
    contact = link.interview.contact
    return page("invitations/stop.html", link, said=contact is None or contact.do_not_contact)


def _to(endpoint: str) -> str:
    return url_for(endpoint, token=(request.view_args or {})["token"])
