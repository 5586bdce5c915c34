"""The demo's interviews that two people tagged: mostly alike, differing as people do."""

from __future__ import annotations

import random
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.identity.acting import ActingFor
from app.identity.models import User
from app.interviews.models import Interview, State
from app.tagging import queries as tagging
from app.tagging.agreement.standing import ENOUGH_INTERVIEWS
from app.tagging.double_coding import operations, queries, settling
from app.tagging.double_coding.models import SecondCoding
from app.tagging.models import Direction, Reason

_COMPARED = ENOUGH_INTERVIEWS - 6
_SETTLED = _COMPARED - 4
#: How often the second person sees no reason, or another one.
_MISSES, _DIFFERS = 0.07, 0.12


def add_second_tags(session: Session, zone: str) -> None:
    """Enough to show how far two people agree, and something to settle; two that wait, one of
    which the second person is done with."""
    chance = random.Random(11)
    first, second = (
        ActingFor.of(session.scalars(select(User).where(User.name == name)).one(), zone)
        for name in ("Miriam Holt", "Priya Raman")
    )
    tagged = _latest(session, State.TAGGED, _COMPARED)
    for number, interview in enumerate(tagged):
        coding = _tag_second(session, chance, second, interview)
        if number < _SETTLED:
            _settle(session, chance, first, coding)
    waiting = _latest(session, State.HELD, 2)
    for interview in waiting:
        operations.pick(session, SYSTEM, interview, by_lot=True)
    for interview in waiting[:1]:
        _tag_second(session, chance, second, interview)


def _latest(session: Session, state: State, most: int) -> Sequence[Interview]:
    return session.scalars(
        select(Interview)
        .where(Interview.state == state)
        .order_by(Interview.held_on.desc(), Interview.id.desc())
        .limit(most)
    ).all()


def _tag_second(
    session: Session, chance: random.Random, who: ActingFor, interview: Interview
) -> SecondCoding:
    coding = queries.coding_of(session, interview)
    if coding is None:
        coding = SecondCoding(interview=interview)
        session.add(coding)
    coding.coder_id, coding.coder_name = who.user_id, who.name
    session.flush()
    reasons = [reason for reason in tagging.usable_reasons(session) if not reason.is_draft]
    for quote in tagging.quotes_of_interview(session, interview):
        for tag in quote.tags:
            if tag.reason is None or chance.random() < _MISSES:
                continue
            reason = _another(reasons, chance, tag.reason)
            span = quote.verbatim.start, quote.verbatim.end
            answer = quote.verbatim.answer
            operations.give(session, who.actor, coding, answer, span, reason, tag.direction)
    operations.finish(session, who.actor, coding)
    return coding


def _another(reasons: Sequence[Reason], chance: random.Random, reason: Reason) -> Reason:
    """Now and then a neighbour of the list."""
    if chance.random() >= _DIFFERS:
        return reason
    return chance.choice([each for each in reasons if each.parent_id == reason.parent_id])


def _settle(session: Session, chance: random.Random, who: ActingFor, coding: SecondCoding) -> None:
    session.flush()
    for passage in queries.passages_of(session, [coding]):
        if settling.differs(passage):
            first: list[tuple[str, Direction]] = settling.given(passage.first)
            second = settling.given(passage.second)
            chosen = first if chance.random() < 0.7 else second
            settling.settle(session, who, passage, chosen, "")
