"""Decisions on pages: taking them, carrying them on, and what became of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app.actions import letters, operations, queries, showing, telling, words
from app.actions.evidence import Theme
from app.actions.forms import GoalsForm, LearntForm, PlanForm, ShippedForm, TellForm
from app.actions.models import UNFINISHED, Decision, DecisionState, Measure
from app.actions.programme_goals import standings
from app.actions.reminding import today_of
from app.analytics.queries import Subject, last_closing_until, subject_by_public_id
from app.analytics.window import Window
from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, settings
from app.core.formats import plural
from app.core.periods import Quarter
from app.identity.queries import workspace
from app.interviews.queries import get_interview
from app.tagging.models import Direction

blueprint = Blueprint("actions", __name__, template_folder="templates")

INVALID = 422
_SHOWN = {
    "open": ("To do", UNFINISHED),
    "shipped": ("Shipped", (DecisionState.SHIPPED,)),
    "all": ("All", tuple(DecisionState)),
}


@blueprint.get("/decisions")
@guarded("actions.view")
def index() -> Any:
    """What was decided: to do, shipped, or all; one's own alone by ?mine=1."""
    session = current_session()
    shown = request.args.get("shown", "open")
    if shown not in _SHOWN:
        raise NotFound
    mine = bool(request.args.get("mine"))
    counts = queries.counts_by_state(session)
    return render_template(
        "actions/index.html",
        decisions=queries.list_decisions(
            session, states=_SHOWN[shown][1], owner_id=viewer().user_id if mine else None
        ),
        shown=shown,
        mine=mine,
        tabs=[
            (label, key, sum(counts.get(state, 0) for state in states))
            for key, (label, states) in _SHOWN.items()
        ],
        today=today_of(session),
        words=words,
        has_any=bool(counts),
    )


@blueprint.route("/decisions/new", methods=["GET", "POST"])
@guarded("actions.decide")
def take() -> Any:
    """From a theme's page or a report, which the address names."""
    session = current_session()
    theme, window = _theme(), _window()
    form = PlanForm()
    form.offer(list(queries.owners(session)))
    if form.validate_on_submit():
        decision = operations.take(
            session,
            viewer().actor,
            form.plan,
            theme=theme,
            window=window,
            today=today_of(session),
            report=request.args.get("report", "")[:80],
        )
        flash("The decision is kept, with the evidence as it stands.")
        return redirect(url_for("actions.decision", public_id=decision.public_id))
    page = render_template(
        "actions/take.html",
        form=form,
        evidence=showing.shown_now(session, window, theme, today_of(session)) if theme else None,
        direction=theme.direction if theme else None,
    )
    return (page, INVALID) if form.errors else page


@blueprint.get("/decisions/<public_id>")
@guarded("actions.view")
def decision(public_id: str) -> Any:
    return _page(queries.get_decision(current_session(), public_id))


@blueprint.route("/decisions/<public_id>/edit", methods=["GET", "POST"])
@guarded("actions.view")
def edit(public_id: str) -> Any:
    session = current_session()
    row = _own_decision(public_id)
    form = PlanForm()
    form.offer(list(queries.owners(session)))
    if request.method == "GET":
        form.show(row)
    elif form.validate():
        try:
            operations.change(session, viewer().actor, row, form.plan)
        except operations.GoalIsFixed as refusal:
            form.goal_percent.errors = [str(refusal)]
        else:
            flash("Kept.")
            return redirect(url_for("actions.decision", public_id=public_id))
    page = render_template("actions/edit.html", form=form, decision=row)
    return (page, INVALID) if form.errors else page


@blueprint.post("/decisions/<public_id>/state")
@guarded("actions.view")
def move(public_id: str) -> Any:
    """Begin it, ship it, drop it, or take it up again."""
    row = _own_decision(public_id)
    try:
        state = DecisionState(request.form.get("to", ""))
    except ValueError:
        abort(400)
    form = ShippedForm()
    if state is DecisionState.SHIPPED and not form.validate():
        return _page(row, shipped=form), INVALID
    try:
        operations.move(
            current_session(), viewer().actor, row, state, shipped_on=form.shipped_on.data
        )
    except operations.NotYetShipped as refusal:
        form.shipped_on.errors = [str(refusal)]
        return _page(row, shipped=form), INVALID
    flash(f"{words.STATES[state]}.")
    return redirect(url_for("actions.decision", public_id=public_id))


