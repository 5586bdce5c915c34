"""The shape of a decision, of how it goes on, and of goals."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.actions.models import Decision
from app.actions.operations import Plan
from app.core.forms import Form, LineField, ProseField, options
from app.identity.models import User

_NOBODY = ""


class PlanForm(Form):
    """A decision; `offer` fills the list of owners."""

    words = ProseField(
        "What is decided",
        [InputRequired("Say what is to be done, in a sentence.")],
        most=1000,
        description="What is done differently from now on, in a sentence that can turn out done.",
    )
    owner = SelectField("Who does it", [Optional()], description="They are reminded by mail.")
    due_on = DateField("Until when", [Optional()])
    tracker_url = LineField(
        "In the tracker",
        [Optional()],
        most=2000,
        description="The address of the ticket, where there is one.",
    )
    goal_percent = IntegerField(
        "The goal, in percent",
        [Optional(), NumberRange(0, 100, "A share lies between 0 and 100 percent.")],
    )
    goal_by = DateField("To be reached by", [Optional()])

    def offer(self, owners: list[User]) -> None:
        self._owners = {str(user.id): user for user in owners}
        self.owner.choices = options(
            [(_NOBODY, "Nobody yet"), *((key, user.name) for key, user in self._owners.items())]
        )

    def show(self, decision: Decision) -> None:
        """What stands, to be changed."""
        for name in ("words", "due_on", "tracker_url", "goal_percent", "goal_by"):
            self[name].data = getattr(decision, name)
        self.owner.data = str(decision.owner_id or _NOBODY)

    def validate_tracker_url(self, field: Any) -> None:
        parts = urlsplit(field.data or "")
        if field.data and (parts.scheme not in ("http", "https") or not parts.netloc):
            raise ValidationError("Enter an address that begins with https://.")

    def validate_goal_by(self, field: Any) -> None:
        if (field.data is None) != (self.goal_percent.data is None):
            raise ValidationError("A goal is a share and the day by which it is reached.")

    @property
    def plan(self) -> Plan:
        return Plan(
            words=(self.words.data or "").strip(),
            owner=self._owners.get(self.owner.data or _NOBODY),
            due_on=self.due_on.data,
            tracker_url=self.tracker_url.data or "",
            goal_percent=self.goal_percent.data,
            goal_by=self.goal_by.data,
        )


class ShippedForm(Form):
    shipped_on = DateField("Shipped on", [InputRequired("Enter the day on which it shipped.")])


class LearntForm(Form):
    learnt = ProseField(
        "What was learnt", [InputRequired("Write what was learnt, in a sentence.")], most=2000
    )


class TellForm(Form):
    subject = LineField("Subject", [InputRequired("Enter a subject.")], most=200)
    text = ProseField(
        "The letter",
        [InputRequired("Write the letter.")],
        most=5000,
        description="{name} becomes the buyer's name.",
    )


class GoalsForm(Form):
    """Each empty for no goal."""

    response = IntegerField(
        "Buyers asked who answer, at least, in percent",
        [Optional(), NumberRange(1, 100, "Between 1 and 100 percent.")],
    )
    days_to_interview = IntegerField(
        "Days from decision to interview, at most",
        [Optional(), NumberRange(1, 365, "Between 1 and 365 days.")],
    )
    share_heard = IntegerField(
        "Decided deals heard, at least, in percent",
        [Optional(), NumberRange(1, 100, "Between 1 and 100 percent.")],
    )
