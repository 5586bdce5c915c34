"""What is written about decisions: to their owners, and to the buyers who said it."""

from __future__ import annotations

from datetime import date

from app.actions.models import Decision, ReminderKind
from app.core.formats import day
from app.mail.operations import Letter

_SUBJECTS = {
    ReminderKind.SOON: "Due on {day}: {words}",
    ReminderKind.OVERDUE: "Was due on {day}: {words}",
    ReminderKind.GOAL_MISSED: "What did we learn? {words}",
}
_OPENINGS = {
    ReminderKind.SOON: "you took this on; it is due on {day}:",
    ReminderKind.OVERDUE: "you took this on; it was due on {day} and is not finished:",
    ReminderKind.GOAL_MISSED: "the goal that this was given was not reached by {day}:",
}
_ASKS = {
    ReminderKind.SOON: "Say there how it stands, or give it another day:",
    ReminderKind.OVERDUE: "Say there how it stands, or give it another day:",
    ReminderKind.GOAL_MISSED: "Write there, in a sentence or two, what was learnt:",
}
_LONGEST = 90


def reminder(decision: Decision, kind: ReminderKind, of_day: date, public_url: str) -> Letter:
    """To the decision's owner."""
    assert decision.owner is not None
    words = one_line(decision.words)
    when = day(of_day)
    text = "\n\n".join(
        (
            f"Dear {decision.owner.name},",
            _OPENINGS[kind].format(day=when),
            words,
            f"{_ASKS[kind]}\n{public_url}/decisions/{decision.public_id}",
        )
    )
    return Letter(
        to_address=decision.owner.email,
        to_name=decision.owner.name,
        subject=_SUBJECTS[kind].format(day=when, words=_short(words)),
        text=text,
        about="decision",
    )


def told_subject(company: str) -> str:
    return f"What {company or 'we'} changed because of what you told us"


def told_text(company: str, decision: Decision) -> str:
    """A draft for a person to look over; {name} becomes the buyer's."""
    return "\n\n".join(
        (
            "Dear {name},",
            "some time ago you told us how you came to your decision. What you and others said led"
            " to this:",
            one_line(decision.words),
            "Nothing is sold with this letter. You asked to hear what became of your words, and"
            " we wanted to say thank you.",
            company,
        )
    ).strip()


def one_line(words: str) -> str:
    return " ".join(words.split())


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
