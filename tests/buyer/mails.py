"""Mails as buyers send them."""

from __future__ import annotations

from email.message import EmailMessage

#: Of the shape of a buyer's link, and nobody's.
TOKEN = "0123456789abcdef0123456789abcdef." + "Ab-_4" * 8 + "xyz"


def mail(text: str, sender: str = "ilse@brandt.example", **headers: str) -> bytes:
    message = EmailMessage()
    headers = {"From": sender, "Date": "Tue, 03 Mar 2026 10:00:00 +0100"} | headers
    for name, value in headers.items():
        message[name] = value
    message.set_content(text)
    return message.as_bytes()
