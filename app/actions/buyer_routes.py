"""A buyer says whether they want to hear what becomes of what they said."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for

from app.actions import operations, queries
from app.buyer.models import BuyerLink
from app.buyer.operations import buyer_of
from app.buyer.routes.blueprint import by_link, page
from app.core.access import NotFound, public
from app.core.edge import current_session

blueprint = Blueprint("buyer_to_tell", __name__, template_folder="templates")


@blueprint.route("/b/<token>/what-changes", methods=["GET", "POST"])
@public("A buyer has no account; the signed address is theirs alone.")
@by_link
def what_changes(link: BuyerLink) -> Any:
    session = current_session()
    if not link.interview.is_heard or link.interview.contact_id is None:
        raise NotFound
    allowed = request.form.get("allowed")
    if allowed in ("yes", "no"):
        operations.note_may_be_told(session, buyer_of(link), link.interview, allowed == "yes")
        token = (request.view_args or {})["token"]
        return redirect(url_for("buyer_to_tell.what_changes", token=token), 303)
    return page("actions/buyer.html", link, told=queries.may_be_told(session, link.interview.id))
