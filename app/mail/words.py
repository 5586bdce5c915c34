"""What the states of a mail are called on pages."""

from __future__ import annotations

from app.mail.models import MailState

STATES = {
    MailState.QUEUED: "Waits",
    MailState.SENDING: "Being sent",
    MailState.SENT: "Sent",
    MailState.FAILED: "Not taken",
    MailState.DOUBTFUL: "Doubtful",
    MailState.CANCELLED: "Taken back",
}
