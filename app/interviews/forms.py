"""The shape of what people send about interviews and answers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FieldList,
    IntegerField,
    RadioField,
    SelectField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, Regexp
from wtforms.validators import ValidationError as Refused

from app.core.formats import language_name, zone
from app.core.forms import Form, LineField, ProseField, options
from app.core.time_zones import time_zones
from app.deals.models import BuyingRole
from app.interviews.models import Channel, Kind, Taken
from app.interviews.words import (
    BUYING_ROLES,
    CHANNELS,
    KINDS,
    OUTCOMES,
    RELATIONS,
    SCOPES,
    TAKEN,
)

LONGEST_ANSWER = 200_000
NEW_PERSON = "new"


def offered(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    """The tokens as choices, in plain words."""
    return [(token.value, label) for token, label in words.items()]


def offered_zones() -> list[Any]:
    return options((name, name.replace("_", " ")) for name in time_zones())


class WhenForm(Form):
    """When and how the interview is held; the time may be left open."""

    on = DateField("Day", [Optional()])
    at = TimeField("Time", [Optional()])
    zone = SelectField("Time zone", choices=offered_zones, default="UTC")
    minutes = IntegerField(
        "Minutes",
        [InputRequired("Enter how many minutes."), NumberRange(5, 240, "From 5 to 240 minutes.")],
        default=30,
    )
    channel = RadioField(
        "How it is held",
        choices=options(offered(CHANNELS)),
        default=Channel.VIDEO.value,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """A day and a time, or neither."""
        fine = bool(super().validate(extra_validators))
        if fine and (self.on.data is None) != (self.at.data is None):
            missing = self.on if self.on.data is None else self.at
            missing.errors = ["Enter both the day and the time, or neither."]
            return False
        return fine

    @property
    def moment(self) -> datetime | None:
        """The instant that was entered, in UTC; None where the time was left open."""
        if self.on.data is None or self.at.data is None:
            return None
        local = datetime.combine(self.on.data, self.at.data, ZoneInfo(self.zone.data))
        return local.astimezone(UTC)

    def show_moment(self, at: datetime | None, time_zone: str) -> None:
        """Fill in the fields from an instant, in the zone of the person interviewed."""
        if time_zone and time_zone not in time_zones():
            self.zone.choices = [*options([(time_zone, time_zone)]), *offered_zones()]
        self.zone.data = time_zone or "UTC"
        if at is not None:
            local = at.astimezone(zone(time_zone))
            self.on.data, self.at.data = local.date(), local.time()


class PersonForm(WhenForm):
    """Whom to interview."""

    person = LineField("Person")
    email = EmailField(
        "E-mail",
        [
            Optional(),
            Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+$", message="Enter an address like name@example.com."),
        ],
    )
    job_title = LineField("Job title", [Optional()], most=200)
    buying_role = SelectField(
        "Part in the decision",
        choices=options([("", "Not known yet"), *offered(BUYING_ROLES)]),
    )
    interviewer = SelectField("Interviewer", validate_choice=False, coerce=str)

    @property
    def role(self) -> BuyingRole | None:
        return BuyingRole(self.buying_role.data) if self.buying_role.data else None


class NewInterviewForm(PersonForm):
    """An interview about a deal that is not here yet: company, person, outcome, a time."""

    company = LineField("Company", [DataRequired("Enter the company.")])
    outcome = SelectField("How they decided", choices=options(offered(OUTCOMES)))
    closed_on = DateField("Decided on", [Optional()])
    sold_it = BooleanField("I sold this deal", default=True)

    def validate_person(self, field: LineField) -> None:
        if not field.data:
            raise Refused("Enter the person's name.")


class DealInterviewForm(PersonForm):
    """An interview about a deal: one of its contacts, or somebody new."""

    contact = RadioField("Whom to interview", default=NEW_PERSON)

    def validate_person(self, field: LineField) -> None:
        if self.contact.data == NEW_PERSON and not field.data:
            raise Refused("Enter the person's name.")


class ScheduleForm(WhenForm):
    """A time that is set or changed."""

    on = DateField("Day", [InputRequired("Enter the day.")])
    at = TimeField("Time", [InputRequired("Enter the time.")])
    relation = SelectField(
        "The interviewer is",
        choices=options([("", "Not said"), *offered(RELATIONS)]),
    )
    interviewer = SelectField("Interviewer", validate_choice=False, coerce=str)


class ConsentForm(Form):
    """What the buyer allows."""

    scope = RadioField(
        "May we quote you?",
        [InputRequired("Choose what the buyer said.")],
        choices=options(offered(SCOPES)),
    )
    seller_may_read = RadioField(
        "May the person who sold to you read what you say?",
        [InputRequired("Choose what the buyer said.")],
        choices=options([("yes", "Yes"), ("no", "No")]),
    )
    taken = RadioField(
        "How are the answers taken?",
        choices=options(offered(TAKEN)),
        default=Taken.TYPED.value,
    )
    language = SelectField(
        "The language you speak in", description="What the guide lacks in it is marked."
    )

    def offer_languages(self, codes: Sequence[str]) -> None:
        """Those of the guide; one alone is no question."""
        if len(codes) > 1:
            self.language.choices = options((code, language_name(code)) for code in codes)
        else:
            del self.language


class AnswerForm(Form):
    """Words as they are typed. `revision` is made by the page, `base` is what was changed."""

    text = ProseField("Their words", most=LONGEST_ANSWER)
    revision = LineField("Revision", [DataRequired()], most=36)
    base = IntegerField("Base", [InputRequired()])
    taken = SelectField("How taken", [Optional()], choices=options(offered(TAKEN)))
    over = FieldList(LineField("Version", most=36), max_entries=50)
    then = LineField("Then", most=20)

    def validate_revision(self, field: LineField) -> None:
        try:
            field.data = str(uuid.UUID(field.data or ""))
        except ValueError as error:
            raise Refused("This is no revision's id.") from error

    def changes(self, question_id: str, *, beside: int) -> list[dict[str, Any]]:
        """What a page with a script would have sent; words go `beside` what stands where that is
        not what they were made from."""
        revision = str(self.revision.data)
        about = {"question": question_id}
        words = {"text": self.text.text, "base": self.base.data, "over": self.over.data or []}
        words["beside"] = beside
        sent: list[dict[str, Any]] = [{"id": revision, "do": "answer", **about, **words}]
        if self.taken.data:
            sent.append({"do": "taken", **about, "taken": self.taken.data})
        then, _, reason = (self.then.data or "").partition(":")
        if then == "skip":
            sent.append({"do": "skip", **about, "reason": reason})
        # Sent twice, a form is the same changes.
        for number, one in enumerate(sent[1:]):
            one["id"] = str(uuid.uuid5(uuid.UUID(revision), str(number)))
        return sent


class OwnQuestionForm(Form):
    """A question that the guide does not have."""

    say = LineField("Your question", [DataRequired("Write the question.")], most=500)
    kind = SelectField("It asks for", [Optional()], choices=options(offered(KINDS)), default="fact")

    @property
    def chosen_kind(self) -> Kind:
        return Kind(self.kind.data or Kind.FACT)


def set_interviewers(form: Any, people: list[tuple[int, str]], chosen: int | None) -> None:
    """Offer these people as interviewers; anybody else is refused by the route."""
    form.interviewer.choices = options(
        [
            ("", "Nobody yet"),
            *((str(key), name) for key, name in people),
        ]
    )
    if form.interviewer.data in (None, "") and not form.is_submitted():
        form.interviewer.data = str(chosen or "")
