"""What we write about letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from wtforms import RadioField
from wtforms.validators import InputRequired, Optional, ValidationError

from app.core.forms import EmailField, Form, LineField, ProseField, options
from app.deals.models import Contact
from app.invitations.wording import Step, Wording, faults_of_subject, faults_of_text

_SAME, _NEW = "same", "new"


class WordingForm(Form):
    """One letter. Words in braces are filled in."""

    subject = LineField("Subject", [InputRequired("A letter has a subject.")], most=200)
    text = ProseField("Letter", [InputRequired("Nothing is written.")], most=5_000)

    def __init__(self, step: Step, **given: Any) -> None:
        super().__init__(**given)
        self._step = step

    @property
    def words(self) -> Wording:
        return Wording(self.subject.text, self.text.text.strip("\n"))

    def validate_subject(self, field: LineField) -> None:
        fault = faults_of_subject(field.text)
        if fault:
            raise ValidationError(fault)

    def validate_text(self, field: ProseField) -> None:
        fault = faults_of_text(field.text, self._step)
        if fault:
            raise ValidationError(fault)


class ContactForm(Form):
    """Whom to write to, and where. With `one_field` only the address of the contact is missing."""

    who = RadioField("Who can tell us how they decided?", validators=[Optional()], choices=[])
    name = LineField("Their name")
    email = EmailField("Their e-mail")

    def __init__(
        self, present: Contact | None, others: Sequence[Contact], *, one_field: bool, **given: Any
    ) -> None:
        super().__init__(**given)
        self._present = present
        self._by_id = {contact.public_id: contact for contact in others}
        self.one_field = one_field
        known = [
            (contact.public_id, f"{contact.name}, {contact.email or 'no e-mail known'}")
            for contact in others
        ]
        same = [(_SAME, f"{present.name}, at another address")] if present is not None else []
        self.who.choices = options([*known, *same, (_NEW, "Somebody else")])
        if len(self.who.choices) == 1 and not self.who.data:
            self.who.data = _NEW

    @property
    def chosen(self) -> Contact | None:
        """None for somebody whom we do not know yet."""
        if self.one_field or self.who.data == _SAME:
            return self._present
        return self._by_id.get(self.who.data or "")

    def validate_who(self, field: RadioField) -> None:
        if not self.one_field and not field.data:
            raise ValidationError("Choose who is to be asked.")

    def validate_name(self, field: LineField) -> None:
        if not self.one_field and self.who.data == _NEW and not field.text:
            raise ValidationError("Enter their name.")

    def validate_email(self, field: EmailField) -> None:
        is_known = self.chosen is not None and self.chosen is not self._present
        if not field.text and not (is_known and self.chosen and self.chosen.email):
            raise ValidationError("Enter their e-mail address.")
        is_same = self._present is not None and field.text.lower() == self._present.email.lower()
        if field.text and is_same and self.chosen is self._present:
            raise ValidationError("Mail to this address came back. Enter another one.")


class BookingAddressForm(Form):
    address = LineField("Address of your booking page", most=2000)

    def validate_address(self, field: LineField) -> None:
        if not field.text:
            return
        parts = urlsplit(field.text)
        if parts.scheme != "https" or not parts.netloc or any(c.isspace() for c in field.text):
            raise ValidationError("Enter an address that begins with https://.")
