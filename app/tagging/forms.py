"""The shape of what people send about reasons, at the finish, and about tags."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms import Form as Part
from wtforms.validators import DataRequired, Optional
from wtforms.validators import ValidationError as Refused

from app.core.forms import Form, LineField, ProseField
from app.interviews.models import Answer, Kind
from app.market.models import Competitor, Differentiator
from app.tagging import seed_words
from app.tagging.models import Direction, Layer, Reason, Tag, Weight
from app.tagging.reasons import LONGEST_NAME, ReasonText
from app.tagging.sentences import sentences
from app.tagging.words import DIRECTIONS, EVIDENCE, LAYERS, WEIGHTS

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
        choices=[(each.value, DIRECTIONS[each]) for each in (Direction.FOR, Direction.AGAINST)],
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


class SpanForm(Form):
    """Words of an answer: a span that a script selected, or sentences that were picked."""

    revision = IntegerField("Revision", [Optional()])
    start = IntegerField("Start", [Optional()])
    end = IntegerField("End", [Optional()])
    sentences = SelectMultipleField("Sentences")

    def offer_sentences(self, answer: Answer) -> None:
        self.sentences.choices = [
            (f"{each.start}-{each.end}", each.text) for each in sentences(answer.text)
        ]

    @property
    def span(self) -> tuple[int, int] | None:
        """From the first to the last word that was chosen; None where nothing was."""
        if self.start.data is not None and self.end.data is not None:
            return self.start.data, self.end.data
        ends = [int(at) for value in self.sentences.data or () for at in value.split("-")]
        return (min(ends), max(ends)) if ends else None


class TagForm(SpanForm):
    """What a tag says of a quote."""

    reason = LineField("Reason", [DataRequired("Choose a reason.")], most=LONGEST_NAME)
    as_draft = BooleanField("Add it to the reason list as a draft")
    direction = RadioField(
        "It speaks", choices=[(each.value, DIRECTIONS[each]) for each in Direction]
    )
    weight = RadioField(
        "Its weight",
        choices=[(each.value, WEIGHTS[each]) for each in Weight],
        default=Weight.MENTIONED.value,
    )
    layer = RadioField(
        "It was",
        choices=[(each.value, LAYERS[each]) for each in Layer],
        default=Layer.SURFACE.value,
    )
    evidence = RadioField(
        "What kind of statement",
        choices=[("", "Not said"), *((each.value, EVIDENCE[each]) for each in Kind)],
        default="",
    )
    differentiator = SelectField("Differentiator")
    competitor = SelectField("Competitor")

    def offer(
        self, differentiators: Iterable[Differentiator], competitors: Iterable[Competitor]
    ) -> None:
        self.differentiator.choices = _or_none(differentiators)
        self.competitor.choices = _or_none(competitors)

    def show(self, tag: Tag) -> None:
        """Fill in the fields from a tag."""
        self.reason.data = tag.reason.name if tag.reason else ""
        self.direction.data = tag.direction.value
        self.weight.data = tag.weight.value
        self.layer.data = tag.layer.value
        self.evidence.data = tag.evidence.value if tag.evidence else ""
        self.differentiator.data = tag.differentiator.public_id if tag.differentiator else ""
        self.competitor.data = tag.competitor.public_id if tag.competitor else ""


def _or_none(rows: Iterable[Differentiator | Competitor]) -> list[tuple[str, str]]:
    return [("", "None"), *((row.public_id, row.name) for row in rows)]
