"""The shape of what people send about the reason list."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired
from wtforms.validators import ValidationError as Refused

from app.core.forms import Form, LineField, ProseField, options
from app.tagging import seed_words
from app.tagging.codebook.versions import LONGEST_WHY
from app.tagging.models import Reason
from app.tagging.reasons import LONGEST_NAME, ReasonText

NEW_CATEGORY = "new"
COLOUR = re.compile(r"#[0-9a-f]{6}")


class WhyForm(Form):
    """Why the list is changed; whoever changes what is there says so."""

    why = LineField(
        "Why",
        [DataRequired("Say why, in a few words. It stays with this version of the list.")],
        most=LONGEST_WHY,
    )


class CategoryForm(WhyForm):
    """What the list says of a category."""

    name = LineField("Name", [DataRequired("Give the category a name.")], most=LONGEST_NAME)
    definition = ProseField("What it gathers", most=2000)

    def show(self, category: Reason) -> None:
        self.name.data = category.name
        self.definition.data = category.definition


class ReasonForm(Form):
    """What the list says of a new reason."""

    name = LineField("Name", [DataRequired("Give the reason a name.")], most=LONGEST_NAME)
    category = SelectField("Stands under")
    new_category = LineField("Name of the new category", most=LONGEST_NAME)
    definition = ProseField(
        "What it means", [DataRequired("Say what the reason means, in a sentence.")], most=2000
    )
    includes = ProseField("Also counts", most=2000)
    excludes = ProseField("Does not count", most=2000)
    examples = ProseField("Examples", most=5000)
    seeds = ProseField("Words that buyers say", most=5000)
    colour = LineField("Colour", most=20)

    def offer_places(self, places: Iterable[tuple[Reason, int]]) -> None:
        """Categories, and the reasons under which a narrower one can stand."""
        self.category.choices = options(
            [
                ("", "Choose one"),
                *((row.public_id, "\u2003" * depth + row.name) for row, depth in places),
                (NEW_CATEGORY, "A new category"),
            ]
        )

    def show(self, reason: Reason) -> None:
        """Fill in the fields from a reason."""
        self.name.data = reason.name
        self.category.data = reason.parent.public_id if reason.parent else ""
        self.definition.data = reason.definition
        self.includes.data = reason.includes
        self.excludes.data = reason.excludes
        self.examples.data = "\n".join(reason.examples)
        self.seeds.data = seed_words.written(reason.seeds)
        self.colour.data = reason.colour

    def validate_category(self, field: SelectField) -> None:
        if not field.data:
            raise Refused("Choose where it belongs.")

    def validate_new_category(self, field: LineField) -> None:
        if self.category.data == NEW_CATEGORY and not field.data:
            raise Refused("Name the new category.")

    def validate_seeds(self, field: ProseField) -> None:
        try:
            seed_words.read(field.text)
        except seed_words.UnknownLanguage as refusal:
            raise Refused(str(refusal)) from refusal

    def validate_colour(self, field: LineField) -> None:
        if field.text and not COLOUR.fullmatch(field.text.lower()):
            raise Refused("Write a colour as # and six digits, such as #1f7a8c, or leave it empty.")

    @property
    def reason_text(self) -> ReasonText:
        return ReasonText(
            name=self.name.text,
            definition=self.definition.text.strip(),
            includes=self.includes.text.strip(),
            excludes=self.excludes.text.strip(),
            examples=[line.strip() for line in self.examples.text.splitlines() if line.strip()],
            seeds=seed_words.read(self.seeds.text),
            colour=self.colour.text.lower(),
        )


class ChangeReasonForm(ReasonForm, WhyForm):
    """What the list says of a reason from now on, and why."""


class MergeForm(WhyForm):
    """Into which other a reason goes."""

    into = SelectField("It becomes part of")

    def offer(self, rows: Iterable[Reason]) -> None:
        self.into.choices = options(
            [("", "Choose one"), *((row.public_id, row.name) for row in rows)]
        )

    def validate_into(self, field: SelectField) -> None:
        if not field.data:
            raise Refused("Choose the one it becomes part of.")


class SplitForm(WhyForm):
    """What a reason becomes."""

    first = LineField("First reason", [DataRequired("Name at least two.")], most=LONGEST_NAME)
    second = LineField("Second reason", [DataRequired("Name at least two.")], most=LONGEST_NAME)
    third = LineField("Third reason", most=LONGEST_NAME)
    fourth = LineField("Fourth reason", most=LONGEST_NAME)
    retires = BooleanField("Retire the old reason once every quote is decided", default=True)

    @property
    def names(self) -> list[str]:
        fields = (self.first, self.second, self.third, self.fourth)
        return [" ".join(field.text.split()) for field in fields if field.text]
