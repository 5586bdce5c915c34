"""Marks, notes to self, passing over, and what was behind an answer."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.core.access import Actor
from app.deals.queries import competitors_met
from app.interviews import holding, queries
from app.interviews.answering import AnswersClosed, Asked, ForeignRevision, record_answer
from app.interviews.holding import Marked, Place
from app.interviews.models import (
    Answer,
    Counterfactual,
    Interview,
    Kind,
    Mark,
    MarkKind,
    SkipReason,
)
from app.market import operations as market
from app.market.models import Life
from tests.deals.viewers import viewer_of
from tests.factories import Factory

WHAT = Asked("what", "What happened?", Kind.FACT, 100)
WORDS = "We had Fenwick and you. Fenwick came within a week 😀. We waited."


@pytest.fixture
def anna(make: Factory) -> Actor:
    make.workspace()
    return make.user(name="Anna").actor


@pytest.fixture
def interview(make: Factory) -> Interview:
    return make.interview(make.deal("lost"), "in_progress")


def new_id() -> str:
    return str(uuid.uuid4())


def say(session: Session, actor: Actor, interview: Interview, text: str, base: int = 0) -> str:
    """Save the words; returns the id of their revision."""
    revision = new_id()
    record_answer(session, actor, interview, WHAT, text=text, revision_id=revision, base=base)
    return revision


def mark(
    session: Session, actor: Actor, interview: Interview, place: Place | None = None, **values
) -> Mark:
    made = Marked(values.pop("public_id", new_id()), MarkKind.STRONG, place)
    made = Marked(**vars(made) | values)
    return holding.mark(session, actor, interview, WHAT, made)


def marked_words(row: Mark) -> str:
    return row.answer.text[row.start : row.end]


def test_a_mark_keeps_place_time_and_author(session: Session, interview, anna):
    revision = say(session, anna, interview, WORDS)
    row = mark(session, anna, interview, Place(revision, 24, 51), seconds=95)
    assert marked_words(row) == "Fenwick came within a week "
    assert (row.seconds, row.author_name, row.kind) == (95, "Anna", MarkKind.STRONG)
    assert row.at is not None


def test_the_same_mark_sent_twice_is_one(session: Session, interview, anna):
    name = new_id()
    first = mark(session, anna, interview, public_id=name)
    assert mark(session, anna, interview, public_id=name) is first
    assert len(queries.marks_of(session, interview)) == 1


def test_a_mark_taken_back_does_not_come_to_life_when_it_is_sent_again(
    session: Session, interview, anna
):
    name = new_id()
    mark(session, anna, interview, public_id=name)
    holding.take_mark_back(session, interview, name)
    mark(session, anna, interview, public_id=name)
    assert queries.marks_of(session, interview) == []
    holding.take_mark_back(session, interview, new_id())


def test_a_mark_of_another_answer_is_refused(session: Session, interview, anna):
    name = new_id()
    mark(session, anna, interview, public_id=name)
    other = Asked("other", "And then?", Kind.FACT, 200)
    with pytest.raises(ForeignRevision):
        holding.mark(session, anna, interview, other, Marked(name, MarkKind.STRONG))


def test_a_mark_may_come_before_any_words(session: Session, interview, anna):
    row = mark(session, anna, interview, kind=MarkKind.COME_BACK)
    assert not row.has_place
    assert row.answer.question == "What happened?"


def test_marks_follow_the_words_when_the_answer_is_revised(session: Session, interview, anna):
    revision = say(session, anna, interview, WORDS)
    row = mark(session, anna, interview, Place(revision, 24, 51))
    say(session, anna, interview, f"Honestly? {WORDS} That decided.", base=1)
    assert (row.revision, marked_words(row)) == (2, "Fenwick came within a week ")


def test_where_the_words_went_the_mark_stays_on_the_answer(session: Session, interview, anna):
    revision = say(session, anna, interview, WORDS)
    row = mark(session, anna, interview, Place(revision, 24, 51))
    say(session, anna, interview, "We had Fenwick and you. We waited.", base=1)
    assert (row.has_place, row.start, row.end) == (False, None, None)
    assert queries.marks_of(session, interview) == [row]


def test_a_mark_made_on_older_words_lands_on_those_that_stand(session: Session, interview, anna):
    older = say(session, anna, interview, WORDS)
    say(session, anna, interview, f"Well. {WORDS}", base=1)
    row = mark(session, anna, interview, Place(older, 24, 51))
    assert marked_words(row) == "Fenwick came within a week "


def test_without_its_revision_a_mark_needs_its_words(session: Session, interview, anna):
    say(session, anna, interview, WORDS)
    known = mark(session, anna, interview, Place(new_id(), 0, 6, "We had"))
    assert marked_words(known) == "We had"
    for wrong in (Place(new_id(), 0, 6, "Others"), Place(new_id(), 0, 600, "We had")):
        assert not mark(session, anna, interview, wrong).has_place


def test_a_cursor_behind_a_space_stands_where_the_words_end(session: Session, interview, anna):
    revision = say(session, anna, interview, "We waited.  ")
    row = mark(session, anna, interview, Place(revision, 12, 12))
    assert (row.start, row.end) == (10, 10)


def test_a_name_is_found_by_its_alias_or_becomes_a_draft(
    make: Factory, session: Session, interview, anna
):
    rival = make.competitor("Fenwick", aliases=["Fenwick Pro"])
    known = mark(session, anna, interview, kind=MarkKind.COMPETITOR, name="fenwick pro")
    fresh = mark(session, anna, interview, kind=MarkKind.COMPETITOR, name="Tollgate")
    strength = mark(session, anna, interview, kind=MarkKind.DIFFERENTIATOR, name="Offline mode")
    assert known.competitor is rival
    assert (fresh.competitor.name, fresh.competitor.life) == ("Tollgate", Life.DRAFT)
    assert strength.differentiator.name == "Offline mode"
    market.merge_competitor(session, anna, fresh.competitor, rival)
    session.expire(fresh)
    assert fresh.competitor is rival


def test_competitors_named_are_kept_as_met_when_somebody_says_so(
    make: Factory, session: Session, interview, anna
):
    rival, nothing = make.competitor("Fenwick"), make.competitor("Doing nothing")
    holding.keep_as_met(session, anna, interview, [rival])
    holding.keep_as_met(session, anna, interview, [nothing, rival])
    assert list(competitors_met(session, interview.deal)) == [nothing, rival]
    changed = [row for row in session.scalars(select(AuditEvent)) if row.action == "deal.changed"]
    assert [row.details["changes"]["competitors"] for row in changed] == [
        [[], ["Fenwick"]],
        [["Fenwick"], ["Doing nothing", "Fenwick"]],
    ]


def test_a_note_is_the_authors_own(make: Factory, session: Session, interview, anna):
    ben = make.user(name="Ben")
    holding.write_note(session, anna, interview, WHAT, "Ask about security.\r\n")
    holding.write_note(session, ben.actor, interview, WHAT, "He hesitated.")
    holding.write_note(session, anna, interview, WHAT, "Ask about the audit.\r\n")
    manager = viewer_of(make.user("programme_manager"))
    texts = {n.author.name: n.text for n in queries.notes_of(session, manager, interview)}
    assert texts == {"Anna": "Ask about the audit.\n", "Ben": "He hesitated."}
    holding.write_note(session, anna, interview, WHAT, " ")
    assert len(queries.notes_of(session, manager, interview)) == 1


def test_notes_are_read_by_nobody_who_does_not_hold_the_interview(
    make: Factory, session: Session, interview, anna
):
    holding.write_note(session, anna, interview, WHAT, "Ask about security.")
    tagger = make.user("interviewer", is_tagger=True)
    for user in (tagger, make.user("product")):
        assert queries.notes_of(session, viewer_of(user), interview) == []


def test_a_question_is_passed_over_with_its_reason(session: Session, interview, anna):
    passed = holding.give_skip_reason(session, interview, WHAT, SkipReason.NO_TIME)
    assert (passed.is_skipped, passed.skip_reason) == (True, SkipReason.NO_TIME)
    holding.give_skip_reason(session, interview, WHAT, SkipReason.OTHER, " Their lawyer came. ")
    assert passed.skip_words == "Their lawyer came."
    holding.give_skip_reason(session, interview, WHAT, None)
    assert (passed.is_skipped, passed.skip_reason, passed.skip_words) == (True, None, "")


def test_an_answer_is_not_passed_over_and_words_end_the_passing(session: Session, interview, anna):
    holding.give_skip_reason(session, interview, WHAT, SkipReason.NO_TIME)
    say(session, anna, interview, WORDS)
    answer = session.scalars(select(Answer)).one()
    assert not answer.is_skipped
    holding.give_skip_reason(session, interview, WHAT, SkipReason.NO_TIME)
    assert (answer.is_skipped, answer.skip_reason) == (False, None)


def test_the_kind_is_changed_by_who_wants_to_and_that_is_audited(session: Session, interview, anna):
    answer = holding.set_kind(session, anna, interview, WHAT, Kind.FEEL)
    assert answer.kind is Kind.FEEL
    assert "answer.kind_changed" in session.scalars(select(AuditEvent.action)).all()


def test_what_was_behind_it_is_kept_apart_from_the_first_answer(session: Session, interview, anna):
    say(session, anna, interview, "It was the price.")
    behind = Asked("what~price_same", "If the price ...?", Kind.WOULD_DO, 101, follows=WHAT)
    answer = holding.set_counterfactual(session, anna, interview, behind, Counterfactual.THEM)
    assert answer.follows.text == "It was the price."
    assert (answer.counterfactual, answer.text) == (Counterfactual.THEM, "")


def test_what_was_behind_it_may_arrive_before_the_first_answer(session: Session, interview, anna):
    behind = Asked("what~behind", "What was behind that?", Kind.FACT, 101, follows=WHAT)
    revision = new_id()
    saved = record_answer(
        session, anna, interview, behind, text="Security.", revision_id=revision, base=0
    )
    assert saved.answer.follows.question_id == "what"


def test_nothing_is_marked_in_an_interview_that_is_closed(make: Factory, session: Session, anna):
    closed = make.interview(state="closed")
    with pytest.raises(AnswersClosed):
        holding.mark(session, anna, closed, WHAT, Marked(new_id(), MarkKind.STRONG))
