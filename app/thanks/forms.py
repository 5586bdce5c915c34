"""The shape of what is typed about thanks."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.currencies import currency_choices
from app.core.formats import minor_digits
from app.core.forms import Form, LineField, ProseField, options
from app.deals.forms import AmountField
from app.thanks.models import Kind, Thanks, ThanksRule
from app.thanks.words import KINDS

_MOST_CAUSES = 12
_LONGEST_CAUSE = 200


class _AmountForm(Form):
    """What is given, and how much of it."""

    kind = RadioField(
        "What they are given",
        [InputRequired("Pick one.")],
        choices=options((kind.value, KINDS[kind]) for kind in Kind),
    )
    amount = AmountField("Amount", most=20, description="Of each. Such as 25.")
    currency = SelectField("Currency", choices=currency_choices)

    @property
    def picked(self) -> Kind:
        return Kind(self.kind.data)

    def given(self) -> dict[str, Any]:
        """Kind, amount and currency; nothing has neither of the two."""
        minor = None if self.picked is Kind.NONE else self.amount.minor(self.currency.data)
        currency = self.currency.data if minor is not None else ""
        return {"kind": self.picked, "amount_minor": minor, "currency": currency}

    def show_given(self, row: ThanksRule | Thanks, currency: str) -> None:
        """`currency` is the workspace's, for whatever has none."""
        self.kind.data = row.kind.value
        self.currency.data = row.currency or currency
        if row.amount_minor is not None:
            amount = Decimal(row.amount_minor).scaleb(-minor_digits(row.currency))
            self.amount.data = f"{amount:,f}"

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        if valid and self.picked is not Kind.NONE and not self.amount.text:
            self.amount.errors = ["Enter an amount."]
            return False
        return valid


class RuleForm(_AmountForm):
    """What whoever is heard in a programme is offered."""

    causes = ProseField(
        "Causes",
        most=3000,
        description="For a donation: one a line; a buyer picks one of them.",
    )
    left_out = SelectMultipleField(
        "Nothing is offered to people of",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="Whose address is of a public body is never offered anything.",
    )

    def offer(self, industries: Iterable[str]) -> None:
        self.left_out.choices = options((name, name) for name in industries)

    def show(self, rule: ThanksRule | None, currency: str) -> None:
        if rule is None:
            self.kind.data, self.currency.data = Kind.NONE.value, currency
            return
        self.show_given(rule, currency)
        self.causes.data = "\n".join(rule.causes)
        self.left_out.data = rule.left_out_industries

    @property
    def listed(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.causes.text.split("\n"))
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.kind.data == Kind.DONATION and not self.listed:
            self.causes.errors = ["Enter at least one cause."]
            return False
        if len(self.listed) > _MOST_CAUSES:
            self.causes.errors = [f"At most {_MOST_CAUSES}: nobody reads more."]
            return False
        if any(len(line) > _LONGEST_CAUSE for line in self.listed):
            self.causes.errors = [f"At most {_LONGEST_CAUSE} characters a line."]
            return False
        return valid


class ThanksForm(_AmountForm):
    """One line of the ledger."""

    cause = LineField("Cause", most=_LONGEST_CAUSE, description="Of a donation; the buyer's pick.")

    def show(self, row: Thanks | None, currency: str) -> None:
        if row is None:
            self.kind.data, self.currency.data = Kind.GIFT.value, currency
            return
        self.show_given(row, currency)
        self.cause.data = row.cause


class SentForm(Form):
    reference = LineField(
        "Receipt or order", most=120, description="By which the accounting finds it."
    )
