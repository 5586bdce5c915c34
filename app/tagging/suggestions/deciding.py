"""Accepting and refusing what was suggested: a person decides, and only then it counts."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor, Viewer
from app.interviews.models import Interview, State
from app.tagging import giving, tag_queries
from app.tagging.finishing import usual_direction
from app.tagging.giving import TagValues
from app.tagging.models import Direction, Layer
from app.tagging.operations import CannotTag, quote_words
from app.tagging.steps import Step
from app.tagging.suggestions.confirming import decide
from app.tagging.suggestions.models import Decision, Suggestion


def may_be_shown(session: Session, viewer: Viewer, interview: Interview) -> bool:
    """Whether the viewer sees suggestions for it: while it waits to be tagged, not where two
    people tag it, each by themselves, and not where somebody else tagged first."""
    if interview.state is not State.HELD:
        return False
    is_tagged_twice, first = tag_queries.who_tags(session, interview)
    return not is_tagged_twice and first in (None, viewer.user_id)


def accept(
    session: Session,
    actor: Actor,
    interview: Interview,
    suggestion: Suggestion,
    direction: Direction | None = None,
) -> Step:
    """Make it a tag, as one of the tagger's own: the one that waits on these words for its reason,
    or a new one. Raises CannotTag."""
    _check_open(suggestion)
    answer = suggestion.answer
    quote = quote_words(session, actor, answer, suggestion.start, suggestion.end)
    waiting = tag_queries.tag_without_reason(session, quote)
    if waiting is not None:
        said: dict[str, Any] = {"reason_id": suggestion.reason_id, "comes_back": False}
        if direction is not None:
            said["direction"] = direction
        return giving.change_many(session, actor, interview.id, [waiting], said)
    values = TagValues(
        reason=suggestion.reason,
        direction=direction or suggestion.direction or usual_direction(interview.deal.outcome),
        layer=Layer.PROBED if answer.follows_id else Layer.SURFACE,
        evidence=answer.kind,
        competitor=suggestion.competitor,
    )
    return giving.give_tag(session, actor, quote, values)


def refuse(session: Session, actor: Actor, suggestion: Suggestion) -> None:
    """Raises CannotTag."""
    _check_open(suggestion)
    decide(suggestion, actor, Decision.REFUSED)
    audit.record(session, actor, "suggestion.refused", suggestion, reason=suggestion.reason.key)


def reopen(session: Session, actor: Actor, suggestion: Suggestion) -> None:
    """Take a refusal back."""
    if suggestion.decision is Decision.REFUSED:
        decide(suggestion, actor, Decision.OPEN)
        audit.record(
            session, actor, "suggestion.reopened", suggestion, reason=suggestion.reason.key
        )


def _check_open(suggestion: Suggestion) -> None:
    if suggestion.decision is not Decision.OPEN:
        raise CannotTag("This suggestion was decided already.")
    if suggestion.revision != suggestion.answer.revision:
        raise CannotTag("The answer was changed meanwhile. Reload the page.")
