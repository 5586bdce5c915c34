"""Finish: two minutes, by taps, for one hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session, discard_changes
from app.core.forms import options
from app.deals.access import title_for
from app.interviews import queries as interviews
from app.interviews.models import Answer, Interview, Reference, State
from app.interviews.moves import UnlawfulMove
from app.interviews.operations import Afterword, Promised
from app.market.models import Competitor
from app.tagging import finishing, queries, reasons
from app.tagging.finish_page import Heard, heard, named_and_not_met, sentence_value
from app.tagging.forms import PROMISES, FinishForm, TapForm
from app.tagging.models import Direction, Reason
from app.tagging.operations import MOST_FINISH_REASONS, CannotTag, Tap
from app.tagging.routes.blueprint import INVALID, blueprint

_TYPED_ROWS = MOST_FINISH_REASONS


class _Misread(ValueError):
    """What was sent does not fit the interview any more; the message is for the interviewer."""


@blueprint.route("/interviews/<public_id>/finish", methods=["GET", "POST"])
@guarded("interviews.hold")
def finish(public_id: str) -> Any:
    session = current_session()
    interview = interviews.get_interview_to_hold(session, viewer(), public_id)
    if interview.is_heard:
        return redirect(url_for("tagging.finished", public_id=public_id))
    said = heard(session, viewer(), interview)
    usable = queries.usable_reasons(session)
    named = named_and_not_met(session, interview, said)
    form = FinishForm()
    form.met.choices = options([(row.public_id, row.name) for row in named])
    if not form.is_submitted():
        _fill(form, interview, said, usable)
    form.offer_keepers(interviews.possible_interviewers(session), viewer().user_id)
    if form.is_submitted() and form.validate():
        try:
            finishing.finish(
                session, viewer().actor, interview, _read(form, interview, said, usable, named)
            )
        except (_Misread, CannotTag, UnlawfulMove) as refusal:
            discard_changes()
            form.form_errors.append(str(refusal))
        else:
            return redirect(url_for("tagging.finished", public_id=public_id), 303)
    page = render_template(
        "tagging/finish.html",
        form=form,
        interview=interview,
        title=title_for(viewer(), interview.deal),
        rows=[(entry.form, _by_id(usable).get(entry.form.reason.data)) for entry in form.taps],
        usable=usable,
        heard=said,
        went_well=interview.deal.outcome in finishing.WELL_FOR_US,
        most=MOST_FINISH_REASONS,
    )
    return (page, INVALID) if form.errors else page


@blueprint.get("/interviews/<public_id>/finished")
@guarded("interviews.hold")
def finished(public_id: str) -> Any:
    """Thanks, and what counts now."""
    session = current_session()
    interview = interviews.get_interview_to_hold(session, viewer(), public_id)
    if not interview.is_heard:
        flash("This interview is not finished yet.", "error")
        return redirect(url_for("interviews.page", public_id=public_id))
    return render_template(
        "tagging/finished.html",
        interview=interview,
        title=title_for(viewer(), interview.deal),
        taps=queries.finish_reasons(session, interview),
        promises=interviews.promises_of(session, interview),
        is_tagged=interview.state is not State.HELD,
    )


def _by_id(usable: Sequence[Reason]) -> Mapping[str | None, Reason]:
    return {reason.public_id: reason for reason in usable}


def _fill(form: FinishForm, interview: Interview, said: Heard, usable: Sequence[Reason]) -> None:
    """What was tapped and written before, then what is offered, then rows to type in."""
    _fill_taps(form, interview, said, usable)
    session = current_session()
    form.met.data = [row.public_id for row in said.marked_competitors]
    strong = queries.strongest(session, interview)
    if strong is not None:
        form.strongest.data = sentence_value(strong.answer, strong.start, strong.end)
    for name in ("why", "surprised", "follow_up", "fears", "near_losses"):
        form[name].data = getattr(interview, name)
    form.reference.data = interview.reference.value if interview.reference else None
    for promise in interviews.promises_of(session, interview):
        if promise.kept_at is None:
            keeper = str(promise.keeper_id or "")
            form.promises.append_entry(
                {"text": promise.text, "keeper": keeper, "due_on": promise.due_on}
            )
    while len(form.promises) < PROMISES:
        form.promises.append_entry({})


def _fill_taps(
    form: FinishForm, interview: Interview, said: Heard, usable: Sequence[Reason]
) -> None:
    session = current_session()
    usual = finishing.usual_direction(interview.deal.outcome).value
    tapped = {tap.reason_id: tap for tap in queries.finish_reasons(session, interview)}
    offered = finishing.reasons_to_offer(session, interview, usable, said.words)
    shown = {reason.id: reason for reason in [*usable, *offered] if reason.id in tapped}
    shown |= {reason.id: reason for reason in offered}
    for reason in shown.values():
        tap = tapped.get(reason.id)
        form.taps.append_entry(
            {
                "reason": reason.public_id,
                "chosen": tap is not None,
                "direction": tap.direction.value if tap else usual,
                "decided": tap is not None and tap.is_decisive,
                "would_decide": tap.counterfactual.value if tap and tap.counterfactual else None,
            }
        )
    for _ in range(_TYPED_ROWS):
        form.taps.append_entry({"direction": usual})


def _read(
    form: FinishForm,
    interview: Interview,
    said: Heard,
    usable: Sequence[Reason],
    named: Sequence[Competitor],
) -> finishing.Finish:
    if len(form.given) > MOST_FINISH_REASONS:
        raise _Misread(
            f"At most {MOST_FINISH_REASONS} reasons, those that mattered most: "
            f"you chose {len(form.given)}."
        )
    usual = finishing.usual_direction(interview.deal.outcome)
    taps: dict[int, Tap] = {}
    for row in form.given:
        reason = _reason_of(row, usable)
        direction = Direction(row.direction.data) if row.direction.data else usual
        tap = Tap(reason, direction, bool(row.decided.data), row.counterfactual)
        taps.setdefault(reason.id, tap)
    return finishing.Finish(
        taps=list(taps.values()),
        strongest=_chosen_sentence(form.strongest.data or "", said),
        met=[row for row in named if row.public_id in (form.met.data or ())],
        written=_afterword(form),
    )


def _afterword(form: FinishForm) -> Afterword:
    people = {str(row.id): row for row in interviews.possible_interviewers(current_session())}
    return Afterword(
        why=form.why.text,
        surprised=form.surprised.text.strip(),
        promised=[
            Promised(one.text.text, people.get(one.keeper.data or ""), one.due_on.data)
            for one in form.promised
        ],
        follow_up=form.follow_up.text.strip(),
        fears=form.fears.text.strip(),
        near_losses=form.near_losses.text.strip(),
        reference=Reference(form.reference.data) if form.reference.data else None,
    )


def _reason_of(row: TapForm, usable: Sequence[Reason]) -> Reason:
    """The reason that was offered, or the one that was typed: a new one becomes a draft."""
    if not row.reason.data:
        return reasons.draft_reason(current_session(), viewer().actor, row.name.text)
    reason = _by_id(usable).get(row.reason.data)
    if reason is None:
        raise _Misread("One of these reasons was retired meanwhile. Choose another.")
    return reason


def _chosen_sentence(value: str, said: Heard) -> tuple[Answer, int, int] | None:
    if not value:
        return None
    for one in said.said:
        for known, sentence in one.choices:
            if known == value:
                return one.answer, sentence.start, sentence.end
    raise _Misread("That sentence was changed meanwhile. Choose one again, or none.")
