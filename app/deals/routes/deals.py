"""One deal: its story, added by hand, edited."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.audit.queries import history_of
from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.deals import operations, queries
from app.deals.access import get_deal, may_edit, sees_identity, title_for
from app.deals.forms import DealForm
from app.deals.models import Seller
from app.deals.routes.blueprint import INVALID, blueprint
from app.deals.words import ACTION_WORDS, BUYING_ROLE_WORDS, FIELD_WORDS, OUTCOME_WORDS
from app.identity.queries import user_by_id, workspace
from app.market import queries as market


@blueprint.get("/deals/<public_id>")
@guarded("deals.view")
def deal(public_id: str) -> Any:
    session, who = current_session(), viewer()
    found = get_deal(session, who, public_id)
    named = sees_identity(who, found)
    return render_template(
        "deals/deal.html",
        deal=found,
        title=title_for(who, found),
        named=named,
        competitors=queries.competitors_met(session, found),
        people=queries.people_of(session, found) if named else [],
        facts=queries.facts_of(session, found) if named else [],
        history=history_of(session, "deal", found.id) if named else [],
        may_edit=may_edit(who, found),
        outcome_words=OUTCOME_WORDS,
        role_words=BUYING_ROLE_WORDS,
        field_words=FIELD_WORDS,
        action_words=ACTION_WORDS,
    )


@blueprint.route("/deals/new", methods=["GET", "POST"])
@guarded("deals.add")
def new() -> Any:
    session = current_session()
    sellers, competitors = _sellers(), market.active_competitors(session)
    form = DealForm()
    form.offer(sellers, competitors, workspace(session).currency)
    if request.method == "GET":
        form.currency.data = form.currency.default
        form.outcome.data = "lost"
    elif form.validate():
        values = form.values(sellers, competitors)
        if not viewer().may("deals.see_all"):
            values["seller"] = operations.seller_for(session, user_by_id(session, viewer().user_id))
        added = operations.add_deal(session, viewer().actor, **values)
        flash("The deal is added.")
        return redirect(url_for("deals.deal", public_id=added.public_id))
    page = render_template("deals/edit.html", form=form, deal=None)
    return (page, INVALID) if form.errors else page


@blueprint.route("/deals/<public_id>/edit", methods=["GET", "POST"])
@guarded("deals.add")
def edit(public_id: str) -> Any:
    session, who = current_session(), viewer()
    found = get_deal(session, who, public_id)
    if not may_edit(who, found):
        abort(403)
    met = queries.competitors_met(session, found)
    sellers = _sellers(found.seller)
    competitors = list(dict.fromkeys([*market.active_competitors(session), *met]))
    form = DealForm()
    form.offer(sellers, competitors, workspace(session).currency)
    if request.method == "GET":
        form.show(found, met)
    elif form.validate():
        values = form.values(sellers, competitors)
        values["name"] = values["name"] or found.name
        operations.edit_deal(session, who.actor, found, **values)
        flash("The deal is changed.")
        return redirect(url_for("deals.deal", public_id=public_id))
    page = render_template("deals/edit.html", form=form, deal=found)
    return (page, INVALID) if form.errors else page


def _sellers(present: Seller | None = None) -> list[Seller]:
    """Whom a deal may be given to: account managers keep it with whom it is."""
    if viewer().may("deals.see_all"):
        return list(queries.sellers(current_session()))
    own = queries.seller_of_user(current_session(), viewer().user_id)
    return [seller for seller in dict.fromkeys([present, own]) if seller is not None]
