"""Words of a transcript that stand in no answer: tagged, they become one in the same step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.core.db import Database
from app.identity.models import Role, User
from app.interviews.deleting import delete_words
from app.interviews.models import Answer, Scope, Taken
from app.tagging.double_coding.models import SecondCoding, SecondTag
from app.tagging.models import Reason, Tag, TagChange, TagEvidence, Verbatim
from app.transcripts import drafting
from app.transcripts.models import AnswerPlace, Draft
from app.transcripts.queries import place_of
from app.transcripts.unanswered import unanswered
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as
from tests.transcripts.calls import CALL, Call

STORY = (
    "Our old contract ended in spring. We lost two days a week on paper lists."
    "\n\nAnd the drivers hated it."
)
BEYOND = CALL.replace("They had a veto", "Well 😀 they had a 𝒱eto")


def texts(session: Session, call: Call) -> list[str]:
    found = [each.text for each in unanswered(session, call.interview)]
    session.commit()
    return found


@pytest.fixture
def call(session: Session, make: Factory) -> Call:
    call = Call(session, make, BEYOND, state="held", scope=Scope.NAME)
    call.lay_out()
    make.reason("Price", parent=make.reason("Money"))
    return call


@pytest.fixture
def sign_in(app: Flask, db: Database, make: Factory) -> Callable[[User], FlaskClient]:
    def as_user(user: User) -> FlaskClient:
        make.commit()
        return sign_in_as(app, db, user)

    return as_user


@pytest.fixture
def tagger(make: Factory) -> User:
    return make.user(Role.PROGRAMME_MANAGER, name="Mona")


def address(call: Call, position: int, offset: int = 0) -> str:
    return f"/interviews/{call.interview.public_id}/said/{position}/{offset}/tag"


def given(text: str, words: str, **more: Any) -> dict[str, Any]:
    start = text.index(words)
    said = {"reason": "price", "direction": "against", "weight": "decisive", "layer": "surface"}
    span = {"start": start, "end": start + len(words)}
    return said | span | {"evidence": "", "question": ""} | more


# What waits


def test_everything_a_buyer_said_waits_once(session: Session, call: Call):
    assert texts(session, call) == [
        "Hello.",
        STORY,
        "Routewise and one from Spain. Routewise was faster.",
        "Well 😀 they had a 𝒱eto, in fact.",
    ]


def test_what_became_an_answer_waits_no_more_until_it_is_taken_back(session: Session, call: Call):
    call.accept("start")
    assert STORY not in texts(session, call)
    drafting.take_back(session, SYSTEM, call.interview, call.drafts()["start"])
    assert STORY in texts(session, call)


def test_what_is_left_of_a_turn_waits_by_itself(session: Session, call: Call):
    chosen = drafting.draft_words(session, call.transcript, "others", (8, 0), (8, 29))
    drafting.accept(session, SYSTEM, call.interview, chosen, call.conversation)
    assert call.conversation.turn("others").answer.text == "Routewise and one from Spain."
    assert " Routewise was faster." in texts(session, call)


def test_nothing_waits_before_it_is_said_who_speaks(session: Session, make: Factory):
    assert texts(session, Call(session, make)) == []


# On the page


def test_the_interviewers_words_are_shown_and_not_among_those_to_select(
    call: Call, sign_in, tagger: User
):
    page = sign_in(tagger).get(f"/interviews/{call.interview.public_id}/tag").text
    assert "In the transcript, in no answer yet" in page
    assert '<span class="between" data-says="Right."></span>' in page
    assert f"{STORY.split(chr(10))[0]}<span" in page


def test_it_costs_few_queries(call: Call, db: Database, sign_in, tagger: User):
    client = sign_in(tagger)
    with query_budget(db, 17):
        assert client.get(f"/interviews/{call.interview.public_id}/tag").status_code == 200


def test_the_form_offers_the_question_that_they_were_laid_at(call: Call, sign_in, tagger: User):
    page = sign_in(tagger).get(address(call, 3)).text
    assert '<option selected value="start">' in page


# Tagging


def test_tagged_words_become_an_answer_with_their_place(
    call: Call, db: Database, sign_in, tagger: User
):
    form = given(STORY, "two days a week", question="start")
    assert sign_in(tagger).post(address(call, 3), data=form).status_code == 303
    with db.reading() as session:
        quote = session.scalars(select(Verbatim)).one()
        assert quote.text == "two days a week"
        assert (quote.answer.question_id, quote.answer.text) == ("start", STORY)
        assert quote.answer.taken is Taken.TRANSCRIPT
        place = place_of(session, quote.answer, quote.revision, quote.start, quote.end)
        assert place is not None
        assert place.segment.position == 4
        assert session.scalars(select(TagEvidence.weight)).all() == ["decisive"]


def test_places_beyond_the_basic_plane_are_kept_in_a_question_of_its_own(
    call: Call, db: Database, sign_in, tagger: User
):
    form = given("Well 😀 they had a 𝒱eto, in fact.", "𝒱eto")
    assert sign_in(tagger).post(address(call, 10), data=form).status_code == 303
    with db.reading() as session:
        quote = session.scalars(select(Verbatim)).one()
        assert (quote.text, quote.start, quote.end) == ("𝒱eto", 18, 22)
        assert quote.answer.question == "Did the warehouse in Lyon have a say in all of that?"


def test_words_that_nobody_asked_for_can_be_tagged(call: Call, db: Database, sign_in, tagger: User):
    assert sign_in(tagger).post(address(call, 1), data=given("Hello.", "Hello")).status_code == 303
    with db.reading() as session:
        assert session.scalars(select(Verbatim.text)).all() == ["Hello"]


def test_they_join_words_that_the_question_has_from_the_transcript(
    call: Call, db: Database, sign_in, tagger: User
):
    call.accept("start")
    form = given("Routewise and one from Spain. Routewise was faster.", "faster", question="start")
    assert sign_in(tagger).post(address(call, 8), data=form).status_code == 303
    with db.reading() as session:
        quote = session.scalars(select(Verbatim)).one()
        assert quote.answer.text.startswith(STORY)
        assert quote.answer.text[quote.start : quote.end] == "faster"


def test_a_script_gets_the_interview_anew(call: Call, sign_in, tagger: User):
    form = given(STORY, "two days a week", question="start")
    page = sign_in(tagger).post(address(call, 3), data=form, headers={"HX-Request": "true"}).text
    assert 'id="interview-words" data-part' in page
    assert " data-fresh " in page
    assert 'id="said-3-0"' not in page


# Taken back


def undo(client: FlaskClient, call: Call) -> str:
    address = f"/interviews/{call.interview.public_id}/undo"
    answer = client.post(address, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    ("position", "words", "question"),
    [(3, STORY, "start"), (10, "Well 😀 they had a 𝒱eto, in fact.", "")],
)
def test_undone_nothing_is_left_of_the_answer(
    position: int, words: str, question: str, call: Call, session, db: Database, sign_in, tagger
):
    before = texts(session, call)
    client = sign_in(tagger)
    assert (
        client.post(address(call, position), data=given(words, "a", question=question)).status_code
        == 303
    )
    assert words not in texts(session, call)
    assert "wait in the transcript again" in undo(client, call)
    session.expire_all()
    assert texts(session, call) == before
    with db.reading() as reading:
        for kind in (Answer, Verbatim, TagEvidence):
            assert reading.scalars(select(kind)).all() == []
        assert reading.scalars(select(Tag).where(Tag.removed_at.is_(None))).all() == []
        questions = {draft.question_id for draft in reading.scalars(select(Draft))}
        assert questions == {"start", "others", "end", ""} & questions
    assert client.post(address(call, position), data=given(words, "a")).status_code == 303


def test_what_the_question_had_before_stays(call: Call, db: Database, sign_in, tagger: User):
    call.accept("start")
    words = "Routewise and one from Spain. Routewise was faster."
    client = sign_in(tagger)
    client.post(address(call, 8), data=given(words, "faster", question="start"))
    undo(client, call)
    with db.reading() as session:
        assert session.scalars(select(Answer.text)).all() == [STORY]
        assert session.scalars(select(Verbatim)).all() == []


def test_words_that_were_tagged_otherwise_meanwhile_stay_an_answer(
    make: Factory, call: Call, db: Database, sign_in, tagger: User
):
    client = sign_in(tagger)
    client.post(address(call, 3), data=given(STORY, "two days a week", question="start"))
    other = sign_in(make.user(Role.PROGRAMME_MANAGER))
    with db.reading() as session:
        answer = session.scalars(select(Answer)).one().public_id
    place = given(STORY, "paper lists", revision=1)
    address_of_answer = f"/interviews/{call.interview.public_id}/answers/{answer}/tag"
    assert other.post(address_of_answer, data=place).status_code == 303
    assert "Undone" in undo(client, call)
    with db.reading() as session:
        assert session.scalars(select(Answer.text)).all() == [STORY]


def test_where_a_second_person_tagged_the_answer_it_stays(
    make: Factory, call: Call, db: Database, sign_in, tagger: User
):
    client = sign_in(tagger)
    client.post(address(call, 3), data=given(STORY, "two days a week", question="start"))
    coding = make.add(SecondCoding(interview_id=call.interview.id))
    answer = make.session.scalars(select(Answer)).one()
    reason = make.session.scalars(select(Reason).where(Reason.name == "Price")).one()
    given_second = SecondTag(coding=coding, answer=answer, reason=reason, direction="against")
    given_second.revision, given_second.start, given_second.end = 1, 0, 3
    given_second.text = "Our"
    make.add(given_second)
    make.commit()
    undo(client, call)
    with db.reading() as session:
        assert session.scalars(select(SecondTag.text)).all() == ["Our"]


# Done again


def redo(client: FlaskClient, call: Call) -> str:
    address = f"/interviews/{call.interview.public_id}/redo"
    answer = client.post(address, headers={"HX-Request": "true"})
    assert answer.status_code == 200, answer.text
    return answer.text


def kept(db: Database) -> list[list[tuple]]:
    """Answers, the places of their words, quotes and tags, by the ids that the outside sees."""
    statements = (
        select(Answer.public_id, Answer.question_id, Answer.question, Answer.text, Answer.taken),
        select(Answer.public_id, AnswerPlace.start, AnswerPlace.end, AnswerPlace.offset)
        .join(Answer, Answer.id == AnswerPlace.answer_id)
        .where(AnswerPlace.revision == Answer.revision),
        select(Verbatim.public_id, Verbatim.text, Verbatim.start, Verbatim.end, Verbatim.scope)
        .join(Tag, Tag.verbatim_id == Verbatim.id)
        .where(Tag.removed_at.is_(None)),
        select(
            Tag.public_id, Verbatim.public_id, Tag.weight, Tag.note, Tag.first_id, Tag.removed_at
        )
        .join(Tag.verbatim)
        .where(Tag.removed_at.is_(None)),
        select(TagEvidence.reason_id, TagEvidence.weight, TagEvidence.layer),
    )
    with db.reading() as session:
        return [sorted((tuple(row) for row in session.execute(s)), key=str) for s in statements]


@pytest.mark.parametrize(
    ("position", "words", "question"),
    [
        pytest.param(3, STORY, "start", id="a question of the guide"),
        pytest.param(10, "Well 😀 they had a 𝒱eto, in fact.", "", id="one of its own"),
    ],
)
def test_undone_and_done_again_the_answer_is_as_it_was(
    position: int, words: str, question: str, call: Call, session, db: Database, sign_in, tagger
):
    client = sign_in(tagger)
    waiting = texts(session, call)
    client.post(address(call, position), data=given(words, "a", question=question, note="Look"))
    before = kept(db)
    for _ in range(2):
        undo(client, call)
        session.expire_all()
        assert texts(session, call) == waiting
        assert "Done again: Price. Its words are an answer again." in redo(client, call)
        assert kept(db) == before


def test_words_joined_to_an_answer_are_joined_again(
    call: Call, db: Database, sign_in, tagger: User
):
    call.accept("start")
    client = sign_in(tagger)
    words = "Routewise and one from Spain. Routewise was faster."
    client.post(address(call, 8), data=given(words, "faster", question="start"))
    before = kept(db)
    undo(client, call)
    redo(client, call)
    assert kept(db) == before


def tag_again(client: FlaskClient, call: Call, db: Database, words: str, **more: Any) -> None:
    """Words of the answer that was made of the story."""
    with db.reading() as session:
        answer = session.scalars(select(Answer).where(Answer.text == STORY)).one()
        first = session.scalars(select(Tag.public_id)).first()
    data = given(STORY, words, revision=answer.revision, first=first, **more)
    address = f"/interviews/{call.interview.public_id}/answers/{answer.public_id}/tag"
    assert client.post(address, data=data).status_code == 303


def test_what_was_tagged_in_it_since_comes_back_step_by_step(
    make: Factory, call: Call, db: Database, sign_in, tagger: User
):
    make.reason("Speed", parent=make.reason("Product"))
    client = sign_in(tagger)
    waypoints = [kept(db)]
    client.post(address(call, 3), data=given(STORY, "two days a week", question="start"))
    waypoints.append(kept(db))
    tag_again(client, call, db, "paper lists", reason="speed", layer="probed", weight="mentioned")
    waypoints.append(kept(db))
    client.post(address(call, 1), data=given("Hello.", "Hello", weight="mentioned"))
    waypoints.append(kept(db))
    for expected in waypoints[-2::-1]:
        undo(client, call)
        assert kept(db) == expected
    for expected in waypoints[1:]:
        redo(client, call)
        assert kept(db) == expected
    for expected in waypoints[-2::-1]:
        undo(client, call)
        assert kept(db) == expected


def test_words_that_became_an_answer_otherwise_are_not_made_one_again(
    make: Factory, call: Call, db: Database, sign_in, tagger: User
):
    client = sign_in(tagger)
    client.post(address(call, 3), data=given(STORY, "two days a week", question="start"))
    undo(client, call)
    call.accept("start")
    make.commit()
    before = kept(db)
    path = f"/interviews/{call.interview.public_id}/redo"
    refused = client.post(path, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert "became an answer otherwise meanwhile" in refused.text
    assert kept(db) == before


def test_after_something_else_is_done_it_is_forgotten(
    call: Call, db: Database, sign_in, tagger: User
):
    client = sign_in(tagger)
    client.post(address(call, 3), data=given(STORY, "two days a week", question="start"))
    undo(client, call)
    client.post(address(call, 1), data=given("Hello.", "Hello"))
    with db.reading() as session:
        assert len(session.scalars(select(Tag)).all()) == 1


# Refused


@pytest.mark.parametrize(
    "position", [pytest.param(2, id="the interviewer's question"), pytest.param(5, id="a nod")]
)
def test_the_interviewers_words_are_refused(
    position: int, call: Call, db: Database, sign_in, tagger: User
):
    form = given("Right.", "Right")
    headers = {"HX-Request": "true"}
    response = sign_in(tagger).post(address(call, position), data=form, headers=headers)
    assert response.status_code == 422
    with db.reading() as session:
        assert session.scalars(select(Tag)).all() == []


@pytest.mark.parametrize(("start", "end"), [(-9, 4), (0, len(STORY) + 1), (4, 4), (9, 3)])
def test_a_span_outside_these_words_is_refused_and_makes_no_answer(
    start: int, end: int, call: Call, db: Database, sign_in, tagger: User
):
    form = given(STORY, "two", question="start", start=start, end=end)
    assert sign_in(tagger).post(address(call, 3), data=form).status_code == 422
    with db.reading() as session:
        assert session.scalars(select(Answer)).all() == []


def test_an_unknown_reason_makes_no_answer_and_loses_nothing(
    call: Call, db: Database, sign_in, tagger: User
):
    form = given(STORY, "two days a week", question="start", reason="Nonesuch", note="Look again")
    response = sign_in(tagger).post(address(call, 3), data=form)
    assert response.status_code == 422
    assert "Look again" in response.text
    with db.reading() as session:
        assert session.scalars(select(Answer)).all() == []


def test_a_typed_answer_is_not_added_to(make: Factory, call: Call, sign_in, tagger: User):
    make.answer(call.interview, "Typed.", question_id="start", taken="typed")
    client = sign_in(tagger)
    assert 'value="start"' not in client.get(address(call, 3)).text
    form = given(STORY, "two days a week", question="start")
    assert client.post(address(call, 3), data=form).status_code == 422


def test_another_transcript_took_its_place_meanwhile(call: Call, sign_in, tagger: User):
    form = given(STORY, "two days a week", question="start", revision=call.transcript.id + 1)
    response = sign_in(tagger).post(address(call, 3), data=form)
    assert response.status_code == 422
    assert "took the place of this one" in response.text


# Who may, and what the buyer allowed


def test_whoever_may_not_read_the_words_finds_nothing(make: Factory, call: Call, sign_in):
    for role in (Role.PRODUCT, Role.LEADERSHIP):
        assert sign_in(make.user(role)).get(address(call, 3)).status_code in (403, 404)


def test_words_of_a_buyer_who_is_only_counted_are_only_counted(
    call: Call, db: Database, sign_in, tagger: User
):
    call.interview.scope = Scope.COUNT
    form = given(STORY, "two days a week", question="start")
    assert sign_in(tagger).post(address(call, 3), data=form).status_code == 303
    with db.reading() as session:
        quote = session.scalars(select(Verbatim)).one()
        assert quote.scope is None
        assert quote.interview.scope is Scope.COUNT


def test_the_buyer_has_their_words_deleted(
    session: Session, call: Call, db: Database, sign_in, tagger: User
):
    client = sign_in(tagger)
    assert client.post(address(call, 1), data=given("Hello.", "Hello")).status_code == 303
    client.post(address(call, 3), data=given(STORY, "two days a week", question="start"))
    undo(client, call)
    delete_words(session, SYSTEM, call.interview)
    session.commit()
    assert client.get(address(call, 3)).status_code != 200
    with db.reading() as reading:
        assert unanswered(reading, call.interview) == []
        for kind in (Verbatim, Tag, TagChange, TagEvidence):
            assert reading.scalars(select(kind)).all() == []
