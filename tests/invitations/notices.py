"""Notices as mail servers write them."""

from __future__ import annotations

_HEADS = """\
Return-Path: <>
From: {sender}
To: interviews@halden.example
Subject: {subject}
Date: Mon, 30 Nov 2026 10:00:00 +0000
Message-ID: <{own}@mx.ferrow.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
"""
_REPORT = """\
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.ferrow.example
Arrival-Date: Mon, 30 Nov 2026 09:59:58 +0000

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--b
{returned}
--b--
"""
_WHOLE = """\
Content-Type: message/rfc822

From: Ada Ling <interviews@halden.example>
To: {to}
Subject: How you decided
Message-ID: {letter}

Dear Ilse
"""
_HEADERS = """\
Content-Type: text/rfc822-headers

Message-ID:
 {letter}
To: {to}
"""


def report(
    letter: str,
    to: str = "ilse@ferrow.example",
    *,
    status: str = "5.1.1",
    said: str = "550 5.1.1 <ilse@ferrow.example>: Recipient address rejected: User unknown",
    action: str = "failed",
    headers_only: bool = False,
    own: str = "dsn1",
) -> bytes:
    """A delivery status notification as Postfix, Exchange and Gmail write them."""
    returned = (_HEADERS if headers_only else _WHOLE).format(to=to, letter=letter)
    head = _HEADS.format(
        sender="Mail Delivery System <MAILER-DAEMON@mx.ferrow.example>",
        subject="Undelivered Mail Returned to Sender",
        own=own,
    )
    body = _REPORT.format(to=to, action=action, status=status, said=said, returned=returned)
    return (head + body).replace("\n", "\r\n").encode()


def in_words(
    letter: str, said: str, *, sender: str = "MAILER-DAEMON@mx.ferrow.example", own: str = "q1"
) -> bytes:
    """As qmail and its like write them: no parts, only words."""
    head = _HEADS.format(sender=sender, subject="failure notice", own=own)
    body = f"""
Hi. This is the qmail-send program at mx.ferrow.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<ilse@ferrow.example>:
{said}

--- Below this line is a copy of the message.

Message-ID: {letter}
Subject: How you decided
"""
    return (head + body).replace("\n", "\r\n").encode()


def away(
    letter: str,
    text: str,
    *,
    sender: str = "Ilse Brandt <ilse@ferrow.example>",
    own: str = "ooo1",
    **headers: str,
) -> bytes:
    """An automatic reply."""
    head = _HEADS.format(sender=sender, subject="Automatic reply: How you decided", own=own)
    head += f"In-Reply-To: {letter}\nReferences: {letter}\n"
    head += "Content-Type: text/plain; charset=utf-8\n"
    head += "".join(f"{name}: {value}\n" for name, value in headers.items())
    return f"{head}\n{text}\n".replace("\n", "\r\n").encode()
