"""What thanks and their states are called on pages."""

from __future__ import annotations

from app.thanks.models import Kind, State

KINDS = {
    Kind.NONE: "Nothing but a letter",
    Kind.GIFT: "A gift",
    Kind.DONATION: "A donation to a cause that they pick",
}
SHORT_KINDS = {Kind.NONE: "Nothing", Kind.GIFT: "Gift", Kind.DONATION: "Donation"}
STATES = {
    State.OFFERED: "To approve",
    State.APPROVED: "To send",
    State.SENT: "Sent",
    State.DECLINED: "Declined",
    State.NOT_OFFERED: "Not offered",
}
STATE_TONES = {
    State.OFFERED: "warn",
    State.APPROVED: "accent",
    State.SENT: "for",
    State.DECLINED: "outline",
    State.NOT_OFFERED: "outline",
}
