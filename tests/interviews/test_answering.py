"""Nothing typed is lost, and nobody's words are overwritten."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import events
from app.core.access import Actor
from app.interviews.answering import (
    AnswersClosed,
    Asked,
    ForeignRevision,
    Saved,
    add_question,
    record_answer,
    skip_question,
)
from app.interviews.events import AnswerRevised
from app.interviews.models import AnswerRevision, Interview, Kind, Taken
from tests.factories import Factory

ADA, BEN = Actor(1, "Ada"), Actor(2, "Ben")
WHAT_CHANGED = Asked("what_changed", "What changed?", Kind.FACT, 100)


@pytest.fixture
def interview(make: Factory) -> Interview:
    return make.interview(state="in_progress", taken=Taken.NOTES)


def save(
    session: Session,
    interview: Interview,
    text: str,
    *,
    base: int = 0,
    by: Actor = ADA,
    revision_id: str = "",
    asked: Asked = WHAT_CHANGED,
    taken: Taken | None = None,
) -> Saved:
    return record_answer(
        session,
        by,
        interview,
        asked,
        text=text,
        revision_id=revision_id or str(uuid.uuid4()),
        base=base,
        taken=taken,
    )


def revisions(session: Session) -> list[tuple[int, str, str]]:
    rows = session.scalars(select(AnswerRevision).order_by(AnswerRevision.number))
    return [(row.number, row.text, row.author_name) for row in rows]


def test_every_save_is_a_revision_and_the_latest_stands(session: Session, interview: Interview):
    save(session, interview, "We")
    saved = save(session, interview, "We moved.", base=1)
    assert (saved.answer.text, saved.answer.revision, saved.number) == ("We moved.", 2, 2)
    assert revisions(session) == [(1, "We", "Ada"), (2, "We moved.", "Ada")]


def test_words_are_kept_as_typed_but_for_line_ends(session: Session, interview: Interview):
    saved = save(session, interview, "  a\r\nb\rc \n")
    assert saved.answer.text == "  a\nb\nc \n"


def test_the_same_revision_sent_twice_is_one(session: Session, interview: Interview):
    same = str(uuid.uuid4())
    first = save(session, interview, "We moved.", revision_id=same)
    again = save(session, interview, "We moved.", revision_id=same)
    assert (again.number, again.theirs) == (first.number, None)
    assert len(revisions(session)) == 1


def test_unchanged_words_make_no_revision(session: Session, interview: Interview):
    save(session, interview, "We moved.")
    save(session, interview, "We moved.", base=1, taken=Taken.TRANSCRIPT)
    assert len(revisions(session)) == 1


def test_where_another_wrote_meanwhile_both_are_kept_and_theirs_stands(
    session: Session, interview: Interview
):
    save(session, interview, "We")
    save(session, interview, "We moved in May.", base=1, by=BEN)
    saved = save(session, interview, "We moved house.", base=1)
    assert saved.theirs is not None
    assert (saved.theirs.text, saved.theirs.author_name) == ("We moved in May.", "Ben")
    assert saved.answer.text == "We moved in May."
    assert ("We moved house.", "Ada") in [(text, author) for _, text, author in revisions(session)]


def test_a_conflict_is_answered_the_same_when_sent_again(session: Session, interview: Interview):
    save(session, interview, "We moved in May.", by=BEN)
    same = str(uuid.uuid4())
    for _ in range(2):
        assert save(session, interview, "We moved house.", revision_id=same).theirs is not None
    assert len(revisions(session)) == 2


def test_words_based_on_the_conflict_settle_it(session: Session, interview: Interview):
    save(session, interview, "We moved in May.", by=BEN)
    conflict = save(session, interview, "We moved house.")
    settled = save(session, interview, "We moved house in May.", base=conflict.number)
    assert settled.theirs is None
    assert settled.answer.text == "We moved house in May."


def test_a_late_answer_to_a_lost_reply_does_not_overwrite_what_came_after(
    session: Session, interview: Interview
):
    lost = str(uuid.uuid4())
    save(session, interview, "We", revision_id=lost)
    save(session, interview, "We moved in May.", base=1, by=BEN)
    again = save(session, interview, "We", revision_id=lost)
    later = save(session, interview, "We grew.", base=again.number)
    assert later.theirs is not None
    assert later.answer.text == "We moved in May."


def test_two_who_typed_the_same_do_not_disagree(session: Session, interview: Interview):
    save(session, interview, "We moved.", by=BEN)
    assert save(session, interview, "We moved.").theirs is None


def test_a_revision_of_another_answer_is_refused(session: Session, interview: Interview):
    same = str(uuid.uuid4())
    save(session, interview, "We moved.", revision_id=same)
    other = Asked("pain", "What did it cost?", Kind.FACT, 200)
    with pytest.raises(ForeignRevision):
        save(session, interview, "Much.", revision_id=same, asked=other)


@pytest.mark.parametrize("state", ["planned", "scheduled", "cancelled", "closed"])
def test_nothing_is_written_before_it_began_or_after_it_was_closed(
    state: str, session: Session, make: Factory
):
    with pytest.raises(AnswersClosed):
        save(session, make.interview(state=state), "We moved.")


def test_an_answer_is_taken_as_the_interview_says_unless_it_says_otherwise(
    session: Session, interview: Interview
):
    assert save(session, interview, "a").answer.taken is Taken.NOTES
    assert save(session, interview, "b", base=1, taken=Taken.TYPED).answer.taken is Taken.TYPED


def test_skipping_keeps_words_and_words_end_the_skipping(session: Session, interview: Interview):
    answer = skip_question(session, ADA, interview, WHAT_CHANGED)
    assert answer.is_skipped
    save(session, interview, "We moved.")
    assert not answer.is_skipped
    assert not skip_question(session, ADA, interview, WHAT_CHANGED).is_skipped


def test_a_question_of_ones_own_follows_the_one_at_hand(session: Session, interview: Interview):
    answer = add_question(session, ADA, interview, say=" Who called? ", after=100)
    assert (answer.question, answer.position, answer.kind) == ("Who called?", 101, None)


def test_later_rooms_hear_of_words_that_stand_and_of_no_others(
    session: Session, interview: Interview, monkeypatch: pytest.MonkeyPatch
):
    heard: list[AnswerRevised] = []
    monkeypatch.setitem(
        events._handlers, AnswerRevised, [lambda _session, event: heard.append(event)]
    )
    saved = save(session, interview, "We moved in May.", by=BEN)
    save(session, interview, "We moved house.")
    assert heard == [AnswerRevised(saved.answer.id, 1)]
