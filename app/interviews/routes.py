"""The pages around an interview: list, new, the interview itself, its time, its consent."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, discard_changes
from app.core.forms import options
from app.deals import operations as deals
from app.deals.access import get_deal, title_for
from app.deals.models import Contact, Deal, Outcome
from app.deals.queries import people_of
from app.guides.languages import best_language
from app.guides.versions import guide_of
from app.identity.models import User
from app.interviews import operations, queries, words
from app.interviews.confidence import is_exact, sight_of
from app.interviews.conversation import by_answer, threads
from app.interviews.forms import (
    NEW_PERSON,
    ConsentForm,
    DealInterviewForm,
    NewInterviewForm,
    PersonForm,
    ScheduleForm,
    set_interviewers,
)
from app.interviews.models import Channel, Interview, Relation, Scope, State, Taken
from app.interviews.moves import CALLED_OFF, LAWFUL, UnlawfulMove

blueprint = Blueprint("interviews", __name__, template_folder="templates", url_prefix="/interviews")


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"words": words}


@blueprint.get("")
@guarded("interviews.view")
def index() -> str:
    filters = _filters()
    page = queries.list_interviews(current_session(), viewer(), filters)
    rows = [
        (row, title_for(viewer(), row.deal), sight_of(viewer(), row)) for row in page.interviews
    ]
    return render_template(
        "interviews/index.html",
        rows=rows,
        filters=filters,
        next=page.next,
        standings=queries.Standing,
        viewer=viewer(),
    )


def _filters() -> queries.Filters:
    given = request.args
    standing, outcome = given.get("standing", ""), given.get("outcome", "")
    mine = "mine" if viewer().may("interviews.hold") else "all"
    return queries.Filters(
        standing=(
            queries.Standing(standing)
            if standing in list(queries.Standing)
            else queries.Standing.AHEAD
        ),
        only_mine=given.get("whose", mine) == "mine",
        outcome=Outcome(outcome) if outcome in list(Outcome) else None,
        words=given.get("q", "").strip()[:100],
        after=given.get("after", ""),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@guarded("interviews.hold")
def new() -> Any:
    """Company, person, outcome and a time; or, with ?deal=, whom of its contacts and a time."""
    public_id = request.args.get("deal")
    if public_id:
        return _new_for_deal(get_deal(current_session(), viewer(), public_id))
    form = NewInterviewForm()
    _prepare(form)
    if not form.validate_on_submit():
        return render_template("interviews/new.html", form=form, deal=None, title="")
    me = current_session().get_one(User, viewer().user_id)
    deal, contact = deals.add_deal_with_person(
        current_session(),
        viewer().actor,
        company=form.company.data or "",
        person=form.person.data or "",
        outcome=Outcome(form.outcome.data),
        email=form.email.data or "",
        job_title=form.job_title.data or "",
        buying_role=form.role,
        closed_on=form.closed_on.data,
        seller=deals.seller_for(current_session(), me) if form.sold_it.data else None,
    )
    return _planned(form, deal, contact)


def _new_for_deal(deal: Deal) -> Any:
    contacts = people_of(current_session(), deal)
    form = DealInterviewForm()
    form.contact.choices = options(
        [
            *((row.contact.public_id, row.contact.name) for row in contacts),
            (NEW_PERSON, "Somebody else"),
        ]
    )
    if not form.is_submitted() and contacts:
        form.contact.data = contacts[0].contact.public_id
    _prepare(form)
    if not form.validate_on_submit():
        return render_template(
            "interviews/new.html", form=form, deal=deal, title=title_for(viewer(), deal)
        )
    chosen = next((row for row in contacts if row.contact.public_id == form.contact.data), None)
    if chosen is None:
        person = deals.Person(
            name=form.person.data or "",
            email=form.email.data or "",
            job_title=form.job_title.data or "",
            buying_role=form.role,
        )
        chosen = deals.add_person(current_session(), viewer().actor, deal, person)
    form.buying_role.data = chosen.buying_role.value if chosen.buying_role else ""
    return _planned(form, deal, chosen.contact)


def _prepare(form: PersonForm) -> None:
    """Offer zones and interviewers; whoever may not assign interviews holds them."""
    if not form.is_submitted():
        form.show_moment(None, viewer().time_zone)
    if viewer().may("interviews.assign"):
        _offer_interviewers(form, viewer().user_id)
    else:
        del form.interviewer


def _offer_interviewers(form: Any, chosen: int | None) -> None:
    people = queries.possible_interviewers(current_session())
    set_interviewers(form, [(person.id, person.name) for person in people], chosen)


def _planned(form: PersonForm, deal: Deal, contact: Contact) -> Any:
    interview = operations.plan(
        current_session(),
        viewer().actor,
        deal,
        contact=contact,
        interviewer=_chosen_interviewer(form),
        buying_role=form.role,
        channel=Channel(form.channel.data),
        minutes=form.minutes.data or 30,
    )
    if form.moment is not None:
        operations.schedule(
            current_session(),
            viewer().actor,
            interview,
            at=form.moment,
            time_zone=form.zone.data,
        )
    flash("The interview is planned.")
    return redirect(_page_of(interview), 303)


def _chosen_interviewer(form: Any) -> User | None:
    """Whom the form names; oneself where it does not ask."""
    if "interviewer" not in form:
        return current_session().get_one(User, viewer().user_id)
    chosen = form.interviewer.data or ""
    if not chosen:
        return None
    people = queries.possible_interviewers(current_session())
    person = next((person for person in people if str(person.id) == chosen), None)
    if person is None:
        raise NotFound
    return person


@blueprint.get("/<public_id>")
@guarded("interviews.view")
def page(public_id: str) -> str:
    interview = queries.get_interview(current_session(), viewer(), public_id)
    sight = sight_of(viewer(), interview)
    answers = queries.answers_of(current_session(), interview) if sight.words else []
    promises = queries.promises_of(current_session(), interview)
    notes = queries.notes_of(current_session(), viewer(), interview) if answers else []
    return render_template(
        "interviews/interview.html",
        interview=interview,
        title=title_for(viewer(), interview.deal),
        sight=sight,
        threads=threads(answers),
        promises=[row for row in promises if sight.words or row.keeper_id == viewer().user_id],
        notes_by_answer=by_answer(notes),
        is_exact=is_exact,
        may_hold=queries.may_hold(viewer(), interview),
        may_write=queries.may_write(viewer(), interview),
        ways=LAWFUL[interview.state],
        states=State,
        call_offs=[state for state in CALLED_OFF if state in LAWFUL[interview.state]],
        viewer=viewer(),
    )


@blueprint.route("/<public_id>/schedule", methods=["GET", "POST"])
@guarded("interviews.hold")
def schedule(public_id: str) -> Any:
    interview = queries.get_interview_to_hold(current_session(), viewer(), public_id)
    form = ScheduleForm(obj=None)
    if not form.is_submitted():
        _show_schedule(form, interview)
    if viewer().may("interviews.assign"):
        _offer_interviewers(form, interview.interviewer_id)
    else:
        del form.interviewer
    if form.validate_on_submit():
        try:
            _reschedule(form, interview)
        except UnlawfulMove as refusal:
            discard_changes()
            form.form_errors.append(str(refusal))
        else:
            flash("The time is set.")
            return redirect(_page_of(interview), 303)
    return render_template(
        "interviews/schedule.html",
        form=form,
        interview=interview,
        title=title_for(viewer(), interview.deal),
    )


def _show_schedule(form: ScheduleForm, interview: Interview) -> None:
    form.show_moment(interview.scheduled_at, interview.time_zone or viewer().time_zone)
    form.minutes.data = interview.minutes
    form.channel.data = interview.channel.value
    form.relation.data = interview.relation.value if interview.relation else ""


def _reschedule(form: ScheduleForm, interview: Interview) -> None:
    assert form.moment is not None
    operations.schedule(
        current_session(),
        viewer().actor,
        interview,
        at=form.moment,
        time_zone=form.zone.data,
        minutes=form.minutes.data,
        channel=Channel(form.channel.data),
    )
    operations.assign(
        current_session(),
        viewer().actor,
        interview,
        interviewer=_chosen_interviewer(form) if "interviewer" in form else interview.interviewer,
        relation=Relation(form.relation.data) if form.relation.data else None,
    )


@blueprint.post("/<public_id>/move")
@guarded("interviews.hold")
def move(public_id: str) -> Any:
    """Call it off, or take it up again."""
    interview = queries.get_interview_to_hold(current_session(), viewer(), public_id)
    to = request.form.get("to", "")
    if to not in (*CALLED_OFF, State.PLANNED, State.IN_PROGRESS):
        raise NotFound
    try:
        operations.move(current_session(), viewer().actor, interview, State(to))
    except UnlawfulMove as refusal:
        flash(str(refusal), "error")
    return redirect(_page_of(interview), 303)


@blueprint.post("/<public_id>/promises/<promise_id>")
@guarded("interviews.view")
def promise(public_id: str, promise_id: str) -> Any:
    """Kept, or not kept after all: said by whoever keeps it, or holds the interview."""
    interview = queries.get_interview(current_session(), viewer(), public_id)
    row = queries.get_promise(current_session(), interview, promise_id)
    if row.keeper_id != viewer().user_id and not queries.may_hold(viewer(), interview):
        raise NotFound
    if request.form.get("is") == "open":
        operations.reopen_promise(current_session(), viewer().actor, row)
    else:
        operations.keep_promise(current_session(), viewer().actor, row)
        flash("Kept. Thank you.")
    back = url_for("home.start") if request.form.get("from") == "day" else _page_of(interview)
    return redirect(back, 303)


@blueprint.post("/<public_id>/begin")
@guarded("interviews.hold")
def begin(public_id: str) -> Any:
    interview = queries.get_interview_to_hold(current_session(), viewer(), public_id)
    try:
        operations.begin(current_session(), viewer().actor, interview)
    except UnlawfulMove as refusal:
        flash(str(refusal), "error")
        return redirect(_page_of(interview), 303)
    step = "interviews.consent" if interview.scope is None else "interviews.capture"
    return redirect(url_for(step, public_id=public_id), 303)


@blueprint.route("/<public_id>/consent", methods=["GET", "POST"])
@guarded("interviews.hold")
def consent(public_id: str) -> Any:
    """What the buyer allows: asked at the beginning, and open to change at any time."""
    interview = queries.get_interview_to_hold(current_session(), viewer(), public_id)
    form = ConsentForm()
    guide = guide_of(interview.guide_version) if interview.guide_version else None
    form.offer_languages((guide.language, *guide.languages) if guide else ())
    if form.validate_on_submit():
        operations.set_consent(
            current_session(),
            viewer().actor,
            interview,
            scope=Scope(form.scope.data),
            seller_may_read=form.seller_may_read.data == "yes",
            taken=Taken(form.taken.data),
            language=form.language.data if "language" in form else None,
        )
        if interview.state is State.IN_PROGRESS:
            return redirect(url_for("interviews.capture", public_id=public_id), 303)
        flash("What the buyer allows is kept.")
        return redirect(_page_of(interview), 303)
    if not form.is_submitted():
        form.scope.data = interview.scope.value if interview.scope else None
        form.seller_may_read.data = {True: "yes", False: "no", None: None}[
            interview.seller_may_read
        ]
        form.taken.data = interview.taken.value
        if guide and "language" in form:
            form.language.data = best_language(guide, interview.language or guide.language)
    return render_template(
        "interviews/consent.html",
        form=form,
        interview=interview,
        title=title_for(viewer(), interview.deal),
    )


def _page_of(interview: Interview) -> str:
    return url_for("interviews.page", public_id=interview.public_id)
