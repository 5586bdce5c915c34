"""A buyer answers in writing: three questions, five minutes, no account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock
from app.core.db import Database
from app.core.jobs import run_job
from app.core.models import Job
from app.interviews.models import Answer, AnswerRevision, Channel, Scope, State, Taken
from tests.buyer.conftest import Buyer, Invite, link_of
from tests.factories import Factory

LONG = "Our director asked for one supplier less, and the audit in March had shown us the gaps."


def answers(db: Database) -> list[Answer]:
    with db.reading() as session:
        return list(session.scalars(select(Answer).order_by(Answer.position)))


def begun(buyer: Buyer) -> Buyer:
    assert buyer.allow().status_code == 303
    return buyer


def test_the_first_page_says_who_asks_and_what_happens_with_the_words(writing: Buyer):
    page = writing.get().text
    assert "Halden" in page
    assert "Ingrid Holm, Head of operations" in page
    assert "May the person who sold to you read what you say?" in page
    assert "Set-Cookie" not in writing.get().headers


def test_nothing_is_asked_before_they_have_said_what_is_allowed(writing: Buyer):
    assert writing.get("/questions/1").location.endswith(writing.address)
    refused = writing.send(scope="role")
    assert refused.status_code == 422
    assert "Please choose one." in refused.text
    assert writing.interview.state is State.PLANNED


def test_what_they_allow_is_kept_and_the_first_question_comes(writing: Buyer):
    assert writing.allow("name", "no").location.endswith("/questions/1")
    interview = writing.interview
    assert (interview.scope, interview.seller_may_read) == (Scope.NAME, False)
    assert (interview.state, interview.channel) == (State.IN_PROGRESS, Channel.WRITTEN)


def test_three_questions_then_a_rest_then_done(db: Database, writing: Buyer):
    begun(writing)
    assert "Question 1 of 3" in writing.get("/questions/1").text
    assert writing.write(1, LONG).location.endswith("/questions/2")
    assert writing.write(2, LONG).location.endswith("/questions/3")
    assert writing.write(3, LONG).location.endswith("/rest/3")
    assert "Three more?" in writing.get("/rest/3").text
    assert writing.send("/done").location.endswith("/thanks")
    assert "quoted only as you allowed" in writing.get("/thanks").text
    assert writing.interview.state is State.HELD
    assert [(each.text, each.taken) for each in answers(db)] == [(LONG, Taken.WRITTEN)] * 3


def test_the_page_of_what_is_kept_leads_back_to_the_questions_until_they_are_done(writing: Buyer):
    begun(writing)
    writing.write(1, LONG)
    assert "Go on answering" in writing.get("/words").text
    writing.send("/done")
    assert "Go on answering" not in writing.get("/words").text


def test_whoever_goes_on_is_asked_twelve_questions_at_most(writing: Buyer):
    begun(writing)
    number = 0
    for number in range(1, 30):
        leads_to = writing.write(number, LONG).location
        if leads_to.endswith("/thanks"):
            break
    assert 3 < number <= 12
    assert writing.interview.state is State.HELD


def test_a_thin_answer_is_asked_about_once_and_never_again(writing: Buyer):
    begun(writing)
    asked_more = writing.write(1, "The audit.").location
    assert asked_more.endswith("/questions/1?more=1")
    assert "What happened then?" in writing.client.get(asked_more).text
    assert writing.write(1, "The audit.", asked_more="1", base="1").location.endswith(
        "/questions/2"
    )


def test_a_question_may_be_left_out(db: Database, writing: Buyer):
    begun(writing)
    assert writing.write(1, "", then="skip").location.endswith("/questions/2")
    assert answers(db)[0].is_skipped


def test_one_comes_back_to_where_one_was(writing: Buyer, app: Flask):
    begun(writing)
    writing.write(1, LONG)
    elsewhere = app.test_client()
    assert elsewhere.get(writing.address).location.endswith("/questions/2")
    assert LONG in elsewhere.get(f"{writing.address}/questions/1").text


def test_what_is_saved_while_one_types_is_a_revision_each(db: Database, writing: Buyer):
    begun(writing)
    fields = {"text": "We had", "revision": "8e1d7a3e-31a0-4c0a-a6ff-3f6c4d3f0a01", "base": "0"}
    for _ in range(2):
        answer = writing.client.post(
            f"{writing.address}/questions/1",
            data=fields,
            headers={"Accept": "application/json"},
        )
        assert answer.json == {"number": 1, "theirs": None}
    with db.reading() as session:
        assert len(session.scalars(select(AnswerRevision)).all()) == 1


def test_two_devices_at_one_question_lose_nothing(writing: Buyer):
    begun(writing)
    writing.write(1, "From the phone, at length, as it happened.")
    clash = writing.write(1, "From the desk, at length, as it happened.")
    assert "From the phone" in clash.text
    assert "From the desk" in clash.text
    assert "on another device" in clash.text


def test_words_put_together_from_two_devices_leave_nothing_to_decide(db: Database, writing: Buyer):
    begun(writing)
    writing.write(1, "From the phone, at length, as it happened.")
    aside = "8e1d7a3e-31a0-4c0a-a6ff-3f6c4d3f0a01"
    clash = writing.write(1, "From the desk, at length, as it happened.", revision=aside)
    assert f'name="over" value="{aside}"' in clash.text
    writing.write(1, "From the phone and from the desk, at length.", base="1", over=aside)
    with db.reading() as session:
        revisions = session.scalars(select(AnswerRevision)).all()
    assert [revision.is_aside for revision in revisions] == [False, False, False]
    assert "From the phone and from the desk" in writing.get("/questions/1").text


def test_words_that_are_too_long_stay_on_the_page(writing: Buyer):
    begun(writing)
    refused = writing.write(1, "long " * 5000)
    assert refused.status_code == 422
    assert "Please shorten it a little." in refused.text
    assert "long long" in refused.text


def test_done_with_nothing_written_keeps_nothing(writing: Buyer):
    begun(writing)
    writing.send("/done")
    assert "nothing is kept" in writing.get("/thanks").text
    assert writing.interview.state is State.IN_PROGRESS


def do_due_jobs(app: Flask, db: Database) -> None:
    with db.reading() as session:
        waiting = session.scalars(select(Job.id).where(Job.due_at <= clock.now())).all()
    for job_id in waiting:
        run_job(app, db, job_id)


def test_who_leaves_without_a_word_more_is_heard_after_two_weeks(
    app: Flask, db: Database, writing: Buyer
):
    now = clock.now()
    with clock.frozen(now):
        begun(writing)
    with clock.frozen(now + timedelta(days=5)):
        writing.write(1, LONG)
    with clock.frozen(now + timedelta(days=15)):
        do_due_jobs(app, db)
        assert writing.interview.state is State.IN_PROGRESS
    with clock.frozen(now + timedelta(days=20)):
        do_due_jobs(app, db)
    assert writing.interview.state is State.HELD


@pytest.mark.parametrize(
    ("accepts", "says"),
    [
        ("de-AT,de;q=0.9", "Was ist bei Ihnen geschehen"),
        ("fr", "Que s'est-il passé chez vous"),
        ("es-MX", "¿Qué ocurrió en su organización"),
        ("ja", "What happened in your organisation"),
    ],
)
def test_questions_come_in_the_browsers_language(writing: Buyer, accepts: str, says: str):
    begun(writing)
    page = writing.get("/questions/1", headers={"Accept-Language": accepts}).text
    assert says in page.replace("&#39;", "'")


def test_the_language_is_changed_by_a_button_and_stays(db: Database, writing: Buyer):
    writing.send("/language", language="de")
    assert link_of(db).language == "de"
    assert 'lang="de"' in writing.get(headers={"Accept-Language": "fr"}).text


def test_an_interview_held_by_voice_leads_to_its_words(invite: Invite, make: Factory):
    buyer = invite(make.interview(contact=make.contact()))
    assert buyer.get().location.endswith("/words")
