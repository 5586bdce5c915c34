"""The shape of what people send about a transcript."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf.file import FileField
from wtforms import BooleanField, FieldList, FormField, HiddenField, IntegerField, SelectField
from wtforms import Form as Part
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.validators import ValidationError as Refused

from app.core.forms import Form, LineField, ProseField, options
from app.transcripts.drafting import How
from app.transcripts.reading import Format
from app.transcripts.words import FORMATS

NEW_CONTACT = "new"
SOMEBODY_OF_OURS = "ours"
SOMEBODY_ELSE = "other"
_LONGEST_PASTE = 2_000_000


class ImportForm(Form):
    """A file, or its words pasted."""

    file = FileField("The file")
    pasted = ProseField("Or paste it here", most=_LONGEST_PASTE)
    as_format = SelectField(
        "What it is",
        choices=options(
            [("", "Tell by what it holds"), *((each.value, FORMATS[each]) for each in Format)]
        ),
        default="",
    )
    replace = BooleanField("Put it in the place of the transcript that is there")

    def validate_file(self, field: FileField) -> None:
        if not (field.data and field.data.filename) and not self.pasted.text.strip():
            raise Refused("Choose a file, or paste the words.")

    @property
    def told_format(self) -> Format | None:
        return Format(self.as_format.data) if self.as_format.data else None


class SpeakerForm(Part):
    """Who one label is."""

    speaker = HiddenField()
    who = SelectField("Who is it?", [DataRequired("Say who this is.")])
    name = LineField("Name of the new contact", most=300)

    def validate_name(self, field: LineField) -> None:
        if self.who.data == NEW_CONTACT and not field.text:
            raise Refused("Give the new contact's name.")


class SpeakersForm(Form):
    """Who is who."""

    speakers = FieldList(FormField(SpeakerForm))

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        for entry in self.speakers:
            entry.form.who.choices = options([("", "Choose"), *choices])


class AcceptForm(Form):
    """What becomes of an answer that was typed before."""

    how = SelectField(
        "Both", choices=options([("", ""), *((each.value, each.value) for each in How)]), default=""
    )

    @property
    def chosen(self) -> How | None:
        return How(self.how.data) if self.how.data else None


class MoveForm(Form):
    question = HiddenField("Question")


class SplitForm(Form):
    position = IntegerField("Where", [InputRequired()])


class WordsForm(Form):
    """Words that were selected: each end as a segment's position and an offset in it."""

    question = LineField("Question")
    first = IntegerField("From", [InputRequired()])
    first_offset = IntegerField("From the letter", [InputRequired()])
    last = IntegerField("To", [InputRequired()])
    last_offset = IntegerField("To the letter", [Optional()])

    def validate_question(self, field: LineField) -> None:
        if not field.text:
            raise Refused("Choose the question that these words answer.")
