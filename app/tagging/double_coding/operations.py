"""Picking an interview to be tagged twice, tagging it a second time, and laying the two side by
side."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor, Viewer
from app.core.jobs import enqueue
from app.interviews.models import Answer, Interview, State
from app.tagging import queries as tagging
from app.tagging.agreement.units import Coded, Unit, units
from app.tagging.double_coding import queries
from app.tagging.double_coding.models import CodedPassage, SecondCoding, SecondTag
from app.tagging.models import Direction, Reason, Tag
from app.tagging.operations import CannotTag, check_span
from app.tagging.queries import Quote
from app.tagging.suggestions.queries import TAGGED
from app.transcripts.queries import said_by_interviewer

COUNT = "tagging.count_agreement"
FIRST, SECOND = 0, 1
#: Of a unit's label, between the reason's key and its direction.
_BETWEEN = "|"


def pick(session: Session, actor: Actor, interview: Interview, *, by_lot: bool) -> SecondCoding:
    """Have a second person tag it. Raises CannotTag once somebody has begun: they had seen what
    was suggested."""
    known = queries.coding_of(session, interview)
    if known is not None:
        return known
    if queries.is_tagged_by_anybody(session, interview):
        raise CannotTag("It is being tagged already. Choose one that nobody has begun.")
    coding = SecondCoding(interview_id=interview.id, picked_by_name="" if by_lot else actor.name)
    session.add(coding)
    audit.record(session, actor, "second_tagging.picked", interview)
    return coding


def take(session: Session, viewer: Viewer, coding: SecondCoding) -> None:
    """Begin to tag it a second time. Raises CannotTag."""
    if coding.coder_id not in (None, viewer.user_id):
        raise CannotTag(f"{coding.coder_name} has taken it.")
    if queries.known_to(session, viewer, [coding]):
        raise CannotTag(
            "You gave it back, and could read its first tags since: somebody else tags it."
            if viewer.user_id in coding.given_back_by
            else "You tagged it first: somebody else tags it a second time."
        )
    coding.coder_id, coding.coder_name = viewer.user_id, viewer.name
    audit.record(session, viewer.actor, "second_tagging.taken", coding.interview)


def leave(session: Session, actor: Actor, coding: SecondCoding) -> None:
    """Leave it to somebody else: they begin anew. Who leaves it can take it again only while
    there is nothing of the first person's to see."""
    _check_not_compared(coding)
    if coding.coder_id is not None:
        coding.given_back_by = [*coding.given_back_by, coding.coder_id]
    session.execute(
        update(SecondTag)
        .where(SecondTag.coding_id == coding.id, SecondTag.removed_at.is_(None))
        .values(removed_at=clock.now())
    )
    coding.coder_id, coding.coder_name, coding.finished_at = None, "", None
    audit.record(session, actor, "second_tagging.left", coding.interview)


def give(
    session: Session,
    actor: Actor,
    coding: SecondCoding,
    answer: Answer,
    span: tuple[int, int],
    reason: Reason,
    direction: Direction,
) -> SecondTag:
    """The same reason twice on the same words changes its direction. Raises CannotTag."""
    _check_not_compared(coding)
    start, end = span
    check_span(answer, start, end)
    if said_by_interviewer(session, answer, start, end):
        raise CannotTag("These are the interviewer's words. Only a buyer's words are quoted.")
    known = session.scalar(
        select(SecondTag).where(
            SecondTag.coding_id == coding.id,
            SecondTag.answer_id == answer.id,
            SecondTag.revision == answer.revision,
            SecondTag.start == start,
            SecondTag.end == end,
            SecondTag.reason_id == reason.id,
        )
    )
    tag = known or SecondTag(
        coding=coding,
        answer=answer,
        revision=answer.revision,
        start=start,
        end=end,
        text=answer.text[start:end],
        reason=reason,
    )
    tag.direction, tag.removed_at = direction, None
    session.add(tag)
    audit.record(session, actor, "second_tag.given", tag, reason=reason.key)
    return tag


