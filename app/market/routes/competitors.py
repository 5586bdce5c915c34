"""Competitors: the list, pasting, names, and what becomes of a draft."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.market import operations, queries
from app.market.forms import CompetitorForm, PasteForm
from app.market.routes.blueprint import INVALID, blueprint, set_life_by_form, tell_added


@blueprint.get("/competitors")
@guarded("market.view")
def competitors() -> Any:
    return render_template(
        "market/competitors.html", competitors=queries.competitors(current_session())
    )


@blueprint.route("/competitors/add", methods=["GET", "POST"])
@guarded("market.edit")
def add_competitors() -> Any:
    form = PasteForm()
    if form.validate_on_submit():
        added = operations.add_competitors(current_session(), viewer().actor, form.pasted())
        tell_added(added, "competitor")
        return redirect(url_for("market.competitors"))
    page = render_template("market/add_competitors.html", form=form)
    return (page, INVALID) if form.errors else page


@blueprint.route("/competitors/<public_id>", methods=["GET", "POST"])
@guarded("market.edit")
def competitor(public_id: str) -> Any:
    session = current_session()
    row = queries.get_competitor(session, public_id)
    form = CompetitorForm()
    if request.method == "GET":
        form.name.data = row.name
        form.show_names(row.aliases)
    elif form.validate():
        try:
            operations.edit_competitor(
                session, viewer().actor, row, name=form.name.text, aliases=form.other_names()
            )
        except operations.NameTaken as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(f"{row.name} is changed.")
            return redirect(url_for("market.competitors"))
    page = render_template(
        "market/competitor.html",
        form=form,
        competitor=row,
        others=[other for other in queries.active_competitors(session) if other is not row],
    )
    return (page, INVALID) if form.errors else page


@blueprint.post("/competitors/<public_id>/life")
@guarded("market.edit")
def set_competitor_life(public_id: str) -> Any:
    set_life_by_form(queries.get_competitor(current_session(), public_id))
    return redirect(url_for("market.competitors"))


@blueprint.post("/competitors/<public_id>/merge")
@guarded("market.edit")
def merge_competitor(public_id: str) -> Any:
    session = current_session()
    draft = queries.get_competitor(session, public_id)
    into = queries.get_competitor(session, request.form.get("into", ""))
    try:
        operations.merge_competitor(session, viewer().actor, draft, into)
    except operations.Misplaced as refusal:
        flash(str(refusal), "error")
    else:
        flash(f"{draft.name} is now {into.name}.")
    return redirect(url_for("market.competitors"))
