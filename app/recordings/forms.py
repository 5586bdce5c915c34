"""What a browser sends of a recording."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from app.core.forms import Form, LineField
from app.recordings.operations import LARGEST

_DAY = 24 * 60 * 60


class BeginForm(Form):
    """A file as the browser sees it, before its first part."""

    file_name = LineField("File", [DataRequired("Choose a file.")])
    size = IntegerField("Size", [InputRequired(), NumberRange(0, LARGEST * 10)])


class PartForm(Form):
    part = FileField("Part", [FileRequired()])


class ShiftForm(Form):
    """Where the transcript begins."""

    seconds = IntegerField(
        "The transcript begins so many seconds into the recording",
        [InputRequired(), NumberRange(-_DAY, _DAY)],
    )
