"""Accepting and refusing suggestions, and how good they are."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.tagging.models import Direction
from app.tagging.operations import CannotTag
from app.tagging.routes.blueprint import blueprint
from app.tagging.routes.showing import answered, done, interview_to_tag, refused
from app.tagging.suggestions import deciding, queries
from app.tagging.suggestions.quality import quality


@blueprint.post("/interviews/<public_id>/suggestions/<suggestion_id>/accept")
@guarded("tagging.tag")
def accept_suggestion(public_id: str, suggestion_id: str) -> Any:
    """It becomes a tag; `direction` says which way, where it is not the usual one."""
    session = current_session()
    interview = interview_to_tag(public_id)
    suggestion = queries.suggestion_of_interview(session, interview, suggestion_id)
    said = request.form.get("direction", "")
    direction = Direction(said) if said in set(Direction) else None
    try:
        step = deciding.accept(session, viewer().actor, interview, suggestion, direction)
    except CannotTag as refusal:
        return refused(interview, str(refusal))
    return done(interview, step, f"Tagged: {suggestion.reason.name}.")


@blueprint.post("/interviews/<public_id>/suggestions/<suggestion_id>/refuse")
@guarded("tagging.tag")
def refuse_suggestion(public_id: str, suggestion_id: str) -> Any:
    session = current_session()
    interview = interview_to_tag(public_id)
    suggestion = queries.suggestion_of_interview(session, interview, suggestion_id)
    try:
        deciding.refuse(session, viewer().actor, suggestion)
    except CannotTag as refusal:
        return refused(interview, str(refusal))
    back = url_for("tagging.reopen_suggestion", public_id=public_id, suggestion_id=suggestion_id)
    return answered(
        interview, [suggestion.answer], f"Refused: {suggestion.reason.name}.", undo=back
    )


@blueprint.post("/interviews/<public_id>/suggestions/<suggestion_id>/reopen")
@guarded("tagging.tag")
def reopen_suggestion(public_id: str, suggestion_id: str) -> Any:
    session = current_session()
    interview = interview_to_tag(public_id)
    suggestion = queries.suggestion_of_interview(session, interview, suggestion_id)
    deciding.reopen(session, viewer().actor, suggestion)
    return answered(interview, [suggestion.answer], "It is suggested again.")


@blueprint.get("/tagging/suggestions")
@guarded("tagging.tag")
def suggestions() -> str:
    return render_template("tagging/suggestions.html", quality=quality(current_session()))
