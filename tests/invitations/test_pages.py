"""The pages about invitations: letters to send from one's own mail, and tasks."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import clock
from app.deals.models import Contact
from app.identity.models import User
from app.interviews.models import Interview
from app.invitations import operations
from app.invitations.models import Ended, Invitation, Needs
from app.invitations.wording import Step
from tests.budgets import query_budget
from tests.factories import Factory, sign_in_as
from tests.invitations.conftest import MONDAY, House, invite


def ada(house: House) -> FlaskClient:
    with house.db.reading() as session:
        user = session.scalars(select(User).where(User.name == "Ada Ling")).one()
    return sign_in_as(house.app, house.db, user)


def page_of(house: House) -> str:
    return f"/invitations/{house.invitation().public_id}"


def needs_contact(house: House) -> None:
    with house.db.writing() as session:
        row = session.scalars(select(Invitation)).one()
        row.needs, row.next_due_at = Needs.CONTACT, None


def test_an_invitation_begins_on_the_page_of_its_interview(
    house_without_mail: House, make: Factory, planned: Interview
):
    make.commit()
    client = ada(house_without_mail)
    assert "Invite by letter" in client.get(f"/interviews/{planned.public_id}").text
    with clock.frozen(MONDAY):
        page = client.post(f"/interviews/{planned.public_id}/invite", follow_redirects=True).text
    assert "Invitation of Ilse Brandt" in page
    assert "See the letters" in client.get(f"/interviews/{planned.public_id}").text


def test_without_a_mail_server_the_letter_is_there_to_copy_and_marked_as_sent(
    house_without_mail: House, make: Factory, planned: Interview
):
    house = house_without_mail
    invite(house, make, planned)
    house.write(MONDAY)
    assert house.mails() == []
    client = ada(house)
    with clock.frozen(MONDAY):
        assert "To be sent by you" in client.get("/invitations").text
        page = client.get(page_of(house)).text
        assert "Dear Ilse Brandt," in page
        assert "How you decided about Halden Flow" in page
        mailto = unquote(page.partition('href="mailto:')[2].partition('"')[0])
        _, address = house.buyer()
        assert mailto.startswith("ilse@ferrow.example?subject=How you decided")
        assert f"{address}/no" in mailto
        client.post(f"{page_of(house)}/sent", data={"step": "invitation"})
        client.post(f"{page_of(house)}/sent", data={"step": "invitation"})
    assert [letter.step for letter in house.letters()] == [Step.INVITATION]
    assert house.letters()[0].sent_by_hand_by_name == "Ada Ling"
    assert house.invitation().next_step is Step.REMINDER_1
    with clock.frozen(MONDAY + timedelta(hours=1)):
        assert "Nothing waits for you" in client.get("/invitations").text
    with clock.frozen(MONDAY + timedelta(days=8)):
        assert "To be sent by you" in ada(house).get("/invitations").text


def test_without_a_mail_server_nobody_waits_for_ever(
    house_without_mail: House, make: Factory, planned: Interview
):
    house = house_without_mail
    invite(house, make, planned)
    client = ada(house)
    for step in ("invitation", "reminder_1", "reminder_2"):
        client.post(f"{page_of(house)}/sent", data={"step": step})
    house.write(clock.now() + timedelta(days=30))
    assert house.invitation().ended is Ended.NO_ANSWER


def test_a_missing_address_is_one_field(house: House, make: Factory, planned: Interview):
    assert planned.contact is not None
    planned.contact.email = ""
    invite(house, make, planned)
    client = ada(house)
    assert "No e-mail address" in client.get("/invitations").text
    form = client.get(f"{page_of(house)}/contact").text
    assert "Where can Ilse Brandt be reached?" in form
    wrong = client.post(f"{page_of(house)}/contact", data={"email": "ilse at ferrow"})
    assert wrong.status_code == 422
    assert "ilse at ferrow" in wrong.text
    with clock.frozen(MONDAY):
        client.post(f"{page_of(house)}/contact", data={"email": "ilse@ferrow.example"})
    house.write(MONDAY)
    assert house.postbox.envelopes[0][1] == "ilse@ferrow.example"


def test_the_seller_of_the_deal_finds_the_address(house: House, make: Factory, planned: Interview):
    seller = make.user("interviewer", name="Tom Reis")
    planned.deal.seller = make.seller("Tom Reis", user=seller)
    assert planned.contact is not None
    planned.contact.email = ""
    invite(house, make, planned)
    client = sign_in_as(house.app, house.db, seller)
    assert "Ilse Brandt" in client.get("/invitations").text
    client.post(f"{page_of(house)}/contact", data={"email": "ilse@ferrow.example"})
    assert house.invitation().needs is None
    assert client.post(f"{page_of(house)}/stop").status_code == 404


def test_another_person_of_the_decision_is_asked(house: House, make: Factory, planned: Interview):
    other = make.contact(planned.deal.account, name="Jürgen Åström", email="ja@ferrow.example")
    make.deal_contact(planned.deal, other)
    public_id = other.public_id
    invite(house, make, planned)
    needs_contact(house)
    client = ada(house)
    assert "Jürgen Åström, ja@ferrow.example" in client.get(f"{page_of(house)}/contact").text
    assert client.post(f"{page_of(house)}/contact", data={}).status_code == 422
    with clock.frozen(MONDAY):
        client.post(f"{page_of(house)}/contact", data={"who": public_id})
    house.write(MONDAY)
    assert house.postbox.envelopes[0][1] == "ja@ferrow.example"
    assert "Dear Jürgen Åström" in house.last_text


def test_somebody_new_is_asked(house: House, make: Factory, planned: Interview):
    invite(house, make, planned)
    needs_contact(house)
    client = ada(house)
    incomplete = client.post(f"{page_of(house)}/contact", data={"who": "new", "name": "Eva"})
    assert "Enter their e-mail address." in incomplete.text
    assert 'value="Eva"' in incomplete.text
    data = {"who": "new", "name": "Eva Sørensen", "email": "eva@ferrow.example"}
    with clock.frozen(MONDAY):
        client.post(f"{page_of(house)}/contact", data=data)
    house.write(MONDAY)
    assert str(house.last["To"]) == "Eva Sørensen <eva@ferrow.example>"
    with house.db.reading() as session:
        assert len(session.scalars(select(Contact)).all()) == 2


def test_the_same_person_needs_another_address(house: House, make: Factory, planned: Interview):
    invite(house, make, planned)
    needs_contact(house)
    client = ada(house)
    data = {"who": "same", "email": "ILSE@ferrow.example"}
    assert (
        "Mail to this address came back" in client.post(f"{page_of(house)}/contact", data=data).text
    )
    client.post(f"{page_of(house)}/contact", data={"who": "same", "email": "ib@ferrow.example"})
    assert house.invitation().needs is None


def test_letters_are_stopped_by_us(house: House, make: Factory, planned: Interview):
    invite(house, make, planned)
    client = ada(house)
    client.post(f"{page_of(house)}/stop")
    assert house.invitation().ended is Ended.STOPPED
    house.write(MONDAY + timedelta(days=10))
    assert house.mails() == []
    assert "Stopped by us" in client.get("/invitations?show=ended").text


@pytest.mark.parametrize("show", ["to_do", "running", "ended", "nothing"])
def test_an_empty_list_says_so(house: House, make: Factory, planned: Interview, show: str):
    make.commit()
    assert ada(house).get(f"/invitations?show={show}&before=x").status_code == 200


def test_others_see_none_of_it(house: House, make: Factory, planned: Interview):
    stranger, reader = make.user("interviewer"), make.user("product")
    invite(house, make, planned)
    client = sign_in_as(house.app, house.db, stranger)
    assert "Ilse" not in client.get("/invitations?show=running").text
    assert client.get(page_of(house)).status_code == 404
    assert client.post(f"{page_of(house)}/stop").status_code == 404
    assert sign_in_as(house.app, house.db, reader).get("/invitations").status_code == 403


def test_a_letter_that_would_lead_nowhere_is_not_shown(
    house_without_mail: House, make: Factory, planned: Interview
):
    house = house_without_mail
    invite(house, make, planned)
    with clock.frozen(MONDAY + timedelta(days=400)):
        page = ada(house).get(page_of(house)).text
    assert "would lead nowhere" in page
    assert "mailto:" not in page


def test_an_interview_held_already_is_not_invited_to(
    house: House, make: Factory, planned: Interview
):
    held = make.interview(planned.deal, state="held", interviewer=planned.interviewer)
    public_id = held.public_id
    make.commit()
    page = ada(house).post(f"/interviews/{public_id}/invite", follow_redirects=True).text
    assert "Only an interview that is planned" in page


def test_the_list_asks_the_same_however_long_it_is(house: House, make: Factory, planned: Interview):
    for _ in range(3):
        with house.app.app_context():
            operations.invite(
                make.session,
                make.user().actor,
                make.interview(
                    state="planned",
                    contact=make.contact(),
                    scope=None,
                    interviewer=planned.interviewer,
                ),
            )
    make.commit()
    client = ada(house)
    with query_budget(house.db, 6):
        client.get("/invitations?show=running")
