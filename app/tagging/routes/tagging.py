"""The queue, and the page on which an interview is tagged."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for

from app.core.access import guarded, viewer
from app.core.edge import current_session, discard_changes
from app.deals.access import title_for
from app.interviews import operations as interview_operations
from app.interviews import words as interview_words
from app.interviews.confidence import Sight, sight_of
from app.interviews.models import Interview, State
from app.interviews.moves import UnlawfulMove
from app.tagging import placing, queries
from app.tagging.double_coding import queries as second_queries
from app.tagging.double_coding.models import SecondCoding
from app.tagging.operations import CannotTag
from app.tagging.routes.blueprint import INVALID, blueprint
from app.tagging.routes.showing import (
    back_to_page,
    interview_to_tag,
    page_context,
    readable_interview,
)
from app.tagging.tag_forms import ManyForm, SpanForm


@blueprint.get("/tagging")
@guarded("tagging.tag")
def queue() -> str:
    session = current_session()
    waiting = queries.waiting_to_be_tagged(session, viewer())
    words = queries.words_by_interview(session, waiting)
    taps = queries.taps_by_interview(session, waiting)
    rows = [
        (
            interview,
            title_for(viewer(), interview.deal),
            sight_of(viewer(), interview),
            words.get(interview.id, 0),
            taps.get(interview.id, []),
        )
        for interview in waiting
    ]
    return render_template(
        "tagging/queue.html",
        rows=rows,
        count=queries.count_waiting(session, viewer()),
        second=_to_tag_second(),
        words=interview_words,
    )


@blueprint.get("/interviews/<public_id>/tag")
@guarded("tagging.tag")
def tag_interview(public_id: str) -> Any:
    session = current_session()
    interview = readable_interview(public_id)
    coding = second_queries.coding_of(session, interview)
    if coding is not None and coding.is_blind_for(viewer().user_id):
        return redirect(url_for("tagging.tag_second", public_id=public_id))
    context = page_context(session, viewer(), interview)
    return render_template(
        "tagging/tag_interview.html",
        **context,
        coding=coding,
        may_be_picked=coding is None and not context["tags"] and interview.state is State.HELD,
        title=title_for(viewer(), interview.deal),
        sight=sight_of(viewer(), interview),
        taps=queries.finish_reasons(session, interview),
        many=ManyForm(),
        usable=queries.usable_reasons(session),
        states=State,
    )


@blueprint.post("/interviews/<public_id>/tagged")
@guarded("tagging.tag")
def tagged_in_full(public_id: str) -> Any:
    """The tags replace the interviewer's reasons; on to the next of the queue."""
    session = current_session()
    interview = interview_to_tag(public_id)
    if not _move(interview, State.TAGGED):
        return back_to_page(public_id)
    flash("Tagged in full: its tags count now, in place of the interviewer's reasons.")
    waiting = queries.waiting_to_be_tagged(session, viewer())
    following = next((each for each in waiting if sight_of(viewer(), each).words), None)
    if following is None:
        return redirect(url_for("tagging.queue"), 303)
    return back_to_page(following.public_id)


@blueprint.post("/interviews/<public_id>/not-tagged")
@guarded("tagging.tag")
def not_tagged_in_full(public_id: str) -> Any:
    """Take it back: the interviewer's reasons count again beside the tags."""
    interview = interview_to_tag(public_id)
    if _move(interview, State.HELD):
        flash("It waits to be tagged again.")
    return back_to_page(public_id)


@blueprint.route("/interviews/<public_id>/quotes/<quote_id>/place", methods=["GET", "POST"])
@guarded("tagging.tag")
def place_quote(public_id: str, quote_id: str) -> Any:
    """Say where a quote stands whose words were changed."""
    session = current_session()
    interview = interview_to_tag(public_id)
    quote = queries.quote_of_interview(session, interview, quote_id)
    form = SpanForm()
    form.offer_sentences(quote.answer.text)
    if form.validate_on_submit():
        try:
            if form.span is None:
                raise CannotTag("Pick at least one sentence.")
            if form.revision.data not in (None, quote.answer.revision):
                raise CannotTag("The answer was changed meanwhile. Choose the words again.")
            placing.place_quote(session, viewer().actor, quote, *form.span)
        except CannotTag as refusal:
            discard_changes()
            form.sentences.errors = [str(refusal)]
        else:
            flash("The quote is in its place again.")
            return back_to_page(public_id)
    page = render_template("tagging/place_quote.html", form=form, interview=interview, quote=quote)
    return (page, INVALID) if form.errors else page


@blueprint.post("/interviews/<public_id>/quotes/<quote_id>/drop")
@guarded("tagging.tag")
def drop_quote(public_id: str, quote_id: str) -> Any:
    interview = interview_to_tag(public_id)
    quote = queries.quote_of_interview(current_session(), interview, quote_id)
    placing.drop_quote(current_session(), viewer().actor, quote)
    flash("The quote and its tags are gone.")
    return back_to_page(public_id)


def _to_tag_second() -> list[tuple[SecondCoding, str, Sight]]:
    """What this person may tag a second time, or has begun."""
    session = current_session()
    waiting = second_queries.waiting_for_a_second(session, viewer())
    if not waiting:
        return []
    known = second_queries.known_to(session, viewer(), waiting)
    return [
        (row, title_for(viewer(), row.interview.deal), sight)
        for row in waiting
        if row.interview_id not in known
        for sight in [sight_of(viewer(), row.interview)]
        if sight.words
    ]


def _move(interview: Interview, to: State) -> bool:
    try:
        interview_operations.move(current_session(), viewer().actor, interview, to)
    except UnlawfulMove as refusal:
        flash(str(refusal), "error")
        return False
    return True
