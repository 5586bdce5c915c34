"""Giving, changing and taking away tags: as plain pages, and as fragments of the tagging page."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session, discard_changes
from app.interviews import queries as interviews
from app.interviews.models import Answer, Interview, Kind
from app.market import queries as market
from app.market.models import Life
from app.tagging import finishing, operations, queries, reasons
from app.tagging.forms import TagForm
from app.tagging.models import Direction, Layer, Reason, Tag, Weight
from app.tagging.operations import CannotTag, TagValues
from app.tagging.routes.blueprint import INVALID, blueprint
from app.tagging.routes.tagging import interview_to_tag
from app.tagging.tagging_page import answers_to_tag


class _Unknown(ValueError):
    """No reason is called so; the message is for the tagger."""


@blueprint.route("/interviews/<public_id>/answers/<answer_id>/tag", methods=["GET", "POST"])
@guarded("tagging.tag")
def new_tag(public_id: str, answer_id: str) -> Any:
    """Tag words of an answer: `start` and `end` say which, or sentences are picked."""
    session = current_session()
    interview = interview_to_tag(public_id)
    answer = queries.answer_of_interview(session, interview, answer_id)
    form = _form(answer)
    if not form.is_submitted():
        form.process(request.args)
        form.revision.data = answer.revision
        form.direction.data = finishing.usual_direction(interview.deal.outcome).value
        form.evidence.data = answer.kind.value if answer.kind else ""
    elif form.validate():
        try:
            quote = operations.quote_words(session, viewer().actor, answer, *_span(form, answer))
            tag = operations.add_tag(session, viewer().actor, quote, _values(form))
        except (CannotTag, _Unknown) as refusal:
            discard_changes()
            _refuse(form, refusal)
        else:
            undo = url_for("tagging.remove_tag", public_id=public_id, tag_id=tag.public_id)
            return _done(interview, answer, f"Tagged: {form.reason.text}.", undo=undo)
    return _form_page(form, interview, answer, None)


@blueprint.route("/interviews/<public_id>/tags/<tag_id>", methods=["GET", "POST"])
@guarded("tagging.tag")
def change_tag(public_id: str, tag_id: str) -> Any:
    session = current_session()
    interview = interview_to_tag(public_id)
    tag = queries.tag_of_interview(session, interview, tag_id)
    answer = tag.verbatim.answer
    form = _form(answer)
    if not form.is_submitted():
        form.show(tag)
    elif form.validate():
        try:
            operations.change_tag(session, viewer().actor, tag, _values(form))
        except _Unknown as refusal:
            discard_changes()
            _refuse(form, refusal)
        else:
            return _done(interview, answer, "The tag is changed.")
    return _form_page(form, interview, answer, tag)


@blueprint.post("/interviews/<public_id>/tags/<tag_id>/remove")
@guarded("tagging.tag")
def remove_tag(public_id: str, tag_id: str) -> Any:
    interview = interview_to_tag(public_id)
    tag = queries.tag_of_interview(current_session(), interview, tag_id)
    operations.remove_tag(current_session(), viewer().actor, tag)
    undo = url_for("tagging.put_tag_back", public_id=public_id, tag_id=tag_id)
    return _done(interview, tag.verbatim.answer, "The tag is removed.", undo=undo, removed=tag)


@blueprint.post("/interviews/<public_id>/tags/<tag_id>/put-back")
@guarded("tagging.tag")
def put_tag_back(public_id: str, tag_id: str) -> Any:
    interview = interview_to_tag(public_id)
    tag = queries.tag_of_interview(current_session(), interview, tag_id)
    operations.put_tag_back(current_session(), viewer().actor, tag)
    return _done(interview, tag.verbatim.answer, "The tag is back.")


def _form(answer: Answer) -> TagForm:
    session = current_session()
    form = TagForm()
    form.offer_sentences(answer)
    form.offer(
        [row for row in market.differentiators(session) if row.life is not Life.RETIRED],
        [row for row in market.competitors(session) if row.life is not Life.RETIRED],
    )
    return form


def _span(form: TagForm, answer: Answer) -> tuple[int, int]:
    if form.span is None:
        raise CannotTag("Pick at least one sentence.")
    if form.revision.data not in (None, answer.revision):
        raise CannotTag("The answer was changed meanwhile. Select the words again.")
    return form.span


def _values(form: TagForm) -> TagValues:
    session = current_session()
    differentiator, competitor = form.differentiator.data, form.competitor.data
    return TagValues(
        reason=_reason(form),
        direction=Direction(form.direction.data),
        weight=Weight(form.weight.data),
        layer=Layer(form.layer.data),
        evidence=Kind(form.evidence.data) if form.evidence.data else None,
        differentiator=market.get_differentiator(session, differentiator)
        if differentiator
        else None,
        competitor=market.get_competitor(session, competitor) if competitor else None,
    )


def _reason(form: TagForm) -> Reason:
    """The reason that was typed. A new one is added only where the tagger says so."""
    session = current_session()
    reason = queries.reason_by_name(session, form.reason.text)
    if reason is not None and reason.life is not Life.RETIRED:
        return reason
    if reason is not None:
        raise _Unknown(f"‘{reason.name}’ is retired. Choose another from the list.")
    if not form.as_draft.data:
        raise _Unknown("No reason is called so. Choose one from the list, or add it below.")
    return reasons.draft_reason(session, viewer().actor, form.reason.text)


def _refuse(form: TagForm, refusal: ValueError) -> None:
    """The message at its field."""
    field = form.reason if isinstance(refusal, _Unknown) else form.sentences
    field.errors = [str(refusal)]


def _form_page(form: TagForm, interview: Interview, answer: Answer, tag: Tag | None) -> Any:
    """The form as a page, or as the fragment that the tagging page opens beside the words."""
    is_fragment = "HX-Request" in request.headers
    page = render_template(
        "tagging/_tag_form.html" if is_fragment else "tagging/tag_form.html",
        form=form,
        interview=interview,
        answer=answer,
        tag=tag,
        quoted=_quoted(form, answer, tag),
        usable=queries.usable_reasons(current_session()),
    )
    return (page, INVALID) if form.errors else page


def _quoted(form: TagForm, answer: Answer, tag: Tag | None) -> str:
    """The words that are being tagged, where they are known already."""
    if tag is not None:
        return tag.verbatim.text
    if form.start.data is None or form.end.data is None:
        return ""
    return answer.text[max(form.start.data, 0) : max(form.end.data, 0)]


def _done(
    interview: Interview,
    answer: Answer,
    message: str,
    *,
    undo: str = "",
    removed: Tag | None = None,
) -> Any:
    """The answer as it stands now; a plain form is led back to it."""
    if "HX-Request" not in request.headers:
        flash(message)
        back = url_for(
            "tagging.tag_interview",
            public_id=interview.public_id,
            removed=removed.public_id if removed else None,
            _anchor=f"answer-{answer.public_id}",
        )
        return redirect(back, 303)
    session = current_session()
    quotes = queries.quotes_of_interview(session, interview)
    shown = answers_to_tag(interviews.answers_of(session, interview), quotes)
    return render_template(
        "tagging/_saved.html",
        each=next(each for each in shown if each.answer.id == answer.id),
        interview=interview,
        tags=sum(len(quote.tags) for quote in quotes),
        message=message,
        undo=undo,
    )
