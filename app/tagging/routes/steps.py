"""Undoing, doing again, many at once, and completing what was left open."""

from __future__ import annotations

from typing import Any

from flask import request

from app.core.access import guarded, viewer
from app.core.edge import current_session
from app.core.formats import plural
from app.interviews import answering
from app.interviews.models import Counterfactual, Interview, Taken
from app.tagging import giving, queries, steps, tag_queries
from app.tagging.operations import CannotTag
from app.tagging.routes.blueprint import blueprint
from app.tagging.routes.showing import answered, done, interview_to_tag, refused
from app.tagging.routes.tags import UnknownReason, find_reason
from app.tagging.said import make_again, put_back
from app.tagging.steps import Step
from app.tagging.tag_forms import ManyForm


@blueprint.post("/interviews/<public_id>/undo")
@guarded("tagging.tag")
def undo(public_id: str) -> Any:
    session, actor = current_session(), viewer().actor
    interview = interview_to_tag(public_id)
    try:
        step = steps.undo(session, actor, interview.id, request.form.get("step", ""))
        message = f"Undone: {_named(step)}."
        if put_back(session, actor, interview, step):
            return answered(
                interview, [], f"{message} Its words wait in the transcript again.", is_whole=True
            )
    except CannotTag as refusal:
        return refused(interview, str(refusal))
    return done(interview, step, message, can_undo=False)


@blueprint.post("/interviews/<public_id>/redo")
@guarded("tagging.tag")
def redo(public_id: str) -> Any:
    session, actor = current_session(), viewer().actor
    interview = interview_to_tag(public_id)
    try:
        answer = make_again(session, actor, interview)
        step = steps.redo(session, actor, interview.id)
    except CannotTag as refusal:
        return refused(interview, str(refusal))
    message = f"Done again: {_named(step)}."
    if answer is not None:
        message += " Its words are an answer again."
    return done(interview, step, message, fresh=answer)


@blueprint.post("/interviews/<public_id>/tags/many")
@guarded("tagging.tag")
def change_many(public_id: str) -> Any:
    """The same said of the chosen tags, or all of them taken away."""
    session = current_session()
    interview = interview_to_tag(public_id)
    form = ManyForm()
    tags = tag_queries.tags_of_interview(session, interview, form.tags.data or [])
    if not form.validate():
        return refused(interview, "These tags could not be changed. Choose them again.")
    if not tags:
        return refused(interview, "Choose the tags first.")
    count = plural(len(tags), "tag is", "tags are")
    if "remove" in request.form:
        step = giving.remove_tags(session, viewer().actor, interview.id, tags)
        return done(interview, step, f"{count} removed.")
    try:
        step = _change_many(form, interview, tags)
    except (CannotTag, UnknownReason) as refusal:
        return refused(interview, str(refusal))
    return done(interview, step, f"{count} changed.")


@blueprint.post("/interviews/<public_id>/tags/<tag_id>/what-if")
@guarded("tagging.tag")
def say_what_if(public_id: str, tag_id: str) -> Any:
    """What they would have decided, where the interview left it open."""
    session = current_session()
    interview = interview_to_tag(public_id)
    tag = queries.tag_of_interview(session, interview, tag_id)
    said = request.form.get("would_decide", "")
    try:
        if said not in set(Counterfactual):
            raise CannotTag("Say what they would have decided.")
        step = giving.say_what_if(session, viewer().actor, tag, Counterfactual(said))
    except CannotTag as refusal:
        return refused(interview, str(refusal))
    return done(interview, step, "Said.")


@blueprint.post("/interviews/<public_id>/answers/<answer_id>/taken")
@guarded("tagging.tag")
def say_how_taken(public_id: str, answer_id: str) -> Any:
    """Whose words they are, where capture left it open."""
    session = current_session()
    interview = interview_to_tag(public_id)
    answer = queries.answer_of_interview(session, interview, answer_id)
    said = request.form.get("taken", "")
    if said not in set(Taken):
        return refused(interview, "Say how the answer was taken.")
    answering.settle_taken(session, viewer().actor, answer, Taken(said))
    return answered(interview, [answer], "Said.", concerns_open_points=True)


def _change_many(form: ManyForm, interview: Interview, tags: Any) -> Step:
    said: dict[str, Any] = dict(form.said)
    reason = find_reason(form.reason.text)
    if reason is not None:
        said["reason_id"] = reason.id
    if not said:
        raise CannotTag("Say what is to change.")
    return giving.change_many(current_session(), viewer().actor, interview.id, tags, said)


def _named(step: Step) -> str:
    """The tags of a step, by their reasons."""
    names = dict.fromkeys(tag.reason.name if tag.reason else "a tag" for tag in step.tags)
    return ", ".join(names)
