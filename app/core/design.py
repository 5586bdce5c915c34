"""The living page of every component and chart, with invented data."""

from __future__ import annotations

from flask import Blueprint, render_template
from wtforms import BooleanField, EmailField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, Email, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.access import guarded
from app.core.charts import Bar, Confusion, Coverage, CoverageRow, Interval
from app.core.forms import Form, LineField, ProseField, options
from app.core.navigation import Entry, register

blueprint = Blueprint("design", __name__)
register(Entry("Design", "design.page", "design.view", order=90, group="house"))


class SampleForm(Form):
    """One field of each kind."""

    name = LineField("Account", [DataRequired("Enter the account's name.")])
    email = EmailField(
        "E-mail",
        [Optional(), Email("Enter an address like name@example.com.")],
        description="Where the invitation goes.",
    )
    outcome = SelectField(
        "Outcome",
        choices=options([("won", "Won"), ("lost", "Lost"), ("no_decision", "No decision")]),
    )
    why = ProseField("Why, in one sentence", [Optional()])
    channel = RadioField(
        "How the interview is held",
        choices=options([("video", "Video"), ("phone", "Phone"), ("person", "In person")]),
        default="video",
    )
    regions = SelectMultipleField(
        "Regions",
        choices=options([("nordics", "Nordics"), ("benelux", "Benelux"), ("iberia", "Iberia")]),
        default=["nordics"],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    ask_again = BooleanField("We may ask this buyer again")


REASONS = [
    Interval("Security answers late", 0.45, 0.29, 0.62, 25, 56, "against"),
    Interval("No saving shown", 0.36, 0.21, 0.53, 20, 56, "against"),
    Interval("Customs filed for you", 0.27, 0.14, 0.43, 15, 56, "for"),
    Interval("Missing customs module", 0.16, 0.07, 0.33, 9, 56, "against"),
    Interval("Nobody senior behind it", 0.05, 0.02, 0.15, 3, 56, "neutral"),
]
WIN_RATE = [
    Interval("Q4 2025", 0.37, 0.28, 0.47, 38, 102),
    Interval("Q1 2026", 0.41, 0.32, 0.51, 43, 104),
    Interval("Q2 2026", 0.36, 0.27, 0.46, 37, 103),
    Interval("Q3 2026", 0.39, 0.30, 0.49, 40, 103),
]
COMPETITORS = [
    Bar("Doing nothing", 41, "41 deals"),
    Bar("Fenwick", 33, "33 deals"),
    Bar("Built in-house", 12, "12 deals"),
    Bar("Tollgate", 7, "7 deals"),
]
HEARD = Coverage(
    ("Won", "Lost", "No decision"),
    (
        CoverageRow("Small accounts", ((9, 61), (14, 70), (2, 31))),
        CoverageRow("Middle-sized accounts", ((22, 58), (25, 62), (6, 28))),
        CoverageRow("Large accounts", ((17, 39), (17, 39), (0, 0))),
    ),
)
AGREEMENT = Confusion(
    ("Price", "Security", "Roll-out", "Support", "Customs"),
    ((18, 0, 1, 0, 2), (0, 22, 3, 0, 0), (1, 2, 14, 4, 0), (0, 0, 5, 11, 0), (3, 0, 0, 0, 16)),
    "First reader",
    "Second reader",
)


@blueprint.get("/design")
@guarded("design.view")
def page() -> str:
    refused = SampleForm(formdata=None, prefix="refused")
    refused.name.errors = ["Enter the account's name."]
    refused.email.data = "ingrid at halden"
    refused.email.errors = ["Enter an address like name@example.com."]
    return render_template(
        "design.html",
        form=SampleForm(formdata=None),
        refused=refused,
        reasons=REASONS,
        win_rate=WIN_RATE,
        competitors=COMPETITORS,
        heard=HEARD,
        agreement=AGREEMENT,
    )
