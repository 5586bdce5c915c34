"""Finish: two minutes, by taps, for one hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session, discard_changes
from app.deals.access import title_for
from app.interviews import queries as interviews
from app.interviews.confidence import is_exact, sight_of
from app.interviews.models import Answer, Interview, State
from app.interviews.moves import UnlawfulMove
from app.tagging import finishing, queries, reasons
from app.tagging.forms import FinishForm, TapForm
from app.tagging.models import Direction, Reason
from app.tagging.operations import MOST_FINISH_REASONS, CannotTag, Tap
from app.tagging.routes.blueprint import INVALID, blueprint
from app.tagging.sentences import Sentence, sentences

_TYPED_ROWS = MOST_FINISH_REASONS


class _Misread(ValueError):
    """What was sent does not fit the interview any more; the message is for the interviewer."""


@dataclass(frozen=True)
class _Said:
    """An answer with its sentences, each with the value that stands for it in the form."""

    answer: Answer
    is_exact: bool
    choices: list[tuple[str, Sentence]]


@blueprint.route("/interviews/<public_id>/finish", methods=["GET", "POST"])
@guarded("interviews.hold")
def finish(public_id: str) -> Any:
    session = current_session()
    interview = interviews.get_interview_to_hold(session, viewer(), public_id)
    if interview.is_heard:
        return redirect(url_for("tagging.finished", public_id=public_id))
    answers = _readable_answers(interview)
    usable = queries.usable_reasons(session)
    form = FinishForm()
    if not form.is_submitted():
        _fill(form, interview, answers, usable)
    elif form.validate():
        try:
            said = _read(form, interview, answers, usable)
            finishing.finish(session, viewer().actor, interview, said)
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
        answers=_as_sentences(answers),
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
        is_tagged=interview.state is not State.HELD,
    )


def _readable_answers(interview: Interview) -> list[Answer]:
    """What was said, for whoever may read it."""
    if not sight_of(viewer(), interview).words:
        return []
    rows = interviews.answers_of(current_session(), interview)
    return [answer for answer in rows if answer.text.strip()]


def _as_sentences(answers: list[Answer]) -> list[_Said]:
    return [
        _Said(
            answer,
            is_exact(answer.taken),
            [(_value(answer, each.start, each.end), each) for each in sentences(answer.text)],
        )
        for answer in answers
    ]


def _value(answer: Answer, start: int, end: int) -> str:
    return f"{answer.public_id}~{answer.revision}~{start}~{end}"


def _by_id(usable: Any) -> dict[str | None, Reason]:
    return {reason.public_id: reason for reason in usable}


def _fill(form: FinishForm, interview: Interview, answers: list[Answer], usable: Any) -> None:
    """What was tapped before, then what is offered, then rows to type in."""
    session = current_session()
    usual = finishing.usual_direction(interview.deal.outcome).value
    words = "\n".join(answer.text for answer in answers)
    tapped = {tap.reason_id: tap for tap in queries.finish_reasons(session, interview)}
    offered = finishing.reasons_to_offer(session, interview, usable, words)
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
            }
        )
    for _ in range(_TYPED_ROWS):
        form.taps.append_entry({"direction": usual})
    strong = queries.strongest(session, interview)
    if strong is not None:
        form.strongest.data = _value(strong.answer, strong.start, strong.end)
    form.why.data = interview.why
    form.promised.data = interview.promised
    form.follow_up.data = interview.follow_up


def _read(
    form: FinishForm, interview: Interview, answers: list[Answer], usable: Any
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
        taps.setdefault(reason.id, Tap(reason, direction, bool(row.decided.data)))
    return finishing.Finish(
        taps=list(taps.values()),
        strongest=_chosen_sentence(form.strongest.data or "", answers),
        why=form.why.text,
        promised=form.promised.text.strip(),
        follow_up=form.follow_up.text.strip(),
    )


def _reason_of(row: TapForm, usable: Any) -> Reason:
    """The reason that was offered, or the one that was typed: a new one becomes a draft."""
    if not row.reason.data:
        return reasons.draft_reason(current_session(), viewer().actor, row.name.text)
    reason = _by_id(usable).get(row.reason.data)
    if reason is None:
        raise _Misread("One of these reasons was retired meanwhile. Choose another.")
    return reason


def _chosen_sentence(value: str, answers: list[Answer]) -> tuple[Answer, int, int] | None:
    if not value:
        return None
    for said in _as_sentences(answers):
        for known, sentence in said.choices:
            if known == value:
                return said.answer, sentence.start, sentence.end
    raise _Misread("That sentence was changed meanwhile. Choose one again, or none.")
