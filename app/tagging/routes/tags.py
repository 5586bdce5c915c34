"""Giving, changing and taking away tags: as plain pages, and as fragments of the tagging page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import render_template, request, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session, discard_changes
from app.interviews.models import Answer, Counterfactual, Interview, Kind
from app.market import queries as market
from app.market.models import Life
from app.tagging import finishing, giving, operations, queries, reasons, tag_queries
from app.tagging.giving import SecondDecisive, TagValues
from app.tagging.models import Direction, Layer, Reason, Tag, Weight
from app.tagging.naming import named
from app.tagging.offers import OFFERED
from app.tagging.operations import CannotTag
from app.tagging.routes.blueprint import INVALID, blueprint
from app.tagging.routes.showing import done, interview_to_tag, is_script, suggestions_shown
from app.tagging.tag_forms import TagForm

_Form = TypeVar("_Form", bound=TagForm)


class UnknownReason(ValueError):
    """No reason is called so; the message is for the tagger."""


@blueprint.route("/interviews/<public_id>/answers/<answer_id>/tag", methods=["GET", "POST"])
@guarded("tagging.tag")
def new_tag(public_id: str, answer_id: str) -> Any:
    """Tag words of an answer: `start` and `end` say which, or sentences are picked."""
    session = current_session()
    interview = interview_to_tag(public_id)
    answer = queries.answer_of_interview(session, interview, answer_id)
    form = TagForm()
    if not form.is_submitted():
        _begin(form, interview, answer)
    elif offered(form, interview, answer.text).validate():
        try:
            quote = operations.quote_words(session, viewer().actor, answer, *_span(form, answer))
            values = values_of(form, interview)
            step = giving.give_tag(session, viewer().actor, quote, values, form.said_which_decided)
        except (CannotTag, UnknownReason) as refusal:
            discard_changes()
            refuse(form, refusal)
        else:
            return done(interview, step, f"Tagged: {form.reason.text or 'to come back to'}.")
    return _form_page(form, interview, answer, None)


@blueprint.route("/interviews/<public_id>/tags/<tag_id>", methods=["GET", "POST"])
@guarded("tagging.tag")
def change_tag(public_id: str, tag_id: str) -> Any:
    session = current_session()
    interview = interview_to_tag(public_id)
    tag = queries.tag_of_interview(session, interview, tag_id)
    answer = tag.verbatim.answer
    form = TagForm()
    if not form.is_submitted():
        form.show(tag)
    elif offered(form, interview, answer.text).validate():
        try:
            values = values_of(form, interview)
            step = giving.change_tag(session, viewer().actor, tag, values, form.said_which_decided)
        except (CannotTag, UnknownReason) as refusal:
            discard_changes()
            refuse(form, refusal)
        else:
            return done(interview, step, "The tag is changed.")
    return _form_page(form, interview, answer, tag)


@blueprint.post("/interviews/<public_id>/tags/<tag_id>/remove")
@guarded("tagging.tag")
def remove_tag(public_id: str, tag_id: str) -> Any:
    interview = interview_to_tag(public_id)
    tag = queries.tag_of_interview(current_session(), interview, tag_id)
    step = giving.remove_tags(current_session(), viewer().actor, interview.id, [tag])
    return done(interview, step, "The tag is removed.")


def offered(form: _Form, interview: Interview, text: str, *, is_shown: bool = False) -> _Form:
    """The form with what can be chosen in it; where it is not shown, only for what was chosen."""
    session = current_session()
    if is_shown or form.sentences.data:
        form.offer_sentences(text)
    if is_shown or form.differentiator.data:
        form.offer_differentiators(market.differentiators(session))
    if is_shown or form.competitor.data:
        form.offer_competitors(market.competitors(session))
    if is_shown or form.first.data:
        form.offer_first_answers(tag_queries.first_answers(session, interview))
    return form


def _begin(form: TagForm, interview: Interview, answer: Answer) -> None:
    """What the interview says already: the question's kind, which answer it was behind; and what
    was suggested of the words."""
    form.process(request.args)
    form.revision.data = answer.revision
    if form.direction.data not in set(Direction):
        form.direction.data = finishing.usual_direction(interview.deal.outcome).value
    form.evidence.data = answer.kind.value if answer.kind else ""
    form.would_decide.data = answer.counterfactual.value if answer.counterfactual else ""
    if answer.follows_id is None:
        return
    form.layer.data = Layer.PROBED.value
    first_answers = tag_queries.first_answers(current_session(), interview)
    before = (tag for tag in first_answers if tag.verbatim.answer_id == answer.follows_id)
    first = next(before, None)
    form.first.data = first.public_id if first else ""


def _span(form: TagForm, answer: Answer) -> tuple[int, int]:
    if form.span is None:
        raise CannotTag("Pick at least one sentence.")
    if form.revision.data not in (None, answer.revision):
        raise CannotTag("The answer was changed meanwhile. Select the words again.")
    return form.span


def values_of(form: TagForm, interview: Interview) -> TagValues:
    """What was said of the words. Raises UnknownReason."""
    session = current_session()
    differentiator, competitor = form.differentiator.data, form.competitor.data
    reason = find_reason(form.reason.text, as_draft=form.as_draft.data)
    return TagValues(
        reason=reason,
        direction=Direction(form.direction.data),
        weight=Weight(form.weight.data),
        layer=Layer(form.layer.data),
        evidence=Kind(form.evidence.data) if form.evidence.data else None,
        differentiator=market.get_differentiator(session, differentiator)
        if differentiator
        else None,
        competitor=market.get_competitor(session, competitor) if competitor else None,
        counterfactual=Counterfactual(form.would_decide.data)
        if form.would_decide.data
        else _said_at_the_finish(form, interview, reason),
        first=queries.tag_of_interview(session, interview, form.first.data)
        if form.first.data
        else None,
        note=form.note.text.strip(),
        comes_back=form.comes_back.data,
    )


def _said_at_the_finish(
    form: TagForm, interview: Interview, reason: Reason | None
) -> Counterfactual | None:
    is_decisive = form.weight.data == Weight.DECISIVE
    if not operations.asks_what_if(Direction(form.direction.data), is_decisive=is_decisive):
        return None
    return finishing.said_at_the_finish(current_session(), interview, reason)


def find_reason(name: str, *, as_draft: bool = False) -> Reason | None:
    """The reason that was typed, if one was. A new one is added only where the tagger says so.
    Raises UnknownReason."""
    session = current_session()
    if not name:
        return None
    reason = queries.reason_by_name(session, name)
    if reason is not None and reason.life is not Life.RETIRED:
        return reason
    if reason is not None:
        raise UnknownReason(f"‘{reason.name}’ is retired. Choose another from the list.")
    if not as_draft:
        raise UnknownReason("No reason is called so. Choose one from the list, or add it below.")
    return reasons.draft_reason(session, viewer().actor, name)


def refuse(form: TagForm, refusal: ValueError) -> None:
    """The message at its field."""
    if isinstance(refusal, SecondDecisive):
        form.ask_which_decided(refusal.earlier)
        form.decided.errors = [str(refusal)]
    else:
        field = form.reason if isinstance(refusal, UnknownReason) else form.sentences
        field.errors = [str(refusal)]


def _form_page(form: TagForm, interview: Interview, answer: Answer, tag: Tag | None) -> Any:
    quoted = tag.verbatim.text if tag is not None else quoted_words(form, answer.text)
    address = (
        url_for("tagging.change_tag", public_id=interview.public_id, tag_id=tag.public_id)
        if tag is not None
        else url_for("tagging.new_tag", public_id=interview.public_id, answer_id=answer.public_id)
    )
    return form_page(
        form,
        interview,
        answer.text,
        quoted,
        suggested=_suggested_here(form, interview, answer),
        address=address,
        question=answer.question,
        tag=tag,
    )


def form_page(
    form: TagForm,
    interview: Interview,
    text: str,
    quoted: str,
    *,
    suggested: Sequence[Reason] = (),
    **shown: Any,
) -> Any:
    """The form as a page, or as the fragment that the tagging page opens beside the words."""
    session = current_session()
    offered(form, interview, text, is_shown=True)
    usable = queries.usable_reasons(session)
    usual = finishing.reasons_to_offer(session, interview, usable, quoted or text)
    page = render_template(
        "tagging/_tag_form.html" if is_script() else "tagging/tag_form.html",
        form=form,
        interview=interview,
        quoted=quoted,
        usable=usable,
        offered=list(dict.fromkeys([*suggested, *usual]))[:OFFERED],
        differentiators=named(market.active_differentiators(session), quoted, text),
        competitors=named(market.active_competitors(session), quoted, text),
        **shown,
    )
    return (page, INVALID) if form.errors else page


def quoted_words(form: TagForm, text: str) -> str:
    """The words that are being tagged, where they are known already."""
    if form.start.data is None or form.end.data is None:
        return ""
    return text[max(form.start.data, 0) : max(form.end.data, 0)]


def _suggested_here(form: TagForm, interview: Interview, answer: Answer) -> list[Reason]:
    """What was suggested for these words, also where nothing was sure, in the list's order."""
    if form.start.data is None or form.end.data is None:
        return []
    found = suggestions_shown(current_session(), viewer(), interview)
    return [
        one.reason
        for one in found
        if one.answer_id == answer.id and one.start < form.end.data and form.start.data < one.end
    ]
