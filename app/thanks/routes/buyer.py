"""The buyer says to which cause it goes, or that they would rather have nothing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for

from app.buyer import operations as buyer
from app.buyer.models import BuyerLink
from app.buyer.routes.blueprint import by_link, page
from app.core.access import NotFound, public
from app.core.edge import current_session
from app.thanks import operations, queries
from app.thanks.models import State, Thanks

blueprint = Blueprint("buyer_thanks", __name__, template_folder="../templates")

_WHY_PUBLIC = "A buyer has no account; the signed address is theirs alone."


@blueprint.route("/b/<token>/thank-you", methods=["GET", "POST"])
@public(_WHY_PUBLIC)
@by_link
def thanks(link: BuyerLink) -> Any:
    session = current_session()
    row = queries.thanks_for(session, link.interview)
    if row is None or row.state is State.NOT_OFFERED:
        raise NotFound
    causes = _causes(row)
    if request.method != "POST":
        return page("thanks/buyer.html", link, row=row, causes=causes)
    cause = request.form.get("cause", "")
    if "nothing" in request.form:
        operations.decline(session, buyer.buyer_of(link), row)
    elif cause in causes or not causes:
        operations.pick_cause(session, buyer.buyer_of(link), row, cause if causes else row.cause)
    return redirect(url_for("buyer_thanks.thanks", token=(request.view_args or {})["token"]), 303)


def _causes(row: Thanks) -> list[str]:
    """Those of the programme, and the one that was picked."""
    rule = queries.rule_of(current_session(), row.programme_id) if row.programme_id else None
    offered = rule.causes if rule is not None else []
    return list(dict.fromkeys([*offered, *([row.cause] if row.cause else [])]))
