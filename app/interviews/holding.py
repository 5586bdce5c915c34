"""What an interviewer does beside writing the words down: marks, notes to self, passing over with
a reason, the kind of a question, what they would have decided, and the competitors met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor
from app.core.forms import with_line_feeds
from app.deals import operations as deals
from app.deals.queries import competitors_met
from app.interviews import queries, writing_queries
from app.interviews.answering import Asked, ForeignRevision, open_answer
from app.interviews.models import (
    Answer,
    Counterfactual,
    Interview,
    Kind,
    Mark,
    MarkKind,
    Note,
    SkipReason,
)
from app.interviews.spans import moved_span
from app.market import operations as market
from app.market.models import Competitor, Differentiator

LONGEST_NOTE = 10_000
_LONGEST_INTERVIEW = 24 * 60 * 60


@dataclass(frozen=True)
class Place:
    """Where a mark stands: code points of the words as the page had them. `revision` is the id
    that the page gave them, `words` what stood between start and end."""

    revision: str
    start: int
    end: int
    words: str = ""


@dataclass(frozen=True)
class Marked:
    """A mark as the page sends it; `name` is the competitor's or the differentiator's."""

    public_id: str
    kind: MarkKind
    place: Place | None = None
    name: str = ""
    seconds: int = 0


def mark(session: Session, actor: Actor, interview: Interview, asked: Asked, made: Marked) -> Mark:
    """Keep the mark; the same one sent twice is one. A name that nobody knows becomes a draft.
    Raises AnswersClosed, and ForeignRevision where the id belongs to another answer."""
    answer = open_answer(session, interview, asked)
    known = queries.mark_by_public_id(session, made.public_id)
    if known is not None:
        if known.answer_id != answer.id:
            raise ForeignRevision("This mark belongs to another answer.")
        return known
    competitor, differentiator = _named(session, actor, made)
    row = Mark(
        public_id=made.public_id,
        interview_id=interview.id,
        answer=answer,
        kind=made.kind,
        competitor=competitor,
        differentiator=differentiator,
        at=clock.now(),
        seconds=min(max(made.seconds, 0), _LONGEST_INTERVIEW),
        author_id=actor.id,
        author_name=actor.name,
    )
    if made.place is not None:
        _put(session, row, answer, made.place)
    session.add(row)
    session.flush()
    return row


def take_mark_back(session: Session, interview: Interview, public_id: str) -> None:
    """Nothing happens where it was never kept, or taken back before."""
    row = queries.mark_by_public_id(session, public_id)
    if row is not None and row.interview_id == interview.id and row.removed_at is None:
        row.removed_at = clock.now()


def write_note(
    session: Session, actor: Actor, interview: Interview, asked: Asked, text: str
) -> Note | None:
    """The author's own note beside the answer; an empty one is taken away."""
    answer = open_answer(session, interview, asked)
    words = with_line_feeds(text) or ""
    note = queries.note_of(session, answer, actor)
    if not words.strip():
        if note is not None:
            session.delete(note)
        return None
    if note is None:
        note = Note(answer=answer, author_id=actor.id)
        session.add(note)
    note.text, note.updated_at = words, clock.now()
    session.flush()
    return note


def give_skip_reason(
    session: Session,
    interview: Interview,
    asked: Asked,
    reason: SkipReason | None,
    words: str = "",
) -> Answer:
    """Why the question is passed over; words that were written stay, and it is not."""
    answer = open_answer(session, interview, asked)
    answer.is_skipped = not answer.text.strip()
    answer.skip_reason = reason if answer.is_skipped else None
    answer.skip_words = words.strip() if reason is SkipReason.OTHER and answer.is_skipped else ""
    session.flush()
    return answer


def set_kind(
    session: Session, actor: Actor, interview: Interview, asked: Asked, kind: Kind
) -> Answer:
    """The kind comes from the question; whoever wants to says otherwise."""
    answer = open_answer(session, interview, asked)
    changed = audit.changes(answer, kind=kind)
    if changed:
        audit.record(session, actor, "answer.kind_changed", answer, changes=changed)
    return answer


def set_counterfactual(
    session: Session,
    actor: Actor,
    interview: Interview,
    asked: Asked,
    would_decide: Counterfactual | None,
) -> Answer:
    """What they would have decided, as the question asks."""
    answer = open_answer(session, interview, asked)
    changed = audit.changes(answer, counterfactual=would_decide)
    if changed:
        audit.record(session, actor, "answer.would_decide", answer, changes=changed)
    return answer


def keep_as_met(
    session: Session, actor: Actor, interview: Interview, competitors: Iterable[Competitor]
) -> None:
    """Competitors that were named are met in the deal."""
    deal = interview.deal
    met = list(competitors_met(session, deal))
    fresh = [row for row in competitors if row not in met]
    if not fresh:
        return
    deals.set_competitors(session, deal, [*met, *fresh])
    names = [sorted(row.name for row in met), sorted(row.name for row in [*met, *fresh])]
    audit.record(session, actor, "deal.changed", deal, changes={"competitors": names})


def _named(
    session: Session, actor: Actor, made: Marked
) -> tuple[Competitor | None, Differentiator | None]:
    name = made.name.strip()
    if name and made.kind is MarkKind.COMPETITOR:
        return market.draft_competitor(session, actor, name), None
    if name and made.kind is MarkKind.DIFFERENTIATOR:
        return None, market.draft_differentiator(session, actor, name)
    return None, None


def _put(session: Session, row: Mark, answer: Answer, place: Place) -> None:
    """Give the mark its place in the answer as it stands, if the words are there."""
    seen = (
        writing_queries.revision_by_public_id(session, place.revision) if place.revision else None
    )
    span: tuple[int, int] | None = (place.start, place.end)
    if seen is not None and seen.answer_id == answer.id:
        if not _lies_in(seen.text, place):
            return
        span = moved_span(seen.text, answer.text, place.start, place.end)
    elif not _lies_in(answer.text, place) or answer.text[place.start : place.end] != place.words:
        return
    if span is None:
        return
    row.start, row.end = _before_spaces(answer.text, *span)
    row.revision = answer.revision


def _lies_in(text: str, place: Place) -> bool:
    return 0 <= place.start <= place.end <= len(text)


def _before_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    """A cursor behind white space stands where the words before it end."""
    if start < end:
        return start, end
    end = len(text[:start].rstrip())
    return end, end
