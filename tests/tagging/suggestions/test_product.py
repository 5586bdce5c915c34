"""Suggestions in the product: made by the worker, apart from the tags, decided by people."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import events
from app.core.access import SYSTEM, Actor
from app.core.db import Database
from app.core.jobs import JobContext
from app.identity.models import User
from app.interviews.events import AnswerRevised, WordsDeleted
from app.interviews.models import Answer, AnswerRevision, Interview
from app.tagging import giving, steps
from app.tagging.giving import TagValues
from app.tagging.models import Direction, Reason, Tag, TagEvidence
from app.tagging.operations import quote_words
from app.tagging.suggestions import deciding, jobs, learning, making, queries
from app.tagging.suggestions.making import Found
from app.tagging.suggestions.models import (
    Decision,
    SuggestedInterview,
    SuggesterVersion,
    Suggestion,
)
from app.tagging.suggestions.quality import quality
from tests.factories import Factory, sign_in_as

WORDS = "It was far too expensive. Support was slow."


@pytest.fixture
def mona(make: Factory) -> User:
    make.workspace()
    return make.user("programme_manager", name="Mona")


@pytest.fixture
def actor(mona: User) -> Actor:
    return Actor(mona.id, mona.name)


@pytest.fixture
def price(make: Factory) -> Reason:
    return make.reason("Price", parent=make.reason("Money"), seeds={"en": ["expensive"]})


@pytest.fixture
def interview(make: Factory) -> Interview:
    return make.interview(make.deal("lost"), "held")


@pytest.fixture
def answer(make: Factory, interview: Interview) -> Answer:
    return make.answer(interview, WORDS)


@pytest.fixture
def version(make: Factory) -> SuggesterVersion:
    return make.add(
        SuggesterVersion(
            confirmed=0, sentences=0, is_learnt=False, measured={}, words_checksum="", file="x"
        )
    )


@pytest.fixture
def suggestion(session, interview, answer, price, version) -> Suggestion:
    found = Found(answer.id, 1, 0, 25, "price", True, None, ["expensive"])
    assert making.keep(session, interview.id, version.id, [found]) == 1
    return session.scalars(select(Suggestion)).one()


def open_ones(session) -> list[tuple[int, int]]:
    rows = session.scalars(select(Suggestion).where(Suggestion.decision == Decision.OPEN))
    return [(row.start, row.end) for row in rows]


# Learning and suggesting


def run(app: Flask, db: Database, job: Any) -> dict[str, Any]:
    return job(JobContext(app, db, 0, SYSTEM))


def test_the_worker_learns_and_suggests_for_what_waits(app, db, make, interview, answer, price):
    make.interview(make.deal(), "tagged")
    make.commit()
    assert run(app, db, jobs.learn) == {"confirmed": 0, "learnt": False}
    assert run(app, db, jobs.suggest) == {"interviews": 1, "suggestions": 1}
    with db.reading() as session:
        made = session.scalars(select(Suggestion)).one()
        assert WORDS[made.start : made.end] == "It was far too expensive."
        assert (made.reason_id, made.is_sure, made.words) == (price.id, True, ["expensive"])
        assert session.scalars(select(TagEvidence)).all() == []
    assert run(app, db, jobs.learn) == {}
    assert run(app, db, jobs.suggest) == {}


@pytest.mark.parametrize(("confirmed", "next_at"), [(0, 50), (400, 450), (2000, 2100)])
def test_it_is_learnt_again_after_50_new_tags_or_5_percent(confirmed: int, next_at: int):
    assert learning.due_at(confirmed) == next_at


def test_other_seed_words_are_learnt_at_once(app, db, make, price):
    make.commit()
    run(app, db, jobs.learn)
    with db.writing() as session:
        session.get_one(Reason, price.id).seeds = {"en": ["costly"]}
    assert run(app, db, jobs.learn) != {}
    with db.reading() as session:
        files = [row.file for row in session.scalars(select(SuggesterVersion))]
    assert files[0] is None
    assert files[1] is not None
    assert app.extensions["because_storage"].has(files[1])


def test_what_people_tagged_is_learnt_from_and_only_of_interviews_tagged_in_full(
    make, session, price, answer
):
    full = make.interview(make.deal(), "tagged")
    make.tag(make.verbatim(make.answer(full, "Too dear. Nice people."), "Too dear."), price)
    make.tag(make.verbatim(answer), price)
    lesson = learning.what_to_learn(session)
    assert [(one.text, set(one.tags)) for one in lesson.examples] == [
        ("Too dear.", {"price"}),
        ("Nice people.", set()),
    ]


# Deciding


def test_an_accepted_suggestion_becomes_a_tag_and_counts(session, actor, interview, suggestion):
    step = deciding.accept(session, actor, interview, suggestion)
    tag = step.tags[0]
    assert (tag.reason.name, tag.direction) == ("Price", Direction.AGAINST)
    assert (suggestion.decision, suggestion.tag_id) == (Decision.ACCEPTED, tag.id)
    assert suggestion.decided_by_name == "Mona"
    assert [row.reason_id for row in session.scalars(select(TagEvidence))] == [tag.reason_id]


def test_undoing_leaves_it_open_again(session, actor, interview, suggestion):
    deciding.accept(session, actor, interview, suggestion)
    steps.undo(session, actor, interview.id)
    assert (suggestion.decision, suggestion.tag_id) == (Decision.OPEN, None)
    steps.redo(session, actor, interview.id)
    assert suggestion.decision is Decision.ACCEPTED


def test_a_tag_that_somebody_gave_by_themselves_confirms_it(
    session, actor, answer, price, suggestion
):
    quote = quote_words(session, actor, answer, 11, 24)
    giving.give_tag(session, actor, quote, TagValues(price, Direction.AGAINST))
    assert suggestion.decision is Decision.ACCEPTED


def test_a_refused_one_counts_nowhere_and_is_not_suggested_again(
    session, actor, interview, answer, price, version, suggestion
):
    deciding.refuse(session, actor, suggestion)
    found = Found(answer.id, 1, 0, 25, "price", True, None, [])
    assert making.keep(session, interview.id, version.id, [found]) == 0
    assert session.scalars(select(Tag)).all() == []
    deciding.reopen(session, actor, suggestion)
    assert open_ones(session) == [(0, 25)]


def test_a_new_version_replaces_what_is_open(
    session, interview, answer, price, version, suggestion
):
    found = Found(answer.id, 1, 26, len(WORDS), "price", True, None, [])
    assert making.keep(session, interview.id, version.id, [found]) == 1
    assert open_ones(session) == [(26, len(WORDS))]


def test_words_that_have_the_reason_already_are_not_suggested(
    make, session, interview, answer, price, version
):
    make.tag(make.verbatim(answer, "too expensive"), price)
    found = Found(answer.id, 1, 0, 25, "price", True, None, [])
    assert making.keep(session, interview.id, version.id, [found]) == 0


def test_other_words_wait_for_the_worker_again(make, session, answer, interview, suggestion):
    answer.text, answer.revision = "It was dear.", 2
    make.add(AnswerRevision(answer=answer, number=2, text=answer.text, public_id=str(uuid.uuid4())))
    events.publish(session, AnswerRevised(answer.id, 2))
    assert open_ones(session) == []
    assert session.scalars(select(SuggestedInterview)).all() == []


def test_where_words_are_deleted_it_is_learnt_anew_without_them(session, interview, version, price):
    version.words_checksum = "known"
    events.publish(session, WordsDeleted(interview.id))
    assert version.words_checksum == ""
    assert learning.what_to_learn(session) is not None


# On the page


@pytest.fixture
def client(app: Flask, db: Database, make: Factory, mona: User, suggestion) -> FlaskClient:
    make.commit()
    return sign_in_as(app, db, mona)


def post(client: FlaskClient, interview: Interview, suggestion: Suggestion, do: str, **data: Any):
    path = f"/interviews/{interview.public_id}/suggestions/{suggestion.public_id}/{do}"
    return client.post(path, data=data, headers={"HX-Request": "true"})


def test_suggestions_stand_apart_and_are_decided_on_the_page(db, client, interview, suggestion):
    page = client.get(f"/interviews/{interview.public_id}/tag").text
    assert "Because of ‘expensive’" in page
    assert "1 suggestion" in page
    assert "0 tags so far" in page
    refused = post(client, interview, suggestion, "refuse")
    assert "data-suggestion" not in refused.text
    assert f"{suggestion.public_id}/reopen" in refused.text
    assert post(client, interview, suggestion, "accept").status_code == 422
    assert "data-suggestion" in post(client, interview, suggestion, "reopen").text
    accepted = post(client, interview, suggestion, "accept", direction="for")
    assert "1 tag so far" in accepted.text
    with db.reading() as session:
        assert session.scalars(select(Tag)).one().direction is Direction.FOR


def test_a_second_reader_does_not_see_them(app, db, make, client, interview, suggestion):
    post(client, interview, suggestion, "accept")
    second = make.user("programme_manager")
    make.add(
        Suggestion(
            interview_id=interview.id,
            answer_id=suggestion.answer_id,
            revision=1,
            start=26,
            end=len(WORDS),
            reason_id=suggestion.reason_id,
            version_id=suggestion.version_id,
            is_sure=True,
        )
    )
    make.commit()
    page = f"/interviews/{interview.public_id}/tag"
    assert "data-suggestion" in client.get(page).text
    assert "data-suggestion" not in sign_in_as(app, db, second).get(page).text


def test_the_page_says_how_good_they_are(db, make, session, actor, interview, client, suggestion):
    assert "Nobody has decided on a suggestion yet" in client.get("/tagging/suggestions").text
    post(client, interview, suggestion, "accept")
    post_tagged = client.post(f"/interviews/{interview.public_id}/tagged")
    assert post_tagged.status_code == 303
    page = client.get("/tagging/suggestions").text
    assert "1 of 1" in page
    assert "‘expensive’" in page
    with db.reading() as reading:
        found = quality(reading)
    assert [(one.precision.count, one.recall.count) for one in found.reasons] == [(1, 1)]
    assert found.accepted.value is None
    assert found.next_at == 50


def test_what_was_suggested_but_not_surely_is_offered_where_the_words_are_tagged(
    make, session, interview, answer, price, version, app, db, mona
):
    for number in range(8):
        make.reason(f"Other {number}", parent=make.reason())
    unsure = make.reason("Zeal", parent=make.reason())
    found = Found(answer.id, 1, 26, len(WORDS), unsure.key, False, None, [])
    making.keep(session, interview.id, version.id, [found])
    make.commit()
    client = sign_in_as(app, db, mona)
    page = client.get(f"/interviews/{interview.public_id}/tag").text
    assert "data-suggestion" not in page
    address = f"/interviews/{interview.public_id}/answers/{answer.public_id}/tag"
    form = client.get(address, query_string={"start": 26, "end": 33}).text
    assert 'value="Zeal" data-words="" data-offered="0"' in form


def test_the_open_ones_are_counted(session, suggestion):
    assert queries.count_open(session) == 1
