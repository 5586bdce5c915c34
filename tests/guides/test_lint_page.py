"""The linter, asked by a page while somebody types."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from app.core.db import Database
from tests.factories import Factory, sign_in_as

LEADING = "Don't you think our offer was clearer?"


def asking(app: Flask, db: Database, make: Factory) -> FlaskClient:
    make.workspace()
    user = make.user("interviewer")
    make.commit()
    return sign_in_as(app, db, user)


def test_it_says_what_is_wrong_as_a_part_of_a_page(app: Flask, db: Database, make: Factory):
    client = asking(app, db, make)
    answer = client.post("/guides/lint", data={"text": LEADING, "kind": "think"})
    assert answer.status_code == 200
    assert "To mend: leading." in answer.text
    assert "<html" not in answer.text


def test_it_says_the_same_as_json_to_whoever_asks_for_it(app: Flask, db: Database, make: Factory):
    client = asking(app, db, make)
    found = client.post(
        "/guides/lint",
        data={"text": LEADING, "kind": "think"},
        headers={"Accept": "application/json"},
    ).json
    assert ("leading", "error") in {(each["rule"], each["level"]) for each in found}
    assert set(found[0]) == {"rule", "level", "span", "why", "try"}


def test_the_kind_decides_what_is_wrong(app: Flask, db: Database, make: Factory):
    client = asking(app, db, make)
    text = "What would you pay for a faster answer?"
    as_fact = client.post("/guides/lint", data={"text": text, "kind": "fact"}).text
    as_choice = client.post("/guides/lint", data={"text": text, "kind": "would_do"}).text
    assert "hypothetical" in as_fact
    assert "hypothetical" not in as_choice


def test_a_good_question_gets_no_word(app: Flask, db: Database, make: Factory):
    client = asking(app, db, make)
    good = {"text": "What happened next?", "kind": "fact"}
    assert client.post("/guides/lint", data=good).text.strip() == ""


def test_what_is_typed_is_shown_as_text(app: Flask, db: Database, make: Factory):
    client = asking(app, db, make)
    text = "<b>Don't you think</b> our offer was clearer?"
    assert "<b>" not in client.post("/guides/lint", data={"text": text, "kind": "x"}).text


def test_a_stranger_is_asked_to_sign_in(app: Flask, db: Database):
    assert app.test_client().post("/guides/lint", data={"text": "x"}).status_code in (302, 400)
