"""A reason becomes several: its quotes are decided again one by one, and count as before until
then."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.core.db import Database
from app.identity.models import Role
from app.market.models import Life
from app.tagging import evidence, reasons
from app.tagging.codebook.as_it_stood import as_it_stood
from app.tagging.codebook.merging import merge_reason
from app.tagging.codebook.models import ListChange, Split, SplitItem
from app.tagging.codebook.queries import latest_version
from app.tagging.codebook.split_queries import parts_of, progress
from app.tagging.codebook.splitting import CannotSplit, decide, split_reason, undo_last
from app.tagging.codebook.taking_back import hindrance, take_back
from app.tagging.models import Reason, Tag, TagEvidence
from app.tagging.reasons import ReasonText, WrongPlace
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as


@pytest.fixture
def support(make: Factory, session: Session) -> Reason:
    service = reasons.add_category(session, SYSTEM, "Service")
    support = reasons.add_reason(
        session, SYSTEM, service, ReasonText("Support", "After the sale.", "", "", {})
    )
    for words in ("They answered in a week.", "They knew the product.", "Slow, and wrong."):
        interview = make.interview(state="tagged")
        make.tag(make.verbatim(make.answer(interview, words)), support)
        evidence.refresh_interviews(session, [interview.id])
    return support


def split(session: Session, support: Reason, *, retires: bool = True) -> Split:
    names = ["Speed of support", "Knowledge of support"]
    return split_reason(session, SYSTEM, support, names, why="Two things.", retires=retires)


def items(session: Session) -> list[SplitItem]:
    return list(session.scalars(select(SplitItem).order_by(SplitItem.id)))


def cited(session: Session) -> list[str]:
    return sorted(
        session.scalars(select(Reason.name).join(TagEvidence, TagEvidence.reason_id == Reason.id))
    )


def how_far(session: Session, opened: Split) -> tuple[int, int]:
    far = progress(session, opened)
    return far.decided, far.waiting


def test_a_split_makes_the_reasons_and_queues_every_quote(session: Session, support: Reason):
    opened = split(session, support)
    speed, knowledge = parts_of(session, opened)
    assert (speed.name, speed.parent_id, knowledge.name) == (
        "Speed of support",
        support.parent_id,
        "Knowledge of support",
    )
    assert latest_version(session).change is ListChange.SPLIT
    assert how_far(session, opened) == (0, 3)
    assert cited(session) == ["Support"] * 3


def test_a_decided_quote_counts_for_its_new_reason(session: Session, support: Reason):
    opened = split(session, support)
    speed, knowledge = parts_of(session, opened)
    first, second, _ = items(session)
    decide(session, SYSTEM, first, [speed])
    decide(session, SYSTEM, second, [knowledge])
    assert how_far(session, opened) == (2, 1)
    assert cited(session) == ["Knowledge of support", "Speed of support", "Support"]


def test_a_quote_may_say_more_than_one_thing_or_stay(session: Session, support: Reason):
    opened = split(session, support, retires=False)
    speed, knowledge = parts_of(session, opened)
    first, second, third = items(session)
    decide(session, SYSTEM, first, [speed, knowledge])
    decide(session, SYSTEM, second, [support])
    decide(session, SYSTEM, third, [speed, support])
    assert cited(session) == sorted(
        ["Speed of support", "Knowledge of support", "Support", "Speed of support", "Support"]
    )
    assert opened.closed_at is not None


def test_the_old_reason_is_retired_with_the_last_decision(session: Session, support: Reason):
    opened = split(session, support)
    speed, _ = parts_of(session, opened)
    for item in items(session):
        assert support.life is Life.ACTIVE
        decide(session, SYSTEM, item, [speed])
    assert support.life is Life.RETIRED
    assert how_far(session, opened) == (3, 0)


def test_a_decision_is_undone_with_all_that_it_added(session: Session, support: Reason):
    opened = split(session, support)
    before = cited(session)
    decide(session, SYSTEM, items(session)[0], parts_of(session, opened))
    undo_last(session, SYSTEM, opened)
    assert cited(session) == before
    assert how_far(session, opened) == (0, 3)
    assert session.scalar(select(func.count()).select_from(Tag)) == 3


def test_a_quote_tagged_anew_by_a_person_waits_no_longer(session: Session, support: Reason):
    opened = split(session, support)
    first, second, _ = items(session)
    first.tag.reason = parts_of(session, opened)[0]
    second.tag.removed_at = second.split.version.made_at
    session.flush()
    assert how_far(session, opened) == (0, 1)


def test_a_quote_that_has_the_new_reason_already_keeps_one_tag(
    make: Factory, session: Session, support: Reason
):
    opened = split(session, support)
    speed, _ = parts_of(session, opened)
    first = items(session)[0]
    make.tag(first.tag.verbatim, speed)
    decide(session, SYSTEM, first, [speed])
    standing = select(func.count()).where(
        Tag.verbatim_id == first.tag.verbatim_id, Tag.removed_at.is_(None)
    )
    assert session.scalar(standing) == 1


def test_an_earlier_version_still_has_the_one_reason(session: Session, support: Reason):
    before = latest_version(session)
    opened = split(session, support)
    speed, knowledge = parts_of(session, opened)
    decide(session, SYSTEM, items(session)[0], [speed, knowledge])
    decide(session, SYSTEM, items(session)[1], [knowledge])
    ids = list(session.scalars(select(TagEvidence.interview_id).distinct()))
    then = evidence.rebuilt(session, ids, as_it_stood(session, before))
    assert [row.reason_id for row in then] == [support.id] * 3


def test_a_reason_of_the_list_can_be_a_part(session: Session, support: Reason):
    known = reasons.add_reason(
        session, SYSTEM, support.parent, ReasonText("Onboarding", "The start.", "", "", {})
    )
    opened = split_reason(
        session, SYSTEM, support, ["onboarding", "Hotline"], why="So.", retires=True
    )
    assert known in parts_of(session, opened)
    assert known.definition == "The start."


@pytest.mark.parametrize("names", [["Speed", "speed"], ["Support", "Speed"]])
def test_the_parts_are_different_reasons(session: Session, support: Reason, names: list[str]):
    with pytest.raises(CannotSplit):
        split_reason(session, SYSTEM, support, names, why="So.", retires=True)


def test_what_is_being_split_is_neither_split_nor_merged(session: Session, support: Reason):
    opened = split(session, support)
    with pytest.raises(CannotSplit):
        split(session, support)
    with pytest.raises(WrongPlace):
        merge_reason(session, SYSTEM, support, parts_of(session, opened)[0], why="So.")


def test_a_reason_without_quotes_is_split_at_once(session: Session, support: Reason):
    unused = reasons.add_reason(
        session, SYSTEM, support.parent, ReasonText("Training", "To learn.", "", "", {})
    )
    opened = split_reason(session, SYSTEM, unused, ["Courses", "Papers"], why="So.", retires=True)
    assert opened.closed_at is not None
    assert unused.life is Life.RETIRED


# The pages


@pytest.fixture
def sign_in(app: Flask, db: Database, make: Factory, support: Reason) -> Callable[..., FlaskClient]:
    def as_role(role: Role) -> FlaskClient:
        make.workspace()
        user = make.user(role)
        make.commit()
        return sign_in_as(app, db, user)

    return as_role


def test_a_split_is_asked_for_and_worked_off_on_its_pages(sign_in, db: Database, support: Reason):
    client = sign_in(Role.PROGRAMME_MANAGER)
    address = f"/reasons/{support.public_id}/split"
    assert "given in 3 interviews" in client.get(address).text
    given = {"first": "Speed", "second": "", "retires": "y", "why": "Two things."}
    refused = client.post(address, data=given)
    assert refused.status_code == 422
    assert "Name at least two." in refused.text
    queue = client.post(address, data=given | {"second": "Knowledge"}).location
    with query_budget(db, 16):
        page = client.get(queue).text
    assert "0 of 3 quotes decided" in page
    assert "They answered in a week." in page
    assert "Go on with" in client.get("/reasons").text
    with db.reading() as session:
        found = {row.name: row.public_id for row in session.scalars(select(Reason))}
        first, second, third = (item.id for item in items(session))
    decided = client.post(f"{queue}/quotes/{first}", data={"reason": found["Speed"]})
    assert "They knew the product." in client.get(decided.location).text
    client.post(f"{queue}/quotes/{second}", data={"also": [found["Speed"], found["Knowledge"]]})
    assert "2 of 3 quotes decided" in client.get(queue).text
    client.post(f"{queue}/undo")
    assert "1 of 3 quotes decided" in client.get(queue).text
    nothing = client.post(f"{queue}/quotes/{second}", data={}, follow_redirects=True)
    assert "Choose at least one reason." in nothing.text
    for item in (second, third):
        client.post(f"{queue}/quotes/{item}", data={"reason": found["Knowledge"]})
    assert "Every quote is decided." in client.get(queue).text
    assert "Go on with" not in client.get("/reasons").text


def test_only_who_keeps_the_list_splits(sign_in, support: Reason):
    client = sign_in(Role.PRODUCT)
    assert client.get(f"/reasons/{support.public_id}/split").status_code == 403


# Taking it back


def test_a_split_is_taken_back_with_its_queue_and_all_that_was_decided(
    session: Session, support: Reason
):
    opened = split(session, support)
    speed, knowledge = parts_of(session, opened)
    first, second, _ = items(session)
    decide(session, SYSTEM, first, [speed, knowledge])
    decide(session, SYSTEM, second, [knowledge])
    undoing = take_back(session, SYSTEM, opened.version, why="One reason after all.")
    assert undoing.takes_back is opened.version
    assert cited(session) == ["Support"] * 3
    assert [part.life for part in (speed, knowledge)] == [Life.RETIRED, Life.RETIRED]
    assert support.life is Life.ACTIVE
    assert (items(session), list(session.scalars(select(Split)))) == ([], [])


def test_what_a_person_changed_since_the_split_stays(session: Session, support: Reason):
    opened = split(session, support)
    speed, knowledge = parts_of(session, opened)
    first = items(session)[0]
    decide(session, SYSTEM, first, [speed])
    first.tag.reason = knowledge
    take_back(session, SYSTEM, opened.version, why="")
    assert first.tag.reason is knowledge


def test_a_finished_split_is_taken_back_after_the_retirement(session: Session, support: Reason):
    opened = split(session, support)
    version, parts = opened.version, parts_of(session, opened)
    for item in items(session):
        decide(session, SYSTEM, item, parts[:1])
    retirement = latest_version(session)
    assert f"Version {retirement.number} changed the same reasons later" in hindrance(
        session, version
    )
    take_back(session, SYSTEM, retirement, why="")
    assert hindrance(session, version) == ""
    undoing = take_back(session, SYSTEM, version, why="")
    assert cited(session) == ["Support"] * 3
    assert "Split the reason again" in hindrance(session, undoing)
    again = split(session, support)
    assert how_far(session, again) == (0, 3)
    assert set(parts_of(session, again)) == set(parts)
