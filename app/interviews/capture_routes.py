"""The capture page: the guide beside the answers, saved as one types."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, render_template, request, url_for

from app.core import clock
from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.deals.access import title_for
from app.guides.reading import Clarifies
from app.interviews import answering, queries
from app.interviews.answering import OPEN_STATES
from app.interviews.change_kinds import show_answers
from app.interviews.changes import Sitting, apply_changes
from app.interviews.conversation import BLANK, Turn
from app.interviews.forms import AnswerForm, OwnQuestionForm
from app.interviews.holding_kinds import show_met, show_people
from app.interviews.models import Interview, MarkKind, Taken
from app.interviews.price_words import TABLE
from app.interviews.routes import blueprint
from app.market.mentions import is_everyday_word
from app.market.queries import active_competitors, active_differentiators


@blueprint.get("/<public_id>/capture")
@blueprint.get("/<public_id>/capture/<question_id>")
@guarded("interviews.hold")
def capture(public_id: str, question_id: str = "") -> Any:
    """Hold the interview. Every question is in the page, so that moving on needs no network."""
    interview = _interview_to_write(public_id)
    if interview.state not in OPEN_STATES:
        return redirect(url_for("interviews.page", public_id=public_id))
    sitting = Sitting(current_session(), viewer().actor, interview)
    conversation = sitting.conversation
    turn = conversation.turn(question_id) if question_id else conversation.first_open()
    if question_id and turn is None:
        if answering.is_own_question(question_id):
            # Asked a moment ago, and still on its way: the page that opens has it.
            return redirect(url_for("interviews.capture", public_id=public_id))
        raise NotFound
    return _capture_page(sitting, turn)


@blueprint.post("/<public_id>/answers/<question_id>")
@guarded("interviews.hold")
def save_answer(public_id: str, question_id: str) -> Any:
    """Keep the words of a plain form, and lead to the next question. Pages with a script send
    changes instead."""
    interview = _interview_to_write(public_id)
    sitting = Sitting(current_session(), viewer().actor, interview)
    turn = sitting.conversation.turn(question_id)
    if turn is None:
        raise NotFound
    form = AnswerForm()
    if not form.validate():
        return _refused(form, sitting, turn)
    stands = turn.answer.revision if turn.answer is not None else 0
    results = apply_changes(sitting, form.changes(question_id, beside=stands)).values()
    refusals = [result["refused"] for result in results if "refused" in result]
    if refusals:
        form.text.errors = refusals
        return _refused(form, sitting, turn)
    if any("aside" in result or "stale" in result for result in results):
        return _capture_page(sitting, turn, typed=form.text.data or "")
    return redirect(_onwards(sitting, turn), 303)


@blueprint.post("/<public_id>/questions")
@guarded("interviews.hold")
def add_question(public_id: str) -> Any:
    """A question of one's own, after the one at hand."""
    interview = _interview_to_write(public_id)
    sitting = Sitting(current_session(), viewer().actor, interview)
    conversation = sitting.conversation
    turn = conversation.turn(request.form.get("after", "")) or conversation.first_open()
    form = OwnQuestionForm()
    if not form.validate():
        return _capture_page(sitting, turn, own=form)
    answer = answering.add_question(
        current_session(),
        viewer().actor,
        interview,
        say=form.say.data or "",
        kind=form.chosen_kind,
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


def _capture_page(
    sitting: Sitting,
    turn: Turn | None,
    *,
    typed: str | None = None,
    own: OwnQuestionForm | None = None,
) -> str:
    """`typed` is what was sent for the question at hand and does not stand."""
    interview = sitting.interview
    names = _names_offered(sitting)
    return render_template(
        "interviews/capture.html",
        interview=interview,
        title=title_for(viewer(), interview.deal),
        conversation=sitting.conversation,
        blank=BLANK,
        current=turn,
        typed=typed,
        standing=show_answers(sitting.session, interview, None),
        own=own or OwnQuestionForm(formdata=None),
        new_id=lambda: str(uuid.uuid4()),
        taken=Taken,
        names=names,
        everyday=_everyday(names),
        people=show_people(sitting.session, interview, None)[""],
        met=show_met(sitting.session, interview, None)[""],
        price_table=TABLE,
        clarifies=Clarifies,
        minutes_gone=_minutes_gone(interview),
        viewer=viewer(),
    )


def _names_offered(sitting: Sitting) -> dict[str, dict[str, list[str]]]:
    """Names of competitors and differentiators with their aliases, for the page to offer."""
    return {
        MarkKind.COMPETITOR.value: {
            row.name: [row.name, *row.aliases] for row in active_competitors(sitting.session)
        },
        MarkKind.DIFFERENTIATOR.value: {
            row.name: [row.name, *row.aliases] for row in active_differentiators(sitting.session)
        },
    }


def _everyday(names: Mapping[str, Mapping[str, Sequence[str]]]) -> list[str]:
    """Those names that are everyday words: they count only as they are written."""
    spellings = (one for kind in names.values() for each in kind.values() for one in each)
    return [spelling for spelling in spellings if is_everyday_word(spelling)]


def _minutes_gone(interview: Interview) -> int:
    began = interview.started_at
    return int((clock.now() - began).total_seconds() // 60) if began is not None else 0


def _onwards(sitting: Sitting, turn: Turn) -> str:
    """Where a plain form leads: the neighbour that its button names, or here again."""
    then = request.form.get("then", "next")
    conversation = sitting.conversation
    neighbours = {"previous": conversation.before(turn), "stay": turn}
    to = neighbours.get(then, conversation.after(turn))
    if to is None and then != "previous":
        return url_for("interviews.page", public_id=sitting.interview.public_id)
    return url_for(
        "interviews.capture",
        public_id=sitting.interview.public_id,
        question_id=(to or turn).question_id,
    )


def _refused(form: AnswerForm, sitting: Sitting, turn: Turn) -> Any:
    return _capture_page(sitting, turn, typed=form.text.data or ""), 422
