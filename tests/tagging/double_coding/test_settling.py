"""What two people gave differently is settled; both stay, and the tags that count follow."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.core.access import Actor
from app.identity.models import Role
from app.interviews.models import State
from app.tagging import evidence
from app.tagging.double_coding import operations
from app.tagging.double_coding.models import CodedPassage, SecondCoding
from app.tagging.models import Direction, Tag, TagEvidence, Weight
from tests.tagging.double_coding.conftest import WORDS


@pytest.fixture
def coding(session, make, interview, answer, reasons, mona, tom) -> SecondCoding:
    """Mona gave Price against us, Tom gave Speed, for the same words."""
    quote = make.verbatim(answer, "The price was high.")
    tag = {"weight": Weight.DECISIVE, "created_by_name": "Mona"}
    make.tag(quote, reasons["Price"], **tag)
    coding = make.add(SecondCoding(interview=interview, coder_id=tom.id, coder_name="Tom"))
    span = 0, len("The price was high.")
    actor = Actor(tom.id, "Tom")
    operations.give(session, actor, coding, answer, span, reasons["Speed"], Direction.AGAINST)
    interview.state = State.TAGGED
    session.flush()
    operations.finish(session, actor, coding)
    evidence.refresh_interviews(session, [interview.id])
    session.flush()
    return coding


@pytest.fixture
def address(coding) -> str:
    return f"/tagging/agreement/{coding.public_id}"


def passage(db: Any) -> CodedPassage:
    with db.reading() as session:
        return session.scalars(select(CodedPassage)).one()


def counted(db: Any) -> list[tuple[str, str, str]]:
    with db.reading() as session:
        tags = session.scalars(select(Tag).where(Tag.removed_at.is_(None)).order_by(Tag.id))
        return [(tag.reason.name, tag.direction.value, tag.weight.value) for tag in tags]


def settle(client: Any, db: Any, address: str, **said: str) -> Any:
    data = {"direction": "against"} | said
    return client.post(f"{address}/passages/{passage(db).public_id}/settle", data=data)


def test_both_stand_side_by_side_with_the_words_in_their_place(address, mona, sign_in):
    page = sign_in(mona).get(address).text
    assert "As Mona gave it" in page
    assert "As Tom gave it" in page
    assert "<mark>The price was high.</mark>" in page


@pytest.mark.parametrize(
    ("decided", "then"),
    [
        ("first", [("Price", "against", "decisive")]),
        ("second", [("Speed", "against", "mentioned")]),
        ("both", [("Price", "against", "decisive"), ("Speed", "against", "mentioned")]),
        ("neither", []),
    ],
)
def test_what_is_settled_counts_and_both_are_kept_beside_it(
    db, address, ruth, sign_in, decided: str, then: list[tuple[str, str, str]]
):
    assert (
        settle(sign_in(ruth), db, address, decided=decided, why="By the words.").status_code == 303
    )
    assert counted(db) == then
    kept = passage(db)
    assert (kept.first, kept.second) == ([["price", "against"]], [["speed", "against"]])
    assert (kept.settled_by_name, kept.why) == ("Ruth", "By the words.")
    assert len(kept.settled) == len(then)


def test_a_settlement_follows_into_the_evidence(session, db, address, ruth, sign_in):
    settle(sign_in(ruth), db, address, decided="second")
    with db.reading() as reading:
        names = {row.reason_id for row in reading.scalars(select(TagEvidence))}
    speed = next(tag for tag in _tags(db) if tag.removed_at is None)
    assert names == {speed.reason_id}


def _tags(db: Any) -> list[Tag]:
    with db.reading() as session:
        return list(session.scalars(select(Tag)))


def test_another_reason_can_be_what_holds(db, address, ruth, sign_in):
    client = sign_in(ruth)
    unknown = settle(client, db, address, decided="otherwise", reason="Parking")
    assert unknown.status_code == 422
    assert "No reason is called so" in unknown.text
    settle(client, db, address, decided="otherwise", reason="Security", direction="for")
    assert counted(db) == [("Security", "for", "mentioned")]


def test_the_same_reason_the_other_way_keeps_its_weight(db, address, ruth, sign_in):
    settle(sign_in(ruth), db, address, decided="otherwise", reason="Price", direction="for")
    assert counted(db) == [("Price", "for", "decisive")]


def test_a_settlement_is_opened_again_and_then_counts_as_before(db, address, ruth, sign_in):
    client = sign_in(ruth)
    settle(client, db, address, decided="second")
    client.post(f"{address}/passages/{passage(db).public_id}/open-again")
    assert counted(db) == [("Price", "against", "decisive")]
    assert passage(db).settled_at is None


def test_where_a_third_is_wished_neither_of_the_two_settles(db, address, mona, tom, ruth, sign_in):
    first, second, third = sign_in(mona), sign_in(tom), sign_in(ruth)
    first.post(f"{address}/third", data={"wanted": "yes"})
    for client in (first, second):
        assert "What holds?" not in client.get(address).text
        assert settle(client, db, address, decided="second").status_code == 422
    assert settle(third, db, address, decided="second").status_code == 303
    assert counted(db) == [("Speed", "against", "mentioned")]


def test_where_the_words_are_gone_the_settlement_is_kept_and_the_tags_stay(
    session, make, db, address, answer, ruth, sign_in
):
    answer.text, answer.revision = "Something else. " + WORDS[20:], 2
    make.commit()
    assert settle(sign_in(ruth), db, address, decided="second").status_code == 303
    assert counted(db) == [("Price", "against", "decisive")]
    assert passage(db).settled == [["speed", "against"]]


def test_a_comparison_is_for_those_who_tag_and_may_read_the_words(
    make, address, interview, sign_in, coding
):
    reader = make.user(Role.PRODUCT)
    assert sign_in(reader).get(address).status_code == 403
