"""The letters of one interview: each once, in the buyer's hours, until they answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core import clock
from app.core.access import SYSTEM
from app.deals.models import Outcome
from app.interviews import operations as interviews
from app.interviews.models import Channel, Interview, State
from app.invitations import operations
from app.invitations.models import Ended, Needs
from app.invitations.operations import CannotInvite
from app.invitations.wording import Step
from tests.factories import Factory
from tests.invitations.conftest import ADA, MONDAY, House, invite

SATURDAY = datetime(2026, 12, 5, 9, 0, tzinfo=UTC)


def test_the_invitation_comes_from_the_interviewer_and_replies_go_to_them(
    house: House, make: Factory, planned: Interview
):
    invite(house, make, planned)
    house.write(MONDAY)
    letter = house.last
    assert letter["Subject"] == "How you decided about Halden Flow"
    assert str(letter["From"]) == "Ada Ling <interviews@halden.example>"
    assert letter["Reply-To"] == "ada@halden.example"
    assert str(letter["To"]) == "Ilse Brandt <ilse@ferrow.example>"
    assert "Dear Ilse Brandt," in house.last_text
    assert "a talk of 30 minutes, or three questions in writing" in house.last_text
    html = letter.get_body(("html",))
    assert html is not None
    assert "<img" not in html.get_content()


def test_it_carries_a_one_click_way_out(house: House, make: Factory, planned: Interview):
    invite(house, make, planned)
    house.write(MONDAY)
    _, address = house.buyer()
    expected = f"<{house.settings.public_url}{address}/stop>"
    assert "".join(str(house.last["List-Unsubscribe"]).split()) == expected
    assert house.last["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_it_is_in_the_buyers_language(house: House, make: Factory, planned: Interview):
    assert planned.contact is not None
    planned.contact.language = "de-AT"
    invite(house, make, planned)
    house.write(MONDAY)
    assert house.last["Subject"] == "Wie Sie über Halden Flow entschieden haben"
    assert "Nein, danke" in house.last_text


@pytest.mark.parametrize(
    ("outcome", "subject"),
    [
        ("won", "How you came to choose Halden Flow"),
        ("renewed", "How you came to choose Halden Flow"),
        ("churned", "How you decided about Halden Flow"),
        ("no_decision", "How you came to leave it for now"),
    ],
)
def test_it_speaks_of_the_outcome(
    house: House, make: Factory, planned: Interview, outcome: str, subject: str
):
    planned.deal.outcome = Outcome(outcome)
    invite(house, make, planned)
    house.write(MONDAY)
    assert house.last["Subject"] == subject


def test_two_reminders_follow_and_then_nobody_waits(
    house: House, make: Factory, planned: Interview
):
    invite(house, make, planned)
    at = MONDAY
    for _ in range(40):
        house.write(at)
        at += timedelta(days=1)
    assert house.subjects == [
        "How you decided about Halden Flow",
        "Once more: how you decided about Halden Flow",
        "My last letter about this",
    ]
    first = house.postbox.arrived[0]["Message-ID"]
    assert house.postbox.arrived[2]["In-Reply-To"] == first
    assert house.invitation().ended is Ended.NO_ANSWER


def test_each_letter_is_written_once_however_often_the_worker_looks(
    house: House, make: Factory, planned: Interview
):
    invite(house, make, planned)
    for _ in range(3):
        house.write(MONDAY)
    assert len(house.mails()) == 1


def test_nothing_goes_out_at_night_or_on_a_saturday(
    house: House, make: Factory, planned: Interview
):
    invite(house, make, planned, at=SATURDAY)
    for hours in range(47):
        house.write(SATURDAY + timedelta(hours=hours))
        if house.postbox.arrived:
            break
    else:
        house.write(datetime(2026, 12, 7, 7, 30, tzinfo=UTC))
    [letter] = house.letters()
    there = letter.written_at + timedelta(hours=1)
    assert (there.strftime("%a"), there.hour) == ("Mon", 8)


def test_what_became_due_at_night_waits_for_the_morning(
    house: House, make: Factory, planned: Interview
):
    invite(house, make, planned)
    house.write(MONDAY + timedelta(hours=12))
    assert house.mails() == []
    house.write(MONDAY + timedelta(hours=24))
    assert len(house.mails()) == 1


def test_without_a_time_zone_it_follows_our_clock(house: House, make: Factory, planned: Interview):
    assert planned.contact is not None
    planned.contact.time_zone = ""
    invite(house, make, planned, at=datetime(2026, 11, 30, 6, 0, tzinfo=UTC))
    assert house.invitation().next_due_at == datetime(2026, 11, 30, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (State.SCHEDULED, Ended.BOOKED),
        (State.IN_PROGRESS, Ended.BOOKED),
        (State.DECLINED, Ended.DECLINED),
        (State.CANCELLED, Ended.CALLED_OFF),
    ],
)
def test_whoever_answers_gets_no_reminder(
    house: House, make: Factory, planned: Interview, state: State, why: Ended
):
    invite(house, make, planned)
    house.write(MONDAY)
    with house.db.writing() as session:
        interviews.move(session, ADA, session.get_one(Interview, planned.id), state)
    house.write(MONDAY + timedelta(days=10))
    assert len(house.mails()) == 1
    assert house.invitation().ended is why


def test_whoever_was_heard_is_thanked_once(house: House, make: Factory, planned: Interview):
    invite(house, make, planned)
    house.write(MONDAY)
    with house.db.writing() as session, clock.frozen(MONDAY + timedelta(hours=2)):
        interview = session.get_one(Interview, planned.id)
        interviews.move(session, ADA, interview, State.IN_PROGRESS)
        interviews.hold(session, ADA, interview)
    house.write(MONDAY + timedelta(hours=2, minutes=10))
    assert len(house.mails()) == 1
    for days in range(1, 30):
        house.write(MONDAY + timedelta(days=days))
    assert house.subjects[1:] == ["Thank you, and what happens with your words"]
    _, address = house.buyer()
    assert f"{address}/words" in house.last_text
    with house.db.writing() as session:
        interview = session.get_one(Interview, planned.id)
        interviews.move(session, ADA, interview, State.IN_PROGRESS)
        interviews.hold(session, ADA, interview)
    house.write(MONDAY + timedelta(days=31))
    assert len(house.mails()) == 2


def test_a_deal_that_is_open_again_is_not_asked_about(
    house: House, make: Factory, planned: Interview
):
    invite(house, make, planned)
    planned = house.interview()
    with house.db.writing() as session:
        session.get_one(Interview, planned.id).deal.outcome = Outcome.OPEN
    house.write(MONDAY)
    assert house.mails() == []
    assert house.invitation().ended is Ended.CALLED_OFF


def test_a_contact_without_an_address_is_a_task_and_no_dead_end(
    house: House, make: Factory, planned: Interview
):
    assert planned.contact is not None
    planned.contact.email = ""
    invite(house, make, planned)
    house.write(MONDAY)
    assert house.mails() == []
    assert house.invitation().needs is Needs.ADDRESS


def test_an_address_that_is_none_is_a_task_too(house: House, make: Factory, planned: Interview):
    assert planned.contact is not None
    planned.contact.email = "ilse at ferrow"
    invite(house, make, planned)
    house.write(MONDAY)
    assert house.mails() == []
    assert house.invitation().needs is Needs.ADDRESS


def test_an_interviewer_who_left_writes_no_more(house: House, make: Factory, planned: Interview):
    boss = make.user("programme_manager", name="Zoë Lindqvist", email="zoe@halden.example")
    with house.app.app_context(), clock.frozen(MONDAY):
        operations.invite(make.session, boss.actor, planned)
        assert planned.interviewer is not None
        planned.interviewer.is_active = False
        make.commit()
    make.session.close()
    house.write(MONDAY)
    assert house.last["Reply-To"] == "zoe@halden.example"
    assert "Zoë Lindqvist" in house.last_text


def test_a_written_one_leads_to_the_questions(house: House, make: Factory, planned: Interview):
    planned.channel = Channel.WRITTEN
    invite(house, make, planned)
    house.write(MONDAY)
    _, address = house.buyer()
    assert "What I am asking for: three questions in writing" in house.last_text
    assert f"Three questions, about five minutes:\n{house.settings.public_url}{address}\n" in (
        house.last_text.replace("\r\n", "\n")
    )


def test_ones_own_booking_page_stands_in(house: House, make: Factory, planned: Interview):
    from app.invitations.rewording import set_booking_address

    assert planned.interviewer is not None
    set_booking_address(make.session, ADA, planned.interviewer, "https://calendly.com/ada")
    invite(house, make, planned)
    house.write(MONDAY)
    assert "Choose a time:\nhttps://calendly.com/ada" in house.last_text.replace("\r\n", "\n")


def test_nobody_is_asked_twice_or_without_a_decision(
    house: House, make: Factory, planned: Interview
):
    with house.app.app_context():
        operations.invite(make.session, ADA, planned)
        with pytest.raises(CannotInvite, match="begun already"):
            operations.invite(make.session, ADA, planned)
        opened = make.interview(make.deal("open"), state="planned", scope=None)
        with pytest.raises(CannotInvite, match="not decided"):
            operations.invite(make.session, ADA, opened)
        held = make.interview(state="held")
        with pytest.raises(CannotInvite, match="planned"):
            operations.invite(make.session, ADA, held)
        silent = make.contact(do_not_contact=True)
        asked_not_to = make.interview(state="planned", contact=silent, scope=None)
        with pytest.raises(CannotInvite, match="do not contact"):
            operations.invite(make.session, ADA, asked_not_to)


def test_a_mail_server_that_is_down_for_an_hour_loses_nothing(
    house: House, make: Factory, planned: Interview
):
    invite(house, make, planned)
    url, house.postbox.port = house.postbox.port, 1
    house.write(MONDAY)
    assert house.postbox.arrived == []
    house.postbox.port = url
    house.write(MONDAY + timedelta(hours=1))
    assert len(house.postbox.arrived) == 1


def test_an_address_refused_at_the_door_stops_the_letters(
    house: House, make: Factory, planned: Interview
):
    assert planned.contact is not None
    planned.contact.email = "refused@ferrow.example"
    invite(house, make, planned)
    house.write(MONDAY)
    house.write(MONDAY + timedelta(minutes=1))
    assert house.invitation().needs is Needs.CONTACT
    assert "550 5.1.1" in house.letters()[0].bounce_words
    house.write(MONDAY + timedelta(days=20))
    assert len(house.mails()) == 1


def test_another_contact_is_asked_from_the_beginning_by_a_link_of_their_own(
    house: House, make: Factory, planned: Interview
):
    invite(house, make, planned)
    house.write(MONDAY)
    _, old = house.buyer()
    with house.app.app_context(), clock.frozen(MONDAY), house.db.writing() as session:
        other = Factory(session).contact(name="Tom Reis", email="tom@ferrow.example")
        invitation = session.get_one(type(house.invitation()), house.invitation().id)
        operations.ask_another(session, SYSTEM, invitation, other)
    house.write(MONDAY)
    client, new = house.buyer()
    assert new != old
    assert client.get(f"{old}/no").status_code == 404
    assert str(house.last["To"]) == "Tom Reis <tom@ferrow.example>"
    assert [letter.step for letter in house.letters()] == [Step.INVITATION] * 2
