"""The start page: the first steps of an empty workspace, then each person's day."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.core.formats import plural
from app.deals.expectation import expect
from app.deals.queries import closed_deals
from app.home import operations, queries
from app.home.day import sections_for
from app.home.forms import MarketForm
from app.home.steps import STEP_NAMES, Progress, Step
from app.identity.forms import InviteForm, WorkspaceForm
from app.identity.inviting import invite_by_form
from app.identity.operations import change_workspace
from app.identity.queries import workspace
from app.market.operations import add_competitors, add_differentiators
from app.market.queries import competitors, differentiators

blueprint = Blueprint("home", __name__, template_folder="templates")

INVALID = 422


@blueprint.get("/")
@guarded("signed_in")
def start() -> Any:
    progress = queries.progress(current_session()) if viewer().may("workspace.edit") else None
    if progress and progress.is_beginning:
        return redirect(_address(progress.open[0]))
    left = [(STEP_NAMES[step], _address(step)) for step in progress.open] if progress else []
    sections = sections_for(current_session(), viewer())
    return render_template("home/day.html", left=left, sections=sections, viewer=viewer())


@blueprint.route("/first-steps/company", methods=["GET", "POST"])
@guarded("workspace.edit")
def company() -> Any:
    form = WorkspaceForm(obj=workspace(current_session()))
    if form.validate_on_submit():
        change_workspace(current_session(), viewer().actor, **form.values)
        return _finish(Step.COMPANY)
    return _page(Step.COMPANY, form=form)


@blueprint.route("/first-steps/market", methods=["GET", "POST"])
@guarded("workspace.edit")
def market() -> Any:
    form = MarketForm()
    if form.validate_on_submit():
        session, actor = current_session(), viewer().actor
        rivals = add_competitors(session, actor, form.competitor_lines)
        strengths = add_differentiators(session, actor, form.differentiator_lines)
        flash(
            f"Added {plural(len(rivals.added), 'competitor')}"
            f" and {plural(len(strengths.added), 'strength')}."
        )
        return _finish(Step.MARKET)
    return _page(
        Step.MARKET,
        form=form,
        competitors=competitors(current_session()),
        differentiators=differentiators(current_session()),
    )


@blueprint.get("/first-steps/deals")
@guarded("workspace.edit")
def deals() -> Any:
    expected = expect(closed_deals(current_session()))
    return _page(Step.DEALS, expected=expected, leads_on=expected.closed > 0)


@blueprint.route("/first-steps/colleagues", methods=["GET", "POST"])
@guarded("workspace.edit")
def colleagues() -> Any:
    form = InviteForm()
    links = []
    if form.validate_on_submit():
        links = invite_by_form(current_session(), viewer().actor, form)
        if links:
            operations.finish_step(current_session(), Step.COLLEAGUES)
    return _page(Step.COLLEAGUES, form=form, invited=links, leads_on=bool(links))


@blueprint.get("/first-steps/interview")
@guarded("workspace.edit")
def interview() -> Any:
    return _page(Step.INTERVIEW)


@blueprint.post("/first-steps/<first_step:step>/skip")
@guarded("workspace.edit")
def skip(step: Step) -> Any:
    operations.skip_step(current_session(), viewer().actor, step)
    return redirect(_after(step))


@blueprint.post("/first-steps/leave")
@guarded("workspace.edit")
def leave() -> Any:
    operations.skip_open_steps(current_session(), viewer().actor)
    return redirect(url_for("home.start"))


def _finish(step: Step) -> Any:
    operations.finish_step(current_session(), step)
    return redirect(_after(step))


def _page(step: Step, form: Any = None, *, leads_on: bool = False, **context: Any) -> Any:
    progress = queries.progress(current_session())
    page = render_template(
        f"home/{step.value}.html",
        step=step,
        steps=_steps(progress),
        position=list(Step).index(step) + 1,
        is_open=step in progress.open,
        onward=_after(step, progress),
        form=form,
        leads_on=leads_on,
        **context,
    )
    return (page, INVALID) if form is not None and form.errors else page


def _steps(progress: Progress) -> list[tuple[str, str, str | None]]:
    return [(STEP_NAMES[step], _address(step), progress.state_of(step)) for step in Step]


def _after(step: Step, progress: Progress | None = None) -> str:
    following = (progress or queries.progress(current_session())).after(step)
    return _address(following) if following else url_for("home.start")


def _address(step: Step) -> str:
    return url_for(f"home.{step.value}")
