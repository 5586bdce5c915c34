"""One connection to the mail server, and what its answer means for the mail. Pure: no row here."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

_TIMEOUT_SECONDS = 60
_PERMANENT = 500


@dataclass(frozen=True)
class Server:
    """Where mail is handed over, as SMTP_URL says."""

    host: str
    port: int
    user: str
    password: str
    #: TLS from the first byte (smtps), or none until STARTTLS.
    is_smtps: bool
    starttls: bool


def read_server(url: str) -> Server:
    """smtp://user:password@host:587, smtps://host:465; ?starttls=0 for a server that has none.

    STARTTLS is demanded wherever a password is sent over smtp://. Raises ValueError.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("smtp://user:password@host:587 or smtps://user:password@host:465")
    is_smtps = parts.scheme == "smtps"
    wish = parse_qs(parts.query).get("starttls", [""])[0]
    return Server(
        host=parts.hostname,
        port=parts.port or (465 if is_smtps else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_smtps=is_smtps,
        starttls=not is_smtps and (wish == "1" or (wish != "0" and bool(parts.username))),
    )


class Unreachable(Exception):
    """The server cannot be talked to; it is no fault of the mail, which waits unchanged."""


class Refused(Exception):
    """The server does not take this mail, now or ever."""

    def __init__(self, words: str, *, for_good: bool) -> None:
        super().__init__(words)
        self.for_good = for_good


class Doubtful(Exception):
    """The connection broke off after the mail was handed over and before the server's word."""


class _Phase:
    """Remembers whether the words of a mail are on their way."""

    is_handing_over = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.is_handing_over = True
        answer: tuple[int, bytes] = super().data(msg)  # type: ignore[misc]
        self.is_handing_over = False
        return answer


class _Plain(_Phase, smtplib.SMTP):
    pass


class _Encrypted(_Phase, smtplib.SMTP_SSL):
    pass


class Connection:
    """A session with the server, for many mails. A context manager; opened with the first mail."""

    def __init__(self, server: Server, sender: str) -> None:
        self._server = server
        self._sender = sender
        self._smtp: _Plain | _Encrypted | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self._smtp.close()

    def send(self, message: EmailMessage, to: str) -> str:
        """Hand one mail over; returns the server's words. Raises Unreachable, Refused, Doubtful."""
        smtp = self._smtp or self._open()
        smtp.is_handing_over = False
        try:
            smtp.send_message(message, self._sender, [to])
        except smtplib.SMTPRecipientsRefused as refusal:
            code, words = next(iter(refusal.recipients.values()))
            raise _refused(code, words) from refusal
        except smtplib.SMTPNotSupportedError as refusal:
            raise Refused(str(refusal), for_good=True) from refusal
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refusal:
            raise _refused(refusal.smtp_code, refusal.smtp_error) from refusal
        except (smtplib.SMTPException, OSError) as error:
            self._forget()
            if smtp.is_handing_over:
                raise Doubtful(_words(error)) from error
            raise Unreachable(_words(error)) from error
        return "taken"

    def _open(self) -> _Plain | _Encrypted:
        server = self._server
        try:
            context = ssl.create_default_context()
            smtp: _Plain | _Encrypted
            if server.is_smtps:
                smtp = _Encrypted(
                    server.host, server.port, timeout=_TIMEOUT_SECONDS, context=context
                )
            else:
                smtp = _Plain(server.host, server.port, timeout=_TIMEOUT_SECONDS)
                if server.starttls:
                    smtp.starttls(context=context)
            if server.user:
                smtp.login(server.user, server.password)
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(_words(error)) from error
        self._smtp = smtp
        return smtp

    def _forget(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None


def _refused(code: int, words: bytes | str) -> Refused:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return Refused(f"{code} {said}", for_good=code >= _PERMANENT)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        return f"{error.smtp_code} {text}"
    return str(error) or type(error).__name__
