"""The written parts of a report."""

from __future__ import annotations

from wtforms.validators import Optional

from app.core.forms import Form, LineField, ProseField


class WrittenForm(Form):
    """What a person writes beside the figures."""

    headline = LineField(
        "Headline",
        [Optional()],
        most=140,
        description="What the report says, in one sentence. Empty: its plain name.",
    )
    to_do = ProseField(
        "What to do", [Optional()], most=4000, description="One line for each thing to do."
    )
