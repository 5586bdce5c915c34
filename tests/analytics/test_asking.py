"""'Ask more buyers': a theme's question, put into the coming guides by one click."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.analytics import asking_queries, operations
from app.core.access import SYSTEM
from app.core.db import Database
from app.guides import drafts
from app.guides.drafting import questions_of
from app.guides.operations import SHIPPED, load_shipped
from app.guides.queries import find_draft, newest_version
from app.identity.models import Role
from app.interviews.models import Kind
from app.tagging.models import Direction, Reason
from tests.analytics.test_figures import heard
from tests.factories import Factory, sign_in_as

SAY = "What happened when security came up?"


@pytest.fixture
def reason(make: Factory) -> Reason:
    make.workspace()
    load_shipped(make.session, SHIPPED)
    reason = make.reason("Security answers late")
    heard(make, make.deal("lost"), reason)
    return reason


def asked_in(session: Session, slug: str) -> dict[str, str]:
    """The words of the newest version's questions, with why they are asked."""
    version = newest_version(session, slug)
    assert version is not None
    return {question["say"]: question["why"] for _, question in questions_of(version.content)}


def test_it_goes_into_every_guide_for_those_who_could_say_it(make: Factory, reason: Reason) -> None:
    operations.ask_more(make.session, SYSTEM, reason, Direction.AGAINST, SAY, Kind.FACT)
    for slug in ("loss", "no_decision", "short"):
        assert "Security answers late" in asked_in(make.session, slug)[SAY]
    for slug in ("win", "renewal", "written"):
        assert SAY not in asked_in(make.session, slug)


def test_what_speaks_for_us_is_asked_of_those_who_chose_us(make: Factory, reason: Reason) -> None:
    operations.ask_more(make.session, SYSTEM, reason, Direction.FOR, SAY, Kind.FACT)
    assert SAY in asked_in(make.session, "win")
    assert SAY not in asked_in(make.session, "loss")


def test_where_somebody_writes_a_draft_it_waits_there(make: Factory, reason: Reason) -> None:
    version = newest_version(make.session, "loss")
    assert version is not None
    drafts.begin(make.session, SYSTEM, version)
    operations.ask_more(make.session, SYSTEM, reason, Direction.AGAINST, SAY, Kind.FACT)
    draft = find_draft(make.session, "loss")
    assert draft is not None
    assert SAY in {question["say"] for _, question in questions_of(draft.content)}
    assert SAY not in asked_in(make.session, "loss")
    (asked,) = asking_queries.asked_about(make.session, reason, Direction.AGAINST)
    assert version.title in asked.waits_in
    assert version.title not in asked.stands_in


def test_a_question_that_the_linter_calls_an_error_is_not_asked(
    make: Factory, reason: Reason
) -> None:
    leading = "Don't you agree that our security answers are the best?"
    with pytest.raises(operations.ToMend):
        operations.ask_more(make.session, SYSTEM, reason, Direction.AGAINST, leading, Kind.FACT)
    assert asking_queries.asked_about(make.session, reason, Direction.AGAINST) == []


def test_how_many_answered_it_is_counted(make: Factory, reason: Reason) -> None:
    question = operations.ask_more(make.session, SYSTEM, reason, Direction.AGAINST, SAY, Kind.FACT)
    version = newest_version(make.session, "loss")
    interview = make.interview(make.deal("lost"), "held", guide_version=version)
    make.answer(interview, "Late.", question_id=dict(question.guides)["loss"])
    (asked,) = asking_queries.asked_about(make.session, reason, Direction.AGAINST)
    assert asked.answered == 1


def theme(reason: Reason) -> str:
    return f"/figures/reasons/{reason.public_id}?way=against&to=2026Q3"


def test_product_asks_by_one_click(app: Flask, db: Database, make: Factory, reason: Reason) -> None:
    user = make.user(Role.PRODUCT)
    make.commit()
    client = sign_in_as(app, db, user)
    page = client.get(theme(reason)).text
    assert "What to do" in page
    say = "What happened when security answers late came up while you were deciding?"
    assert say in page
    address = theme(reason).replace("?", "/ask?")
    answer = client.post(address, data={"say": say, "kind": "fact"}, follow_redirects=True)
    assert answer.status_code == 200
    assert "answered in 0 interviews" in answer.text


def test_a_refused_question_stays_in_its_field_with_what_is_wrong(
    app: Flask, db: Database, make: Factory, reason: Reason
) -> None:
    user = make.user(Role.PRODUCT)
    make.commit()
    answer = sign_in_as(app, db, user).post(
        theme(reason).replace("?", "/ask?"),
        data={"say": "Don't you agree that ours is the best?", "kind": "fact"},
    )
    assert answer.status_code == 422
    assert "To mend" in answer.text
    assert "Don&#39;t you agree that ours is the best?" in answer.text


def test_leadership_reads_what_was_asked_and_asks_nothing(
    app: Flask, db: Database, make: Factory, reason: Reason
) -> None:
    operations.ask_more(make.session, SYSTEM, reason, Direction.AGAINST, SAY, Kind.FACT)
    user = make.user(Role.LEADERSHIP)
    make.commit()
    client = sign_in_as(app, db, user)
    page = client.get(theme(reason)).text
    assert SAY in page
    assert "Put it into the coming guides" not in page
    address = theme(reason).replace("?", "/ask?")
    assert client.post(address, data={"say": SAY, "kind": "fact"}).status_code == 403
