"""Afterwards the buyer sees what is kept, corrects it, narrows it, takes it back."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.core.db import Database
from app.interviews.models import Answer, Interview, Scope, State, Taken
from app.tagging import evidence
from app.tagging.models import Tag, TagEvidence, Verbatim
from tests.buyer.conftest import Buyer, Invite
from tests.factories import Factory

SAID = "They answered within a week. Fenwick was dearer."


@pytest.fixture
def held(make: Factory) -> Interview:
    contact = make.contact(name="Ingrid Holm")
    interview: Interview = make.interview(contact=contact, scope=Scope.NAME)
    return interview


@pytest.fixture
def answer(make: Factory, held: Interview) -> Answer:
    given: Answer = make.answer(held, SAID)
    return given


@pytest.fixture
def quote(make: Factory, answer: Answer) -> Verbatim:
    found: Verbatim = make.verbatim(answer, "Fenwick was dearer.")
    make.tag(found)
    return found


@pytest.fixture
def buyer(invite: Invite, make: Factory, held: Interview, quote: Verbatim) -> Buyer:
    evidence.refresh_interviews(make.session, [held.id])
    return invite(held)


def now(db: Database, row: Answer | Verbatim | Interview):
    with db.reading() as session:
        return session.get_one(type(row), row.id)


def actions(db: Database) -> set[str]:
    with db.reading() as session:
        return set(session.scalars(select(AuditEvent.action)))


def test_everything_they_said_is_there_also_of_other_talks(
    buyer: Buyer, make: Factory, held: Interview
):
    other = make.interview(contact=held.contact, scope=Scope.ROLE)
    make.answer(other, "In spring we began to look.")
    make.answer(make.interview(contact=make.contact()), "Somebody else's words.")
    make.commit()
    page = buyer.get("/words").text
    assert SAID in page
    assert "In spring we began to look." in page
    assert "Somebody else's words." not in page.replace("&#39;", "'")


def test_a_correction_becomes_their_exact_words_and_quotes_keep_their_place(
    db: Database, buyer: Buyer, answer: Answer, quote: Verbatim
):
    buyer.send(f"/answers/{answer.public_id}", text="They took a week. Fenwick was dearer.")
    assert now(db, answer).text == "They took a week. Fenwick was dearer."
    assert now(db, answer).confirmed_revision == now(db, answer).revision
    assert not now(db, quote).has_lost_place
    assert "These are your own words." in buyer.get("/words").text
    assert "answer.corrected" in actions(db)


def test_a_quote_whose_words_were_changed_loses_its_place(
    db: Database, buyer: Buyer, answer: Answer, quote: Verbatim
):
    buyer.send(f"/answers/{answer.public_id}", text="They answered within a week.")
    assert now(db, quote).has_lost_place


def test_confirming_makes_the_words_exact(db: Database, buyer: Buyer, answer: Answer):
    assert "Until you say that it is right" in buyer.get("/words").text
    buyer.send(f"/answers/{answer.public_id}/confirm")
    assert now(db, answer).confirmed_revision == 1
    assert now(db, answer).taken is Taken.TYPED


def test_an_empty_correction_is_refused_at_its_place(db: Database, buyer: Buyer, answer: Answer):
    refused = buyer.send(f"/answers/{answer.public_id}", text="  ")
    assert refused.status_code == 422
    assert "Write at least a word" in refused.text
    assert now(db, answer).text == SAID


def test_one_passage_is_narrowed(db: Database, buyer: Buyer, quote: Verbatim):
    buyer.send(f"/quotes/{quote.public_id}", scope="count")
    assert now(db, quote).scope is Scope.COUNT
    assert "quote.narrowed" in actions(db)


def test_what_all_of_it_may_be_used_for_is_changed(db: Database, buyer: Buyer, held: Interview):
    buyer.send(f"/interviews/{held.public_id}/allow", scope="count", seller_may_read="no")
    assert (now(db, held).scope, now(db, held).seller_may_read) == (Scope.COUNT, False)


def test_deleted_words_are_gone_from_everywhere(
    db: Database, buyer: Buyer, held: Interview, make: Factory
):
    held.why = "Fenwick was faster."
    make.commit()
    assert "cannot be brought back" in buyer.get(f"/interviews/{held.public_id}/delete").text
    buyer.send(f"/interviews/{held.public_id}/delete")
    with db.reading() as session:
        for table in (Answer, Verbatim, Tag, TagEvidence):
            assert session.scalars(select(table)).all() == []
    kept = now(db, held)
    assert (kept.state, kept.why) == (State.HELD, "")
    assert "No word of it is kept." in buyer.get("/words").text
    assert "interview.words_deleted" in actions(db)


def test_a_closed_interview_can_still_be_corrected(
    db: Database, buyer: Buyer, held: Interview, answer: Answer, make: Factory
):
    held.state = State.CLOSED
    make.commit()
    buyer.send(f"/answers/{answer.public_id}", text="They took a week.")
    assert now(db, answer).text == "They took a week."


def test_nobody_reaches_somebody_elses_words(db: Database, buyer: Buyer, make: Factory):
    other = make.interview(contact=make.contact())
    theirs = make.answer(other, "Not yours.")
    quote = make.verbatim(theirs, "Not yours.")
    make.tag(quote)
    make.commit()
    assert buyer.send(f"/answers/{theirs.public_id}", text="Mine now.").status_code == 404
    assert buyer.send(f"/answers/{theirs.public_id}/confirm").status_code == 404
    assert buyer.send(f"/quotes/{quote.public_id}", scope="count").status_code == 404
    assert buyer.send(f"/interviews/{other.public_id}/allow", scope="count").status_code == 404
    assert buyer.send(f"/interviews/{other.public_id}/delete").status_code == 404
    assert now(db, theirs).text == "Not yours."


def test_without_a_session_no_token_of_one_is_asked_for(app: Flask, buyer: Buyer, answer: Answer):
    assert app.config["WTF_CSRF_ENABLED"]
    assert buyer.send(f"/answers/{answer.public_id}/confirm").status_code == 303
