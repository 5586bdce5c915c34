"""Tapping reasons, quoting words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core.access import Actor
from app.core.events import publish
from app.interviews.models import Answer, Counterfactual, Interview, Scope
from app.tagging import evidence, queries
from app.tagging.events import QuotesMade
from app.tagging.models import Direction, FinishReason, Reason, Verbatim
from app.transcripts.queries import said_by_interviewer

MOST_FINISH_REASONS = 3


class CannotTag(ValueError):
    """The tag is refused; the message is for the person who gave it."""


@dataclass(frozen=True)
class Tap:
    """A reason tapped at the finish."""

    reason: Reason
    direction: Direction
    is_decisive: bool
    counterfactual: Counterfactual | None = None


def asks_what_if(direction: Direction, *, is_decisive: bool) -> bool:
    """Whether 'had we had it, what would you have decided?' is asked of a reason."""
    return is_decisive and direction is Direction.AGAINST


def tap_reasons(session: Session, actor: Actor, interview: Interview, taps: Sequence[Tap]) -> None:
    """The interviewer's reasons, at most three; they replace those tapped before."""
    if len({tap.reason.id for tap in taps}) != len(taps):
        raise CannotTag("Each reason once.")
    if len(taps) > MOST_FINISH_REASONS:
        raise CannotTag(f"At most {MOST_FINISH_REASONS} reasons: the ones that mattered most.")
    for earlier in session.scalars(
        select(FinishReason).where(FinishReason.interview_id == interview.id)
    ):
        session.delete(earlier)
    session.flush()
    session.add_all(
        FinishReason(
            interview_id=interview.id,
            reason=tap.reason,
            direction=tap.direction,
            is_decisive=tap.is_decisive,
            counterfactual=tap.counterfactual
            if asks_what_if(tap.direction, is_decisive=tap.is_decisive)
            else None,
            position=position,
        )
        for position, tap in enumerate(taps)
    )
    audit.record(
        session, actor, "interview.reasons_tapped", interview, reasons=[t.reason.key for t in taps]
    )
    evidence.refresh_interviews(session, [interview.id])


def mark_strongest(
    session: Session, actor: Actor, answer: Answer, start: int, end: int
) -> Verbatim:
    """The strongest sentence of the interview; there is one."""
    clear_strongest(session, answer.interview)
    verbatim = quote_words(session, actor, answer, start, end)
    verbatim.is_strong = True
    return verbatim


def clear_strongest(session: Session, interview: Interview) -> None:
    """No sentence stands out."""
    for earlier in session.scalars(
        select(Verbatim).where(Verbatim.interview_id == interview.id, Verbatim.is_strong.is_(True))
    ):
        earlier.is_strong = False


def quote_words(
    session: Session,
    actor: Actor,
    answer: Answer,
    start: int,
    end: int,
    scope: Scope | None = None,
) -> Verbatim:
    """The verbatim of this span of the answer as it stands: one span, one verbatim."""
    check_span(answer, start, end)
    known = queries.quote_at(session, answer, start, end)
    if known is not None:
        return known
    if said_by_interviewer(session, answer, start, end):
        raise CannotTag("These are the interviewer's words. Only a buyer's words are quoted.")
    verbatim = Verbatim(
        interview_id=answer.interview_id,
        answer=answer,
        revision=answer.revision,
        start=start,
        end=end,
        text=answer.text[start:end],
        scope=scope,
        created_by_name=actor.name,
    )
    session.add(verbatim)
    session.flush()
    publish(session, QuotesMade([verbatim]))
    return verbatim


def check_span(answer: Answer, start: int, end: int) -> None:
    """Raises CannotTag where the span is not in the answer, or holds no words."""
    check_words(answer.text, start, end)


def check_words(text: str, start: int, end: int) -> None:
    """Raises CannotTag where the span is not in the text, or holds no words."""
    if not 0 <= start < end <= len(text):
        raise CannotTag("These words are no longer where they were. Select them again.")
    if not text[start:end].strip():
        raise CannotTag("Select some words first.")
