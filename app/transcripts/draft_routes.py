"""What a person does with the drafts of answers: accept, move, split, leave aside."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session, discard_changes
from app.core.panels import render_panels
from app.interviews.answering import AnswersClosed
from app.interviews.conversation import Conversation, Turn
from app.interviews.loading import load_conversation
from app.interviews.models import Interview
from app.transcripts import drafting, queries
from app.transcripts.forms import AcceptForm, SplitForm, WordsForm
from app.transcripts.models import Draft
from app.transcripts.routes import blueprint, transcript_of_page
from app.transcripts.showing import draft_view

_OWN_QUESTION = "own"


@blueprint.post("/accept-sure")
@guarded("interviews.hold")
def accept_sure(public_id: str) -> Any:
    interview, transcript = transcript_of_page(public_id)
    conversation = load_conversation(current_session(), interview)
    try:
        accepted, waiting = drafting.accept_sure(
            current_session(), viewer().actor, interview, transcript, conversation
        )
    except AnswersClosed as refusal:
        return _refused(public_id, str(refusal))
    said = f"{accepted} accepted."
    if waiting:
        said += f" {waiting} wait: their questions were answered already, and you choose."
    flash(said)
    return redirect(url_for("transcripts.page", public_id=public_id), 303)


@blueprint.post("/drafts/<draft_id>/accept")
@guarded("interviews.hold")
def accept(public_id: str, draft_id: str) -> Any:
    interview, draft, conversation = _draft(public_id, draft_id)
    form = AcceptForm()
    form.validate()
    try:
        drafting.accept(
            current_session(), viewer().actor, interview, draft, conversation, form.chosen
        )
    except (drafting.CannotDraft, AnswersClosed) as refusal:
        return _refused(public_id, str(refusal), draft)
    return _shown(interview, draft)


@blueprint.post("/drafts/<draft_id>/take-back")
@guarded("interviews.hold")
def take_back(public_id: str, draft_id: str) -> Any:
    """Out of the answer again, or up again after it was left aside."""
    interview, draft, _ = _draft(public_id, draft_id)
    drafting.take_back(current_session(), viewer().actor, interview, draft)
    return _shown(interview, draft)


@blueprint.post("/drafts/<draft_id>/aside")
@guarded("interviews.hold")
def set_aside(public_id: str, draft_id: str) -> Any:
    interview, draft, _ = _draft(public_id, draft_id)
    drafting.set_aside(current_session(), viewer().actor, interview, draft)
    return _shown(interview, draft)


@blueprint.get("/drafts/<draft_id>")
@guarded("interviews.hold")
def change(public_id: str, draft_id: str) -> Any:
    """To another question, or in two: within the draft where a script asked, else a page."""
    interview, draft, conversation = _draft(public_id, draft_id)
    is_part = bool(request.headers.get("HX-Request"))
    return render_template(
        f"transcripts/{'_change_draft' if is_part else 'change_draft'}.html",
        **_view(interview, draft, conversation),
    )


@blueprint.post("/drafts/<draft_id>/move")
@guarded("interviews.hold")
def move(public_id: str, draft_id: str) -> Any:
    interview, draft, conversation = _draft(public_id, draft_id)
    to = request.form.get("question", "")
    turn = None if to == _OWN_QUESTION else _turn(conversation, to)
    drafting.move(current_session(), viewer().actor, interview, draft, turn)
    return redirect(_page_at(public_id, draft), 303)


@blueprint.post("/drafts/<draft_id>/split")
@guarded("interviews.hold")
def split(public_id: str, draft_id: str) -> Any:
    _, draft, _ = _draft(public_id, draft_id)
    form = SplitForm()
    try:
        if not form.validate():
            raise drafting.CannotDraft("Choose where the second part begins.")
        second = drafting.split(current_session(), draft, form.position.data or 0)
    except drafting.CannotDraft as refusal:
        return _refused(public_id, str(refusal), draft)
    return redirect(_page_at(public_id, second), 303)


@blueprint.post("/words")
@guarded("interviews.hold")
def make_answer(public_id: str) -> Any:
    """Words that were selected become the answer to a question."""
    interview, transcript = transcript_of_page(public_id)
    conversation = load_conversation(current_session(), interview)
    form = WordsForm()
    if not form.validate():
        message = " ".join(error for errors in form.errors.values() for error in errors)
        return _refused(public_id, message)
    turn = _turn(conversation, form.question.text)
    try:
        draft = drafting.draft_words(
            current_session(),
            transcript,
            turn.question_id,
            (form.first.data or 0, form.first_offset.data or 0),
            (form.last.data or 0, form.last_offset.data),
        )
    except drafting.CannotDraft as refusal:
        return _refused(public_id, str(refusal))
    try:
        drafting.accept(current_session(), viewer().actor, interview, draft, conversation)
    except drafting.HasWords as choice:
        flash(str(choice))
    except AnswersClosed as refusal:
        return _refused(public_id, str(refusal))
    return redirect(_page_at(public_id, draft), 303)


def _draft(public_id: str, draft_id: str) -> tuple[Interview, Draft, Conversation]:
    interview, transcript = transcript_of_page(public_id)
    draft = queries.get_draft(current_session(), transcript, draft_id)
    return interview, draft, load_conversation(current_session(), interview)


def _turn(conversation: Conversation, question_id: str) -> Turn:
    turn = conversation.turn(question_id)
    if turn is None:
        raise NotFound
    return turn


def _page_at(public_id: str, draft: Draft) -> str:
    return url_for("transcripts.page", public_id=public_id, _anchor=f"d{draft.public_id}")


def _refused(public_id: str, message: str, draft: Draft | None = None) -> Any:
    discard_changes()
    flash(message, "error")
    anchor = f"d{draft.public_id}" if draft is not None else None
    return redirect(url_for("transcripts.page", public_id=public_id, _anchor=anchor), 303)


def _shown(interview: Interview, draft: Draft) -> Any:
    """The draft by itself where a script asked; else the page, at the draft."""
    if not request.headers.get("HX-Request"):
        return redirect(_page_at(interview.public_id, draft), 303)
    conversation = load_conversation(current_session(), interview)
    return render_template("transcripts/_draft.html", **_view(interview, draft, conversation))


def _view(interview: Interview, draft: Draft, conversation: Conversation) -> dict[str, Any]:
    session = current_session()
    transcript = queries.transcript_of(session, interview)
    assert transcript is not None
    people = {row.id: row for row in queries.speakers_of(session, transcript)}
    segments = queries.segments_between(session, transcript, draft.first, draft.last)
    return {
        "view": draft_view(transcript, draft, segments, people, conversation),
        "interview": interview,
        "conversation": conversation,
        "player": render_panels("transcript.player", interview),
    }