def remove(session: Session, actor: Actor, tag: SecondTag) -> None:
    """It can be put back."""
    _check_not_compared(tag.coding)
    tag.removed_at = clock.now()
    audit.record(session, actor, "second_tag.removed", tag, reason=tag.reason.key)


def put_back(session: Session, actor: Actor, tag: SecondTag) -> None:
    _check_not_compared(tag.coding)
    tag.removed_at = None
    audit.record(session, actor, "second_tag.put_back", tag, reason=tag.reason.key)


def finish(session: Session, actor: Actor, coding: SecondCoding) -> None:
    """The second person is done; where the first is too, the two are laid side by side."""
    coding.finished_at = clock.now()
    audit.record(session, actor, "second_tagging.finished", coding.interview)
    compare_if_both_are_done(session, actor, coding)


def take_up_again(session: Session, actor: Actor, coding: SecondCoding) -> None:
    """Not done after all. Raises CannotTag once the two were laid side by side."""
    _check_not_compared(coding)
    coding.finished_at = None
    audit.record(session, actor, "second_tagging.taken_up_again", coding.interview)


def compare_if_both_are_done(session: Session, actor: Actor, coding: SecondCoding) -> None:
    """Lay the two side by side, once; what is changed later no longer tells how far two people
    agreed by themselves."""
    interview = coding.interview
    is_done = coding.finished_at is not None and interview.state in TAGGED
    if not is_done or coding.compared_at is not None:
        return
    quotes = [q for q in tagging.quotes_of_interview(session, interview) if q.tags]
    placed = [quote for quote in quotes if not quote.verbatim.has_lost_place]
    second = [tag for tag in queries.second_tags(session, coding) if not tag.has_lost_place]
    answers = {answer.id: answer for answer in _answers(placed, second)}
    coded = [*_coded_first(placed), *_coded_second(second)]
    session.add_all(_passage(coding, answers, unit) for unit in units(coded))
    coding.compared_at = clock.now()
    coding.first_name = ", ".join(
        dict.fromkeys(tag.created_by_name for quote in quotes for tag in quote.tags)
    )[:200]
    audit.record(session, actor, "second_tagging.compared", interview)
    enqueue(session, COUNT, actor)


def _coded_first(quotes: Iterable[Quote]) -> Iterable[Coded]:
    return (
        Coded(FIRST, str(place.answer_id), place.start, place.end, _label(tag.reason, tag))
        for quote in quotes
        for tag in quote.tags
        for place in [quote.verbatim]
        if tag.reason is not None
    )


def _coded_second(tags: Iterable[SecondTag]) -> Iterable[Coded]:
    return (
        Coded(SECOND, str(tag.answer_id), tag.start, tag.end, _label(tag.reason, tag))
        for tag in tags
    )


def _label(reason: Reason, tag: Tag | SecondTag) -> str:
    return f"{reason.key}{_BETWEEN}{tag.direction.value}"


def _answers(quotes: Iterable[Quote], second: Iterable[SecondTag]) -> list[Answer]:
    return [*(quote.verbatim.answer for quote in quotes), *(tag.answer for tag in second)]


def _passage(coding: SecondCoding, answers: dict[int, Answer], unit: Unit) -> CodedPassage:
    answer = answers[int(unit.text)]
    return CodedPassage(
        coding_id=coding.id,
        answer_id=answer.id,
        revision=answer.revision,
        start=unit.start,
        end=unit.end,
        text=answer.text[unit.start : unit.end],
        first=_given(unit.first),
        second=_given(unit.second),
    )


def _given(labels: Iterable[str]) -> list[list[str]]:
    return [label.rsplit(_BETWEEN, 1) for label in sorted(labels)]


def _check_not_compared(coding: SecondCoding) -> None:
    if coding.compared_at is not None:
        raise CannotTag("Both are done, and laid side by side: nothing changes any more.")


def may_be_picked(session: Session, interview: Interview) -> bool:
    """Whether nobody has begun to tag it."""
    return interview.state is State.HELD and not queries.is_tagged_by_anybody(session, interview)
