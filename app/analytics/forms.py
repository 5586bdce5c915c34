"""The shape of a theme's question to the buyers to come."""

from __future__ import annotations

from wtforms import RadioField
from wtforms.validators import InputRequired

from app.core.forms import Form, ProseField, options
from app.guides.words import KIND_WORDS
from app.interviews.models import Kind
from app.tagging.models import Reason


class AskForm(Form):
    say = ProseField("Question", [InputRequired("Enter a question.")], most=1000)
    kind = RadioField(
        "It asks for",
        choices=options((kind.value, words) for kind, (words, _) in KIND_WORDS.items()),
        default=Kind.FACT.value,
    )

    @classmethod
    def about(cls, reason: Reason) -> AskForm:
        """With a question of fact that fits any theme, to be reworded or sent as it is."""
        name = reason.name[:1].lower() + reason.name[1:]
        return cls(say=f"What happened when {name} came up while you were deciding?")
