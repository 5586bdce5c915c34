"""The capture page: the guide beside the answers, saved as one types."""

from __future__ import annotations

import uuid
from typing import Any

from flask import redirect, render_template, request, url_for

from app.core import clock
from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.core.formats import zone
from app.deals.access import title_for
from app.deals.queries import competitors_met
from app.guides.reading import Clarifies, Placeholder, Situation
from app.guides.versions import guide_of
from app.identity.queries import workspace
from app.interviews import answering, queries
from app.interviews.answering import OPEN_STATES, AnswersClosed, ForeignRevision, Saved
from app.interviews.conversation import Conversation, Turn, converse
from app.interviews.forms import AnswerForm, OwnQuestionForm
from app.interviews.models import Interview, Taken
from app.interviews.routes import blueprint


@blueprint.get("/<public_id>/capture")
@blueprint.get("/<public_id>/capture/<question_id>")
@guarded("interviews.hold")
def capture(public_id: str, question_id: str = "") -> Any:
    """Hold the interview. Every question is in the page, so that moving on needs no network."""
    interview = _interview_to_write(public_id)
    if interview.state not in OPEN_STATES:
        return redirect(url_for("interviews.page", public_id=public_id))
    conversation = _conversation(interview)
    turn = conversation.turn(question_id) if question_id else conversation.first_open()
    if question_id and turn is None:
        raise NotFound
    return _capture_page(interview, conversation, turn)


@blueprint.post("/<public_id>/answers/<question_id>")
@guarded("interviews.hold")
def save_answer(public_id: str, question_id: str) -> Any:
    """Keep the words. Scripts ask for JSON; a plain form is led to the next question."""
    interview = _interview_to_write(public_id)
    conversation = _conversation(interview)
    turn = conversation.turn(question_id)
    if turn is None:
        raise NotFound
    form = AnswerForm()
    if not form.validate():
        return _refused(form, interview, conversation, turn)
    try:
        saved = answering.record_answer(
            current_session(),
            viewer().actor,
            interview,
            turn.asked,
            text=form.text.data or "",
            revision_id=form.revision.data or "",
            base=form.base.data or 0,
            taken=form.chosen_taken,
        )
        if request.form.get("then") == "skip":
            answering.skip_question(current_session(), viewer().actor, interview, turn.asked)
    except (AnswersClosed, ForeignRevision) as refusal:
        form.text.errors = [str(refusal)]
        return _refused(form, interview, conversation, turn)
    if _wants_json():
        return _as_json(saved)
    if saved.theirs is not None:
        return _capture_page(
            interview, conversation, turn, typed=form.text.data or "", conflict=saved
        )
    return redirect(_onwards(interview, conversation, turn), 303)


@blueprint.post("/<public_id>/questions")
@guarded("interviews.hold")
def add_question(public_id: str) -> Any:
    """A question of one's own, after the one at hand."""
    interview = _interview_to_write(public_id)
    conversation = _conversation(interview)
    turn = conversation.turn(request.form.get("after", "")) or conversation.first_open()
    form = OwnQuestionForm()
    if not form.validate():
        return _capture_page(interview, conversation, turn, own=form)
    answer = answering.add_question(
        current_session(),
        viewer().actor,
        interview,
        say=form.say.data or "",
        after=turn.position if turn is not None else 0,
    )
    return redirect(
        url_for("interviews.capture", public_id=public_id, question_id=answer.question_id), 303
    )


def _interview_to_write(public_id: str) -> Interview:
    interview = queries.get_interview_to_hold(current_session(), viewer(), public_id)
    if not queries.may_write(viewer(), interview):
        raise NotFound
    return interview


def _conversation(interview: Interview) -> Conversation:
    session = current_session()
    deal = interview.deal
    company = workspace(session)
    situation = Situation(
        outcome=deal.outcome.value if deal.is_decided else None,
        buying_role=interview.buying_role.value if interview.buying_role else None,
        competitors_met=frozenset(row.name for row in competitors_met(session, deal)) or None,
        product=deal.product or None,
    )
    words = {
        Placeholder.CONTACT: interview.contact.name if interview.contact else "",
        Placeholder.INTERVIEWER: interview.interviewer.name if interview.interviewer else "",
        Placeholder.COMPANY: company.company or "our company",
        Placeholder.PRODUCT: deal.product or company.product or "our product",
        Placeholder.MINUTES: str(interview.minutes),
    }
    guide = guide_of(interview.guide_version) if interview.guide_version else None
    return converse(guide, situation, words, queries.answers_of(session, interview))


def _capture_page(
    interview: Interview,
    conversation: Conversation,
    turn: Turn | None,
    *,
    typed: str | None = None,
    conflict: Saved | None = None,
    own: OwnQuestionForm | None = None,
) -> str:
    """`typed` is what was sent for the question at hand and does not stand."""
    return render_template(
        "interviews/capture.html",
        interview=interview,
        title=title_for(viewer(), interview.deal),
        conversation=conversation,
        current=turn,
        typed=typed,
        conflict=conflict,
        own=own or OwnQuestionForm(formdata=None),
        new_id=lambda: str(uuid.uuid4()),
        taken=Taken,
        clarifies=Clarifies,
        minutes_gone=_minutes_gone(interview),
        viewer=viewer(),
    )


def _minutes_gone(interview: Interview) -> int:
    began = interview.started_at
    return int((clock.now() - began).total_seconds() // 60) if began is not None else 0


def _onwards(interview: Interview, conversation: Conversation, turn: Turn) -> str:
    """Where a plain form leads: the neighbour that its button names, or here again."""
    then = request.form.get("then", "next")
    neighbours = {"previous": conversation.before(turn), "stay": turn}
    to = neighbours.get(then, conversation.after(turn))
    if to is None and then != "previous":
        return url_for("interviews.page", public_id=interview.public_id)
    return url_for(
        "interviews.capture",
        public_id=interview.public_id,
        question_id=(to or turn).question_id,
    )


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _as_json(saved: Saved) -> dict[str, Any]:
    at = clock.now().astimezone(zone(viewer().time_zone)).strftime("%H:%M")
    answer: dict[str, Any] = {"number": saved.number, "at": at}
    if saved.theirs is not None:
        answer["theirs"] = {"text": saved.theirs.text, "author": saved.theirs.author_name}
    return answer


def _refused(form: AnswerForm, interview: Interview, conversation: Conversation, turn: Turn) -> Any:
    message = " ".join(error for errors in form.errors.values() for error in errors)
    if _wants_json():
        return {"refused": message}, 422
    return _capture_page(interview, conversation, turn, typed=form.text.data or ""), 422
