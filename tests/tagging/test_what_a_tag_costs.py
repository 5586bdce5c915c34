"""What a tag that is given costs: how often the database is asked, and what the page gets back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.core.db import Database
from app.identity.models import Role, User
from app.interviews.models import Answer, Interview, Scope
from app.tagging.models import Reason
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as

WORDS = "It was the price. Then security took months. We trust Fenwick."
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def mona(make: Factory) -> User:
    make.workspace()
    return make.user(Role.PROGRAMME_MANAGER, name="Mona")


@pytest.fixture
def price(make: Factory) -> Reason:
    return make.reason("Price", parent=make.reason("Money"))


@pytest.fixture
def interview(make: Factory) -> Interview:
    return make.interview(make.deal("lost"), "held", scope=Scope.COUNT)


@pytest.fixture
def answer(make: Factory, interview: Interview) -> Answer:
    return make.answer(interview, WORDS, taken="transcript")


@pytest.fixture
def client(app, db: Database, make: Factory, mona: User) -> Callable[[], FlaskClient]:
    def signed_in(user: User = mona) -> FlaskClient:
        make.commit()
        return sign_in_as(app, db, user)

    return signed_in


def address(answer: Answer) -> str:
    return f"/interviews/{answer.interview.public_id}/answers/{answer.public_id}/tag"


def said(words: str, **more: object) -> dict[str, object]:
    start = WORDS.index(words)
    span = {"revision": 1, "start": start, "end": start + len(words)}
    values = {"direction": "against", "weight": "mentioned", "layer": "surface"}
    return {"reason": "Price", "evidence": "fact", **span, **values, **more}


def test_it_asks_a_fixed_number_of_times(
    make: Factory, db: Database, interview: Interview, answer: Answer, price: Reason, client
):
    for number in range(8):
        more = make.answer(interview, WORDS)
        make.tag(make.verbatim(more, "took months"), make.reason(f"Other {number}"))
    signed_in = client()
    signed_in.post(address(answer), data=said("It was the price."), headers=SCRIPT)
    with query_budget(db, 24):
        given = signed_in.post(address(answer), data=said("took months"), headers=SCRIPT)
    assert given.status_code == 200
    assert "10 tags so far" in given.text


def test_only_what_was_changed_is_sent(
    make: Factory, interview: Interview, answer: Answer, price: Reason, client
):
    other = make.answer(interview, WORDS)
    make.tag(make.verbatim(other, "took months"), price)
    page = client().post(address(answer), data=said("took months"), headers=SCRIPT).text
    assert f'id="answer-{answer.public_id}"' in page
    assert f'id="answer-{other.public_id}"' not in page
    assert 'id="open-points"' not in page
    assert 'id="tag-count"' in page
    assert 'id="turns"' in page


def test_what_another_tagger_gave_to_the_same_answer_is_seen(
    make: Factory, answer: Answer, price: Reason, client
):
    first, second = client(), client(make.user(Role.PROGRAMME_MANAGER, name="Nils"))
    first.post(address(answer), data=said("It was the price."), headers=SCRIPT)
    page = second.post(address(answer), data=said("took months"), headers=SCRIPT).text
    assert page.count("data-given") == 2


def test_what_is_left_open_comes_and_goes_with_its_tag(answer: Answer, price: Reason, client):
    signed_in = client()
    decisive = said("took months", weight="decisive")
    page = signed_in.post(address(answer), data=decisive, headers=SCRIPT).text
    assert "decided against us" in page.split('id="open-points"')[1]
    page = signed_in.post(
        f"/interviews/{answer.interview.public_id}/undo", data={}, headers=SCRIPT
    ).text
    assert "decided against us" not in page.split('id="open-points"')[1]


def test_a_choice_that_is_not_offered_is_refused(make: Factory, answer: Answer, price, client):
    retired = make.competitor(life="retired")
    for chosen in (retired.public_id, "nobody"):
        given = client().post(
            address(answer), data=said("took months", competitor=chosen), headers=SCRIPT
        )
        assert given.status_code == 422
        assert "Not a valid choice" in given.text
