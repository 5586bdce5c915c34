"""The shape of what people type about deals, people, accounts, sellers and rates."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import BooleanField, DateField, DecimalField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.currencies import currency_choices
from app.core.formats import minor_digits
from app.core.forms import EmailField, Form, LineField, ProseField, TimeZoneField, options
from app.deals.models import DECIDED, BuyingRole, Deal, DealContact, Outcome, Seller
from app.deals.operations import Person
from app.deals.words import BUYING_ROLE_WORDS, OUTCOME_WORDS
from app.market.models import Competitor

_LARGEST_MINOR = 10**17


class AmountField(LineField):
    """An amount of money as people write it: 84,000 or 84000.50, without a currency sign."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data and not validation_stopped:
            self._number()

    def minor(self, currency: str) -> int | None:
        """In minor units of the currency; None where nothing was typed."""
        return int(self._number().scaleb(minor_digits(currency))) if self.data else None

    def _number(self) -> Decimal:
        try:
            number = Decimal("".join(self.text.replace(",", "").split()))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or not 0 <= number.scaleb(3) < _LARGEST_MINOR:
            raise ValidationError("Enter a number, such as 84,000 or 84000.50.")
        return number


class DayField(DateField):
    """A day, or none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not any(valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Enter a day, such as 2026-11-12.") from error


class DealForm(Form):
    account = LineField(
        "Account",
        [InputRequired("Enter the company that decided.")],
        description="Type its name; a company that is not known yet is added.",
    )
    name = LineField("Name of the deal", description="Empty: that of the account.")
    outcome = SelectField(
        "Outcome", choices=options([(token.value, words) for token, words in OUTCOME_WORDS.items()])
    )
    closed_on = DayField("Closed on")
    opened_on = DayField("First contact on")
    amount = AmountField("Amount", most=40)
    currency = SelectField("Currency")
    product = LineField("Product", most=200)
    seller = SelectField("Seller")
    competitors = SelectMultipleField(
        "Competitors met",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    won_by = SelectField("Who won it", description="Where we did not.")
    replaced = LineField("What it replaced", most=200, description="What they used before.")
    lead_source = LineField("Source of the lead", most=120)
    stated_reason = ProseField(
        "Reason the seller gave", most=5000, description="In the seller's words, kept apart."
    )

    def offer(
        self, sellers: Sequence[Seller], competitors: Sequence[Competitor], currency: str
    ) -> None:
        """Fill the choices; `currency` is the workspace's."""
        self.currency.choices = currency_choices()
        self.currency.default = currency
        self.seller.choices = options(
            [("", "Nobody yet"), *((row.public_id, row.name) for row in sellers)]
        )
        self.competitors.choices = options([(row.public_id, row.name) for row in competitors])
        self.won_by.choices = options(
            [("", "Nobody, or we do not know"), *((row.public_id, row.name) for row in competitors)]
        )

    def show(self, deal: Deal, met: Sequence[Competitor]) -> None:
        """Fill the form with the deal as it is."""
        for name in ("name", "closed_on", "opened_on", "product", "replaced", "lead_source"):
            self[name].data = getattr(deal, name)
        self.account.data = deal.account.name if deal.account else ""
        self.outcome.data = deal.outcome.value
        self.currency.data = deal.currency or self.currency.default
        self.amount.data = _typed_amount(deal)
        self.seller.data = deal.seller.public_id if deal.seller else ""
        self.won_by.data = deal.won_by.public_id if deal.won_by else ""
        self.competitors.data = [row.public_id for row in met]
        self.stated_reason.data = deal.stated_reason

    def values(
        self, sellers: Sequence[Seller], competitors: Sequence[Competitor]
    ) -> dict[str, Any]:
        """What the operations take."""
        by_id = {row.public_id: row for row in competitors}
        minor = self.amount.minor(self.currency.data)
        return {
            "account": self.account.text,
            "name": self.name.text,
            "outcome": Outcome(self.outcome.data),
            "closed_on": self.closed_on.data,
            "opened_on": self.opened_on.data,
            "amount_minor": minor,
            "currency": self.currency.data if minor is not None else "",
            "product": self.product.text,
            "seller": {row.public_id: row for row in sellers}.get(self.seller.data),
            "competitors": [by_id[public_id] for public_id in self.competitors.data or []],
            "won_by": by_id.get(self.won_by.data),
            "replaced": self.replaced.text,
            "lead_source": self.lead_source.text,
            "stated_reason": self.stated_reason.text,
        }

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        is_decided = self.outcome.data in {outcome.value for outcome in DECIDED}
        if is_decided and self.closed_on.data is None and not self.closed_on.errors:
            self.closed_on.errors = ["Enter the day on which it was decided."]
            return False
        return valid


class PersonForm(Form):
    name = LineField("Name", [InputRequired("Enter a name.")])
    email = EmailField("E-mail")
    job_title = LineField("Job title", most=200)
    buying_role = SelectField(
        "Part in the decision",
        choices=options(
            [
                ("", "Not known"),
                *((token.value, words) for token, words in BUYING_ROLE_WORDS.items()),
            ]
        ),
    )
    stakes = LineField("What they gain or lose by it", most=1000)
    fears = LineField("What they fear", most=1000)
    language = LineField("Language", most=12, description="Such as en or de.")
    time_zone = TimeZoneField("Time zone", description="Empty: as ours.")
    do_not_contact = BooleanField("Do not contact")

    def show(self, row: DealContact) -> None:
        """Fill the form with the person as they are known."""
        for name in ("name", "email", "job_title", "language", "time_zone", "do_not_contact"):
            self[name].data = getattr(row.contact, name)
        self.buying_role.data = row.buying_role.value if row.buying_role else ""
        self.stakes.data = row.stakes
        self.fears.data = row.fears

    def person(self) -> Person:
        role = self.buying_role.data
        return Person(
            name=self.name.text,
            email=self.email.text,
            job_title=self.job_title.text,
            buying_role=BuyingRole(role) if role else None,
            stakes=self.stakes.text,
            fears=self.fears.text,
            language=self.language.text,
            time_zone=self.time_zone.text,
            do_not_contact=self.do_not_contact.data,
        )


class AccountForm(Form):
    name = LineField("Name", [InputRequired("Enter the account's name.")])
    segment = LineField("Segment", most=120)
    industry = LineField("Industry", most=120)
    region = LineField("Region", most=120)
    size_band = LineField("Size", most=60)


class RateForm(Form):
    currency = SelectField("Currency", choices=currency_choices)
    valid_from = DayField("From this day on", [DataRequired("Enter a day, such as 2026-11-12.")])
    rate = DecimalField(
        "Rate",
        [
            InputRequired("Enter a rate, such as 0.92."),
            NumberRange(min=1e-9, max=1e9, message="Enter a rate above 0."),
        ],
        places=None,
    )


def _typed_amount(deal: Deal) -> str:
    if deal.amount_minor is None:
        return ""
    amount = Decimal(deal.amount_minor).scaleb(-minor_digits(deal.currency))
    return f"{amount:,f}"
