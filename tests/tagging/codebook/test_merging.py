"""A merger moves quotes, taps and names; earlier versions still tell the two reasons apart; and it
can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access import SYSTEM
from app.core.db import Database
from app.identity.models import Role
from app.interviews.models import Interview
from app.market.models import Life
from app.tagging import evidence, queries, reasons
from app.tagging.codebook import queries as versions
from app.tagging.codebook.as_it_stood import as_it_stood
from app.tagging.codebook.merging import merge_reason
from app.tagging.codebook.models import ListVersion
from app.tagging.codebook.taking_back import CannotTakeBack, hindrance, take_back
from app.tagging.models import FinishReason, Reason, Tag, TagEvidence
from app.tagging.reasons import ReasonText, WrongPlace
from tests.factories import Factory, sign_in_as


@dataclass
class Told:
    """Two reasons, an interview that names each, one that names both, and one with taps."""

    price: Reason
    dear: Reason
    interviews: list[Interview]

    @property
    def ids(self) -> list[int]:
        return [interview.id for interview in self.interviews]


@pytest.fixture
def told(make: Factory, session: Session) -> Told:
    money = reasons.add_category(session, SYSTEM, "Money")
    price = _reason(session, money, "Price")
    dear = _reason(session, money, "Too dear")
    one, two, both, tapped = (make.interview(state="tagged") for _ in range(4))
    tapped.state = "held"
    make.tag(make.verbatim(make.answer(one)), price)
    make.tag(make.verbatim(make.answer(two)), dear)
    quote = make.verbatim(make.answer(both))
    make.tag(quote, price)
    make.tag(quote, dear)
    make.finish_reason(tapped, price)
    make.finish_reason(tapped, dear, is_decisive=True, position=1)
    told = Told(price, dear, [one, two, both, tapped])
    evidence.refresh_interviews(session, told.ids)
    return told


def _reason(session: Session, parent: Reason, name: str) -> Reason:
    return reasons.add_reason(session, SYSTEM, parent, ReasonText(name, f"{name}.", "", "", {}))


def latest(session: Session) -> ListVersion:
    version = versions.latest_version(session)
    assert version is not None
    return version


def cited(session: Session, told: Told) -> list[tuple[int, int | None]]:
    """Which interview names which reason, as every figure reads it."""
    rows = session.execute(select(TagEvidence.interview_id, TagEvidence.reason_id))
    return sorted((told.ids.index(interview_id), reason_id) for interview_id, reason_id in rows)


def cited_then(session: Session, told: Told, version: ListVersion) -> list[tuple[int, int | None]]:
    rows = evidence.rebuilt(session, told.ids, as_it_stood(session, version))
    return sorted((told.ids.index(row.interview_id), row.reason_id) for row in rows)


# What moves


def test_quotes_taps_and_names_go_to_the_other(session: Session, told: Told):
    merge_reason(session, SYSTEM, told.dear, told.price, why="One thing.")
    assert {reason_id for _, reason_id in cited(session, told)} == {told.price.id}
    assert queries.reason_by_name(session, "Too dear") is told.price
    assert told.dear.life is Life.RETIRED
    assert told.dear not in queries.usable_reasons(session)


def test_evidence_after_a_merger_equals_a_rebuild(session: Session, told: Told):
    merge_reason(session, SYSTEM, told.dear, told.price, why="One thing.")
    rebuilt = [
        (told.ids.index(row.interview_id), row.reason_id)
        for row in evidence.rebuilt(session, told.ids)
    ]
    assert sorted(rebuilt) == cited(session, told)


def test_narrower_reasons_go_along(session: Session, told: Told):
    below = _reason(session, told.dear, "Discounts refused")
    merge_reason(session, SYSTEM, told.dear, told.price, why="One thing.")
    assert below.parent_id == told.price.id


def test_categories_are_merged_with_all_their_reasons(session: Session, told: Told):
    terms = reasons.add_category(session, SYSTEM, "Terms")
    contract = _reason(session, terms, "Contract")
    assert told.price.parent is not None
    merge_reason(session, SYSTEM, terms, told.price.parent, why="One chapter.")
    (each,) = queries.reason_list(session)
    assert each.reasons[-1] is contract
    assert queries.categories(session) == [told.price.parent]


def test_nothing_is_merged_into_itself_or_below_itself(session: Session, told: Told):
    below = _reason(session, told.dear, "Discounts refused")
    for into in (told.dear, below):
        with pytest.raises(WrongPlace):
            merge_reason(session, SYSTEM, told.dear, into, why="Try.")


# What stays


def test_an_earlier_version_still_tells_the_two_apart(session: Session, told: Told):
    before, now = latest(session), cited(session, told)
    merge_reason(session, SYSTEM, told.dear, told.price, why="One thing.")
    assert cited_then(session, told, before) == now
    assert cited_then(session, told, latest(session)) == cited(session, told)


def test_after_several_mergers_each_version_is_told_as_it_was(session: Session, told: Told):
    cost = _reason(session, told.price.parent, "Cost")
    first, as_first = latest(session), cited(session, told)
    merge_reason(session, SYSTEM, told.dear, told.price, why="One thing.")
    second, as_second = latest(session), cited(session, told)
    merge_reason(session, SYSTEM, told.price, cost, why="Wider.")
    assert {reason_id for _, reason_id in cited(session, told)} == {cost.id}
    assert cited_then(session, told, second) == as_second
    assert cited_then(session, told, first) == as_first


def test_what_a_person_changed_since_stays_as_they_said(session: Session, told: Told):
    trust = _reason(session, told.price.parent, "Trust")
    before = latest(session)
    merge_reason(session, SYSTEM, told.dear, told.price, why="One thing.")
    tag = session.scalars(
        select(Tag).join(Tag.verbatim).where(Tag.verbatim.has(interview_id=told.ids[1]))
    ).one()
    tag.reason = trust
    session.flush()
    assert (1, trust.id) in cited_then(session, told, before)
    assert (1, told.dear.id) not in cited_then(session, told, before)


# Taking back


def test_a_merger_taken_back_leaves_everything_as_it_was(session: Session, told: Told):
    before, now = latest(session), cited(session, told)
    merge_reason(session, SYSTEM, told.dear, told.price, why="One thing.")
    take_back(session, SYSTEM, latest(session), why="Two things.")
    assert cited(session, told) == now
    assert told.dear.life is Life.ACTIVE
    assert told.dear.merged_into_id is None
    assert queries.reason_by_name(session, "Too dear") is told.dear
    taps = session.execute(select(FinishReason.reason_id, FinishReason.is_decisive))
    assert sorted(taps) == sorted([(told.price.id, False), (told.dear.id, True)])
    assert cited_then(session, told, before) == now


def test_a_merged_draft_is_a_draft_again(make: Factory, session: Session, told: Told):
    draft = reasons.draft_reason(session, SYSTEM, "Expensive")
    make.tag(make.verbatim(make.answer(make.interview(state="tagged"))), draft)
    merge_reason(session, SYSTEM, draft, told.price, why="The same.")
    take_back(session, SYSTEM, latest(session), why="Not the same.")
    assert list(queries.draft_reasons(session)) == [draft]
    assert queries.times_used(session, draft) == 1


def test_a_version_is_not_taken_back_over_a_later_one(session: Session, told: Told):
    reasons.retire_reason(session, SYSTEM, told.dear, why="Unused.")
    retired = latest(session)
    reasons.bring_back_reason(session, SYSTEM, told.dear)
    assert "Take that one back first" in hindrance(session, retired)
    with pytest.raises(CannotTakeBack):
        take_back(session, SYSTEM, retired, why="Try.")


def test_what_a_version_added_is_retired(session: Session, told: Told):
    take_back(session, SYSTEM, latest(session), why="Not needed.")
    assert told.dear.life is Life.RETIRED


# The pages


@pytest.fixture
def sign_in(app: Flask, db: Database, make: Factory, told: Told) -> Callable[[Role], FlaskClient]:
    def as_role(role: Role) -> FlaskClient:
        make.workspace()
        user = make.user(role)
        make.commit()
        return sign_in_as(app, db, user)

    return as_role


def test_a_merger_is_asked_for_with_what_it_does_and_why(db: Database, sign_in, told: Told):
    client = sign_in(Role.PROGRAMME_MANAGER)
    address = f"/reasons/{told.dear.public_id}/merge"
    assert "given in 3 interviews" in client.get(address).text
    refused = client.post(address, data={"into": ""})
    assert refused.status_code == 422
    assert "Choose the one it becomes part of." in refused.text
    given = {"into": told.price.public_id, "why": "One thing."}
    assert client.post(address, data=given).status_code == 303
    with db.reading() as session:
        assert session.get_one(Reason, told.dear.id).merged_into_id == told.price.id
    assert client.get(address).status_code == 404
    assert client.get(f"/reasons/{told.dear.public_id}").status_code == 404
    assert "Merged into Price" in client.get("/reasons?retired=shown").text


def test_a_version_is_taken_back_on_its_page(db: Database, sign_in, told: Told):
    client = sign_in(Role.PROGRAMME_MANAGER)
    given = {"into": told.price.public_id, "why": "One thing."}
    client.post(f"/reasons/{told.dear.public_id}/merge", data=given)
    address = "/reasons/versions/4/take-back"
    assert address in client.get("/reasons/versions/4").text
    assert client.post(address, data={}).status_code == 422
    assert client.post(address, data={"why": "Two things."}).status_code == 303
    assert "It takes back" in client.get("/reasons/versions/5").text
    assert "cannot be taken back" in client.get(address).text
    with db.reading() as session:
        assert session.get_one(Reason, told.dear.id).life is Life.ACTIVE


def test_only_who_keeps_the_list_merges_and_takes_back(sign_in, told: Told):
    client = sign_in(Role.INTERVIEWER)
    assert client.get(f"/reasons/{told.dear.public_id}/merge").status_code == 403
    assert client.get("/reasons/versions/1/take-back").status_code == 403
    assert "Take this version back" not in client.get("/reasons/versions/1").text
