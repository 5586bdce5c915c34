"""A tag that a person gives confirms what was suggested for the same words; one that is taken away
leaves it open again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Actor
from app.tagging.models import Tag
from app.tagging.suggestions import queries
from app.tagging.suggestions.models import Decision, Suggestion


def follow_tags(session: Session, actor: Actor, tags: Sequence[Tag]) -> None:
    """Called with every step of a tagger, in its transaction."""
    standing = {tag.id: tag for tag in tags if tag.removed_at is None}
    for suggestion in queries.suggestions_concerned(session, tags):
        tag = standing.get(suggestion.tag_id or 0) or _same(standing.values(), suggestion)
        if tag is not None and tag.reason_id == suggestion.reason_id:
            decide(suggestion, actor, Decision.ACCEPTED)
            suggestion.tag_id = tag.id
        else:
            decide(suggestion, actor, Decision.OPEN)
            suggestion.tag_id = None


def decide(suggestion: Suggestion, actor: Actor, decision: Decision) -> None:
    suggestion.decision = decision
    is_open = decision is Decision.OPEN
    suggestion.decided_by_name = "" if is_open else actor.name
    suggestion.decided_at = None if is_open else clock.now()


def _same(tags: Iterable[Tag], suggestion: Suggestion) -> Tag | None:
    """The tag at these words with this reason."""
    return next(
        (
            tag
            for tag in tags
            if tag.reason_id == suggestion.reason_id
            and tag.verbatim.answer_id == suggestion.answer_id
        ),
        None,
    )
