"""The page of feedback: for the interviewer alone."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.db import Database
from app.identity.models import User
from app.interviews.models import Interview
from app.transcripts.models import Part, Segment, Speaker, Transcript
from app.transcripts.reading import Format
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

ANSWER = "We compared four suppliers over the summer, and then my director chose one of them. " * 4


@pytest.fixture
def me(make: Factory) -> User:
    make.workspace()
    return make.user("interviewer")


def transcribed(make: Factory, me: User, *said: str, known: bool = True) -> Interview:
    """An interview in which the interviewer said these words, each answered at length."""
    interview: Interview = make.interview(interviewer=me, contact=make.contact())
    transcript = make.add(
        Transcript(interview=interview, file_name="call.vtt", format=Format.VTT, checksum="x")
    )
    own, buyer = (
        make.add(Speaker(transcript_id=transcript.id, label=part, part=part if known else None))
        for part in (Part.INTERVIEWER, Part.BUYER)
    )
    for number, words in enumerate(said):
        for offset, (speaker, text) in enumerate(((own, words), (buyer, ANSWER))):
            make.add(
                Segment(
                    transcript_id=transcript.id,
                    position=2 * number + offset,
                    speaker_id=speaker.id,
                    text=text,
                )
            )
    return interview


def sign_in(app: Flask, db: Database, make: Factory, user: User) -> FlaskClient:
    make.commit()
    return sign_in_as(app, db, user)


def feedback(client: FlaskClient, interview: Interview):
    return client.get(f"/interviews/{interview.public_id}/feedback")


def test_it_is_headed_by_the_one_thing_to_do_differently(
    app: Flask, db: Database, make: Factory, me: User
):
    interview = transcribed(make, me, "We've fixed that.", "We've <fixed> that.", "We can fix it.")
    page = feedback(sign_in(app, db, make, me), interview).text
    assert "Next time, ask on instead of mending" in page
    assert "Only you see this page" in page


def test_the_interviews_page_leads_to_it(app: Flask, db: Database, make: Factory, me: User):
    interview = transcribed(make, me, "What happened then?")
    client = sign_in(app, db, make, me)
    assert (
        f"{interview.public_id}/feedback" in client.get(f"/interviews/{interview.public_id}").text
    )


def test_the_screen_after_who_is_who_leads_to_it(app: Flask, db: Database, make: Factory, me: User):
    interview = transcribed(make, me, "What happened then?")
    client = sign_in(app, db, make, me)
    laid = client.get(f"/interviews/{interview.public_id}/transcript").text
    assert f"{interview.public_id}/feedback" in laid


@pytest.mark.parametrize("role", ["administrator", "programme_manager", "interviewer"])
def test_nobody_else_sees_it(app: Flask, db: Database, make: Factory, me: User, role: str):
    interview = transcribed(make, me, "What happened then?")
    client = sign_in(app, db, make, make.user(role))
    assert feedback(client, interview).status_code == 404
    assert "/feedback" not in client.get(f"/interviews/{interview.public_id}").text


def test_without_a_known_speaker_there_is_none(app: Flask, db: Database, make: Factory, me: User):
    interview = transcribed(make, me, "What happened then?", known=False)
    client = sign_in(app, db, make, me)
    assert feedback(client, interview).status_code == 404
    assert "/feedback" not in client.get(f"/interviews/{interview.public_id}").text


def test_the_course_shows_the_interviews_before(app: Flask, db: Database, make: Factory, me: User):
    earlier = transcribed(make, me, "Was it dear?")
    latest = transcribed(make, me, "What happened then?")
    other = transcribed(make, make.user("interviewer"), "What happened then?")
    page = feedback(sign_in(app, db, make, me), latest).text
    assert "Your interviews so far" in page
    assert earlier.public_id in page
    assert other.public_id not in page


def test_the_page_asks_a_fixed_number_of_times(app: Flask, db: Database, make: Factory, me: User):
    for _ in range(4):
        latest = transcribed(make, me, "What happened then?")
    client = sign_in(app, db, make, me)
    with query_budget(db, 7):
        feedback(client, latest)
