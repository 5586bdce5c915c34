"""Where the clicks in a letter lead: a page that decides nothing, and a button that does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.buyer.models import BuyerLink
from app.core import clock
from app.deals.models import Contact
from app.interviews.models import Channel, Interview, State
from app.invitations.models import Ended
from tests.factories import Factory
from tests.invitations.conftest import MONDAY, House, invite


@pytest.fixture
def asked(house: House, make: Factory, planned: Interview) -> House:
    invite(house, make, planned)
    house.write(MONDAY)
    return house


def contact(house: House) -> Contact:
    with house.db.reading() as session:
        return session.scalars(select(Contact)).one()


@pytest.mark.parametrize("page", ["no", "stop", "times", "times/in-writing"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_program_that_opens_every_address_decides_nothing(asked: House, page: str, method: str):
    client, address = asked.buyer()
    for _ in range(3):
        answer = client.open(f"{address}/{page}", method=method)
        assert answer.status_code == 200
    assert asked.interview().state is State.PLANNED
    assert asked.interview().channel is Channel.VIDEO
    assert asked.invitation().ended is None
    assert not contact(asked).do_not_contact


@pytest.mark.parametrize("page", ["no", "stop", "times", "times/in-writing"])
@pytest.mark.parametrize(("language", "word"), [("de", "Nein, danke"), ("fr", "par écrit")])
def test_the_pages_speak_the_buyers_language(asked: House, page: str, language: str, word: str):
    client, address = asked.buyer()
    text = client.get(f"{address}/{page}", headers={"Accept-Language": language}).text
    assert f'<html lang="{language}">' in text
    assert "No, thank you" not in text


def test_a_no_is_noted_and_can_be_taken_back(asked: House):
    client, address = asked.buyer()
    said = client.post(f"{address}/no", follow_redirects=True).text
    assert "Nobody asks you again about this decision" in said
    assert asked.interview().state is State.DECLINED
    assert asked.invitation().ended is Ended.DECLINED
    client.post(f"{address}/no")
    asked.write(MONDAY + timedelta(days=20))
    assert len(asked.mails()) == 1
    with clock.frozen(MONDAY + timedelta(days=20)):
        client.post(f"{address}/no", data={"after_all": "1"})
    assert asked.interview().state is State.PLANNED
    asked.write(MONDAY + timedelta(days=28))
    assert asked.subjects[1:] == ["Once more: how you decided about Halden Flow"]


def test_in_writing_leads_to_the_questions_by_the_same_address(asked: House):
    client, address = asked.buyer()
    welcome = client.post(f"{address}/times/in-writing", follow_redirects=True)
    assert welcome.request.path == address
    assert "Three questions about your decision" in welcome.text
    assert asked.interview().channel is Channel.WRITTEN
    client.post(address, data={"scope": "role", "seller_may_read": "yes"})
    assert asked.interview().state is State.IN_PROGRESS
    assert asked.invitation().ended is Ended.WROTE
    asked.write(MONDAY + timedelta(days=20))
    assert len(asked.mails()) == 1


def test_whoever_said_no_may_still_write(asked: House):
    client, address = asked.buyer()
    client.post(f"{address}/no")
    client.post(f"{address}/times/in-writing")
    client.post(address, data={"scope": "role", "seller_may_read": "yes"})
    assert asked.interview().state is State.IN_PROGRESS


def test_no_more_letters_by_the_button(asked: House):
    client, address = asked.buyer()
    said = client.post(f"{address}/stop", follow_redirects=True).text
    assert "You get no more letters that ask" in said
    assert contact(asked).do_not_contact
    assert asked.invitation().ended is Ended.OPTED_OUT
    asked.write(MONDAY + timedelta(days=20))
    assert len(asked.mails()) == 1


def test_no_more_letters_by_the_mail_programs_own_button(asked: House):
    """RFC 8058: a POST to the address in the header, without cookies or anything of the page."""
    headers = asked.last
    _, address = asked.buyer()
    path = "".join(str(headers["List-Unsubscribe"]).split()).strip("<>")
    client = asked.app.test_client()
    answer = client.post(
        path.removeprefix(asked.settings.public_url),
        data="List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 200
    assert path.endswith(f"{address}/stop")
    assert contact(asked).do_not_contact


def test_the_way_out_works_when_the_link_has_ended(asked: House):
    client, address = asked.buyer()
    with asked.db.writing() as session:
        session.scalars(select(BuyerLink)).one().ended_at = clock.now()
    assert client.get(f"{address}/no").status_code == 404
    assert client.post(f"{address}/stop", follow_redirects=True).status_code == 200
    assert contact(asked).do_not_contact


def test_whoever_was_heard_is_not_asked_for_a_no(asked: House, db: object):
    client, address = asked.buyer()
    with asked.db.writing() as session:
        session.scalars(select(Interview)).one().state = State.HELD
    assert client.get(f"{address}/no").status_code == 303
    client.post(f"{address}/no")
    assert asked.interview().state is State.HELD


def test_a_wrong_address_tells_nothing(house: House):
    client: FlaskClient = house.app.test_client()
    for page in ("no", "stop", "times"):
        assert "leads nowhere" in client.get(f"/b/nothing-of-ours/{page}").text
        assert client.post(f"/b/nothing-of-ours/{page}").status_code == 404


def test_choosing_a_language_stays_on_the_page(asked: House):
    client, address = asked.buyer()
    answer = client.post(f"{address}/language", data={"language": "es", "back": f"{address}/no"})
    assert answer.headers["Location"] == f"{address}/no"
    for elsewhere in ("https://evil.example", "//evil.example", "/deals"):
        answer = client.post(f"{address}/language", data={"language": "es", "back": elsewhere})
        assert answer.headers["Location"] == address
