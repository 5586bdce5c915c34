"""The programmes, one of them, and who is left alone."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.deals.words import OUTCOME_WORDS
from app.guides.queries import newest_version
from app.programmes import candidates, operations, queries, queue_queries, words
from app.programmes.fields import known_fields
from app.programmes.forms import OptOutForm
from app.programmes.routes.blueprint import INVALID, blueprint
from app.programmes.rules import read_rule, sentence
from app.programmes.running import outlook


@blueprint.get("/programmes")
@guarded("programmes.edit")
def index() -> Any:
    session = current_session()
    fields = known_fields(session)
    rows = [
        (programme, sentence(read_rule(programme.rule), fields))
        for programme in queries.programmes(session)
    ]
    return render_template(
        "programmes/index.html",
        rows=rows,
        counts=queue_queries.counts_by_programme(session),
        waiting=queue_queries.count_waiting(session),
    )


@blueprint.get("/programmes/<uuid:public_id>")
@guarded("programmes.edit")
def programme(public_id: object) -> Any:
    session = current_session()
    found = queries.get_programme(session, str(public_id))
    guide = newest_version(session, found.guide_slug) if found.guide_slug else None
    return render_template(
        "programmes/programme.html",
        programme=found,
        rule=sentence(read_rule(found.rule), known_fields(session)),
        outlook=outlook(session, found),
        rates=candidates.rates(session),
        measured=candidates.measured_rates(session),
        counts=queue_queries.counts_by_programme(session).get(found.id, {}),
        left_out=candidates.left_out(session, found),
        draws=queue_queries.draws_of(session, found),
        interviewers=queries.interviewers_by_programme(session).get(found.id, []),
        guide=guide,
        words=words,
        outcome_words=OUTCOME_WORDS,
    )


@blueprint.route("/programmes/left-alone", methods=["GET", "POST"])
@guarded("programmes.edit")
def left_alone() -> Any:
    session = current_session()
    form = OptOutForm()
    if form.validate_on_submit():
        operations.opt_out(session, form.email.text, form.how.text, viewer().actor)
        flash(f"{form.email.text} is left alone from now on.")
        return redirect(url_for("programmes.left_alone"))
    page = render_template(
        "programmes/left_alone.html", form=form, rows=queue_queries.opt_outs(session)
    )
    return (page, INVALID) if form.errors else page


@blueprint.post("/programmes/left-alone/<int:row_id>/take-off")
@guarded("programmes.edit")
def take_off(row_id: int) -> Any:
    session = current_session()
    row = queue_queries.get_opt_out(session, row_id)
    operations.take_off_the_list(session, viewer().actor, row)
    flash(f"{row.address} may be asked again.")
    return redirect(url_for("programmes.left_alone"))
