"""Notices of mail that did not arrive: which letter, whose address, and whether it is for good."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from app.invitations.bounces import Bounce, read_bounce, says_gone
from tests.buyer.mails import mail
from tests.invitations.notices import away, in_words, report

LETTER = "<8e1d7a3e-31a0-4c0a-a6ff-3f6c4d3f0a01@halden.example>"


def read(content: bytes) -> Bounce | None:
    return read_bounce(message_from_bytes(content, policy=policy.default))


@pytest.mark.parametrize("headers_only", [False, True])
def test_a_report_names_the_letter_the_address_and_what_the_server_said(headers_only: bool):
    bounce = read(report(LETTER, headers_only=headers_only))
    assert bounce is not None
    assert bounce.message_ids == (LETTER,)
    assert bounce.address == "ilse@ferrow.example"
    assert bounce.is_for_good
    assert "User unknown" in bounce.words


@pytest.mark.parametrize(
    ("status", "said", "is_for_good"),
    [
        ("5.1.1", "550 5.1.1 The email account that you tried to reach does not exist", True),
        ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", True),
        ("5.2.1", "550 5.2.1 The email account is disabled", True),
        ("5.4.4", "Host or domain name not found", True),
        ("5.0.0", "550 No such user here", True),
        ("5.2.2", "552 5.2.2 The email account that you tried to reach is over quota", False),
        ("5.7.1", "550 5.7.1 Message rejected as spam", False),
        ("4.4.7", "451 4.4.7 Message expired", False),
        ("5.0.0", "554 Message refused", False),
    ],
)
def test_only_an_address_that_is_no_more_is_for_good(status: str, said: str, is_for_good: bool):
    bounce = read(report(LETTER, status=status, said=said))
    assert bounce is not None
    assert bounce.is_for_good is is_for_good


def test_a_notice_that_it_takes_longer_is_no_bounce():
    assert read(report(LETTER, action="delayed", status="4.4.1")) is None
    assert read(report(LETTER, action="delivered", status="2.0.0")) is None


def test_a_notice_in_words_alone_is_read():
    bounce = read(in_words(LETTER, "550 5.1.1 User unknown (in reply to RCPT TO)"))
    assert bounce is not None
    assert LETTER in bounce.message_ids
    assert bounce.address == "ilse@ferrow.example"
    assert bounce.is_for_good


def test_the_same_words_from_a_person_are_none():
    assert read(in_words(LETTER, "550 User unknown", sender="ilse@ferrow.example")) is None


def test_an_automatic_reply_and_an_answer_are_none():
    assert read(away(LETTER, "I am back on 7 December.")) is None
    assert read(mail("Yes, gladly.", Subject="Re: How you decided")) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\x00",
        b"Content-Type: multipart/report; boundary=b\n\n--b\n"
        b"Content-Type: message/delivery-status\n\nx",
        b"Content-Type: message/delivery-status\n\nFinal-Recipient\nAction: failed",
        b"From: MAILER-DAEMON\nSubject: failure notice\n\n550 ",
    ],
)
def test_a_broken_notice_harms_nobody(content: bytes):
    bounce = read(content)
    assert bounce is None or not bounce.message_ids


def test_what_a_server_says_at_the_door_is_understood():
    assert says_gone("550 5.1.1 Nobody of this name is here")
    assert says_gone("550 No such user")
    assert not says_gone("550 5.7.1 Blocked by policy")
    assert not says_gone("554 Transaction failed")
    assert not says_gone("This cannot be written as a mail")
