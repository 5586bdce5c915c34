"""Mail goes to a real SMTP server: once each, whatever happens on the way."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from datetime import timedelta
from email.headerregistry import UniqueAddressHeader
from typing import cast

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access import Actor
from app.core.db import Database
from app.mail import operations
from app.mail.models import Mail, MailState
from app.mail.operations import Letter, NotStuck
from app.mail.sending import LOST_AFTER, PAUSES, Delivery, deliver_due
from app.mail.transport import read_server
from config import ROOT
from tests.house.running import free_port
from tests.mail.postbox import Postbox, open_postbox

SENDER = "Halden <interviews@halden.example>"
SOMEBODY = Actor(1, "Ada Ling")


def letter(to: str = "ilse@ferrow.example", **values: str) -> Letter:
    return Letter(
        to_address=to,
        subject=values.pop("subject", "Twenty minutes about your decision"),
        text=values.pop("text", "Would you tell us how you came to it?\n"),
        **values,
    )


def queue(session: Session, *letters: Letter) -> list[Mail]:
    mails = [operations.write(session, each, domain="halden.example") for each in letters]
    session.commit()
    return mails


def deliver(db: Database, url: str) -> Delivery:
    return deliver_due(db, read_server(url), SENDER)


def state_of(db: Database, mail: Mail) -> Mail:
    with db.reading() as reader:
        return reader.get_one(Mail, mail.id)


def test_a_letter_arrives_with_its_words_and_names(
    db: Database, session: Session, postbox: Postbox
):
    queue(
        session,
        letter(
            to_name="Jürgen Åström",
            from_name="Zoë Lindqvist",
            reply_to="zoe@halden.example",
            subject="Grüße – 20 minutes",
            text="Sehr geehrter Herr Åström,\n\nwie kam es dazu?\n",
            html="<p>wie kam es dazu?</p>",
        ),
    )
    assert deliver(db, postbox.url).sent == 1
    arrived = postbox.arrived[0]
    sender = cast(UniqueAddressHeader, arrived["From"]).addresses[0]
    assert (sender.display_name, sender.addr_spec) == ("Zoë Lindqvist", "interviews@halden.example")
    assert cast(UniqueAddressHeader, arrived["To"]).addresses[0].display_name == "Jürgen Åström"
    assert arrived["Reply-To"] == "zoe@halden.example"
    assert arrived["Subject"] == "Grüße – 20 minutes"
    plain, html = arrived.get_body(("plain",)), arrived.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines()[:3] == [
        "Sehr geehrter Herr Åström,",
        "",
        "wie kam es dazu?",
    ]
    assert "<p>" in html.get_content()
    assert postbox.envelopes == [("interviews@halden.example", "ilse@ferrow.example")]


def test_a_sent_mail_is_not_sent_again(db: Database, session: Session, postbox: Postbox):
    mail = queue(session, letter())[0]
    deliver(db, postbox.url)
    deliver(db, postbox.url)
    assert len(postbox.arrived) == 1
    assert state_of(db, mail).state is MailState.SENT


def test_a_refused_address_fails_with_the_servers_words_and_holds_up_nobody(
    db: Database, session: Session, postbox: Postbox
):
    refused, other = queue(session, letter("refused@ferrow.example"), letter())
    deliver(db, postbox.url)
    assert state_of(db, refused).state is MailState.FAILED
    assert "550 5.1.1 Nobody of this name" in state_of(db, refused).server_words
    assert state_of(db, other).state is MailState.SENT


def test_what_is_refused_for_now_is_tried_with_growing_pauses_and_then_fails(
    db: Database, session: Session, postbox: Postbox
):
    mail = queue(session, letter("later@ferrow.example"))[0]
    now = clock.now()
    for pause in PAUSES:
        with clock.frozen(now):
            deliver(db, postbox.url)
        waiting = state_of(db, mail)
        assert waiting.state is MailState.QUEUED
        assert waiting.due_at == now + pause
        with clock.frozen(now + pause - timedelta(seconds=1)):
            assert deliver(db, postbox.url) == Delivery()
        now += pause
    with clock.frozen(now):
        deliver(db, postbox.url)
    assert state_of(db, mail).state is MailState.FAILED
    assert "Greylisted" in state_of(db, mail).server_words


def test_a_server_that_is_down_costs_no_mail_an_attempt(db: Database, session: Session):
    mail, other = queue(session, letter(), letter("tom@ferrow.example"))
    port = free_port()
    done = deliver(db, f"smtp://127.0.0.1:{port}")
    assert done.unreachable
    assert [state_of(db, each).attempts for each in (mail, other)] == [0, 0]
    with open_postbox(port) as postbox:
        assert deliver(db, postbox.url).sent == 2


def test_a_connection_cut_after_the_words_leaves_a_doubtful_mail_that_is_not_resent(
    db: Database, session: Session, postbox: Postbox
):
    doubtful, other = queue(session, letter("cut@ferrow.example"), letter())
    deliver(db, postbox.url)
    deliver(db, postbox.url)
    assert state_of(db, doubtful).state is MailState.DOUBTFUL
    assert state_of(db, other).state is MailState.SENT
    assert len(postbox.arrived) == 2


def test_a_mail_whose_worker_died_becomes_doubtful(
    db: Database, session: Session, postbox: Postbox
):
    mail = queue(session, letter())[0]
    mail.state, mail.claimed_at = MailState.SENDING, clock.now() - LOST_AFTER * 2
    session.commit()
    deliver(db, postbox.url)
    assert state_of(db, mail).state is MailState.DOUBTFUL
    assert postbox.arrived == []


def test_an_address_that_is_none_fails_and_says_so(
    db: Database, session: Session, postbox: Postbox
):
    mail, other = queue(session, letter("nobody at all"), letter())
    deliver(db, postbox.url)
    assert state_of(db, mail).state is MailState.FAILED
    assert "cannot be written" in state_of(db, mail).server_words
    assert state_of(db, other).state is MailState.SENT


def test_a_person_sends_a_stuck_mail_again_under_the_same_id(
    db: Database, session: Session, postbox: Postbox
):
    mail = queue(session, letter("cut@ferrow.example"))[0]
    deliver(db, postbox.url)
    session.refresh(mail)
    mail.to_address = "ilse@ferrow.example"
    operations.send_again(session, SOMEBODY, mail)
    session.commit()
    deliver(db, postbox.url)
    assert [each["Message-ID"] for each in postbox.arrived] == [mail.message_id] * 2
    assert state_of(db, mail).state is MailState.SENT


def test_nothing_is_decided_about_a_mail_that_is_not_stuck(session: Session):
    mail = queue(session, letter())[0]
    with pytest.raises(NotStuck):
        operations.send_again(session, SOMEBODY, mail)
    with pytest.raises(NotStuck):
        operations.take_as_sent(session, SOMEBODY, mail)


@pytest.mark.parametrize("field", ["subject", "reply_to", "from_name", "to_name"])
def test_no_header_can_be_smuggled_in(session: Session, field: str):
    with pytest.raises(ValueError, match="one line"):
        queue(session, letter(**{field: "Hello\r\nBcc: everybody@example.com"}))


_WORKER = """
import sys
from app.core.db import Database
from app.mail.sending import deliver_due
from app.mail.transport import read_server
print("began", flush=True)
deliver_due(Database(sys.argv[1]), read_server(sys.argv[2]), sys.argv[3])
"""


def test_a_worker_killed_again_and_again_sends_none_twice_and_loses_none(
    db: Database, session: Session, postbox: Postbox
):
    mails = queue(session, *(letter(f"buyer{n}@ferrow.example") for n in range(120)))
    session.close()
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    kills = 5
    for _ in range(kills):
        worker = _start_worker(db, postbox)
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(chance.uniform(0.05, 0.3))
        worker.kill()
        worker.wait()
    _start_worker(db, postbox).wait(60)
    with db.reading() as reader:
        rows = list(reader.scalars(select(Mail)))
    arrived = [to for _, to in postbox.envelopes]
    claimed = [row.to_address for row in rows if row.state is MailState.SENDING]
    sent = {row.to_address for row in rows if row.state is MailState.SENT}
    assert len(set(arrived)) == len(arrived), f"seed {seed}"
    assert len(claimed) <= kills, f"seed {seed}"
    assert sent | set(claimed) == {mail.to_address for mail in mails}, f"seed {seed}"
    assert sent <= set(arrived), f"seed {seed}"


def _start_worker(db: Database, postbox: Postbox) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _WORKER, db.url, postbox.url, SENDER],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
