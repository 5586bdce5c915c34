"""Making and changing a programme; its rule is built in place, with what it catches beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from app.core.access import guarded, viewer
from app.core.edge import current_session, database
from app.deals.words import OUTCOME_WORDS
from app.guides.queries import newest_versions
from app.interviews.queries import possible_interviewers
from app.programmes import candidates, editing, queries, rule_form
from app.programmes.fields import known_fields
from app.programmes.forms import MIXED, ProgrammeForm
from app.programmes.models import Programme
from app.programmes.routes.blueprint import INVALID, blueprint
from app.programmes.rules import (
    COMPARE_WORDS,
    COMPARISONS,
    DEEPEST,
    EVERYTHING,
    JOIN_WORDS,
    Field,
    Group,
    read_rule,
)
from app.programmes.running import run

_YEAR = timedelta(days=365)
_EVERY_OUTCOME = {outcome.value: 1 for outcome in MIXED}


@blueprint.route("/programmes/new", methods=["GET", "POST"])
@guarded("programmes.edit")
def new() -> Any:
    form = _form()
    if request.method == "GET":
        form.begin()
        return _page(form, EVERYTHING, None)
    return _save(form, None)


@blueprint.route("/programmes/<uuid:public_id>/edit", methods=["GET", "POST"])
@guarded("programmes.edit")
def edit(public_id: object) -> Any:
    session = current_session()
    found = queries.get_programme(session, str(public_id))
    form = _form()
    if request.method == "GET":
        form.show(found, queries.interviewers_by_programme(session).get(found.id, []))
        return _page(form, read_rule(found.rule), found)
    return _save(form, found)


@blueprint.post("/programmes/rule")
@guarded("programmes.edit")
def rule() -> Any:
    """The rule as the form has it, after the button that was pressed; nothing is kept."""
    with database().reading() as session:
        fields = known_fields(session)
        changed = rule_form.change(
            rule_form.read_form(request.form, fields), request.form.get("do", "")
        )
        return render_template("programmes/_rule.html", **_rule_context(session, changed, fields))


@blueprint.post("/programmes/<uuid:public_id>/pause")
@guarded("programmes.edit")
def pause(public_id: object) -> Any:
    found = queries.get_programme(current_session(), str(public_id))
    editing.pause(current_session(), viewer().actor, found)
    flash(f"{found.name} is paused: it chooses nobody, and nothing leaves by itself.")
    return redirect(url_for("programmes.programme", public_id=found.public_id))


@blueprint.post("/programmes/<uuid:public_id>/resume")
@guarded("programmes.edit")
def resume(public_id: object) -> Any:
    found = queries.get_programme(current_session(), str(public_id))
    editing.resume(current_session(), viewer().actor, found)
    flash(f"{found.name} runs again.")
    return redirect(url_for("programmes.programme", public_id=found.public_id))


@blueprint.post("/programmes/<uuid:public_id>/choose")
@guarded("programmes.edit")
def choose(public_id: object) -> Any:
    """Choose now, instead of within the hour."""
    found = queries.get_programme(current_session(), str(public_id))
    draw = run(current_session(), found)
    if draw is None:
        flash("Nobody is to be chosen at the moment.")
        return redirect(url_for("programmes.programme", public_id=found.public_id))
    flash(f"{draw.chosen} {'deal is' if draw.chosen == 1 else 'deals are'} in the queue.")
    return redirect(url_for("programmes.queue"))


def _form() -> ProgrammeForm:
    session = current_session()
    form = ProgrammeForm()
    form.offer(newest_versions(session), possible_interviewers(session))
    return form


def _save(form: ProgrammeForm, programme: Programme | None) -> Any:
    session, actor = current_session(), viewer().actor
    fields = known_fields(session)
    built = rule_form.read_form(request.form, fields)
    if "do" in request.form:
        return _page(form, rule_form.change(built, request.form["do"]), programme)
    problems = rule_form.problems(built, fields)
    if not form.validate() or problems:
        return _page(form, built, programme, problems), INVALID
    values = form.values() | {"rule": built, "interviewers": form.interviewer_ids}
    if programme is None:
        programme = editing.add(session, actor, **values)
        flash(f"{programme.name} runs from now on.")
    else:
        editing.edit(session, actor, programme, **values)
        flash(f"{programme.name} is changed.")
    return redirect(url_for("programmes.programme", public_id=programme.public_id))


def _page(
    form: ProgrammeForm,
    built: Group,
    programme: Programme | None,
    problems: dict[str, str] | None = None,
) -> str:
    session = current_session()
    return render_template(
        "programmes/edit.html",
        form=form,
        programme=programme,
        mixed=[form[f"mix_{outcome.value}"] for outcome in MIXED],
        **_rule_context(session, built, known_fields(session), problems or {}),
    )


def _rule_context(
    session: Session, built: Group, fields: dict[str, Field], problems: dict[str, str] | None = None
) -> dict[str, Any]:
    matching = candidates.matcher(session)
    caught = candidates.count_caught(session, matching, built, matching.today - _YEAR)
    waiting = candidates.candidates_of(
        session, matching, built, mix=_EVERY_OUTCOME, account_rest_days=0
    )
    return {
        "rule": built,
        "fields": fields,
        "comparisons": COMPARISONS,
        "compare_words": COMPARE_WORDS,
        "join_words": JOIN_WORDS,
        "deepest": DEEPEST,
        "problems": problems or {},
        "caught": caught,
        "can_be_asked": len(waiting),
        "outcome_words": OUTCOME_WORDS,
    }
