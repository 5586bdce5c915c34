"""The tagging page: what it shows, and what it gets once something was done on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from app.core.access import NotFound, Viewer, viewer
from app.core.edge import current_session, discard_changes
from app.interviews import queries as interviews
from app.interviews import words as interview_words
from app.interviews.answering import OPEN_STATES
from app.interviews.confidence import sight_of
from app.interviews.models import Answer, Interview
from app.market.models import Life
from app.recordings.queries import moments_of
from app.tagging import queries, tag_queries
from app.tagging.finishing import usual_direction
from app.tagging.open_points import OpenPoints, open_points
from app.tagging.queries import Quote
from app.tagging.routes.blueprint import INVALID
from app.tagging.steps import Step
from app.tagging.suggestions import deciding
from app.tagging.suggestions import queries as suggestion_queries
from app.tagging.suggestions.models import Decision, Suggestion
from app.tagging.tagging_page import answers_to_tag, lost_quotes, places_of_sentences
from app.transcripts.unanswered import unanswered


def readable_interview(public_id: str) -> Interview:
    """An interview that was held, for whoever may read its words. Raises NotFound."""
    return _readable(interviews.get_interview(current_session(), viewer(), public_id))


def interview_to_tag(public_id: str) -> Interview:
    """The same for its tags: not for whoever tags it a second time and is not done. Raises
    NotFound."""
    interview = tag_queries.interview_to_tag(
        current_session(), viewer(), public_id, is_locked=request.method == "POST"
    )
    return _readable(interview)


def _readable(interview: Interview) -> Interview:
    if not interview.is_heard or not sight_of(viewer(), interview).words:
        raise NotFound
    return interview


def page_context(session: Session, viewer: Viewer, interview: Interview) -> dict[str, Any]:
    """The answers with their quotes, and what is open."""
    answers = interviews.answers_of(session, interview)
    quotes = queries.quotes_of_interview(session, interview)
    return {
        **answers_context(session, viewer, interview, answers, quotes),
        "said": unanswered(session, interview) if interview.state in OPEN_STATES else [],
        "places_of_sentences": places_of_sentences,
        "lost": lost_quotes(quotes),
        "open": open_points(answers, quotes),
    }


def answers_context(
    session: Session,
    viewer: Viewer,
    interview: Interview,
    answers: Sequence[Answer],
    quotes: Sequence[Quote],
) -> dict[str, Any]:
    """These answers with their quotes, and how far the interview is tagged."""
    suggested = [one for one in suggestions_shown(session, viewer, interview) if one.is_sure]
    progress = tag_queries.progress(session, interview, viewer.actor)
    return {
        "interview": interview,
        "answers": answers_to_tag(answers, quotes, suggested),
        "suggested": len(suggested),
        "usual": usual_direction(interview.deal.outcome),
        "moments": moments_of(session, viewer, [quote.verbatim for quote in quotes]),
        "fresh": None,
        "tags": progress.tags,
        "turns": progress,
        "words": interview_words,
    }


def suggestions_shown(session: Session, viewer: Viewer, interview: Interview) -> list[Suggestion]:
    """The open ones, where this viewer may see any."""
    if not deciding.may_be_shown(session, viewer, interview):
        return []
    found = suggestion_queries.suggestions_of(session, interview)
    return [
        one
        for one in found
        if one.decision is Decision.OPEN and one.reason.life is not Life.RETIRED
    ]


def is_script() -> bool:
    return "HX-Request" in request.headers


def back_to_page(public_id: str, anchor: str | None = None) -> Any:
    return redirect(url_for("tagging.tag_interview", public_id=public_id, _anchor=anchor), 303)


def done(
    interview: Interview,
    step: Step,
    message: str,
    *,
    can_undo: bool = True,
    fresh: Answer | None = None,
) -> Any:
    """What the step changed; `fresh` is an answer that was made for it."""
    return answered(
        interview,
        [tag.verbatim.answer for tag in step.tags],
        message,
        step=step.id if can_undo else "",
        fresh=fresh,
        concerns_open_points=step.concerns_open_points,
    )


def answered(
    interview: Interview,
    answers: Collection[Answer],
    message: str,
    *,
    step: str = "",
    undo: str = "",
    fresh: Answer | None = None,
    is_whole: bool = False,
    concerns_open_points: bool = False,
) -> Any:
    """The answers as they stand now, or with `is_whole` all words of the interview, and what else
    of the page was changed; a plain form is led back to the first of them. `step` is what undo
    takes back; `undo` is the address of another way back."""
    if not is_script():
        flash(message)
        first = next(iter(answers), None)
        anchor = f"answer-{first.public_id}" if first else None
        return back_to_page(interview.public_id, anchor)
    session = current_session()
    is_whole = is_whole or fresh is not None
    if is_whole:
        fresh_id = fresh.id if fresh is not None else None
        context = page_context(session, viewer(), interview) | {"fresh": fresh_id}
    else:
        concerned = list(dict.fromkeys(answers))
        quotes = queries.quotes_of_answers(session, concerned)
        context = answers_context(session, viewer(), interview, concerned, quotes)
        if concerns_open_points:
            context["open"] = open_points_of(session, interview)
    return render_template(
        "tagging/_saved.html",
        **context,
        is_whole=is_whole,
        message=message,
        step=step,
        undo=undo or (url_for("tagging.undo", public_id=interview.public_id) if step else ""),
    )


def open_points_of(session: Session, interview: Interview) -> OpenPoints:
    answers = interviews.answers_of(session, interview)
    return open_points(answers, queries.quotes_of_interview(session, interview))


def refused(interview: Interview, message: str) -> Any:
    """Nothing was changed, and this is why."""
    public_id = interview.public_id
    discard_changes()
    if is_script():
        return render_template("tagging/_refused.html", message=message), INVALID
    flash(message, "error")
    return back_to_page(public_id)
