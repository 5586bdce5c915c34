"""The shape of what people type to connect a calendar."""

from __future__ import annotations

import re

from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired, Optional

from app.calendars.fetching import Access
from app.calendars.models import CalendarKind
from app.core.forms import Form, LineField, SecretField, options

_LONGEST_ADDRESS = 2000
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://")
_WEBCAL = re.compile(r"^webcals?://", re.IGNORECASE)


class AddressForm(Form):
    """A calendar that is read by its address alone."""

    name = LineField("What you call it", [Optional()], description="For example: Work.", most=200)
    address = LineField(
        "Address",
        [InputRequired("Paste the address of the calendar.")],
        most=_LONGEST_ADDRESS,
        description="It often ends in .ics, and is kept like a password.",
    )

    def access(self) -> Access:
        return Access(CalendarKind.ICS, as_web_address(self.address.text))


class ChangeAddressForm(AddressForm):
    """The address that is kept is not shown again."""

    address = LineField(
        "New address",
        most=_LONGEST_ADDRESS,
        description="Leave it empty to keep the present one, which is not shown.",
    )


class CaldavForm(Form):
    """A calendar that is read, and perhaps written, with a name and a password."""

    name = LineField(
        "What you call it", [Optional()], description="Empty: as its server calls it.", most=200
    )
    address = LineField(
        "Address",
        [InputRequired("Enter the address of the calendar or of its server.")],
        most=_LONGEST_ADDRESS,
        description="Of the calendar, or of its server: https://caldav.example.com/.",
    )
    username = LineField("User name", [InputRequired("Enter your user name there.")], most=320)
    password = SecretField(
        "Password",
        [InputRequired("Enter the password.")],
        description="An app password where the service has such. It is not shown again.",
    )
    writes = BooleanField(
        "Write booked interviews into this calendar",
        description="One calendar is written; the others are only read.",
    )

    def access(self, kept: str = "") -> Access:
        return Access(
            CalendarKind.CALDAV,
            as_web_address(self.address.text),
            self.username.text,
            self.password.text or kept,
        )


class ChangeCaldavForm(CaldavForm):
    """The password that is kept is not shown again."""

    password = SecretField(
        "New password", description="Leave it empty to keep the present one, which is not shown."
    )


class ChooseForm(Form):
    """Which of a server's calendars it is."""

    calendar = RadioField("Calendars", [InputRequired("Choose a calendar.")])

    def offer(self, offered: list[list[str]]) -> None:
        self.calendar.choices = options(
            [(str(number), name or address) for number, (address, name) in enumerate(offered)]
        )


def as_web_address(text: str) -> str:
    """Calendar programs write webcal:// for https://, and people leave it out."""
    address = _WEBCAL.sub("https://", text.strip())
    return address if not address or _SCHEME.match(address) else f"https://{address}"
