"""Differentiators: the list, the claim, and where we stand with it against each competitor."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core import clock
from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.core.formats import plural, zone
from app.market import operations, queries
from app.market.forms import UNIQUENESS_WORDS, DifferentiatorForm, PasteForm
from app.market.models import StandingValue, Uniqueness
from app.market.routes.blueprint import INVALID, blueprint, set_life_by_form, tell_added
from app.market.stages import STAGE_WORDS, Stage

STANDING_WORDS = {
    StandingValue.AHEAD: "Ahead",
    StandingValue.LEVEL: "Level",
    StandingValue.BEHIND: "Behind",
    StandingValue.UNKNOWN: "Unknown",
}


@blueprint.get("/differentiators")
@guarded("market.view")
def differentiators() -> Any:
    session = current_session()
    return render_template(
        "market/differentiators.html",
        differentiators=queries.differentiators(session),
        competitors=queries.active_competitors(session),
        standings=queries.present_standings(session),
        standing_words=STANDING_WORDS,
        stage_words=STAGE_WORDS,
    )


@blueprint.route("/differentiators/add", methods=["GET", "POST"])
@guarded("market.edit")
def add_differentiators() -> Any:
    form = PasteForm()
    if form.validate_on_submit():
        added = operations.add_differentiators(current_session(), viewer().actor, form.pasted())
        tell_added(added, "differentiator")
        return redirect(url_for("market.differentiators"))
    page = render_template("market/add_differentiators.html", form=form)
    return (page, INVALID) if form.errors else page


@blueprint.get("/differentiators/<public_id>")
@guarded("market.view")
def differentiator(public_id: str) -> Any:
    session = current_session()
    row = queries.get_differentiator(session, public_id)
    standings = queries.present_standings(session)
    return render_template(
        "market/differentiator.html",
        differentiator=row,
        uniqueness=UNIQUENESS_WORDS[row.uniqueness],
        competitors=queries.active_competitors(session),
        present={
            competitor_id: standing
            for (differentiator_id, competitor_id), standing in standings.items()
            if differentiator_id == row.id
        },
        history=queries.standing_history(session, row),
        others=[other for other in queries.active_differentiators(session) if other is not row],
        standing_words=STANDING_WORDS,
        stage_words=STAGE_WORDS,
    )


@blueprint.route("/differentiators/<public_id>/edit", methods=["GET", "POST"])
@guarded("market.edit")
def edit_differentiator(public_id: str) -> Any:
    session = current_session()
    row = queries.get_differentiator(session, public_id)
    form = DifferentiatorForm()
    if request.method == "GET":
        for name in ("name", "claim", "owner_name"):
            form[name].data = getattr(row, name)
        form.uniqueness.data = row.uniqueness.value
        form.show_names(row.aliases)
    elif form.validate():
        try:
            operations.edit_differentiator(
                session,
                viewer().actor,
                row,
                name=form.name.text,
                aliases=form.other_names(),
                claim=form.claim.text,
                uniqueness=Uniqueness(form.uniqueness.data),
                owner_name=form.owner_name.text,
            )
        except operations.NameTaken as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(f"{row.name} is changed.")
            return redirect(url_for("market.differentiator", public_id=public_id))
    page = render_template("market/differentiator_edit.html", form=form, differentiator=row)
    return (page, INVALID) if form.errors else page


@blueprint.post("/differentiators/<public_id>/standing")
@guarded("market.edit")
def set_standing(public_id: str) -> Any:
    """All of the grid at once; only what differs is written, with today's date."""
    session = current_session()
    row = queries.get_differentiator(session, public_id)
    today = clock.now().astimezone(zone(viewer().time_zone)).date()
    values = {value.value: value for value in StandingValue}
    stages = {stage.value: stage for stage in Stage}
    changed = 0
    for competitor in queries.active_competitors(session):
        value = values.get(request.form.get(competitor.public_id, ""))
        stage = stages.get(request.form.get(f"stage-{competitor.public_id}", ""))
        if value is not None:
            changed += operations.set_standing(
                session, viewer().actor, row, competitor, value, today, stage
            )
    flash(f"{plural(changed, 'standing')} set." if changed else "Nothing was different.")
    return redirect(url_for("market.differentiator", public_id=public_id, _anchor="standing"))


@blueprint.post("/differentiators/<public_id>/life")
@guarded("market.edit")
def set_differentiator_life(public_id: str) -> Any:
    set_life_by_form(queries.get_differentiator(current_session(), public_id))
    return redirect(url_for("market.differentiators"))


@blueprint.post("/differentiators/<public_id>/merge")
@guarded("market.edit")
def merge_differentiator(public_id: str) -> Any:
    session = current_session()
    draft = queries.get_differentiator(session, public_id)
    into = queries.get_differentiator(session, request.form.get("into", ""))
    try:
        operations.merge_differentiator(session, viewer().actor, draft, into)
    except operations.Misplaced as refusal:
        flash(str(refusal), "error")
    else:
        flash(f"{draft.name} is now {into.name}.")
    return redirect(url_for("market.differentiators"))
