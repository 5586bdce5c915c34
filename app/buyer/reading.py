"""Reading the mails in which buyers reply. Pure: bytes in, words out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser

from mailparser_reply import EmailReplyParser
from mailparser_reply.constants import MAIL_LANGUAGES

from app.buyer.tokens import PATTERN

#: Longer ones are not somebody's answer, and cost more to read than they are worth.
MOST_CHARACTERS = 100_000

_TOKEN = re.compile(PATTERN)
#: A long line that a mail program broke, quoted or not.
_BROKEN = re.compile(r"=?\n[ \t]*(?:>[ \t]*)*")
_THREAD_HEADERS = (
    "Subject",
    "To",
    "Cc",
    "Delivered-To",
    "X-Original-To",
    "In-Reply-To",
    "References",
)
_AUTOMATIC_SUBJECT = re.compile(
    r"^\W*(?:auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|undeliver|"
    r"delivery status|automatische antwort|abwesenheit|abwesend|unzustellbar|"
    r"réponse automatique|absence du bureau|absent du bureau|"
    r"respuesta automática|fuera de (?:la )?oficina)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"^\s*>")
_LABELLED = re.compile(r"^\*?[^\W\d][\w -]{1,24}\*?\s?:\*?\s*\S")
#: The library that knows how mail programs introduce a quoted letter searches in a time that grows
#: with the square of the text, and of a line with its cube.
_MOST_SEARCHED = 10_000
_LONGEST_LINE = 600
_parser = EmailReplyParser(languages=sorted(MAIL_LANGUAGES))


class NotAMail(ValueError):
    """The file holds no mail; the message says why."""


@dataclass(frozen=True)
class Mail:
    """One mail, as far as a reply needs it."""

    #: The same for the same mail, whichever way it came.
    fingerprint: str
    sender: str
    sent_at: datetime | None
    #: What the sender wrote, without what they quoted.
    words: str
    #: Whatever in it could lead to the letter that it answers, the likeliest first.
    tokens: tuple[str, ...]
    is_automatic: bool
    attachments: int


def read_mail(content: bytes) -> Mail:
    """Raises NotAMail."""
    message = message_from_bytes(content, policy=policy.default)
    sender = parseaddr(_header(message, "From"))[1].lower()
    if "@" not in sender:
        raise NotAMail("This is no mail: it does not say who sent it.")
    text = _text(message)
    if len(text) > MOST_CHARACTERS:
        raise NotAMail(f"Longer than {MOST_CHARACTERS:,} characters, so it was not read.")
    return Mail(
        fingerprint=_fingerprint(message, content),
        sender=sender[:320],
        sent_at=_sent_at(message),
        words=words_of(text),
        tokens=_tokens(message, text),
        is_automatic=_is_automatic(message),
        attachments=sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0,
    )


def pasted_mail(text: str, *, of: str) -> Mail:
    """A reply that somebody copied; `of` tells the same words of two people apart."""
    return Mail(
        fingerprint=hashlib.sha256(f"{of}\n{text}".encode()).hexdigest(),
        sender="",
        sent_at=None,
        words=words_of(text),
        tokens=(),
        is_automatic=False,
        attachments=0,
    )


def words_of(text: str) -> str:
    """What the sender wrote: without the letter that they answer, but with what they wrote
    between its lines, and without what follows the two hyphens of a signature."""
    lines = [line.strip() for line in text.split("\n")]
    ends = _start_of_letter(lines)
    above, below = "\n".join(lines[:ends]).strip(), "\n".join(lines[ends:])
    if len(above) <= _MOST_SEARCHED and all(len(line) <= _LONGEST_LINE for line in lines[:ends]):
        reply = _parser.read(above).replies[0].content
        if above.startswith(reply):
            above, below = reply, f"{above[len(reply) :]}\n{below}"
    written = _SIGNATURE.sub("", _unquoted(above))
    return "\n\n".join(part for part in (written.strip(), _between(below)) if part)


def _start_of_letter(lines: list[str]) -> int:
    """The line with which the letter that they answer begins, told by its shape in any language:
    a date or an address and a colon before quoted lines, or a block of 'Label: value'."""
    for number, line in enumerate(lines):
        if line.endswith((":", "：")) and re.search(r"[@\d]", line):
            following = next((one for one in lines[number + 1 :] if one), "")
            if _QUOTED.match(following):
                is_broken = number > 0 and re.search(r"\d", lines[number - 1])
                return number - 1 if is_broken else number
        block = lines[number : number + 3]
        if len(block) == 3 and all(map(_LABELLED.match, block)) and "@" in "".join(block[:2]):
            return number
    return len(lines)


def _unquoted(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not _QUOTED.match(line))


def _between(below: str) -> str:
    """What stands, unquoted, between quoted lines: some answer a letter line by line."""
    lines = below.split("\n")
    quoted = [number for number, line in enumerate(lines) if _QUOTED.match(line)]
    if not quoted:
        return ""
    written = _SIGNATURE.sub("", _unquoted("\n".join(lines[quoted[0] :])))
    return re.sub(r"\n{3,}", "\n\n", written).strip()


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(value) for value in message.get_all(name, []))
    except (ValueError, IndexError, AttributeError):  # what broken headers do to the parser
        return ""


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    text = _content(part)
    if part.get_content_subtype() == "html":
        return _Page.text_of(text)
    is_flowed = part.get_param("format", "") == "flowed"
    return re.sub(r"(?<!-) \n(?![>\n])", " ", text) if is_flowed else text


def _content(part: MIMEPart) -> str:
    try:
        text = str(part.get_content())
    except (LookupError, ValueError):
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _tokens(message: EmailMessage, text: str) -> tuple[str, ...]:
    headers = "\n".join(_header(message, name) for name in _THREAD_HEADERS)
    page = message.get_body(("html",))
    places = (headers, text, _BROKEN.sub("", text), _content(page) if page is not None else "")
    return tuple(dict.fromkeys(token for place in places for token in _TOKEN.findall(place)))


def _is_automatic(message: EmailMessage) -> bool:
    """Out of office, read receipts, what could not be delivered: nobody's answer."""
    if _header(message, "Auto-Submitted").lower() not in ("", "no"):
        return True
    if message.get_content_type() == "multipart/report":
        return True
    if _header(message, "Return-Path").strip() == "<>":
        return True
    if any(_header(message, name) for name in ("X-Autoreply", "X-Autorespond")):
        return True
    if _header(message, "Precedence").lower() in ("auto_reply", "bulk", "junk", "list"):
        return True
    return _AUTOMATIC_SUBJECT.search(_header(message, "Subject")) is not None


def _fingerprint(message: EmailMessage, content: bytes) -> str:
    named = _header(message, "Message-ID").strip()
    return hashlib.sha256(named.encode("utf-8", "replace") if named else content).hexdigest()


def _sent_at(message: EmailMessage) -> datetime | None:
    try:
        sent_at = parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, TypeError, IndexError):
        return None
    return sent_at.astimezone(UTC) if sent_at.tzinfo else sent_at.replace(tzinfo=UTC)


class _Page(HTMLParser):
    """The text of a mail that has only HTML; quoted letters are left out."""

    _BLOCKS = frozenset(
        ["p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table", "hr"]
    )
    _HIDDEN = frozenset(["blockquote", "style", "script", "head", "title"])

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden: list[str] = []

    @classmethod
    def text_of(cls, html: str) -> str:
        page = cls()
        page.feed(html)
        page.close()
        lines = (" ".join(line.split()) for line in "".join(page.parts).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._HIDDEN:
            self.hidden.append(tag)
        elif tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            while self.hidden and self.hidden.pop() != tag:
                pass
        elif tag in self._BLOCKS - {"br", "hr"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data.replace("\n", " "))
