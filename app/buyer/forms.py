"""What a buyer sends. The address is the proof that it is them, so no form carries another."""

from __future__ import annotations

import uuid

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Length, ValidationError

from app.buyer.languages import LANGUAGES
from app.buyer.reading import MOST_CHARACTERS
from app.core.forms import Form, LineField, ProseField, options
from app.deals.models import Seller
from app.interviews.models import Scope

LONGEST = 20_000
_NOT_TOO_LONG = Length(
    max=LONGEST, message=_("This is longer than we can keep. Please shorten it a little.")
)

#: From the widest to the narrowest.
SCOPES = (
    (Scope.NAME.value, _("Yes, with my name")),
    (Scope.ROLE.value, _("Yes, by my role only")),
    (Scope.COUNT.value, _("No, only count what I say")),
)
_YES_NO = (("yes", _("Yes")), ("no", _("No")))


class BuyerForm(Form):
    """Nobody can be tricked into sending it who does not know the address."""

    class Meta:
        csrf = False


class AllowForm(BuyerForm):
    """How the words may be used."""

    scope = RadioField(
        _("May we quote you?"),
        [InputRequired(_("Please choose one."))],
        choices=options([*SCOPES]),
    )
    seller_may_read = RadioField(
        _("May the person who sold to you read what you say?"),
        [InputRequired(_("Please choose one."))],
        choices=options([*_YES_NO]),
    )

    def ask_about(self, seller: Seller | None) -> None:
        """By name, where we know who sold to them: they know that person."""
        if seller is not None:
            self.seller_may_read.label.text = gettext(
                "May %(name)s, who sold to you, read what you say?", name=seller.name
            )


class AnswerForm(BuyerForm):
    """An answer as it is written; `revision`, `base` and `over` as in the interview."""

    text = ProseField(_("Your answer"), [_NOT_TOO_LONG], most=10 * LONGEST)
    revision = LineField("revision", most=36)
    base = IntegerField("base", default=0)
    over = LineField("over", most=36)
    asked_more = LineField("asked_more", most=1)

    def validate_revision(self, field: LineField) -> None:
        try:
            field.data = str(uuid.UUID(field.data or ""))
        except ValueError as error:
            raise ValidationError(_("This page is too old. Please reload it.")) from error


class CorrectionForm(BuyerForm):
    text = ProseField(_("Your words"), [_NOT_TOO_LONG], most=10 * LONGEST)


class QuoteForm(BuyerForm):
    """How one passage may be used."""

    scope = RadioField(_("This passage may be used"), choices=options([*SCOPES]))


class LanguageForm(BuyerForm):
    language = RadioField("language", choices=options(LANGUAGES.items()))


class BringForm(Form):
    """A reply that came to somebody's own mailbox: the mail as a file, or its words."""

    file = FileField("The mail as a file")
    pasted = ProseField("Or paste what they wrote", most=MOST_CHARACTERS)

    def validate_file(self, field: FileField) -> None:
        if not (field.data and field.data.filename) and not self.pasted.text.strip():
            raise ValidationError("Choose a file, or paste the words.")


class PlaceForm(Form):
    """Where each piece of a reply belongs, in the order of the pieces; sent by one of us."""

    base = IntegerField("base", default=0)
    by = LineField("by", most=10)
    where = SelectMultipleField("where")
