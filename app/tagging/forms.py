"""The shape of what people send at the finish."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms import Form as Part
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput

from app.core.forms import Form, LineField, ProseField, options
from app.identity.models import User
from app.interviews.models import Counterfactual, Reference
from app.interviews.words import COUNTERFACTUAL, REFERENCES
from app.tagging.models import Direction
from app.tagging.reasons import LONGEST_NAME
from app.tagging.words import DIRECTIONS

LONGEST_PROMISE = 500
PROMISES = 3


class TapForm(Part):
    """A reason at the finish: one that was offered and can be chosen, or one that is typed."""

    reason = HiddenField()
    name = LineField("Another reason", most=LONGEST_NAME)
    chosen = BooleanField()
    direction = RadioField(
        "Which way it spoke",
        [Optional()],
        choices=options(
            [(each.value, DIRECTIONS[each]) for each in (Direction.FOR, Direction.AGAINST)]
        ),
    )
    decided = BooleanField("It decided")
    would_decide = RadioField(
        "Had we had it, what would they have decided?",
        [Optional()],
        choices=options([(each.value, COUNTERFACTUAL[each]) for each in Counterfactual]),
    )

    @property
    def counterfactual(self) -> Counterfactual | None:
        return Counterfactual(self.would_decide.data) if self.would_decide.data else None

    @property
    def is_given(self) -> bool:
        return bool(self.chosen.data if self.reason.data else self.name.data)


class PromiseForm(Part):
    """What we promised the buyer."""

    text = LineField("What we promised", most=LONGEST_PROMISE)
    keeper = SelectField("Who keeps it", validate_choice=False)
    due_on = DateField("Until", [Optional()])


class FinishForm(Form):
    """Two minutes at the end of an interview."""

    taps = FieldList(FormField(TapForm), "Reasons", max_entries=12)
    met = SelectMultipleField("Competitors named", option_widget=CheckboxInput())
    #: A sentence as 'answer~revision~start~end', or empty.
    strongest = HiddenField("The strongest sentence")
    why = LineField("Why, in one sentence", most=500)
    surprised = ProseField("What surprised you?", most=2000)
    promises = FieldList(FormField(PromiseForm), "What we promised", max_entries=10)
    follow_up = ProseField("What happens next?", most=2000)
    fears = ProseField("What do they still fear?", most=2000)
    near_losses = ProseField("Where did we nearly lose them?", most=2000)
    reference = RadioField(
        "Would they speak for us to others?",
        [Optional()],
        choices=options([(each.value, REFERENCES[each]) for each in Reference]),
    )

    @property
    def given(self) -> list[TapForm]:
        return [entry.form for entry in self.taps if entry.form.is_given]

    @property
    def promised(self) -> list[PromiseForm]:
        return [entry.form for entry in self.promises if entry.form.text.text]

    def offer_keepers(self, people: Sequence[User], chosen: int | None) -> None:
        for entry in self.promises:
            keeper = entry.form.keeper
            keeper.choices = options(
                [("", "Nobody yet"), *((str(one.id), one.name) for one in people)]
            )
            if keeper.data is None:
                keeper.data = str(chosen or "")
