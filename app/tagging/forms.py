"""The shape of what people send about reasons."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import SelectField
from wtforms.validators import DataRequired
from wtforms.validators import ValidationError as Refused

from app.core.forms import Form, LineField, ProseField
from app.tagging import seed_words
from app.tagging.models import Reason
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
