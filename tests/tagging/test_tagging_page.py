"""The queue and the tagging page: quotes at their exact places, undo, and who may see the words."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import events
from app.core.db import Database
from app.identity.models import Role, User
from app.interviews.events import AnswerRevised
from app.interviews.models import Answer, AnswerRevision, Interview, Kind, Scope, State
from app.market.models import Life
from app.tagging import evidence
from app.tagging.models import Direction, Layer, Reason, Tag, TagEvidence, Verbatim, Weight
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

WORDS = "Honestly 😀 it was <the> price. Then 𝒮ecurity took months. We trust Fenwick."


@pytest.fixture
def mona(make: Factory) -> User:
    make.workspace()
    return make.user(Role.PROGRAMME_MANAGER, name="Mona")


@pytest.fixture
def price(make: Factory) -> Reason:
    return make.reason("Price", parent=make.reason("Money"))


@pytest.fixture
def interview(make: Factory, price: Reason) -> Interview:
    interview = make.interview(make.deal("lost", name="Halden TMS"), "held", scope=Scope.COUNT)
    make.finish_reason(interview, price)
    return interview


@pytest.fixture
def answer(make: Factory, interview: Interview) -> Answer:
    return make.answer(interview, WORDS, kind="think", taken="transcript")


@pytest.fixture
def sign_in(app: Flask, db: Database, make: Factory) -> Callable[[User], FlaskClient]:
    def as_user(user: User) -> FlaskClient:
        make.commit()
        return sign_in_as(app, db, user)

    return as_user


def tag_address(interview: Interview, answer: Answer) -> str:
    return f"/interviews/{interview.public_id}/answers/{answer.public_id}/tag"


def given(words: str, **more: Any) -> dict[str, Any]:
    start = WORDS.index(words)
    return {
        "revision": 1,
        "start": start,
        "end": start + len(words),
        "reason": "price",
        "direction": "against",
        "weight": "decisive",
        "layer": "probed",
        "evidence": "think",
        "differentiator": "",
        "competitor": "",
    } | more


def the_tag(db: Database) -> Tag:
    with db.reading() as session:
        tag = session.scalars(select(Tag)).one()
        _ = tag.verbatim, tag.reason
        return tag


def count(db: Database, kind: type) -> int:
    with db.reading() as session:
        return len(session.scalars(select(kind)).all())


def is_checked(page: str, name: str, value: str) -> bool:
    """Whether this radio button is the one that is on."""
    buttons = re.findall(rf'<input [^>]*name="{name}"[^>]*value="{value}"[^>]*>', page)
    return any("checked" in button for button in buttons)


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page))


# Giving a tag


def test_the_answer_stands_in_the_page_exactly_as_it_was_said(interview, answer, mona, sign_in):
    page = sign_in(mona).get(f"/interviews/{interview.public_id}/tag").text
    words = page.split('data-sentences="')[1].split(">", 1)[1].split("</div>")[0]
    assert text_of(words) == WORDS


@pytest.mark.parametrize("words", ["Honestly 😀 it", "𝒮ecurity took", "Fenwick."])
def test_a_quote_is_kept_at_its_code_points(db, interview, answer, mona, sign_in, words: str):
    saved = sign_in(mona).post(tag_address(interview, answer), data=given(words))
    assert saved.status_code == 303
    tag = the_tag(db)
    assert tag.verbatim.text == words == WORDS[tag.verbatim.start : tag.verbatim.end]
    assert (tag.reason.name, tag.direction, tag.weight) == (
        "Price",
        Direction.AGAINST,
        Weight.DECISIVE,
    )
    assert (tag.layer, tag.evidence, tag.created_by_name) == (Layer.PROBED, Kind.THINK, "Mona")


def test_without_a_script_neighbouring_sentences_are_picked(db, interview, answer, mona, sign_in):
    client = sign_in(mona)
    page = client.get(tag_address(interview, answer)).text
    values = re.findall(r'name="sentences"[^>]*value="([^"]+)"', page)
    assert len(values) == 3
    picked = given("it", start="", end="", sentences=values[1:])
    assert client.post(tag_address(interview, answer), data=picked).status_code == 303
    assert the_tag(db).verbatim.text == "Then 𝒮ecurity took months. We trust Fenwick."


def test_the_form_begins_with_the_questions_kind_and_the_outcomes_direction(
    interview, answer, mona, sign_in
):
    page = sign_in(mona).get(tag_address(interview, answer) + "?start=0&end=8").text
    assert is_checked(page, "evidence", "think")
    assert is_checked(page, "direction", "against")
    assert '<blockquote class="quoted-words">Honestly</blockquote>' in page


def test_overlapping_quotes_and_two_tags_on_one_quote_all_stand(
    make: Factory, db, interview, answer, mona, sign_in
):
    make.reason("Trust", parent=make.reason())
    client = sign_in(mona)
    for data in (
        given("Then 𝒮ecurity took months."),
        given("took months. We trust"),
        given("Then 𝒮ecurity took months.", reason="Trust", direction="for", weight="mentioned"),
    ):
        client.post(tag_address(interview, answer), data=data)
    assert (count(db, Verbatim), count(db, Tag)) == (2, 3)
    page = client.get(f"/interviews/{interview.public_id}/tag").text
    assert "deep" in page
    assert "3 tags so far" in page


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"reason": "Parking"}, "No reason is called so"),
        ({"reason": ""}, "Choose a reason"),
        ({"end": 9999}, "no longer where they were"),
        ({"start": "", "end": ""}, "Pick at least one sentence"),
        ({"revision": 7}, "changed meanwhile"),
        ({"sentences": ["drop-table"], "start": ""}, "not a valid choice"),
    ],
)
def test_a_refused_tag_says_why_and_loses_nothing(
    db, interview, answer, mona, sign_in, wrong: dict[str, Any], message: str
):
    refused = sign_in(mona).post(tag_address(interview, answer), data=given("took months", **wrong))
    assert refused.status_code == 422
    assert message in refused.text
    assert is_checked(refused.text, "weight", "decisive")
    assert count(db, Verbatim) == 0


def test_a_new_reason_is_added_only_where_the_tagger_says_so(db, interview, answer, mona, sign_in):
    client = sign_in(mona)
    page = client.post(tag_address(interview, answer), data=given("took months", reason="Parking"))
    assert "Add it to the reason list as a draft" in page.text
    client.post(
        tag_address(interview, answer), data=given("took months", reason="Parking", as_draft="y")
    )
    assert (the_tag(db).reason.name, the_tag(db).reason.life) == ("Parking", Life.DRAFT)


def test_a_retired_reason_is_not_given_any_more(db, interview, answer, price, mona, sign_in):
    price.life = Life.RETIRED
    page = sign_in(mona).post(tag_address(interview, answer), data=given("took months"))
    assert "is retired" in page.text
    assert count(db, Tag) == 0


def test_a_script_gets_the_answer_as_it_stands_and_the_way_back(
    db, interview, answer, mona, sign_in
):
    client = sign_in(mona)
    fragment = client.post(
        tag_address(interview, answer), data=given("took months"), headers={"HX-Request": "true"}
    )
    assert fragment.status_code == 200
    assert "<html" not in fragment.text
    assert f'id="answer-{answer.public_id}"' in fragment.text
    undo, step = re.search(r'data-undo="([^"]+)" data-step="([^"]+)"', fragment.text).groups()
    client.post(undo, data={"step": step}, headers={"HX-Request": "true"})
    assert the_tag(db).removed_at is not None


# Changing, removing, putting back


def test_a_tag_is_changed(make: Factory, db, interview, answer, mona, price, sign_in):
    rival, strength = make.competitor("Fenwick"), make.differentiator("Customs")
    tag = make.tag(make.verbatim(answer, "took months"), price)
    client = sign_in(mona)
    address = f"/interviews/{interview.public_id}/tags/{tag.public_id}"
    assert 'value="Price"' in client.get(address).text
    client.post(
        address,
        data=given(
            "took months",
            direction="neutral",
            competitor=rival.public_id,
            differentiator=strength.public_id,
        ),
    )
    tag = the_tag(db)
    assert (tag.direction, tag.competitor_id, tag.differentiator_id) == (
        Direction.NEUTRAL,
        rival.id,
        strength.id,
    )


def test_a_removed_tag_counts_no_more_until_that_is_undone(
    make: Factory, session: Session, db, interview, answer, mona, price, sign_in
):
    tag = make.tag(make.verbatim(answer, "took months"), price, evidence=Kind.FACT)
    evidence.refresh_interviews(session, [interview.id])
    client = sign_in(mona)
    client.post(f"/interviews/{interview.public_id}/tags/{tag.public_id}/remove")
    with db.reading() as reading:
        assert reading.scalars(select(TagEvidence.evidence)).all() == [None]
    client.post(f"/interviews/{interview.public_id}/undo")
    with db.reading() as reading:
        assert set(reading.scalars(select(TagEvidence.evidence))) == {None, Kind.FACT}


def test_a_tag_of_another_interview_is_not_found_here(
    make: Factory, interview, answer, mona, price, sign_in
):
    tag = make.tag(make.verbatim(make.answer(make.interview())), price)
    removed = sign_in(mona).post(f"/interviews/{interview.public_id}/tags/{tag.public_id}/remove")
    assert removed.status_code == 404


# Quotes that lost their place


@pytest.fixture
def lost(make: Factory, session: Session, answer: Answer, price: Reason) -> Verbatim:
    quote = make.verbatim(answer, "Then 𝒮ecurity took months.")
    make.tag(quote, price)
    answer.text = "We 😀 trust Fenwick. Security took half a year."
    answer.revision = 2
    make.add(AnswerRevision(answer=answer, number=2, text=answer.text, public_id=str(uuid.uuid4())))
    events.publish(session, AnswerRevised(answer.id, 2))
    return quote


def test_a_quote_whose_words_changed_waits_for_a_decision(interview, lost, mona, sign_in):
    assert lost.has_lost_place
    page = sign_in(mona).get(f"/interviews/{interview.public_id}/tag").text
    assert "1 quote lost its place" in page
    assert "Then 𝒮ecurity took months." in page


def test_it_is_placed_again_with_its_tags(db, interview, lost, mona, sign_in):
    words = "Security took half a year."
    start = lost.answer.text.index(words)
    sign_in(mona).post(
        f"/interviews/{interview.public_id}/quotes/{lost.public_id}/place",
        data={"revision": 2, "sentences": f"{start}-{start + len(words)}"},
    )
    quote = the_tag(db).verbatim
    assert (quote.text, quote.revision, quote.has_lost_place) == (words, 2, False)


def test_placed_on_another_quote_it_gives_that_one_its_tags(
    make: Factory, db, interview, lost, mona, sign_in
):
    other = make.verbatim(lost.answer, "trust Fenwick")
    data = {"revision": 2, "start": other.start, "end": other.end}
    sign_in(mona).post(
        f"/interviews/{interview.public_id}/quotes/{lost.public_id}/place", data=data
    )
    assert the_tag(db).verbatim_id == other.id
    assert count(db, Verbatim) == 1


def test_it_is_dropped_with_its_tags_and_counts_no_more(db, interview, lost, mona, sign_in):
    sign_in(mona).post(f"/interviews/{interview.public_id}/quotes/{lost.public_id}/drop")
    assert (count(db, Verbatim), count(db, Tag)) == (0, 0)


# Tagged in full, and the queue


def test_tagged_in_full_lets_the_tags_count_and_goes_on_to_the_next(
    make: Factory, db, interview, answer, mona, sign_in
):
    later = make.interview(make.deal(closed_on=date(2026, 9, 1)), "held")
    client = sign_in(mona)
    client.post(tag_address(interview, answer), data=given("took months"))
    done = client.post(f"/interviews/{interview.public_id}/tagged")
    assert done.location.endswith(f"/interviews/{later.public_id}/tag")
    with db.reading() as session:
        assert session.get_one(Interview, interview.id).state is State.TAGGED
        rows = session.scalars(
            select(TagEvidence).where(TagEvidence.interview_id == interview.id)
        ).all()
    assert [(row.evidence, row.is_provisional) for row in rows] == [(Kind.THINK, False)]
    assert client.post(f"/interviews/{later.public_id}/tagged").location.endswith("/tagging")
    client.post(f"/interviews/{interview.public_id}/not-tagged")
    with db.reading() as session:
        assert session.get_one(Interview, interview.id).state is State.HELD


def test_the_queue_is_oldest_first_and_says_how_much_there_is(
    make: Factory, interview, answer, mona, sign_in
):
    older = make.interview(make.deal(name="Older deal", closed_on=date(2026, 1, 1)), "held")
    make.answer(older, "one two three")
    make.interview(make.deal(name="Already tagged"), "tagged")
    page = sign_in(mona).get("/tagging").text
    assert "2 interviews wait to be tagged" in page
    assert page.index("Older deal") < page.index("Halden TMS")
    assert "Already tagged" not in page
    assert '<td class="n" data-label="Words, about">3</td>' in page


def test_an_empty_queue_says_so(mona, sign_in):
    assert "Nothing waits to be tagged" in sign_in(mona).get("/tagging").text


# Who sees it


@pytest.mark.parametrize("role", Role)
def test_only_taggers_reach_the_tagging_page(make: Factory, interview, answer, sign_in, role):
    make.workspace()
    for is_tagger in (False, True):
        client = sign_in(make.user(role, is_tagger=is_tagger))
        tags = is_tagger or role is Role.PROGRAMME_MANAGER
        assert client.get("/tagging").status_code == (200 if tags else 403)
        page = client.get(f"/interviews/{interview.public_id}/tag")
        # An account manager sees the deals they own or interview, also as a tagger.
        sees = tags and role is not Role.INTERVIEWER
        assert page.status_code == (200 if sees else 404 if tags else 403)


def test_who_sold_the_deal_does_not_tag_what_may_only_be_counted(
    make: Factory, interview, answer, sign_in
):
    make.workspace()
    seller = make.user(Role.INTERVIEWER, is_tagger=True)
    interview.deal.seller = make.seller(user_id=seller.id)
    client = sign_in(seller)
    assert client.get(f"/interviews/{interview.public_id}/tag").status_code == 404
    assert client.post(tag_address(interview, answer), data=given("took")).status_code == 404
    queue = client.get("/tagging").text
    assert "somebody else tags it" in queue
    assert "Honestly" not in queue


def test_an_interview_that_was_not_held_is_not_tagged(make: Factory, mona, sign_in):
    planned = make.interview(make.deal(), "in_progress")
    assert sign_in(mona).get(f"/interviews/{planned.public_id}/tag").status_code == 404


def test_the_pages_ask_a_fixed_number_of_times(
    make: Factory, db, interview, answer, mona, price, sign_in
):
    for _ in range(12):
        more = make.answer(interview, WORDS)
        make.tag(make.verbatim(more, "took months"), price, competitor=make.competitor())
        make.answer(make.interview(make.deal(), "held"), WORDS)
    client = sign_in(mona)
    with query_budget(db, 13):
        assert client.get(f"/interviews/{interview.public_id}/tag").status_code == 200
    with query_budget(db, 8):
        assert client.get("/tagging").status_code == 200
