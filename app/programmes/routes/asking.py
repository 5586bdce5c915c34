"""What is said about asking, on a deal: whom to ask, objections, exclusions, keeping it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.core.refusals import told_at
from app.deals.access import get_deal, sees_identity
from app.deals.models import BuyingRole, Deal
from app.deals.operations import Person
from app.programmes import asking_queries, objections
from app.programmes.forms import AnswerForm, ExclusionForm, NominationForm, ObjectionForm
from app.programmes.models import Objection
from app.programmes.operations import CannotDecide
from app.programmes.routes.blueprint import INVALID, blueprint


@blueprint.route("/deals/<public_id>/whom-to-ask", methods=["GET", "POST"])
@guarded("programmes.seller_view")
def nominate(public_id: str) -> Any:
    deal = _deal(public_id)
    form = NominationForm()
    if form.validate_on_submit():
        role = form.buying_role.data
        person = Person(
            name=form.name.text,
            email=form.email.text,
            job_title=form.job_title.text,
            buying_role=BuyingRole(role) if role else None,
        )
        with told_at(form.email, CannotDecide):
            named = objections.nominate(current_session(), viewer().actor, deal, person)
            flash(f"{named.name} is named. Who named whom is kept.")
            return _back(deal)
    page = render_template("programmes/nominate.html", form=form, deal=deal)
    return (page, INVALID) if form.errors else page


@blueprint.route("/deals/<public_id>/objection", methods=["GET", "POST"])
@guarded("programmes.seller_view")
def objection(public_id: str) -> Any:
    deal = _deal(public_id)
    form = ObjectionForm()
    if form.validate_on_submit():
        objections.object_to_asking(
            current_session(), viewer().actor, deal, form.reason.text.strip()
        )
        flash("Your objection is kept. Nobody is asked until it is decided about.")
        return _back(deal)
    page = render_template("programmes/objection.html", form=form, deal=deal)
    return (page, INVALID) if form.errors else page


@blueprint.post("/objections/<uuid:objection_id>/withdraw")
@guarded("programmes.seller_view")
def withdraw(objection_id: object) -> Any:
    found = _objection(objection_id)
    if found.user_id != viewer().user_id:
        raise NotFound
    objections.withdraw(current_session(), viewer().actor, found)
    flash("Your objection is withdrawn.")
    return _back(found.deal)


@blueprint.get("/objections/<uuid:objection_id>")
@guarded("programmes.edit")
def decide(objection_id: object) -> Any:
    found = _objection(objection_id)
    return render_template("programmes/decide.html", form=AnswerForm(), objection=found)


@blueprint.post("/objections/<uuid:objection_id>/uphold")
@guarded("programmes.edit")
def uphold(objection_id: object) -> Any:
    found, form = _objection(objection_id), AnswerForm()
    objections.uphold(current_session(), viewer().actor, found, form.answer.text)
    flash(f"{found.deal.name} is not asked about.")
    return _back(found.deal)


@blueprint.post("/objections/<uuid:objection_id>/overrule")
@guarded("programmes.edit")
def overrule(objection_id: object) -> Any:
    found, form = _objection(objection_id), AnswerForm()
    objections.overrule(current_session(), viewer().actor, found, form.answer.text)
    flash(f"{found.deal.name} is asked about all the same.")
    return _back(found.deal)


@blueprint.route("/deals/<public_id>/exclusion", methods=["GET", "POST"])
@guarded("programmes.edit")
def exclude(public_id: str) -> Any:
    deal = _deal(public_id)
    form = ExclusionForm()
    if form.validate_on_submit():
        objections.exclude(
            current_session(), viewer().actor, deal, kind=form.picked, reason=form.reason.text
        )
        flash(f"{deal.name} is left out.")
        return _back(deal)
    page = render_template("programmes/exclude.html", form=form, deal=deal)
    return (page, INVALID) if form.errors else page


@blueprint.post("/deals/<public_id>/exclusion/end")
@guarded("programmes.edit")
def include(public_id: str) -> Any:
    deal = _deal(public_id)
    row = asking_queries.exclusion_of(current_session(), deal)
    if row is None:
        raise NotFound
    objections.include_again(current_session(), viewer().actor, row)
    flash(f"{deal.name} may be asked about again.")
    return _back(deal)


@blueprint.post("/deals/<public_id>/keep")
@guarded("programmes.edit")
def keep(public_id: str) -> Any:
    deal = _deal(public_id)
    objections.keep(current_session(), viewer().actor, deal)
    flash(f"{deal.name} stays worth asking about after 90 days.")
    return _back(deal)


@blueprint.post("/deals/<public_id>/keep/end")
@guarded("programmes.edit")
def keep_no_longer(public_id: str) -> Any:
    deal = _deal(public_id)
    objections.keep_no_longer(current_session(), viewer().actor, deal)
    flash(f"{deal.name} drops out 90 days after closing.")
    return _back(deal)


def _deal(public_id: str) -> Deal:
    deal = get_deal(current_session(), viewer(), public_id)
    if not sees_identity(viewer(), deal):
        raise NotFound
    return deal


def _objection(public_id: object) -> Objection:
    return asking_queries.get_open_objection(current_session(), viewer(), str(public_id))


def _back(deal: Deal) -> Any:
    return redirect(url_for("deals.deal", public_id=deal.public_id, _anchor="asking"))
