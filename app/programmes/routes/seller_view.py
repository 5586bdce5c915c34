"""The seller's view: four questions, before the buyer is heard."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core import clock
from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.core.refusals import told_at
from app.deals.access import get_deal
from app.deals.models import BuyingRole, Deal
from app.deals.queries import competitors_met
from app.market.queries import active_competitors
from app.market.queries import competitors as all_competitors
from app.programmes import asking_queries, seller_views
from app.programmes.forms import UNKNOWN, SellerViewForm
from app.programmes.models import SellerView
from app.programmes.routes.blueprint import INVALID, blueprint
from app.programmes.seller_views import Sealed, Written
from app.tagging.queries import reason_list, usable_reasons

_LONGEST_OPEN_S = 24 * 60 * 60


@blueprint.route("/deals/<public_id>/sellers-view", methods=["GET", "POST"])
@guarded("programmes.seller_view")
def write(public_id: str) -> Any:
    session, who = current_session(), viewer()
    deal = get_deal(session, who, public_id)
    view = asking_queries.view_of(session, who, deal)
    known = asking_queries.known_of(session, deal)
    is_anothers = view is None and known.has_view
    if is_anothers or not asking_queries.may_write_view(who, deal):
        raise NotFound
    form = _form(deal)
    if request.method == "GET":
        _show(form, view)
    elif form.validate():
        with told_at(form.reason, Sealed):
            seller_views.write(session, who.actor, deal, _written(form))
            flash("Thank you. Only you see it until the buyer is heard.")
            return redirect(url_for("deals.deal", public_id=deal.public_id, _anchor="asking"))
    page = render_template(
        "programmes/seller_view.html",
        form=form,
        deal=deal,
        view=view,
        is_sealed=known.has_begun,
    )
    return (page, INVALID) if form.errors else page


def _form(deal: Deal) -> SellerViewForm:
    session = current_session()
    met = list(competitors_met(session, deal))
    others = [row for row in active_competitors(session) if row not in met]
    form = SellerViewForm()
    reasons = [(each.category.name, each.reasons) for each in reason_list(session)]
    form.offer(reasons, met, others)
    return form


def _show(form: SellerViewForm, view: SellerView | None) -> None:
    form.opened.data = str(int(clock.now().timestamp()))
    if view is None:
        return
    form.reason.data = view.reason.public_id if view.reason is not None else UNKNOWN
    form.competitor.data = view.competitor.public_id if view.competitor is not None else UNKNOWN
    form.decided_by.data = view.decided_by.value if view.decided_by is not None else UNKNOWN
    form.would_have_changed.data = view.would_have_changed


def _written(form: SellerViewForm) -> Written:
    session = current_session()
    reasons = {row.public_id: row for row in usable_reasons(session)}
    competitors = {row.public_id: row for row in all_competitors(session)}
    role = form.decided_by.data
    return Written(
        reason=reasons.get(form.reason.data),
        competitor=competitors.get(form.competitor.data),
        decided_by=None if role == UNKNOWN else BuyingRole(role),
        would_have_changed=form.would_have_changed.text.strip(),
        seconds=_seconds(form.opened.data or ""),
    )


def _seconds(opened: str) -> int | None:
    """How long the form was open; a page that says something impossible says nothing."""
    if not opened.isdecimal() or len(opened) > 12:
        return None
    seconds = int(clock.now().timestamp()) - int(opened)
    return seconds if 0 <= seconds <= _LONGEST_OPEN_S else None
