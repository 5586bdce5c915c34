"""The shape of what people send about quotes and their tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import Optional
from wtforms.validators import ValidationError as Refused

from app.core.forms import Form, LineField, ProseField, options
from app.interviews.conversation import Turn
from app.interviews.models import Counterfactual, Kind
from app.interviews.words import COUNTERFACTUAL
from app.market.models import Competitor, Differentiator, Life
from app.tagging.giving import Decided
from app.tagging.models import Direction, Layer, Tag, Weight
from app.tagging.reasons import LONGEST_NAME
from app.tagging.sentences import sentences
from app.tagging.words import DIRECTIONS, EVIDENCE, LAYERS, WEIGHTS, shortened

LONGEST_NOTE = 2000


def _unchanged(words: Mapping[Any, str]) -> list[Any]:
    return options([("", "As it is"), *((token.value, word) for token, word in words.items())])


#: Of what is offered only where it is shown, or chosen.
_NONE = options([("", "None")])


class SpanForm(Form):
    """Words of an answer: a span that a script selected, or sentences that were picked."""

    revision = IntegerField("Revision", [Optional()])
    start = IntegerField("Start", [Optional()])
    end = IntegerField("End", [Optional()])
    sentences = SelectMultipleField("Sentences", choices=[])

    def offer_sentences(self, text: str) -> None:
        self.sentences.choices = options(
            [(f"{each.start}-{each.end}", each.text) for each in sentences(text)]
        )

    @property
    def span(self) -> tuple[int, int] | None:
        """From the first to the last word that was chosen; None where nothing was."""
        if self.start.data is not None and self.end.data is not None:
            return self.start.data, self.end.data
        ends = [int(at) for value in self.sentences.data or () for at in value.split("-")]
        return (min(ends), max(ends)) if ends else None


class TagForm(SpanForm):
    """What a tag says of a quote."""

    reason = LineField("Reason", most=LONGEST_NAME)
    as_draft = BooleanField("Add it to the reason list as a draft")
    direction = RadioField(
        "It speaks", choices=options([(each.value, DIRECTIONS[each]) for each in Direction])
    )
    weight = RadioField(
        "Its weight",
        choices=options([(each.value, WEIGHTS[each]) for each in Weight]),
        default=Weight.MENTIONED.value,
    )
    layer = RadioField(
        "It was",
        choices=options([(each.value, LAYERS[each]) for each in Layer]),
        default=Layer.SURFACE.value,
    )
    evidence = RadioField(
        "What kind of statement",
        choices=options([("", "Not said"), *((each.value, EVIDENCE[each]) for each in Kind)]),
        default="",
    )
    would_decide = RadioField(
        "Had we had it, what would they have decided?",
        choices=options(
            [
                ("", "Not said"),
                *((each.value, COUNTERFACTUAL[each]) for each in Counterfactual),
            ]
        ),
        default="",
    )
    #: Asked only where a second reason of the interview is called decisive.
    decided = RadioField("Which decided?", choices=[], default="", validate_choice=False)
    differentiator = SelectField("Differentiator", choices=_NONE, default="")
    competitor = SelectField("Competitor", choices=_NONE, default="")
    first = SelectField("Behind which first answer?", choices=_NONE, default="")
    note = ProseField("Note for taggers", most=LONGEST_NOTE)
    comes_back = BooleanField("Come back to it")

    def offer_differentiators(self, rows: Iterable[Differentiator]) -> None:
        self.differentiator.choices = _or_none(rows)

    def offer_competitors(self, rows: Iterable[Competitor]) -> None:
        self.competitor.choices = _or_none(rows)

    def offer_first_answers(self, first_answers: Iterable[Tag]) -> None:
        self.first.choices = options(
            [
                ("", "None"),
                *(
                    (tag.public_id, f"{tag.reason.name}: {shortened(tag.verbatim.text)}")
                    for tag in first_answers
                    if tag.reason is not None
                ),
            ]
        )

    def ask_which_decided(self, earlier: str) -> None:
        self.decided.choices = options(
            [
                (Decided.BOTH.value, "Both decided"),
                (Decided.THIS.value, f"This one; ‘{earlier}’ contributed"),
                (Decided.EARLIER.value, f"‘{earlier}’; this one contributed"),
            ]
        )

    @property
    def said_which_decided(self) -> Decided | None:
        given = self.decided.data
        return Decided(given) if given in set(Decided) else None

    def validate_reason(self, field: LineField) -> None:
        if not field.text and not self.comes_back.data:
            raise Refused("Choose a reason, or mark the words to come back to.")

    def show(self, tag: Tag) -> None:
        """Fill in the fields from a tag."""
        self.reason.data = tag.reason.name if tag.reason else ""
        self.direction.data = tag.direction.value
        self.weight.data = tag.weight.value
        self.layer.data = tag.layer.value
        self.evidence.data = tag.evidence.value if tag.evidence else ""
        self.would_decide.data = tag.counterfactual.value if tag.counterfactual else ""
        self.differentiator.data = tag.differentiator.public_id if tag.differentiator else ""
        self.competitor.data = tag.competitor.public_id if tag.competitor else ""
        self.first.data = tag.first.public_id if tag.first else ""
        self.note.data = tag.note
        self.comes_back.data = tag.comes_back


class SaidForm(TagForm):
    """A tag of words that stand in no answer yet: they become one with it."""

    #: Empty for a question of their own.
    question = SelectField("Make them the answer to", default="")

    def offer_questions(self, own: str, turns: Iterable[Turn]) -> None:
        self.question.choices = options(
            [
                ("", f"What was asked: {shortened(own)}" if own else "No question"),
                *((turn.question_id, turn.say) for turn in turns),
            ]
        )


class ManyForm(Form):
    """The same said of several tags; what is left empty stays as it is."""

    def __init__(self) -> None:
        super().__init__(prefix="many-")

    tags = SelectMultipleField("Tags", validate_choice=False)
    reason = LineField("Reason", most=LONGEST_NAME)
    direction = SelectField("It speaks", choices=_unchanged(DIRECTIONS), default="")
    weight = SelectField("Its weight", choices=_unchanged(WEIGHTS), default="")
    layer = SelectField("It was", choices=_unchanged(LAYERS), default="")
    evidence = SelectField("What kind of statement", choices=_unchanged(EVIDENCE), default="")

    @property
    def said(self) -> dict[str, str]:
        """What is to change, the reason aside."""
        given = {
            "direction": self.direction.data,
            "weight": self.weight.data,
            "layer": self.layer.data,
            "evidence": self.evidence.data,
        }
        return {name: value for name, value in given.items() if value}


def _or_none(rows: Iterable[Differentiator | Competitor]) -> list[Any]:
    in_use = ((row.public_id, row.name) for row in rows if row.life is not Life.RETIRED)
    return options([("", "None"), *in_use])
