"""What letters and their states are called on pages."""

from __future__ import annotations

from app.invitations.models import Ended, Needs
from app.invitations.wording import About, Step

STEPS = {
    Step.INVITATION: "Invitation",
    Step.REMINDER_1: "First reminder",
    Step.REMINDER_2: "Second reminder",
    Step.THANKS: "Thank-you",
}
WHEN = {
    Step.INVITATION: "as soon as it is approved, in the buyer's working hours",
    Step.REMINDER_1: "four working days later, unless they answered",
    Step.REMINDER_2: "six working days after that, and no letter after it",
    Step.THANKS: "when they were heard",
}
ABOUT = {
    About.LOST: "Lost",
    About.WON: "Won",
    About.NO_DECISION: "No decision",
}
ENDED = {
    Ended.BOOKED: "A time was taken",
    Ended.WROTE: "They write",
    Ended.DECLINED: "No, thank you",
    Ended.OPTED_OUT: "No more letters",
    Ended.NO_ANSWER: "No answer",
    Ended.UNREACHABLE: "Could not be reached",
    Ended.CALLED_OFF: "Called off",
    Ended.STOPPED: "Stopped by us",
}
NEEDS = {
    Needs.ADDRESS: "No e-mail address",
    Needs.CONTACT: "Another contact is needed",
}
