"""Feedback to the interviewer, for them alone."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.deals.access import title_for
from app.feedback import queries, words
from app.feedback.talk import LONGEST_STRETCH_SECONDS, MOST_TALK, Kind, advise, measure

blueprint = Blueprint("feedback", __name__, template_folder="templates")


@blueprint.get("/interviews/<public_id>/feedback")
@guarded("interviews.hold")
def page(public_id: str) -> str:
    """How they talked in this interview, and the course over those before."""
    interview = queries.own_interview(current_session(), viewer(), public_id)
    course = [
        (held, measure(held.turns, language=held.language))
        for held in queries.course(current_session(), interview)
    ]
    measured = [(held, talk) for held, talk in course if talk is not None]
    if not measured or measured[-1][0].interview.id != interview.id:
        raise NotFound
    talk = measured[-1][1]
    advice = advise(talk)
    return render_template(
        "feedback/page.html",
        interview=interview,
        title=title_for(viewer(), interview.deal),
        talk=talk,
        headline=words.headline(advice),
        explanation=words.explanation(advice, talk),
        course=measured,
        kinds=[(words.KINDS[kind], talk.by_kind[kind]) for kind in Kind],
        in_time=words.in_time,
        most_talk=MOST_TALK,
        longest_stretch=LONGEST_STRETCH_SECONDS,
    )
