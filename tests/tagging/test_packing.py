"""The evidence of an interview as one value says what its rows say."""

from __future__ import annotations

from itertools import product
from struct import unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import events
from app.interviews.events import InterviewMoved
from app.interviews.models import Counterfactual, Interview, Kind, State
from app.tagging import evidence
from app.tagging.models import Direction, Layer, PackedEvidence, Weight
from app.tagging.packing import ID_AT, KIND_AT, PackedSubject, code_of, packed, pair_id
from tests.factories import Factory

EVERYTHING_SAID = list(
    product(
        Direction, Weight, (None, *Layer), (None, *Kind), (None, *Counterfactual), (False, True)
    )
)


def subjects(session: Session, interview: Interview) -> list[tuple[int, int]]:
    """Of what the interview's value speaks: kind and id."""
    value = session.scalar(
        select(PackedEvidence.said).where(PackedEvidence.interview_id == interview.id)
    )
    assert value is not None
    numbers = unpack(f"<{len(value) // 8}q", value)
    return [(number >> KIND_AT & 3, number >> ID_AT) for number in numbers]


def test_whatever_can_be_said_has_a_number_of_its_own() -> None:
    codes = {code_of(*said, is_provisional=last) for *said, last in EVERYTHING_SAID}
    assert len(codes) == len(EVERYTHING_SAID)
    assert max(codes) < 1 << KIND_AT


def test_a_value_holds_eight_bytes_a_row_and_the_largest_ids() -> None:
    most = 2**48 - 1
    value = packed([(PackedSubject.REASON, 1, 5), (PackedSubject.COMPETITOR, most, 8191)])
    first, second = unpack("<2q", value)
    assert first >> ID_AT == 1
    assert (second >> ID_AT, second >> KIND_AT & 3, second & 8191) == (most, 3, 8191)


def test_reason_differentiator_and_competitor_stand_apart(make: Factory, session: Session) -> None:
    interview, reason = make.interview(state="tagged"), make.reason()
    rival, strength = make.competitor(), make.differentiator()
    quote = make.verbatim(make.answer(interview))
    make.tag(quote, reason, competitor=rival, differentiator=strength)
    evidence.refresh_interviews(session, [interview.id])
    assert sorted(subjects(session, interview)) == [
        (PackedSubject.PAIR, pair_id(strength.id, rival.id)),
        (PackedSubject.REASON, reason.id),
        (PackedSubject.DIFFERENTIATOR, strength.id),
        (PackedSubject.COMPETITOR, rival.id),
    ]


def test_it_is_written_again_with_the_rows(make: Factory, session: Session) -> None:
    interview, price = make.interview(state="tagged"), make.reason("Price")
    tag = make.tag(make.verbatim(make.answer(interview)), price)
    evidence.refresh_interviews(session, [interview.id])
    tag.reason = make.reason("Trust")
    evidence.refresh_interviews(session, [interview.id])
    assert subjects(session, interview) == [(PackedSubject.REASON, tag.reason.id)]


def test_an_interview_taken_back_says_nothing(make: Factory, session: Session) -> None:
    interview = make.interview(state="tagged")
    make.tag(make.verbatim(make.answer(interview)), make.reason())
    evidence.refresh_interviews(session, [interview.id])
    interview.state = State.CANCELLED
    events.publish(session, InterviewMoved(interview.id))
    assert subjects(session, interview) == []
