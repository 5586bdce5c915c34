"""What will be sent in the next days: looked at, approved, held, removed, given to another."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core import clock
from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.core.refusals import told, told_at
from app.deals.operations import Person
from app.deals.queries import people_of
from app.programmes import (
    asking_queries,
    objections,
    operations,
    queries,
    queue_queries,
    words,
)
from app.programmes.forms import AddressForm, ContactForm, WhyForm
from app.programmes.models import Selection, SelectionState
from app.programmes.operations import CannotDecide
from app.programmes.routes.blueprint import INVALID, blueprint


@blueprint.get("/programmes/queue")
@guarded("programmes.edit")
def queue() -> Any:
    session, who = current_session(), viewer()
    rows = queue_queries.queue(session, who)
    return render_template(
        "programmes/queue.html",
        rows=rows,
        groups=_by_programme(rows),
        decided=queue_queries.decided_lately(session, who),
        words=words,
        now=clock.now(),
    )


@blueprint.post("/programmes/queue/approve")
@guarded("programmes.edit")
def approve_all() -> Any:
    """Everything of one programme that was in the queue when the page was opened."""
    session, who = current_session(), viewer()
    wanted = set(request.form.getlist("selection"))
    approved, kept = 0, []
    for selection in queue_queries.queue(session, who):
        if selection.public_id in wanted and selection.state is SelectionState.QUEUED:
            try:
                operations.approve(session, who.actor, selection)
                approved += 1
            except CannotDecide as refusal:
                kept.append(f"{selection.deal.name}: {refusal}")
    flash(f"{approved} approved." if not kept else f"{approved} approved. {' '.join(kept)}")
    return redirect(url_for("programmes.queue"))


@blueprint.post("/selections/<uuid:public_id>/approve")
@guarded("programmes.edit")
def approve(public_id: object) -> Any:
    selection = _selection(public_id)
    with told(f"{_whom(selection)} will be asked.", CannotDecide):
        operations.approve(current_session(), viewer().actor, selection)
    return _back(selection)


@blueprint.post("/selections/<uuid:public_id>/let-go")
@guarded("programmes.edit")
def let_go(public_id: object) -> Any:
    selection = _selection(public_id)
    with told(f"{selection.deal.name} is in the queue again.", CannotDecide):
        operations.let_go(current_session(), viewer().actor, selection)
    return _back(selection)


@blueprint.post("/selections/<uuid:public_id>/left-company")
@guarded("programmes.seller_view")
def left_company(public_id: object) -> Any:
    selection = _selection(public_id)
    if selection.contact is not None:
        flash(f"{selection.contact.name} is not asked any more. Name somebody else.")
        operations.mark_left_company(current_session(), viewer().actor, selection.contact)
    return redirect(url_for("programmes.contact", public_id=selection.public_id))


@blueprint.route("/selections/<uuid:public_id>/hold", methods=["GET", "POST"])
@guarded("programmes.edit")
def hold(public_id: object) -> Any:
    return _with_a_reason(_selection(public_id), operations.hold, "Hold", "is held")


@blueprint.route("/selections/<uuid:public_id>/remove", methods=["GET", "POST"])
@guarded("programmes.edit")
def remove(public_id: object) -> Any:
    return _with_a_reason(_selection(public_id), operations.remove, "Remove", "is not asked about")


@blueprint.route("/selections/<uuid:public_id>/contact", methods=["GET", "POST"])
@guarded("programmes.seller_view")
def contact(public_id: object) -> Any:
    """Whom to ask instead; where only the address is missing, one field."""
    selection = _selection(public_id)
    if selection.contact is not None and not selection.contact.email:
        return _address(selection)
    session = current_session()
    people = [row.contact for row in people_of(session, selection.deal)]
    form = ContactForm()
    form.offer(people)
    if request.method == "GET":
        form.contact.data = selection.contact.public_id if selection.contact is not None else ""
    elif form.validate():
        with told_at(form.contact, CannotDecide):
            _change(selection, form)
            flash(f"{_whom(selection)} will be asked about {selection.deal.name}.")
            return _back(selection)
    page = render_template("programmes/contact.html", form=form, selection=selection, words=words)
    return (page, INVALID) if form.errors else page


def _address(selection: Selection) -> Any:
    form = AddressForm()
    if form.validate_on_submit():
        with told_at(form.email, CannotDecide):
            objections.give_address(current_session(), viewer().actor, selection, form.email.text)
            flash(f"Thank you. {_whom(selection)} can be asked now.")
            return _back(selection)
    page = render_template("programmes/address.html", form=form, selection=selection)
    return (page, INVALID) if form.errors else page


def _change(selection: Selection, form: ContactForm) -> None:
    session, actor = current_session(), viewer().actor
    if not form.contact.data:
        person = Person(name=form.name.text, email=form.email.text)
        objections.nominate(session, actor, selection.deal, person)
        return
    chosen = asking_queries.contact_of_deal(session, selection.deal, form.contact.data)
    operations.change_contact(session, actor, selection, chosen)


def _with_a_reason(selection: Selection, decide: Any, label: str, done: str) -> Any:
    form = WhyForm()
    if form.validate_on_submit():
        with told_at(form.why, CannotDecide):
            decide(current_session(), viewer().actor, selection, form.why.text)
            flash(f"{selection.deal.name} {done}.")
            return redirect(url_for("programmes.queue"))
    page = render_template("programmes/why.html", form=form, selection=selection, label=label)
    return (page, INVALID) if form.errors else page


def _selection(public_id: object) -> Selection:
    return queries.get_selection(current_session(), viewer(), str(public_id))


def _whom(selection: Selection) -> str:
    return selection.contact.name if selection.contact is not None else "Nobody"


def _back(selection: Selection) -> Any:
    if viewer().may("programmes.edit"):
        return redirect(url_for("programmes.queue"))
    return redirect(url_for("deals.deal", public_id=selection.deal.public_id, _anchor="asking"))


def _by_programme(rows: Any) -> list[tuple[Any, list[Selection]]]:
    groups: dict[int, tuple[Any, list[Selection]]] = {}
    for row in rows:
        groups.setdefault(row.programme_id, (row.programme, []))[1].append(row)
    return list(groups.values())
