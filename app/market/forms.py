"""The shape of what people type about competitors and differentiators."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import RadioField
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, ProseField, options
from app.market.models import Uniqueness
from app.market.pasted import LONGEST_NAME, PastedLine, read_names, read_pasted

UNIQUENESS_WORDS = {
    Uniqueness.UNIQUE: "Unique: nobody else has it",
    Uniqueness.COMPARATIVE: "Comparative: others have it, ours is better",
}


class PasteForm(Form):
    lines = ProseField("One name a line", [InputRequired("Paste or type at least one name.")])

    def pasted(self) -> list[PastedLine]:
        return read_pasted(self.lines.text)


class CompetitorForm(Form):
    name = LineField("Name", [InputRequired("Enter a name.")], most=LONGEST_NAME)
    aliases = ProseField(
        "Also called",
        most=2000,
        description="Other names and spellings, one a line. Imports find the competitor by them.",
    )

    def other_names(self) -> list[str]:
        return read_names(self.aliases.text)

    def show_names(self, aliases: Sequence[str]) -> None:
        self.aliases.data = "\n".join(aliases)


class DifferentiatorForm(CompetitorForm):
    claim = ProseField(
        "The claim, in one sentence",
        most=500,
        description="What a buyer gets by it, so that a buyer could say yes or no.",
    )
    uniqueness = RadioField(
        "How it differs",
        choices=options([(token.value, words) for token, words in UNIQUENESS_WORDS.items()]),
        default=Uniqueness.COMPARATIVE.value,
    )
    owner_name = LineField("Owner", most=200, description="Who keeps the claim true.")
    aliases = ProseField(
        "Also called",
        most=2000,
        description="Other names, one a line. Imports find the differentiator by them.",
    )
