"""The shape of what people type about themselves, their colleagues and their company."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, ValidationError

from app.core.currencies import currency_choices
from app.core.forms import (
    EmailField,
    Form,
    LineField,
    ProseField,
    SecretField,
    TimeZoneField,
    is_email,
    options,
)
from app.identity import passwords
from app.identity.models import Role
from app.identity.policy import ROLE_DUTIES, ROLE_NAMES

MOST_INVITED_AT_ONCE = 100
_ROLE_CHOICES = [(role.value, f"{ROLE_NAMES[role]}. {ROLE_DUTIES[role]}") for role in Role]


class SignInForm(Form):
    email = EmailField("E-mail address", [InputRequired("Enter your e-mail address.")])
    password = SecretField(
        "Password",
        [
            InputRequired("Enter your password."),
            Length(max=passwords.LONGEST, message="This is longer than a password may be."),
        ],
    )


def _new_password(label: str) -> SecretField:
    return SecretField(
        label,
        [InputRequired("Choose a password.")],
        description=f"At least {passwords.SHORTEST} characters. Three or four plain words are good,"
        " and easy to keep.",
    )


class _NewPasswordForm(Form):
    """A form with a new `password` in it; `about` is what anybody knows of its owner."""

    def __init__(self, *args: Any, about: Iterable[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self._about = [*about]

    def validate_password(self, field: SecretField) -> None:
        typed = [self.email.text] if "email" in self else []
        problem = passwords.problem_with(field.text, [*self._about, *typed])
        if problem:
            raise ValidationError(problem)


class FirstAdministratorForm(_NewPasswordForm):
    name = LineField("Your name", [InputRequired("Enter your name.")], most=200)
    email = EmailField(
        "E-mail address",
        [InputRequired("Enter your e-mail address.")],
        description="You sign in with it. Nothing is sent there now.",
    )
    password = _new_password("Password")
    time_zone = TimeZoneField("Time zone", [InputRequired("Pick your time zone.")])


class JoinForm(_NewPasswordForm):
    name = LineField("Your name", [InputRequired("Enter your name.")], most=200)
    password = _new_password("Password")
    time_zone = TimeZoneField("Time zone", description="Empty: the company's.")


class NewPasswordForm(_NewPasswordForm):
    """Choosing a password by a link that proved who one is."""

    password = _new_password("New password")


class ChangePasswordForm(_NewPasswordForm):
    present = SecretField(
        "Present password",
        [
            InputRequired("Enter your present password."),
            Length(max=passwords.LONGEST, message="This is longer than a password may be."),
        ],
    )
    password = _new_password("New password")


class ProfileForm(Form):
    name = LineField("Your name", [InputRequired("Enter your name.")], most=200)
    time_zone = TimeZoneField("Time zone", description="Empty: the company's.")


class UserForm(Form):
    name = LineField("Name", [InputRequired("Enter their name.")], most=200)
    role = RadioField("Role", choices=options(_ROLE_CHOICES))
    is_tagger = BooleanField("Also tags what buyers said")


class InviteForm(Form):
    emails = ProseField(
        "E-mail addresses",
        [InputRequired("Enter at least one address.")],
        description="One a line. Each person chooses a name and a password of their own.",
    )
    role = RadioField("Role", choices=options(_ROLE_CHOICES), default=Role.INTERVIEWER.value)
    is_tagger = BooleanField("They also tag what buyers said")

    @property
    def addresses(self) -> list[str]:
        """The addresses in the order they were typed, each once."""
        lines = [line.strip().lower() for line in self.emails.text.splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def validate_emails(self, field: ProseField) -> None:
        wrong = [address for address in self.addresses if not is_email(address)]
        if wrong:
            raise ValidationError(
                f"'{wrong[0][:80]}' is not in the form name@example.com. One address a line."
            )
        if len(self.addresses) > MOST_INVITED_AT_ONCE:
            raise ValidationError(f"At most {MOST_INVITED_AT_ONCE} addresses at once.")


class WorkspaceForm(Form):
    company = LineField("Company", [InputRequired("Enter your company's name.")], most=200)
    product = LineField(
        "Your product's name",
        [InputRequired("Enter the product that your deals are about.")],
        most=200,
        description="Guides and reports speak of it. With several, name the main one.",
    )
    currency = SelectField(
        "Currency", choices=currency_choices, description="Reports add up amounts in it."
    )
    time_zone = TimeZoneField(
        "Time zone",
        [InputRequired("Pick a time zone.")],
        description="Type a city and pick from the list. Everybody may set their own later.",
    )
    fiscal_year_first_month = SelectField(
        "First month of the fiscal year",
        choices=options([(number, calendar.month_name[number]) for number in range(1, 13)]),
        coerce=int,
        description="Quarters are counted from it.",
    )

    @property
    def values(self) -> dict[str, str | int]:
        """What the form holds, as operations.change_workspace takes it."""
        return {name: value for name, value in self.data.items() if name != "csrf_token"}
