"""A real SMTP server on a free port, with the moods of real ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.house.running import free_port


@dataclass
class Postbox:
    """What arrived. How the server treats a mail is told by whom it is for:

    refused@: never takes it. later@: not now. cut@: takes the words, then breaks the connection.
    """

    port: int = 0
    arrived: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802  # the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address.startswith("refused@"):
            return "550 5.1.1 Nobody of this name is here"
        if address.startswith("later@"):
            return "451 4.7.1 Greylisted, come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = cast(bytes, envelope.content)
        message = message_from_bytes(content, policy=policy.default)
        self.arrived.append(cast(EmailMessage, message))
        self.envelopes.append((envelope.mail_from or "", envelope.rcpt_tos[0]))
        if envelope.rcpt_tos[0].startswith("cut@"):
            assert server.transport is not None
            server.transport.close()
        return "250 Taken"


@contextmanager
def open_postbox(port: int = 0) -> Iterator[Postbox]:
    postbox = Postbox(port or free_port())
    controller = Controller(postbox, hostname="127.0.0.1", port=postbox.port)
    controller.start()
    try:
        yield postbox
    finally:
        controller.stop()
