"""Where incoming messages lie: an IMAP folder, a maildir, or .eml files. No message is marked as
seen, moved or deleted. No row here."""

from __future__ import annotations

import contextlib
import hashlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: Of longer messages only so much is read.
MOST_BYTES = 10 << 20
_TIMEOUT_SECONDS = 30
_PORTS = {"imap": 143, "imaps": 993}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class MailboxTrouble(Exception):
    """The mailbox cannot be read now; the message is for whoever set it up."""


@dataclass(frozen=True)
class Place:
    """How far an IMAP folder has been read: the last UID, which counts while `validity` is so."""

    validity: int
    uid: int


@dataclass(frozen=True)
class Found:
    """One message: what to call it in a list, and its bytes."""

    name: str
    content: bytes
    place: Place | None = None


@dataclass(frozen=True)
class ImapFolder:
    """A folder on a server; `encrypted` from the first byte (imaps)."""

    host: str
    port: int
    encrypted: bool
    user: str
    password: str
    folder: str

    @property
    def key(self) -> str:
        """Names the folder, without its password."""
        named = f"{self.user}@{self.host}:{self.port}/{self.folder}"
        return hashlib.sha256(named.encode()).hexdigest()

    def messages(self, after: Place | None, since: date, *, most: int) -> Iterator[Found]:
        """Those that came after that place, or since that day where there is none, at most so many
        and the earliest first. Raises MailboxTrouble."""
        with self._opened() as server:
            validity = self._open_folder(server)
            if after is not None and after.validity == validity:
                first, wanted = after.uid + 1, f"UID {after.uid + 1}:*"
            else:
                first, wanted = 1, f"SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year}"
            found = _said(server.uid("SEARCH", wanted))
            # 'n:*' always finds the last one, whatever n is.
            uids = sorted(uid for uid in map(int, found.split()) if uid >= first)
            for uid in uids[:most]:
                content = self._message(server, uid)
                if content is not None:
                    yield Found(f"message {uid}", content, Place(validity, uid))

    @contextlib.contextmanager
    def _opened(self) -> Iterator[imaplib.IMAP4]:
        try:
            server: imaplib.IMAP4
            if self.encrypted:
                context = ssl.create_default_context()
                server = imaplib.IMAP4_SSL(
                    self.host, self.port, ssl_context=context, timeout=_TIMEOUT_SECONDS
                )
            else:
                server = imaplib.IMAP4(self.host, self.port, timeout=_TIMEOUT_SECONDS)
            with server:
                try:
                    self._sign_in(server)
                except imaplib.IMAP4.error as error:
                    raise MailboxTrouble(
                        f"{self.host} does not take this name and password: {_words(error)}"
                    ) from error
                yield server
        except (imaplib.IMAP4.error, OSError) as error:
            raise MailboxTrouble(f"{self.host} does not answer: {_words(error)}") from error

    def _sign_in(self, server: imaplib.IMAP4) -> None:
        # LOGIN takes no letters beyond ASCII, but not every server has the other way.
        if "AUTH=PLAIN" in server.capabilities:
            said = f"\0{self.user}\0{self.password}".encode()
            server.authenticate("PLAIN", lambda _: said)
        else:
            server.login(self.user, self.password)

    def _open_folder(self, server: imaplib.IMAP4) -> int:
        """Opens it for reading only; returns its UIDVALIDITY."""
        quoted = self.folder.replace("\\", "\\\\").replace('"', '\\"')
        state, said = server.select(f'"{quoted}"', readonly=True)
        if state != "OK":
            words = said[0].decode("utf-8", "replace") if said and said[0] else "no answer"
            raise MailboxTrouble(f"{self.host} has no folder {self.folder}: {words}")
        _, validity = server.response("UIDVALIDITY")
        return int(validity[0]) if validity and validity[0] else 0

    def _message(self, server: imaplib.IMAP4, uid: int) -> bytes | None:
        """None where somebody deleted it meanwhile."""
        _, parts = server.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
        return next((part[1] for part in parts if isinstance(part, tuple)), None)


def read_address(url: str) -> ImapFolder | Path:
    """imaps://user:password@host:993/folder, imap:// for a server without TLS, or a path.

    Raises ValueError.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS:
        return Path(url)
    folder = unquote(parts.path.strip("/")) or "INBOX"
    if not parts.hostname or not folder.isascii() or re.search(r"[\r\n]", folder):
        raise ValueError("imaps://user:password@host/folder, the folder's name in ASCII")
    return ImapFolder(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        encrypted=parts.scheme == "imaps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=folder,
    )


def messages_at(path: Path) -> Iterator[Found]:
    """The messages of a file, of a folder of .eml files or of a maildir. Raises MailboxTrouble."""
    if path.is_file():
        yield Found(path.name, path.read_bytes())
    elif (path / "cur").is_dir() or (path / "new").is_dir():
        for file in sorted([*path.glob("cur/*"), *path.glob("new/*")]):
            # A mail program that marks a message renames its file.
            with contextlib.suppress(FileNotFoundError):
                yield Found(file.name, file.read_bytes())
    elif path.is_dir():
        for file in sorted(path.rglob("*.eml")):
            yield Found(str(file.relative_to(path)), file.read_bytes())
    else:
        raise MailboxTrouble(f"There is no mailbox at {path}.")


def _said(answer: tuple[str, list[bytes | None]]) -> bytes:
    state, said = answer
    words = said[0] or b"" if said else b""
    if state != "OK":
        raise MailboxTrouble(f"The mail server said: {words.decode('utf-8', 'replace')}")
    return words


def _words(error: Exception) -> str:
    first = error.args[0] if error.args else ""
    if isinstance(first, bytes):
        return first.decode("utf-8", "replace")
    return str(error) or type(error).__name__
