"""An interview is held in the language that was chosen, as far as the guide has it."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.db import Database
from app.guides.languages import in_language
from app.guides.models import GuideVersion
from app.guides.operations import SHIPPED, load_shipped
from app.guides.reading import Situation, read_guide
from app.interviews.conversation import converse
from app.interviews.loading import load_conversation
from app.interviews.models import Interview
from tests.factories import Factory, sign_in_as

GUIDE = read_guide(
    """
id: small
title: Small
about: For a test.
language: en
languages: [de]
outcomes: [lost]
opening: Hello.
sections:
  - id: before
    title: Before
    minutes: 5
    questions:
      - id: changed
        kind: fact
        say: What changed?
        why: It shows why they looked.
        in:
          de: {say: Was hat sich geändert?}
      - id: felt
        kind: feel
        say: How was it?
        why: Feelings decide too.
""",
    "small.yaml",
)


def test_what_is_not_translated_is_asked_in_the_main_language_and_says_so():
    turns = converse(in_language(GUIDE, "de"), Situation(), {}, []).turns
    assert [(turn.say, turn.is_untranslated) for turn in turns] == [
        ("Was hat sich geändert?", False),
        ("How was it?", True),
    ]


def test_in_the_main_language_nothing_is_missing():
    turns = converse(GUIDE, Situation(), {}, []).turns
    assert not any(turn.is_untranslated for turn in turns)


def test_the_language_is_asked_before_the_first_question_and_kept(
    app: Flask, db: Database, session: Session, make: Factory
):
    load_shipped(session, SHIPPED)
    make.workspace()
    ada = make.user("interviewer")
    written = session.scalars(select(GuideVersion).where(GuideVersion.slug == "written")).one()
    interview = make.interview(state="in_progress", interviewer=ada, guide_version=written)
    address = f"/interviews/{interview.public_id}/consent"
    make.commit()
    client = sign_in_as(app, db, ada)
    assert '<option value="de">German</option>' in client.get(address).text
    allowed = {"scope": "name", "seller_may_read": "yes", "taken": "notes"}
    assert client.post(address, data={**allowed, "language": "de"}).status_code == 303
    with db.reading() as reading:
        kept = reading.get_one(Interview, interview.id)
        assert kept.language == "de"
        english = load_conversation(reading, kept, "en").turns[0].say
        assert load_conversation(reading, kept).turns[0].say != english


def test_a_guide_in_one_language_asks_for_none(
    app: Flask, db: Database, session: Session, make: Factory
):
    make.workspace()
    ada = make.user("interviewer")
    interview = make.interview(state="in_progress", interviewer=ada)
    make.commit()
    client = sign_in_as(app, db, ada)
    assert (
        "The language you speak in"
        not in client.get(f"/interviews/{interview.public_id}/consent").text
    )
