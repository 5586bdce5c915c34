"""The evidence follows its sources, and always equals a rebuild."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import events
from app.core.access import SYSTEM
from app.core.db import Database
from app.deals.events import DealsChanged
from app.deals.models import Outcome
from app.interviews.events import InterviewMoved
from app.interviews.models import Counterfactual, Interview, State
from app.tagging import evidence
from app.tagging.models import Direction, TagEvidence, Weight
from app.tagging.operations import Tap, tap_reasons
from tests.budgets import query_budget
from tests.factories import Factory


def kept(session: Session) -> list[tuple]:
    rows = session.scalars(select(TagEvidence).order_by(TagEvidence.id)).all()
    return [(row.reason_id, row.direction, row.weight, row.is_provisional) for row in rows]


def test_the_heaviest_weight_of_a_reason_is_kept_once_per_kind_and_direction(
    make: Factory, session: Session
):
    interview, price = make.interview(state="tagged"), make.reason("Price")
    answer = make.answer(interview, "Too dear. It decided it. But cheap to run.")
    make.tag(make.verbatim(answer, "Too dear."), price, weight=Weight.MENTIONED)
    make.tag(make.verbatim(answer, "It decided it."), price, weight=Weight.DECISIVE)
    make.tag(make.verbatim(answer, "cheap to run"), price, direction=Direction.FOR)
    evidence.refresh_interviews(session, [interview.id])
    assert kept(session) == [
        (price.id, Direction.AGAINST, Weight.DECISIVE, False),
        (price.id, Direction.FOR, Weight.CONTRIBUTING, False),
    ]


def test_reason_differentiator_and_competitor_of_one_tag_each_count(
    make: Factory, session: Session
):
    interview = make.interview(state="tagged")
    quote = make.verbatim(make.answer(interview))
    rival, strength = make.competitor(), make.differentiator()
    make.tag(quote, make.reason(), competitor=rival, differentiator=strength)
    evidence.refresh_interviews(session, [interview.id])
    rows = session.scalars(select(TagEvidence)).all()
    assert len(rows) == 3
    assert {row.competitor_id for row in rows} == {None, rival.id}
    assert {row.differentiator_id for row in rows} == {None, strength.id}


def test_taps_count_as_provisional_until_the_interview_is_tagged_in_full(
    make: Factory, session: Session
):
    interview, price, trust = make.interview(state="held"), make.reason(), make.reason()
    make.finish_reason(interview, price, is_decisive=True)
    make.tag(make.verbatim(make.answer(interview)), trust)
    evidence.refresh_interviews(session, [interview.id])
    assert kept(session) == [
        (trust.id, Direction.AGAINST, Weight.CONTRIBUTING, True),
        (price.id, Direction.AGAINST, Weight.DECISIVE, True),
    ]

    interview.state = State.TAGGED
    events.publish(session, InterviewMoved(interview.id))
    assert kept(session) == [(trust.id, Direction.AGAINST, Weight.CONTRIBUTING, False)]


def test_an_interview_that_was_not_held_counts_nowhere(make: Factory, session: Session):
    interview = make.interview(state="cancelled")
    make.tag(make.verbatim(make.answer(interview)), make.reason())
    events.publish(session, InterviewMoved(interview.id))
    assert kept(session) == []


def test_outcome_and_closing_date_follow_the_deal(make: Factory, session: Session):
    deal = make.deal("lost")
    interview = make.interview(deal, state="tagged")
    make.tag(make.verbatim(make.answer(interview)), make.reason())
    evidence.refresh_interviews(session, [interview.id])
    deal.outcome, deal.closed_on = Outcome.WON, date(2026, 9, 9)
    events.publish(session, DealsChanged([deal.id]))
    row = session.scalars(select(TagEvidence).execution_options(populate_existing=True)).one()
    assert (row.outcome, row.closed_on) == (Outcome.WON, date(2026, 9, 9))


def test_what_is_kept_equals_a_rebuild(make: Factory, session: Session):
    reasons = [make.reason() for _ in range(3)]
    for number in range(12):
        interview = make.interview(make.deal(), state=["held", "tagged", "planned"][number % 3])
        for reason in reasons[: number % 4]:
            make.tag(make.verbatim(make.answer(interview)), reason)
        make.finish_reason(interview, reasons[number % 3])
        events.publish(session, InterviewMoved(interview.id))
    ids = session.scalars(select(Interview.id)).all()
    fields = list(evidence.Evidence.__dataclass_fields__)
    rows = session.scalars(select(TagEvidence)).all()
    as_kept = [tuple(getattr(row, field) for field in fields) for row in rows]
    as_rebuilt = [tuple(vars(row).values()) for row in evidence.rebuilt(session, ids)]
    assert sorted(as_kept, key=repr) == sorted(as_rebuilt, key=repr)
    assert as_kept


def test_what_they_would_have_decided_is_carried_for_the_reason_alone(
    make: Factory, session: Session
):
    interview, price = make.interview(state="tagged"), make.reason("Price")
    quote = make.verbatim(make.answer(interview))
    decided = {"weight": Weight.DECISIVE, "competitor": make.competitor()}
    make.tag(quote, price, counterfactual=Counterfactual.US, **decided)
    evidence.refresh_interviews(session, [interview.id])
    rows = session.scalars(select(TagEvidence)).all()
    assert {row.reason_id: row.counterfactual for row in rows} == {
        price.id: Counterfactual.US,
        None: None,
    }


def test_of_differing_words_of_one_buyer_what_is_furthest_from_us_is_believed(
    make: Factory, session: Session
):
    interview, price = make.interview(state="tagged"), make.reason("Price")
    answer = make.answer(interview, "One. Two. Three.")
    for words, would in (
        ("One.", None),
        ("Two.", Counterfactual.US),
        ("Three.", Counterfactual.NOTHING),
    ):
        quote = make.verbatim(answer, words)
        make.tag(quote, price, weight=Weight.DECISIVE, counterfactual=would)
    evidence.refresh_interviews(session, [interview.id])
    assert session.scalars(select(TagEvidence)).one().counterfactual is Counterfactual.NOTHING


def test_it_is_kept_only_of_what_decided_against_us(make: Factory, session: Session):
    interview, price = make.interview(state="held"), make.reason("Price")
    trust, support = make.reason("Trust"), make.reason("Support")
    taps = [
        Tap(price, Direction.AGAINST, True, Counterfactual.US),
        Tap(trust, Direction.FOR, True, Counterfactual.US),
        Tap(support, Direction.AGAINST, False, Counterfactual.US),
    ]
    tap_reasons(session, SYSTEM, interview, taps)
    rows = session.scalars(select(TagEvidence).order_by(TagEvidence.id)).all()
    assert [row.counterfactual for row in rows] == [Counterfactual.US, None, None]


def test_what_stands_there_already_is_not_written_again(
    db: Database, make: Factory, session: Session
):
    interview, price = make.interview(state="tagged"), make.reason("Price")
    make.tag(make.verbatim(make.answer(interview)), price)
    with query_budget(db, 12) as first:
        evidence.refresh_interviews(session, [interview.id])
    with query_budget(db, 12) as second:
        evidence.refresh_interviews(session, [interview.id])
    assert any(statement.startswith("INSERT INTO tag_evidence") for statement in first)
    writing = ("INSERT INTO tag_evidence", "DELETE FROM tag_evidence")
    assert not any(statement.startswith(writing) for statement in second)
    assert kept(session) == [(price.id, Direction.AGAINST, Weight.CONTRIBUTING, False)]
