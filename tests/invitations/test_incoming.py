"""What comes back: undelivered letters and automatic replies, from a real mailbox too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.core import clock
from app.interviews.models import Interview, State
from app.invitations.models import Invitation, Needs
from app.mail import cli
from app.mail.incoming import Outcome, go_on_reading, offer, readers
from app.mail.mailboxes import Found, ImapFolder, read_address
from tests.buyer.mails import mail
from tests.factories import Factory
from tests.invitations.conftest import MONDAY, House, invite
from tests.invitations.notices import away, in_words, report
from tests.mail.mailbox import ImapServer, open_imap_server


@pytest.fixture
def asked(house: House, make: Factory, planned: Interview) -> House:
    invite(house, make, planned)
    house.write(MONDAY)
    return house


def letter_id(house: House) -> str:
    return house.mails()[0].message_id


def bring(house: House, content: bytes) -> Outcome:
    with house.app.app_context(), clock.frozen(MONDAY + timedelta(hours=1)):
        return offer(house.db, Found("1.eml", content), readers(), again=True)


def test_a_letter_that_came_back_for_good_stops_the_letters(asked: House):
    outcome = bring(asked, report(letter_id(asked)))
    assert (outcome.reader, outcome.became) == ("bounces", "stopped")
    assert asked.invitation().needs is Needs.CONTACT
    assert "User unknown" in asked.letters()[0].bounce_words
    asked.write(MONDAY + timedelta(days=20))
    assert len(asked.mails()) == 1


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "4.4.7"])
def test_one_that_may_arrive_another_day_is_only_noted(asked: House, status: str):
    assert bring(asked, report(letter_id(asked), status=status, said="")).became == "noted"
    assert asked.letters()[0].bounced_at is not None
    asked.write(MONDAY + timedelta(days=7))
    assert len(asked.mails()) == 2


def test_the_same_notice_again_changes_nothing(asked: House):
    bring(asked, report(letter_id(asked)))
    assert bring(asked, report(letter_id(asked))).became == "known"
    assert bring(asked, report(letter_id(asked), own="another")).became == "stopped"
    assert len([one for one in asked.letters() if one.bounced_at]) == 1


def test_a_notice_about_other_mail_harms_nobody(asked: House):
    assert bring(asked, report("<unknown@elsewhere.example>")).became == "unknown"
    assert bring(asked, in_words("<x@y.example>", "550 User unknown")).became == "unknown"
    assert asked.invitation().needs is None


def test_whoever_is_away_is_reminded_after_their_return(asked: House):
    outcome = bring(asked, away(letter_id(asked), "I am back on Monday, 14 December 2026."))
    assert (outcome.reader, outcome.became) == ("automatic replies", "waits")
    assert asked.invitation().away_until == date(2026, 12, 14)
    asked.write(MONDAY + timedelta(days=14))
    assert len(asked.mails()) == 1
    asked.write(MONDAY + timedelta(days=15))
    assert asked.subjects[1:] == ["Once more: how you decided about Halden Flow"]


def test_a_return_before_the_next_letter_shifts_nothing(asked: House):
    due_at = asked.invitation().next_due_at
    bring(asked, away(letter_id(asked), "Back tomorrow, 1 December."))
    assert asked.invitation().next_due_at == due_at


def test_an_automatic_reply_without_a_day_is_no_answer(asked: House):
    due_at = asked.invitation().next_due_at
    assert bring(asked, away(letter_id(asked), "I read my mail now and then.")).became == "away"
    assert asked.invitation().next_due_at == due_at
    assert asked.interview().state is State.PLANNED


def test_an_automatic_reply_is_known_by_its_sender_too(asked: House):
    content = away("<unknown@elsewhere.example>", "Back on 14 December.")
    assert bring(asked, content).became == "waits"
    stranger = away("<x@y.example>", "Back on 14 December.", sender="a@b.example", own="2")
    assert bring(asked, stranger).became == "left"


def test_whoever_has_left_the_company_is_asked_no_more(asked: House):
    text = "Ilse Brandt no longer works here. Please write to office@ferrow.example."
    assert bring(asked, away(letter_id(asked), text)).became == "left_company"
    assert asked.invitation().needs is Needs.CONTACT


def test_an_answer_by_a_person_is_none_of_these(asked: House):
    _, address = asked.buyer()
    content = mail(f"Gladly, on Thursday.\n\n> {asked.settings.public_url}{address}")
    assert bring(asked, content).reader == "replies"


def test_notices_are_read_from_a_maildir_by_the_command(
    asked: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("BECAUSE_INSTANCE", str(asked.settings.instance))
    monkeypatch.setenv("DATABASE_URL", asked.settings.database_url.replace("+psycopg", ""))
    new = tmp_path / "Maildir" / "new"
    new.mkdir(parents=True)
    (new / "1.host").write_bytes(report(letter_id(asked)))
    (new / "2.host").write_bytes(mail("Lunch?"))
    said = CliRunner().invoke(cli.mail, ["bounces", str(tmp_path / "Maildir")]).stdout
    assert "Undelivered: the address is no more; another contact is asked for" in said
    assert "2 messages, 1 taken in." in said
    assert asked.invitation().needs is Needs.CONTACT


@pytest.fixture(scope="module")
def imap() -> Iterator[ImapServer]:
    with open_imap_server() as server:
        yield server


def test_notices_are_read_from_a_real_mailbox(asked: House, imap: ImapServer):
    folder = read_address(imap.url("bounces"))
    assert isinstance(folder, ImapFolder)
    imap.receives(
        "bounces",
        away(letter_id(asked), "Back on 2099-01-01."),
        report(letter_id(asked), headers_only=True),
    )
    with asked.app.app_context():
        outcomes = go_on_reading(asked.db, folder)
    assert [outcome.became for outcome in outcomes] == ["away", "stopped"]
    with asked.db.reading() as session:
        assert session.scalars(select(Invitation.needs)).all() == [Needs.CONTACT]