@blueprint.post("/decisions/<public_id>/learnt")
@guarded("actions.view")
def learn(public_id: str) -> Any:
    row = _own_decision(public_id)
    form = LearntForm()
    if not form.validate():
        return _page(row, learnt=form), INVALID
    operations.learn(current_session(), viewer().actor, row, form.learnt.text)
    flash("Kept.")
    return redirect(url_for("actions.decision", public_id=public_id))


@blueprint.route("/decisions/<public_id>/tell", methods=["GET", "POST"])
@guarded("actions.tell")
def tell(public_id: str) -> Any:
    """The one mail to the buyers who said it, looked over before it goes."""
    session = current_session()
    row = queries.get_decision(session, public_id)
    form = TellForm()
    company = workspace(session).company
    if request.method == "GET":
        form.subject.data = letters.told_subject(company)
        form.text.data = letters.told_text(company, row)
    elif form.validate():
        try:
            told = telling.tell(
                session,
                viewer().actor,
                settings(),
                row,
                subject=form.subject.text,
                text=form.text.text,
                sender=viewer().name,
            )
        except telling.NothingToTell as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(f"Written to {plural(told, 'buyer')}.")
            return redirect(url_for("actions.decision", public_id=public_id))
    page = render_template(
        "actions/tell.html", form=form, decision=row, buyers=telling.buyers_of(session, row)
    )
    return (page, INVALID) if form.errors or form.form_errors else page


@blueprint.post("/interviews/<public_id>/may-be-told")
@guarded("interviews.hold")
def may_be_told(public_id: str) -> Any:
    """What the buyer said when asked whether they want to hear what changed."""
    interview = get_interview(current_session(), viewer(), public_id)
    allowed = request.form.get("allowed")
    if allowed not in ("yes", "no"):
        abort(400)
    operations.note_may_be_told(current_session(), viewer().actor, interview, allowed == "yes")
    flash("Kept.")
    return redirect(url_for("interviews.page", public_id=public_id))


@blueprint.route("/decisions/goals", methods=["GET", "POST"])
@guarded("actions.view")
def goals() -> Any:
    """How the programme itself is doing, and what it is held to."""
    session = current_session()
    form = GoalsForm()
    if request.method == "POST" and not viewer().may("actions.goals"):
        abort(403)
    if request.method == "GET":
        for measure, goal in queries.goals(session).items():
            form[measure.value].data = goal.target
    elif form.validate():
        for measure in Measure:
            operations.set_goal(session, viewer().actor, measure, form[measure.value].data)
        flash("Kept.")
        return redirect(url_for("actions.goals"))
    window = _window()
    page = render_template(
        "actions/goals.html", form=form, standings=standings(session, window), window=window
    )
    return (page, INVALID) if form.errors else page


def _page(
    row: Decision, *, shipped: ShippedForm | None = None, learnt: LearntForm | None = None
) -> str:
    session = current_session()
    today = today_of(session)
    if shipped is None:
        shipped = ShippedForm(formdata=None)
        shipped.shipped_on.data = today
    return render_template(
        "actions/decision.html",
        decision=row,
        found=showing.shown_decision(session, row, today),
        shipped=shipped,
        learnt=learnt or LearntForm(formdata=None, learnt=row.learnt),
        may_carry_on=_may_carry_on(row),
        buyers=telling.buyers_of(session, row) if viewer().may("actions.tell") else [],
        today=today,
        words=words,
    )


def _own_decision(public_id: str) -> Decision:
    """The decision, to whoever may carry it on; 403 for others."""
    row = queries.get_decision(current_session(), public_id)
    if not _may_carry_on(row):
        abort(403)
    return row


def _may_carry_on(row: Decision) -> bool:
    return viewer().may("actions.decide") or row.owner_id == viewer().user_id


def _theme() -> Theme | None:
    """From ?about=reason&id=...&way=against; None where the address names none."""
    about = request.args.get("about")
    if not about:
        return None
    try:
        subject, way = Subject(about), Direction(request.args.get("way", ""))
    except ValueError:
        raise NotFound from None
    row = subject_by_public_id(current_session(), subject, request.args.get("id", ""))
    if row is None:
        raise NotFound
    return Theme(subject, row.id, way)


def _window() -> Window:
    """The four quarters to ?to=2026Q3, or to the latest."""
    session = current_session()
    house = workspace(session)
    today: date = today_of(session)
    try:
        if to := request.args.get("to"):
            return Window.year_to(Quarter.parse(to, house.fiscal_year_first_month))
    except ValueError:
        raise NotFound from None
    latest = last_closing_until(session, today) or today
    return Window.year_to(Quarter.containing(latest, house.fiscal_year_first_month))
