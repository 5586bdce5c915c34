"""Reading the notices that come when a letter could not be delivered. Pure: a message in, what it
says out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage, Message

#: Of a mail's own id.
_MESSAGE_ID = re.compile(r"<[^<>\s@]+@[^<>\s]+>")
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<!\d)(5[05][0-9])(?!\d)[ -]")
_MACHINES = ("mailer-daemon", "postmaster", "mail-daemon", "no-reply@bounce")
_UNDELIVERED = re.compile(
    r"undeliver|undelivered|failure notice|delivery (?:status )?(?:notification|failure|failed)|"
    r"returned (?:mail|to sender)|mail delivery|unzustellbar|nicht zugestellt|non remis|"
    r"no (?:se ha podido )?entreg",
    re.IGNORECASE,
)
#: Address and mailbox that are no more (RFC 3463): X.1 speaks of addresses, X.2.1 of a mailbox
#: that was closed. A full box, a refused sender or a slow server may be otherwise tomorrow.
_GONE = re.compile(r"^5\.(?:1\.(?:0|1|2|3|6|10)|2\.1|4\.4)$")
_SAYS_GONE = re.compile(
    r"user unknown|unknown user|no such (?:user|mailbox|recipient|person)|does(?: not|n't) exist|"
    r"mailbox (?:unavailable|not found|disabled)|recipient (?:address )?(?:rejected|not found)|"
    r"address (?:rejected|not found)|account (?:is )?disabled|host or domain name not found|"
    r"invalid recipient|couldn't be found|wasn't found",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Bounce:
    """A letter that did not arrive. `is_for_good`: writing there again would not help."""

    #: Ids of mails that the notice names, among them that of the letter.
    message_ids: tuple[str, ...]
    address: str
    is_for_good: bool
    #: What the other server said.
    words: str


def read_bounce(message: EmailMessage) -> Bounce | None:
    """None for whatever is no notice, and for one that says only that it takes longer."""
    parts = list(message.walk())
    status = _status_part(parts)
    if status is not None:
        return _from_report(status, parts)
    return _from_text(message, parts)


def says_gone(server_words: str) -> bool:
    """Whether a server that refused a letter at the door meant the address."""
    found = _STATUS.search(server_words)
    if found is not None:
        return _GONE.match(found.group()) is not None
    return server_words.startswith("5") and _SAYS_GONE.search(server_words) is not None


def _status_part(parts: Sequence[Message]) -> Message | None:
    for part in parts:
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            return part
    return None


def _from_report(status: Message, parts: Sequence[Message]) -> Bounce | None:
    """A delivery status notification (RFC 3464)."""
    blocks = status.get_payload()
    recipients = (
        [
            block
            for block in blocks
            if isinstance(block, Message) and _field(block, "Final-Recipient")
        ]
        if isinstance(blocks, list)
        else []
    )
    for block in recipients:
        if _field(block, "Action").lower() != "failed":
            continue
        code = _field(block, "Status")
        said = _field(block, "Diagnostic-Code").partition(";")[2].strip()
        exact = _STATUS.search(code) or _STATUS.search(said)
        number = exact.group() if exact is not None else ""
        vague = number in ("", "5.0.0")
        return Bounce(
            message_ids=_returned_ids(parts),
            address=_field(block, "Final-Recipient").partition(";")[2].strip().lower(),
            is_for_good=says_gone(said) if vague else _GONE.match(number) is not None,
            words=(said or code)[:500],
        )
    return None


def _from_text(message: EmailMessage, parts: Sequence[Message]) -> Bounce | None:
    """What some servers write in words alone: only from a machine, and only where it says so."""
    sender = _field(message, "From").lower()
    subject = _field(message, "Subject")
    if not any(name in sender for name in _MACHINES) or not _UNDELIVERED.search(subject):
        return None
    text = "\n".join(_text(part) for part in parts if part.get_content_maintype() == "text")
    line = next((one for one in text.splitlines() if _SAYS_GONE.search(one)), "")
    line = line or next((one for one in text.splitlines() if _REPLY_CODE.search(one)), "")
    if not line:
        return None
    address = re.search(r"<?([^\s<>:;,\"]+@[^\s<>:;,\"]+)>?:?", text)
    return Bounce(
        message_ids=(*_returned_ids(parts), *_MESSAGE_ID.findall(text)),
        address=address.group(1).lower() if address is not None else "",
        is_for_good=_SAYS_GONE.search(line) is not None,
        words=" ".join(line.split())[:500],
    )


def _returned_ids(parts: Sequence[Message]) -> tuple[str, ...]:
    """From the headers of the letter that the notice gives back."""
    found: list[str] = []
    for part in parts:
        if part.get_content_type() in ("message/rfc822", "message/global"):
            inner = part.get_payload()
            for one in inner if isinstance(inner, list) else []:
                if isinstance(one, Message):
                    found += _MESSAGE_ID.findall(_field(one, "Message-ID"))
        elif part.get_content_type() in ("text/rfc822-headers", "message/global-headers"):
            for line in re.sub(r"\r?\n[ \t]+", " ", _text(part)).splitlines():
                if line.lower().startswith("message-id:"):
                    found += _MESSAGE_ID.findall(line)
    return tuple(dict.fromkeys(found))


def _field(message: Message, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, LookupError):
        return ""


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
