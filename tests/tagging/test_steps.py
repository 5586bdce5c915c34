"""Steps of a tagger: undone and done again, many at once, which of two decided, what is open."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.access import Actor
from app.core.db import Database
from app.identity.models import User
from app.interviews.models import Answer, Counterfactual, Interview, Kind, Taken
from app.tagging import evidence, giving, steps
from app.tagging.giving import Decided, SecondDecisive, TagValues
from app.tagging.models import Direction, Layer, Reason, Tag, TagEvidence, Weight
from app.tagging.operations import CannotTag, quote_words
from tests.factories import Factory, sign_in_as

WORDS = "Price was too high. Nobody could show us the saving. Support was slow."


@pytest.fixture
def mona(make: Factory) -> User:
    make.workspace()
    return make.user("programme_manager", name="Mona")


@pytest.fixture
def actor(mona: User) -> Actor:
    return Actor(mona.id, mona.name)


@pytest.fixture
def interview(make: Factory) -> Interview:
    return make.interview(make.deal("lost"), "held")


@pytest.fixture
def answer(make: Factory, interview: Interview) -> Answer:
    return make.answer(interview, WORDS)


@pytest.fixture
def price(make: Factory) -> Reason:
    return make.reason("Price", parent=make.reason("Money"))


@pytest.fixture
def support(make: Factory) -> Reason:
    return make.reason("Support", parent=make.reason("Service"))


def give(session, actor: Actor, answer: Answer, words: str, reason: Reason, **more: Any):
    decided = more.pop("decided", None)
    start = WORDS.index(words)
    quote = quote_words(session, actor, answer, start, start + len(words))
    values = TagValues(reason, Direction.AGAINST, **more)
    return giving.give_tag(session, actor, quote, values, decided)


def weights(session) -> dict[str, Weight]:
    tags = session.scalars(select(Tag).where(Tag.removed_at.is_(None)))
    return {tag.reason.name: tag.weight for tag in tags}


def counted(session) -> list[int | None]:
    return sorted(session.scalars(select(TagEvidence.reason_id)))


# Undoing and doing again


def test_what_was_given_is_undone_and_done_again_with_its_evidence(
    session, actor, interview, answer, price
):
    give(session, actor, answer, "Price was too high.", price)
    steps.undo(session, actor, interview.id)
    assert (weights(session), counted(session)) == ({}, [])
    steps.redo(session, actor, interview.id)
    assert weights(session) == {"Price": Weight.MENTIONED}
    assert counted(session) == [price.id]
    assert evidence.rebuilt(session, [interview.id])


def test_steps_are_undone_one_by_one_from_the_last(
    session, actor, interview, answer, price, support
):
    tag = give(session, actor, answer, "Price was too high.", price).tags[0]
    give(session, actor, answer, "Support was slow.", support)
    values = TagValues(price, Direction.FOR, Weight.CONTRIBUTING, note="Ask again.")
    giving.change_tag(session, actor, tag, values)
    steps.undo(session, actor, interview.id)
    assert (tag.direction, tag.weight, tag.note) == (Direction.AGAINST, Weight.MENTIONED, "")
    steps.undo(session, actor, interview.id)
    assert weights(session) == {"Price": Weight.MENTIONED}
    steps.redo(session, actor, interview.id)
    steps.redo(session, actor, interview.id)
    assert weights(session) == {"Price": Weight.CONTRIBUTING, "Support": Weight.MENTIONED}
    with pytest.raises(CannotTag, match="nothing to do again"):
        steps.redo(session, actor, interview.id)


def test_a_new_step_forgets_what_was_undone(session, actor, interview, answer, price, support):
    give(session, actor, answer, "Price was too high.", price)
    steps.undo(session, actor, interview.id)
    give(session, actor, answer, "Support was slow.", support)
    with pytest.raises(CannotTag, match="nothing to do again"):
        steps.redo(session, actor, interview.id)


def test_each_undoes_their_own_steps_and_not_over_somebody_elses(
    make: Factory, session, actor, interview, answer, price
):
    other = make.user("programme_manager")
    other_actor = Actor(other.id, other.name)
    tag = give(session, actor, answer, "Price was too high.", price).tags[0]
    with pytest.raises(CannotTag, match="nothing to undo"):
        steps.undo(session, other_actor, interview.id)
    giving.change_tag(session, other_actor, tag, TagValues(price, Direction.FOR))
    with pytest.raises(CannotTag, match="changed since by somebody else"):
        steps.undo(session, actor, interview.id)


def test_an_older_message_does_not_undo_a_later_step(
    session, actor, interview, answer, price, support
):
    first = give(session, actor, answer, "Price was too high.", price)
    give(session, actor, answer, "Support was slow.", support)
    with pytest.raises(CannotTag, match="Undo that first"):
        steps.undo(session, actor, interview.id, first.id)


# Which of two decided


def test_a_second_decisive_reason_is_asked_about(session, actor, answer, price, support):
    give(session, actor, answer, "Price was too high.", price, weight=Weight.DECISIVE)
    with pytest.raises(SecondDecisive, match="‘Price’ is decisive already"):
        give(session, actor, answer, "Support was slow.", support, weight=Weight.DECISIVE)


@pytest.mark.parametrize(
    ("decided", "price_weight", "support_weight"),
    [
        (Decided.BOTH, Weight.DECISIVE, Weight.DECISIVE),
        (Decided.THIS, Weight.CONTRIBUTING, Weight.DECISIVE),
        (Decided.EARLIER, Weight.DECISIVE, Weight.CONTRIBUTING),
    ],
)
def test_the_answer_holds_for_both_in_one_step(
    session, actor, interview, answer, price, support, decided, price_weight, support_weight
):
    give(session, actor, answer, "Price was too high.", price, weight=Weight.DECISIVE)
    give(
        session,
        actor,
        answer,
        "Support was slow.",
        support,
        weight=Weight.DECISIVE,
        decided=decided,
    )
    assert weights(session) == {"Price": price_weight, "Support": support_weight}
    steps.undo(session, actor, interview.id)
    assert weights(session) == {"Price": Weight.DECISIVE}


def test_the_same_reason_is_decisive_in_several_places_without_a_question(
    session, actor, answer, price
):
    for words in ("Price was too high.", "Nobody could show us the saving."):
        give(session, actor, answer, words, price, weight=Weight.DECISIVE)
    assert weights(session) == {"Price": Weight.DECISIVE}


# A first answer and what was behind it


def test_what_was_behind_a_first_answer_is_linked_with_it(session, actor, answer, price, support):
    first = give(session, actor, answer, "Price was too high.", price).tags[0]
    words = "Nobody could show us the saving."
    behind = give(session, actor, answer, words, support, layer=Layer.PROBED, first=first).tags[0]
    assert behind.first is first
    giving.change_tag(session, actor, behind, TagValues(support, Direction.AGAINST, first=first))
    assert behind.first is None


# On the page


@pytest.fixture
def client(app, db: Database, make: Factory, mona: User, answer: Answer) -> FlaskClient:
    make.commit()
    return sign_in_as(app, db, mona)


@pytest.fixture
def tags(make: Factory, answer: Answer, price: Reason, support: Reason) -> list[Tag]:
    return [
        make.tag(make.verbatim(answer, "Price was too high."), price),
        make.tag(make.verbatim(answer, "Support was slow."), support),
    ]


def post(client: FlaskClient, interview: Interview, path: str, **data: Any):
    headers = {"HX-Request": "true"}
    return client.post(f"/interviews/{interview.public_id}/{path}", data=data, headers=headers)


def standing(db: Database) -> list[Tag]:
    with db.reading() as session:
        return list(session.scalars(select(Tag).where(Tag.removed_at.is_(None)).order_by(Tag.id)))


def test_many_are_changed_at_once_and_undone_at_once(db, make, interview, tags, mona, app):
    make.commit()
    client = sign_in_as(app, db, mona)
    chosen = [tag.public_id for tag in tags]
    done = post(
        client,
        interview,
        "tags/many",
        **{"many-tags": chosen, "many-direction": "for", "many-evidence": "feel"},
    )
    assert "2 tags are changed" in done.text
    assert [(tag.direction, tag.evidence) for tag in standing(db)] == [
        (Direction.FOR, Kind.FEEL)
    ] * 2
    post(client, interview, "undo")
    assert [tag.direction for tag in standing(db)] == [Direction.AGAINST] * 2
    post(client, interview, "tags/many", **{"many-tags": chosen, "remove": "yes"})
    assert standing(db) == []
    post(client, interview, "undo")
    assert len(standing(db)) == 2


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"many-direction": "for"}, "Choose the tags first"),
        ({"many-tags": "all"}, "Say what is to change"),
        ({"many-tags": "all", "many-reason": "Parking"}, "No reason is called so"),
        ({"many-tags": "all", "many-weight": "decisive"}, "Several reasons would be decisive"),
    ],
)
def test_a_refused_change_of_many_says_why(db, make, interview, tags, mona, app, said, message):
    make.commit()
    client = sign_in_as(app, db, mona)
    if said.get("many-tags"):
        said = said | {"many-tags": [tag.public_id for tag in tags]}
    refused = post(client, interview, "tags/many", **said)
    assert refused.status_code == 422
    assert message in refused.text
    assert [tag.direction for tag in standing(db)] == [Direction.AGAINST] * 2


def test_words_are_kept_to_come_back_to_without_a_reason(db, interview, answer, client):
    given = {"start": 0, "end": 5, "revision": 1, "direction": "against", "weight": "mentioned"}
    more = {"layer": "surface", "evidence": "", "differentiator": "", "competitor": "", "first": ""}
    path = f"answers/{answer.public_id}/tag"
    assert post(client, interview, path, **given, **more).status_code == 422
    saved = post(client, interview, path, **given, **more, comes_back="y", note="Which price?")
    assert "Come back to" in saved.text
    assert [(tag.comes_back, tag.note) for tag in standing(db)] == [(True, "Which price?")]


def test_words_that_wait_get_their_reason_and_keep_their_note(db, interview, answer, price, client):
    given = {"start": 0, "end": 5, "revision": 1, "direction": "against", "weight": "mentioned"}
    more = {"layer": "surface", "evidence": "", "differentiator": "", "competitor": "", "first": ""}
    path = f"answers/{answer.public_id}/tag"
    post(client, interview, path, **given, **more, comes_back="y", note="Which price?")
    post(client, interview, path, **given, **more, reason=price.name)
    assert [(tag.reason_id, tag.comes_back, tag.note) for tag in standing(db)] == [
        (price.id, False, "Which price?")
    ]


def test_what_they_would_have_decided_is_completed_on_the_page(
    db, make, interview, tags, mona, app
):
    tags[0].weight = Weight.DECISIVE
    make.commit()
    client = sign_in_as(app, db, mona)
    page = client.get(f"/interviews/{interview.public_id}/tag").text
    assert "decided against us" in page
    done = post(client, interview, f"tags/{tags[0].public_id}/what-if", would_decide="us")
    assert "decided against us" not in done.text
    assert standing(db)[0].counterfactual is Counterfactual.US
    refused = post(client, interview, f"tags/{tags[1].public_id}/what-if", would_decide="us")
    assert refused.status_code == 422


def test_whose_words_were_pasted_is_completed_on_the_page(db, make, interview, answer, mona, app):
    answer.taken = Taken.PASTED
    make.commit()
    client = sign_in_as(app, db, mona)
    page = client.get(f"/interviews/{interview.public_id}/tag").text
    assert "Whose words are they?" in page
    done = post(client, interview, f"answers/{answer.public_id}/taken", taken="written")
    assert "Whose words are they?" not in done.text
    with db.reading() as reading:
        assert reading.get_one(Answer, answer.id).taken is Taken.WRITTEN


def test_a_finish_that_knew_what_they_would_have_decided_is_believed(
    db, make, interview, answer, price, mona, app
):
    make.finish_reason(interview, price, is_decisive=True, counterfactual=Counterfactual.THEM)
    make.commit()
    client = sign_in_as(app, db, mona)
    post(
        client,
        interview,
        f"answers/{answer.public_id}/tag",
        start=0,
        end=5,
        revision=1,
        reason="Price",
        direction="against",
        weight="decisive",
        layer="surface",
    )
    assert standing(db)[0].counterfactual is Counterfactual.THEM


def test_what_the_words_name_is_offered_and_nothing_is_chosen_by_it(
    db, make, interview, answer, mona, app
):
    make.competitor("Fenwick", aliases=["FW Systems"])
    answer.text = "We went to FW Systems in the end."
    make.commit()
    client = sign_in_as(app, db, mona)
    address = f"/interviews/{interview.public_id}/answers/{answer.public_id}/tag"
    page = client.get(address, query_string={"start": 0, "end": 10}).text
    assert 'aria-pressed="false" data-sets="competitor"' in page


def test_steps_go_with_the_words(make, session, actor, interview, answer, price):
    step = give(session, actor, answer, "Price was too high.", price)
    assert uuid.UUID(step.id)
    session.delete(step.tags[0].verbatim)
    session.flush()
    with pytest.raises(CannotTag, match="nothing to undo"):
        steps.undo(session, actor, interview.id)
