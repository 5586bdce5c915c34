"""Tagging words of a transcript that stand in no answer yet: they become one in the same step."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session, discard_changes
from app.interviews.answering import AnswersClosed
from app.interviews.conversation import Conversation
from app.interviews.loading import load_conversation
from app.interviews.models import Answer, Interview
from app.interviews.writing_queries import lock_interview
from app.tagging import finishing, operations
from app.tagging import said as tagging_said
from app.tagging.operations import CannotTag
from app.tagging.routes.blueprint import blueprint
from app.tagging.routes.showing import done, interview_to_tag, refused
from app.tagging.routes.tags import (
    UnknownReason,
    form_page,
    offered,
    quoted_words,
    refuse,
    values_of,
)
from app.tagging.steps import Step
from app.tagging.tag_forms import SaidForm
from app.transcripts.drafting import CannotDraft
from app.transcripts.unanswered import Unanswered, may_hold_it, unanswered


@blueprint.route(
    "/interviews/<public_id>/said/<int:position>/<int:offset>/tag", methods=["GET", "POST"]
)
@guarded("tagging.tag")
def tag_said(public_id: str, position: int, offset: int) -> Any:
    """Tag words of a buyer that begin at this segment, and letter, of the transcript; `start` and
    `end` say which of them."""
    session = current_session()
    interview = interview_to_tag(public_id)
    if request.method == "POST":
        lock_interview(session, interview)
    found = unanswered(session, interview)
    said = next((each for each in found if each.place == (position, offset)), None)
    if said is None:
        return refused(interview, "No buyer's words wait here: they are an answer by now.")
    conversation = load_conversation(session, interview)
    form = _form(interview, said, conversation)
    if not form.is_submitted():
        _begin(form, interview, said, conversation)
    elif form.validate():
        try:
            step, answer = _tag(form, interview, said, conversation)
        except (CannotTag, UnknownReason) as refusal:
            discard_changes()
            refuse(form, refusal)
        except (CannotDraft, AnswersClosed) as refusal:
            discard_changes()
            form.question.errors = [str(refusal)]
        else:
            message = (
                f"Tagged: {form.reason.text or 'to come back to'}. Its words are an answer now."
            )
            return done(interview, step, message, fresh=answer)
    return form_page(
        form,
        interview,
        said.text,
        quoted_words(form, said.text),
        address=url_for("tagging.tag_said", public_id=public_id, position=position, offset=offset),
        question=said.draft.asked,
        tag=None,
    )


def _tag(
    form: SaidForm, interview: Interview, said: Unanswered, conversation: Conversation
) -> tuple[Step, Answer]:
    session, actor = current_session(), viewer().actor
    span = _span(form, said)
    turn = conversation.turn(form.question.data) if form.question.data else None
    values, decided = values_of(form, interview), form.said_which_decided
    return tagging_said.tag_said(
        session, actor, interview, said, span, turn, conversation, values, decided
    )


def _span(form: SaidForm, said: Unanswered) -> tuple[int, int]:
    """Raises CannotTag where these are not words of this buyer in this transcript."""
    if form.span is None:
        raise CannotTag("Pick at least one sentence.")
    if form.revision.data not in (None, said.draft.transcript_id):
        raise CannotTag("Another transcript took the place of this one. Reload the page.")
    start, end = form.span
    operations.check_words(said.text, start, end)
    return start, end


def _form(interview: Interview, said: Unanswered, conversation: Conversation) -> SaidForm:
    form = offered(SaidForm(), interview, said.text)
    form.offer_questions(said.draft.asked, filter(may_hold_it, conversation.turns))
    return form


def _begin(
    form: SaidForm, interview: Interview, said: Unanswered, conversation: Conversation
) -> None:
    form.process(request.args)
    form.revision.data = said.draft.transcript_id
    form.direction.data = finishing.usual_direction(interview.deal.outcome).value
    turn = conversation.turn(said.draft.question_id) if said.draft.question_id else None
    if turn is not None and may_hold_it(turn):
        form.question.data = turn.question_id
        form.evidence.data = turn.kind.value if turn.kind else ""
