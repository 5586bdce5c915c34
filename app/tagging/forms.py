"""The shape of what people send about reasons, at the finish, and about tags."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
)
from wtforms import Form as Part
from wtforms.validators import DataRequired, Optional
from wtforms.validators import ValidationError as Refused

from app.core.forms import Form, LineField, ProseField
from app.tagging import seed_words
from app.tagging.models import Direction, Reason
from app.tagging.reasons import LONGEST_NAME, ReasonText

NEW_CATEGORY = "new"


class ReasonForm(Form):
    """What the list says of a reason."""

    name = LineField("Name", [DataRequired("Give the reason a name.")], most=LONGEST_NAME)
    category = SelectField("Category")
    new_category = LineField("Name of the new category", most=LONGEST_NAME)
    definition = ProseField(
        "What it means", [DataRequired("Say what the reason means, in a sentence.")], most=2000
    )
    includes = ProseField("Also counts", most=2000)
    excludes = ProseField("Does not count", most=2000)
    seeds = ProseField("Words that buyers say", most=5000)

    def offer_categories(self, categories: Iterable[Reason]) -> None:
        self.category.choices = [
            ("", "Choose one"),
            *((category.public_id, category.name) for category in categories),
            (NEW_CATEGORY, "A new category"),
        ]

    def show(self, reason: Reason, category: Reason | None) -> None:
        """Fill in the fields from a reason."""
        self.name.data = reason.name
        self.category.data = category.public_id if category else ""
        self.definition.data = reason.definition
        self.includes.data = reason.includes
        self.excludes.data = reason.excludes
        self.seeds.data = seed_words.written(reason.seeds)

    def validate_category(self, field: SelectField) -> None:
        if not field.data:
            raise Refused("Choose the category it belongs to.")

    def validate_new_category(self, field: LineField) -> None:
        if self.category.data == NEW_CATEGORY and not field.data:
            raise Refused("Name the new category.")

    def validate_seeds(self, field: ProseField) -> None:
        try:
            seed_words.read(field.text)
        except seed_words.UnknownLanguage as refusal:
            raise Refused(str(refusal)) from refusal

    @property
    def reason_text(self) -> ReasonText:
        return ReasonText(
            name=self.name.text,
            definition=self.definition.text.strip(),
            includes=self.includes.text.strip(),
            excludes=self.excludes.text.strip(),
            seeds=seed_words.read(self.seeds.text),
        )


class TapForm(Part):
    """A reason at the finish: one that was offered and can be chosen, or one that is typed."""

    reason = HiddenField()
    name = LineField("Another reason", most=LONGEST_NAME)
    chosen = BooleanField()
    direction = RadioField(
        "Which way it spoke",
        [Optional()],
        choices=[(Direction.FOR.value, "For us"), (Direction.AGAINST.value, "Against us")],
    )
    decided = BooleanField("It decided")

    @property
    def is_given(self) -> bool:
        return bool(self.chosen.data if self.reason.data else self.name.data)


class FinishForm(Form):
    """Two minutes at the end of an interview."""

    taps = FieldList(FormField(TapForm), "Reasons", max_entries=12)
    #: A sentence as 'answer~revision~start~end', or empty.
    strongest = HiddenField("The strongest sentence")
    why = LineField("Why, in one sentence", most=500)
    promised = ProseField("What did we promise?", most=2000)
    follow_up = ProseField("What happens next?", most=2000)

    @property
    def given(self) -> list[TapForm]:
        return [entry.form for entry in self.taps if entry.form.is_given]
