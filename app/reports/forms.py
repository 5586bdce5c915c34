"""The written parts of a report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from wtforms import DateField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.core import clock
from app.core.forms import Form, LineField, ProseField, options
from app.reports.models import ReportKind

_LINK_LASTS_AT_MOST = timedelta(days=366)
#: The sections that a person may comment, by kind of report.
SECTIONS: dict[ReportKind, dict[str, str]] = {
    ReportKind.QUARTER: {
        "differentiators": "Differentiators",
        "competitors": "Competitors",
        "nothing": "Doing nothing",
        "money": "Money at stake",
        "against": "Reasons against us",
        "for": "Reasons for us",
        "coverage": "Whom we did not hear",
    },
    ReportKind.THEMES: {},
    ReportKind.DEAL: {},
}


class WrittenForm(Form):
    """What a person writes beside the figures."""

    sections: dict[str, str] = {}

    headline = LineField(
        "Headline",
        [Optional()],
        most=140,
        description="What the report says, in one sentence. Empty: its plain name.",
    )
    to_do = ProseField(
        "What to do", [Optional()], most=4000, description="One line for each thing to do."
    )

    @property
    def comments(self) -> dict[str, str]:
        return {name: (self[f"comment_{name}"].data or "").strip() for name in self.sections}


def written_form(kind: ReportKind, **values: Any) -> WrittenForm:
    """The form of one kind of report: a comment for each of its sections."""

    class OfKind(WrittenForm):
        sections = SECTIONS[kind]

    for name, label in SECTIONS[kind].items():
        setattr(
            OfKind,
            f"comment_{name}",
            ProseField(f"Comment: {label}", [Optional()], most=2000),
        )
    return OfKind(**values)


def _way() -> RadioField:
    return RadioField(
        "As",
        choices=options([("link", "A link to it"), ("pdf", "The PDF")]),
        default="link",
    )


class MailForm(Form):
    """How a report goes along with its letter."""

    way = _way()


def _days_after(label: str) -> IntegerField:
    return IntegerField(label, [Optional(), NumberRange(1, 90, "Between 1 and 90 days.")])


class LinkForm(Form):
    """A link that ends."""

    ends_on = DateField("Until", [InputRequired("Enter the last day of the link.")])

    def validate_ends_on(self, field: Any) -> None:
        today: date = clock.now().date()
        if not today <= field.data <= today + _LINK_LASTS_AT_MOST:
            raise ValidationError("A link ends within a year from today.")


class ScheduleForm(Form):
    """For each audience, how many days after a quarter's end; empty for never."""

    leadership = _days_after("For leadership")
    leadership_way = _way()
    product = _days_after("For the product team")
    product_way = _way()
    sellers = _days_after("For sellers")
    sellers_way = _way()
