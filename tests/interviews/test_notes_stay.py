"""A note to self is quoted nowhere: not on a page of somebody else, in no report and no export."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from app.core.db import Database
from app.tagging import evidence
from tests.factories import Factory, sign_in_as

NOTE = "He hesitated at the word audit."
ROOT = Path(__file__).parents[2]


@pytest.fixture
def tagged(make: Factory):
    """An interview by name with a tagged quote, and a note to self beside the answer."""
    make.workspace(steps_skipped=["company", "market", "deals", "colleagues", "interview"])
    anna = make.user(name="Anna")
    interview = make.interview(make.deal("lost"), "tagged", interviewer=anna, scope="name")
    answer = make.answer(interview, taken="written")
    make.tag(make.verbatim(answer), make.reason("Security"), weight="decisive")
    make.note(answer, anna, NOTE)
    evidence.refresh_interviews(make.session, [interview.id])
    make.commit()
    return interview


@pytest.mark.parametrize("role", ["programme_manager", "product", "leadership"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/interviews/{interview}/tag",
        "/deals/{deal}",
        "/reports/deals/{deal}",
        "/reports/deals/{deal}?audience=product",
        "/figures",
    ],
)
def test_no_page_that_quotes_or_counts_shows_it(
    app: Flask, db: Database, make: Factory, tagged, role: str, address: str
):
    user = make.user(role, is_tagger=True)
    make.commit()
    at = address.format(interview=tagged.public_id, deal=tagged.deal.public_id)
    page = sign_in_as(app, db, user).get(at, follow_redirects=True)
    assert NOTE not in page.text


def test_whoever_holds_the_interview_reads_it_and_others_do_not(
    app: Flask, db: Database, make: Factory, tagged
):
    address = f"/interviews/{tagged.public_id}"
    leader = make.user("leadership")
    make.commit()
    assert NOTE in sign_in_as(app, db, tagged.interviewer).get(address).text
    assert NOTE not in sign_in_as(app, db, leader).get(address).text


def test_no_room_that_counts_quotes_or_prints_knows_of_notes():
    rooms = ("tagging", "analytics", "reports", "home")
    files = [path for room in rooms for path in (ROOT / "app" / room).rglob("*.py")]
    assert files
    knows = re.compile(r"answer_notes|notes_of\b|import .*\bNote\b|^\s+Note,$", re.MULTILINE)
    assert [str(path) for path in files if knows.search(path.read_text(encoding="utf-8"))] == []
