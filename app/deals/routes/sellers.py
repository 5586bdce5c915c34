"""Sellers, and which colleague each of them is."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.deals import operations, queries
from app.deals.routes.blueprint import blueprint
from app.identity.queries import users


@blueprint.get("/sellers")
@guarded("deals.edit")
def sellers() -> Any:
    session = current_session()
    return render_template(
        "deals/sellers.html",
        sellers=queries.sellers(session),
        deal_counts=queries.deals_by_seller(session),
        users=[user for user in users(session) if user.is_active],
    )


@blueprint.post("/sellers/<public_id>/user")
@guarded("deals.edit")
def tie_seller(public_id: str) -> Any:
    session = current_session()
    seller = queries.get_seller(session, public_id)
    chosen = request.form.get("user", "")
    user = next((user for user in users(session) if str(user.id) == chosen), None)
    operations.tie_seller(session, viewer().actor, seller, user)
    flash(
        f"{user.name} now sees the deals of {seller.name}."
        if user
        else f"{seller.name} is tied to nobody."
    )
    return redirect(url_for("deals.sellers"))
