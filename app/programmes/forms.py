"""The shape of what is typed about programmes and about asking."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import EmailField, Form, LineField, ProseField, options
from app.deals.models import BuyingRole, Contact, Outcome
from app.deals.words import BUYING_ROLE_WORDS
from app.guides.models import GuideVersion
from app.identity.models import User
from app.market.models import Competitor
from app.programmes.models import FIRST_MIX, Approval, ExclusionKind, Programme, Sharing, Way
from app.programmes.words import (
    APPROVALS,
    EXCLUSIONS,
    PICKED_EXCLUSIONS,
    SHARINGS,
    WAYS,
)
from app.tagging.models import Reason

MIXED = (Outcome.LOST, Outcome.WON, Outcome.NO_DECISION, Outcome.RENEWED, Outcome.CHURNED)
UNKNOWN = "unknown"
_WHOLE = 100
_NO_ADDRESS = "Enter an address in the form name@example.com."
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def _tokens(tokens: Iterable[Any], words: Mapping[Any, str]) -> list[Any]:
    return options((token.value, words[token]) for token in tokens)


def _number(label: str, least: int, most: int, hint: str = "", default: int | None = None) -> Any:
    message = f"Enter a number from {least} to {most}."
    return IntegerField(
        label,
        [InputRequired(message), NumberRange(least, most, message)],
        description=hint,
        default=default,
    )


class ProgrammeForm(Form):
    name = LineField(
        "Name",
        [InputRequired("Enter a name, such as Enterprise losses, Europe.")],
        most=200,
        description="Such as ‘Enterprise losses, Europe’.",
    )
    per_week = _number("Interviews a week", 1, 500, "How many you can hold and use.", 5)
    mix_lost = _number("Lost", 0, _WHOLE, default=FIRST_MIX["lost"])
    mix_won = _number("Won", 0, _WHOLE, default=FIRST_MIX["won"])
    mix_no_decision = _number("No decision", 0, _WHOLE, default=FIRST_MIX["no_decision"])
    mix_renewed = _number("Renewed", 0, _WHOLE, default=0)
    mix_churned = _number("Churned", 0, _WHOLE, default=0)
    way = RadioField("How they are asked", choices=_tokens(Way, WAYS))
    minutes = _number("Minutes", 5, 120, "How long we say it takes.", 30)
    guide = SelectField("Guide")
    languages = LineField(
        "Languages", most=60, description="Such as en, de. Empty: whatever they speak."
    )
    interviewers = SelectMultipleField(
        "Who may interview",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    sharing = RadioField("Of several", choices=_tokens(Sharing, SHARINGS))
    owner_may_interview = BooleanField(
        "The deal's owner may interview",
        description="Buyers say less to whoever sold to them. It is kept with every interview.",
    )
    approval = RadioField("Before somebody is asked", choices=_tokens(Approval, APPROVALS))
    queue_hours = _number("Hours in the queue", 0, 336, "To look at it, remove or hold it.", 48)
    contact_rest_days = _number("Days until the same person is asked again", 0, 3650, default=180)
    account_rest_days = _number("Days until the same company is asked again", 0, 3650, default=30)
    skips_personal_addresses = BooleanField(
        "Leave out personal addresses", description="Such as those at gmail.com or web.de."
    )
    double_coded_percent = _number(
        "Percent tagged by two people", 0, _WHOLE, "Picked by lot, to see how well they agree.", 10
    )

    def offer(self, guides: Iterable[GuideVersion], users: Iterable[User]) -> None:
        self.guide.choices = options(
            [
                ("", "The one that fits the deal"),
                *((version.slug, version.title) for version in guides),
            ]
        )
        self.interviewers.choices = options((str(user.id), user.name) for user in users)

    def begin(self) -> None:
        """What a new programme starts with."""
        self.way.data = Way.CALL.value
        self.sharing.data = Sharing.ANY.value
        self.approval.data = Approval.ONE_BY_ONE.value

    def show(self, programme: Programme, interviewers: Sequence[User]) -> None:
        for name in (*_PLAIN, "way", "sharing", "approval"):
            self[name].data = getattr(programme, name)
        for outcome in MIXED:
            self[f"mix_{outcome.value}"].data = programme.mix.get(outcome.value, 0)
        self.guide.data = programme.guide_slug
        self.languages.data = ", ".join(programme.languages)
        self.interviewers.data = [str(user.id) for user in interviewers]

    def values(self) -> dict[str, Any]:
        """What the operations take, but for the rule and the interviewers."""
        mix = {outcome.value: self[f"mix_{outcome.value}"].data for outcome in MIXED}
        return {
            **{name: self[name].data for name in _PLAIN},
            "way": Way(self.way.data),
            "sharing": Sharing(self.sharing.data),
            "approval": Approval(self.approval.data),
            "mix": {token: percent for token, percent in mix.items() if percent},
            "guide_slug": self.guide.data,
            "languages": _languages(self.languages.text),
        }

    @property
    def interviewer_ids(self) -> list[int]:
        return [int(value) for value in self.interviewers.data or []]

    def validate_languages(self, field: LineField) -> None:
        if any(not _LANGUAGE.fullmatch(one) for one in _languages(field.text)):
            raise ValidationError("Enter short codes with commas between them, such as en, de.")

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        shares = [self[f"mix_{outcome.value}"].data for outcome in MIXED]
        if all(isinstance(share, int) for share in shares) and sum(shares) != _WHOLE:
            self.mix_lost.errors = [
                *self.mix_lost.errors,
                f"The shares are {sum(shares)} % together. Make them 100.",
            ]
            return False
        return valid


_PLAIN = (
    "name",
    "per_week",
    "minutes",
    "owner_may_interview",
    "queue_hours",
    "contact_rest_days",
    "account_rest_days",
    "skips_personal_addresses",
    "double_coded_percent",
)


def _languages(typed: str) -> list[str]:
    return [one for one in re.split(r"[\s,;]+", typed.lower()) if one]


class WhyForm(Form):
    """Why something is removed or held."""

    why = LineField("Why", [InputRequired("Say why in a few words.")], most=300)


class ContactForm(Form):
    """Whom to ask instead: somebody known, or somebody new."""

    contact = RadioField("Whom to ask", validators=[Optional()])
    name = LineField("Name")
    email = EmailField("E-mail")

    def offer(self, people: Iterable[Contact]) -> None:
        known = [(row.public_id, _called(row)) for row in people]
        self.contact.choices = options([*known, ("", "Somebody else")])

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        if self.contact.data:
            return valid
        if not self.name.text:
            self.name.errors = ["Enter a name."]
        if not self.email.text:
            self.email.errors = [
                *self.email.errors,
                "Enter an address in the form name@example.com.",
            ]
        return valid and not self.name.errors and not self.email.errors


def _called(contact: Contact) -> str:
    title = f", {contact.job_title}" if contact.job_title else ""
    return f"{contact.name}{title}" + ("" if contact.email else " (no e-mail known)")


class AddressForm(Form):
    """The one thing that is missing."""

    email = EmailField("E-mail", [InputRequired(_NO_ADDRESS)])


class NominationForm(Form):
    name = LineField("Name", [InputRequired("Enter a name.")])
    email = EmailField("E-mail", [InputRequired(_NO_ADDRESS)])
    job_title = LineField("Job title", most=200)
    buying_role = SelectField(
        "Part in the decision",
        choices=[*options([("", "Not known")]), *_tokens(BuyingRole, BUYING_ROLE_WORDS)],
    )


class ObjectionForm(Form):
    reason = ProseField(
        "Why they should not be asked",
        [InputRequired("Say why: whoever decides about it reads this.")],
        most=2000,
    )


class AnswerForm(Form):
    """What is decided about an objection."""

    answer = LineField("What you tell the seller", most=500)


class ExclusionForm(Form):
    kind = RadioField(
        "Why",
        [InputRequired("Pick one.")],
        choices=_tokens(PICKED_EXCLUSIONS, EXCLUSIONS),
        description="The first three take the deal out of every figure, too.",
    )
    reason = LineField("In your words", [InputRequired("Say why in a few words.")], most=500)

    @property
    def picked(self) -> ExclusionKind:
        return ExclusionKind(self.kind.data)


class OptOutForm(Form):
    email = EmailField("E-mail", [InputRequired(_NO_ADDRESS)])
    how = LineField("How they told us", [InputRequired("Such as: on the phone.")], most=120)


class SellerViewForm(Form):
    """Four questions; 'I do not know' is an answer to each."""

    reason = SelectField(
        "What was the main reason?", [InputRequired("Pick one; ‘I do not know’ is an answer.")]
    )
    competitor = SelectField(
        "Who was the strongest alternative?",
        [InputRequired("Pick one; ‘I do not know’ is an answer.")],
    )
    decided_by = RadioField(
        "Who decided in the end?",
        [InputRequired("Pick one; ‘I do not know’ is an answer.")],
        choices=[*_tokens(BuyingRole, BUYING_ROLE_WORDS), *options([(UNKNOWN, "I do not know")])],
    )
    would_have_changed = ProseField(
        "What would have changed it?",
        most=1000,
        description="A line is enough. Empty means: I do not know.",
    )
    opened = HiddenField()

    def offer(
        self,
        reasons: Iterable[tuple[str, Sequence[Reason]]],
        met: Sequence[Competitor],
        others: Sequence[Competitor],
    ) -> None:
        """Reasons by category; competitors that were met in the deal first."""
        first = [("", "Pick one"), (UNKNOWN, "I do not know")]
        self.reason.choices = options(first)
        for category, rows in reasons:
            self.reason.choices += options(((row.public_id, row.name) for row in rows), of=category)
        rivals = [(row.public_id, row.name) for row in [*met, *others]]
        self.competitor.choices = options([*first, *rivals])
