"""The people of a decision, added and edited in place; each address is also a page of its own."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.deals import operations, queries
from app.deals.access import get_deal, sees_identity
from app.deals.forms import PersonForm
from app.deals.models import Deal, DealContact
from app.deals.routes.blueprint import INVALID, blueprint
from app.deals.words import BUYING_ROLE_WORDS


@blueprint.get("/deals/<public_id>/people")
@guarded("deals.view")
def people(public_id: str) -> Any:
    """The part of the deal's page that the forms come back to."""
    return _shown(_deal(public_id))


@blueprint.route("/deals/<public_id>/people/new", methods=["GET", "POST"])
@guarded("deals.add")
def new_person(public_id: str) -> Any:
    deal = _deal(public_id)
    form = PersonForm()
    if form.validate_on_submit():
        row = operations.add_person(current_session(), viewer().actor, deal, form.person())
        return _done(deal, f"{row.contact.name} is added.")
    return _form(deal, form, None)


@blueprint.route("/deals/<public_id>/people/<contact_id>", methods=["GET", "POST"])
@guarded("deals.add")
def edit_person(public_id: str, contact_id: str) -> Any:
    deal = _deal(public_id)
    row = queries.get_person(current_session(), deal, contact_id)
    form = PersonForm()
    if request.method == "GET":
        form.show(row)
    elif form.validate():
        operations.edit_person(current_session(), viewer().actor, row, form.person())
        return _done(deal, f"{row.contact.name} is changed.")
    return _form(deal, form, row)


@blueprint.post("/deals/<public_id>/people/<contact_id>/remove")
@guarded("deals.add")
def remove_person(public_id: str, contact_id: str) -> Any:
    deal = _deal(public_id)
    row = queries.get_person(current_session(), deal, contact_id)
    operations.remove_person(current_session(), viewer().actor, row)
    return _done(deal, f"{row.contact.name} is taken out of this decision.")


def _deal(public_id: str) -> Deal:
    deal = get_deal(current_session(), viewer(), public_id)
    if not sees_identity(viewer(), deal):
        raise NotFound
    return deal


def _done(deal: Deal, message: str) -> Any:
    if request.headers.get("HX-Request"):
        # A refused form comes back in its own place; a good one gives way to the whole list.
        return _shown(deal), {"HX-Retarget": "#people", "HX-Reswap": "outerHTML"}
    flash(message)
    return redirect(url_for("deals.deal", public_id=deal.public_id, _anchor="people"))


def _shown(deal: Deal) -> str:
    return render_template(
        "deals/people.html",
        deal=deal,
        people=queries.people_of(current_session(), deal),
        role_words=BUYING_ROLE_WORDS,
    )


def _form(deal: Deal, form: PersonForm, row: DealContact | None) -> Any:
    in_place = bool(request.headers.get("HX-Request"))
    page = render_template(
        "deals/person_form.html" if in_place else "deals/person.html",
        deal=deal,
        form=form,
        person=row,
    )
    return (page, INVALID) if form.errors else page
