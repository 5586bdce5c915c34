"""The pages of a transcript: bringing it in, who is who, the drafts, deleting it."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.db import Database
from app.deals.models import Contact
from app.identity.models import Role
from app.interviews.models import Answer, Interview, Scope, Taken
from app.transcripts import queries
from app.transcripts.models import Draft, Transcript
from tests.factories import Factory, sign_in_as
from tests.transcripts.calls import CALL, Call


@pytest.fixture
def call(session: Session, make: Factory) -> Call:
    call = Call(session, make)
    call.lay_out()
    make.commit()
    return call


@pytest.fixture
def ada(app: Flask, db: Database, call: Call):
    return sign_in_as(app, db, call.ada)


def address(call: Call, more: str = "") -> str:
    return f"/interviews/{call.interview.public_id}/transcript{more}"


def upload(text: str, name: str = "call.vtt", **fields: str) -> dict[str, object]:
    return {"file": (io.BytesIO(text.encode()), name), **fields}


def new_interview(make: Factory) -> Interview:
    make.session.expire_on_commit = False
    make.workspace()
    ada = make.user(name="Ada Brandt")
    deal = make.deal()
    jonas = make.contact(account=deal.account, name="Jonas Weber")
    make.deal_contact(deal, jonas)
    interview = make.interview(deal=deal, contact=jonas, interviewer=ada)
    make.commit()
    return interview


def test_a_file_comes_in_and_who_is_who_is_asked_next(app: Flask, db: Database, make: Factory):
    interview = new_interview(make)
    client = sign_in_as(app, db, interview.interviewer)
    base = f"/interviews/{interview.public_id}/transcript"
    assert "Bring in a transcript" in client.get(f"/interviews/{interview.public_id}").text
    answer = client.post(f"{base}/import", data=upload(CALL))
    assert answer.location == f"{base}/speakers"
    page = client.get(answer.location).text
    assert "Suggested by the name. Please check." in page
    assert "Jonas Weber, buyer" in page


def test_words_can_be_pasted(app: Flask, db: Database, make: Factory):
    interview = new_interview(make)
    client = sign_in_as(app, db, interview.interviewer)
    words = "Ada: Why?\nJonas: It was slow.\nAda: I see.\n"
    client.post(f"/interviews/{interview.public_id}/transcript/import", data={"pasted": words})
    with db.reading() as session:
        found = session.scalars(select(Transcript)).one()
        assert found.file_name == "Pasted words"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Choose a file, or paste the words."),
        (upload("words", "call.vtt"), "no line of it is a time"),
        ({"pasted": "   "}, "Choose a file, or paste the words."),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(ada, call: Call, data, said: str):
    answer = ada.post(address(call, "/import"), data=data)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_file_far_too_large_is_refused_before_it_is_read(ada, call: Call):
    answer = ada.post(
        address(call, "/import"),
        data=b"",
        headers={"Content-Length": str(50 << 20), "Content-Type": "multipart/form-data"},
        environ_overrides={"CONTENT_LENGTH": str(50 << 20)},
    )
    assert answer.status_code == 413
    assert "larger than 20 MB" in answer.text


def test_another_file_takes_its_place_only_when_ticked(ada, call: Call, db: Database):
    other = CALL.replace("Right.", "I see.")
    refused = ada.post(address(call, "/import"), data=upload(other))
    assert refused.status_code == 422
    assert "has a transcript already" in refused.text
    assert ada.post(address(call, "/import"), data=upload(other, replace="y")).status_code == 303


def test_a_new_contact_is_made_of_a_speaker(app: Flask, db: Database, make: Factory):
    interview = new_interview(make)
    client = sign_in_as(app, db, interview.interviewer)
    base = f"/interviews/{interview.public_id}/transcript"
    client.post(f"{base}/import", data=upload(CALL.replace("Jonas Weber", "Marta Ruiz")))
    with db.reading() as session:
        people = queries.speakers_of(session, session.scalars(select(Transcript)).one())
        ids = {speaker.label: speaker.public_id for speaker in people}
    chosen = {
        "speakers-0-speaker": ids["Ada Brandt"],
        "speakers-0-who": f"user:{interview.interviewer_id}",
        "speakers-1-speaker": ids["Marta Ruiz"],
        "speakers-1-who": "new",
    }
    unnamed = client.post(f"{base}/speakers", data=chosen)
    assert "Give the new contact&#39;s name." in unnamed.text
    client.post(f"{base}/speakers", data=chosen | {"speakers-1-name": "Marta Ruiz"})
    with db.reading() as session:
        assert "Marta Ruiz" in session.scalars(select(Contact.name)).all()
        assert session.scalars(select(Draft)).first() is not None
    assert "Marta Ruiz" in client.get(base).text


def test_the_page_shows_both_voices_and_the_drafts(ada, call: Call):
    page = ada.get(address(call)).text
    assert "3 draft answers to look at" in page
    assert 'class="t interviewer"' in page
    assert 'class="t buyer"' in page
    assert "How did the search for a new system begin?" in page
    assert "Asked besides the guide" in page
    assert "0:16" in page


def test_accepting_answers_by_the_fragment_that_a_script_asked_for(ada, call: Call, db: Database):
    draft = call.draft_id("start")
    answer = ada.post(address(call, f"/drafts/{draft}/accept"), headers={"HX-Request": "true"})
    assert "Accepted" in answer.text
    assert "<html" not in answer.text
    with db.reading() as session:
        assert session.scalars(select(Answer)).one().taken is Taken.TRANSCRIPT


def test_where_words_were_typed_both_are_shown(ada, call: Call, make: Factory, db: Database):
    make.answer(call.interview, "They were quick.", question_id="others")
    make.commit()
    page = ada.get(address(call)).text
    assert "Typed before:" in page
    assert "Keep both, one after the other" in page
    draft = call.draft_id("others")
    ada.post(address(call, f"/drafts/{draft}/accept"), data={"how": "join"})
    with db.reading() as session:
        assert session.scalars(select(Answer.text)).one().startswith("They were quick.\n\n")


def test_moving_splitting_and_leaving_aside(ada, call: Call, db: Database):
    draft = call.draft_id("start")
    split = ada.post(address(call, f"/drafts/{draft}/split"), data={"position": "6"})
    second = split.location.rsplit("#d", 1)[1]
    ada.post(address(call, f"/drafts/{second}/move"), data={"question": "price"})
    ada.post(address(call, f"/drafts/{draft}/aside"))
    page = ada.get(address(call)).text
    assert "1 draft left aside" in page
    with db.reading() as session:
        moved = session.scalars(select(Draft).where(Draft.public_id == second)).one()
        assert (moved.question_id, moved.is_sure) == ("price", True)


def test_moving_and_splitting_are_offered_in_the_draft_or_on_a_page(ada, call: Call):
    draft = call.draft_id("start")
    part = ada.get(address(call, f"/drafts/{draft}"), headers={"HX-Request": "true"}).text
    page = ada.get(address(call, f"/drafts/{draft}")).text
    assert "<html" not in part
    assert "And the drivers hated it." in part
    assert "What did you think of the price?" in page


def test_deleting_says_what_stays(ada, call: Call, db: Database, session: Session):
    call.accept("start")
    session.commit()
    assert "1 answer made from it stays" in ada.get(address(call, "/delete")).text
    ada.post(address(call, "/delete"))
    with db.reading() as reading:
        assert reading.scalars(select(Transcript)).first() is None
        assert reading.scalars(select(Answer)).one().text


@pytest.mark.parametrize("role", [Role.PRODUCT, Role.LEADERSHIP])
def test_product_and_leadership_never_see_it(
    app: Flask, db: Database, call: Call, make: Factory, role: Role
):
    somebody = make.user(role)
    make.commit()
    assert sign_in_as(app, db, somebody).get(address(call)).status_code == 403


def test_whoever_may_not_read_the_words_finds_nothing(
    app: Flask, db: Database, call: Call, make: Factory
):
    """An administrator assigns interviews; words that are only counted stay hidden from them."""
    call.interview.scope = Scope.COUNT
    somebody = make.user(Role.ADMINISTRATOR)
    make.commit()
    client = sign_in_as(app, db, somebody)
    assert client.get(address(call)).status_code == 404
    assert client.post(address(call, "/delete")).status_code == 404
    assert "Open the transcript" not in client.get(f"/interviews/{call.interview.public_id}").text
