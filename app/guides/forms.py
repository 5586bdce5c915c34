"""The shape of what people type when they write a guide. A draft may be half done, so that hardly
anything is required here: what is missing is said when it is to be published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from flask_wtf.file import FileField
from wtforms import BooleanField, Field, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, LineField, ProseField, options, with_line_feeds
from app.core.marked_yaml import LANGUAGE
from app.deals.words import BUYING_ROLE_WORDS
from app.guides.models import GuideVersion
from app.guides.reading import BuyingRole, Channel, Clarifies, Outcome
from app.guides.words import CHANNEL_WORDS, CLARIFIES_WORDS, HELD_AFTER, KIND_WORDS

_MOST_MINUTES = 999
_FIRST_DEAL = {"": None, "first": True, "later": False}

SomeForm = TypeVar("SomeForm", bound=Form)


class NewGuideForm(Form):
    title = LineField("What it is called", [InputRequired("Enter a title.")], most=200)
    start = SelectField("Start from")

    def offer(self, guides: Sequence[GuideVersion]) -> None:
        self.start.choices = options(
            [
                ("", "An empty guide"),
                *((version.slug, f"A copy of {version.title}") for version in guides),
            ]
        )


class ImportForm(Form):
    file = FileField("A YAML file")
    text = ProseField("Or its text", most=400_000)
    replace = BooleanField("Replace the draft that is under way")


class _Choices(SelectMultipleField):
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class HeadForm(Form):
    title = LineField("Title", most=200)
    about = LineField("For whom it is, in a line", most=500)
    outcomes = _Choices("Offered after", choices=options(HELD_AFTER.items()))
    channel = RadioField(
        "It is", choices=options(CHANNEL_WORDS.items()), default=Channel.SPOKEN.value
    )
    opening = ProseField(
        "Opening",
        description="Who asks and why, how long it takes, that nothing is sold, how words are used."
        " Filled in: {contact}, {interviewer}, {company}, {product}, {minutes}.",
    )
    language = LineField("Main language", most=20, description="A tag such as en, de or pt-BR.")
    languages = LineField("Further languages", most=200, description="Tags, such as de, fr.")

    def validate_language(self, field: LineField) -> None:
        if not LANGUAGE.fullmatch(field.text):
            raise ValidationError("Enter a language tag such as en, de or pt-BR.")

    def validate_languages(self, field: LineField) -> None:
        for tag in _tags(field.text):
            if not LANGUAGE.fullmatch(tag):
                raise ValidationError(f"'{tag}' is no language tag; enter tags such as de, fr.")
            if tag == self.language.text:
                raise ValidationError(f"{tag} is the main language already.")

    def show(self, content: Mapping[str, Any]) -> None:
        for name in ("title", "about", "outcomes", "opening", "language"):
            self[name].data = content[name]
        self.channel.data = content.get("channel", Channel.SPOKEN.value)
        self.languages.data = ", ".join(content.get("languages", []))
        _show_words(self, content)

    def values(self, content: Mapping[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {
            "title": self.title.text,
            "about": self.about.text,
            "outcomes": [o.value for o in Outcome if o.value in (self.outcomes.data or [])],
            "opening": self.opening.text.strip(),
            "language": self.language.text,
            "languages": list(dict.fromkeys(_tags(self.languages.text))),
            "in": _words(self, content),
        }
        if self.channel.data != content.get("channel", Channel.SPOKEN.value):
            values["channel"] = self.channel.data
        return values


class SectionForm(Form):
    title = LineField("Title", [InputRequired("Enter a title.")], most=200)
    minutes = LineField("Minutes", most=10)

    def validate_minutes(self, field: LineField) -> None:
        if not re.fullmatch(r"[1-9][0-9]{0,2}", field.text):
            raise ValidationError(f"Enter a whole number from 1 to {_MOST_MINUTES}.")

    def show(self, section: Mapping[str, Any]) -> None:
        self.title.data = section["title"]
        self.minutes.data = str(section["minutes"])
        _show_words(self, section)

    def values(self, section: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "title": self.title.text,
            "minutes": int(self.minutes.text),
            "in": _words(self, section),
        }


class NewQuestionForm(Form):
    say = LineField("A new question", [InputRequired("Write the question.")], most=1000)
    kind = SelectField(
        "It asks for",
        choices=options([(kind.value, words[0]) for kind, words in KIND_WORDS.items()]),
    )


class QuestionForm(Form):
    say = ProseField("The words to say", most=1000)
    kind = RadioField(
        "It asks for",
        choices=options(
            [(kind.value, f"{name}: {asks}") for kind, (name, asks) in KIND_WORDS.items()]
        ),
    )
    must = BooleanField("Must be asked in every interview")
    why = LineField("Why it is asked, in a line", most=500)
    probes = ProseField(
        "Follow-ups for a thin answer",
        most=2000,
        description="One a line; two or three are enough.",
    )
    clarifies = _Choices("What the answer makes clear", choices=options(CLARIFIES_WORDS.items()))
    outcome = _Choices("After", choices=options(HELD_AFTER.items()))
    buying_role = _Choices("Of", choices=options(BUYING_ROLE_WORDS.items()))
    competitor_met = _Choices("Where one of these was met")
    other_competitors = LineField("Others", most=500, description="Names, between commas.")
    product = _Choices("About")
    other_products = LineField("Other products", most=500, description="Names, between commas.")
    first_deal = SelectField(
        "Their deal with us",
        choices=options([("", "Any"), ("first", "The first"), ("later", "A later one")]),
    )

    def offer(self, competitors: Iterable[str], products: Iterable[str]) -> None:
        """The names that are known, and those that the question has; others are typed."""
        self.competitor_met.choices = options([(name, name) for name in competitors])
        self.product.choices = options([(name, name) for name in products])

    def show(self, question: Mapping[str, Any]) -> None:
        for name in ("say", "kind", "must", "why", "clarifies"):
            self[name].data = question[name]
        self.probes.data = "\n".join(question["probes"])
        when = question["when"]
        self.outcome.data, self.buying_role.data = when["outcome"], when["buying_role"]
        self.competitor_met.data, self.product.data = when["competitor_met"], when["product"]
        known = {given: token for token, given in _FIRST_DEAL.items()}
        self.first_deal.data = known[when["first_deal"]]
        _show_words(self, question)

    def values(self, question: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "say": self.say.text.strip(),
            "kind": self.kind.data or question["kind"],
            "must": bool(self.must.data),
            "why": self.why.text,
            "probes": _lines(self.probes.text),
            "clarifies": _in_order(Clarifies, self.clarifies.data),
            "when": {
                "outcome": _in_order(Outcome, self.outcome.data),
                "buying_role": _in_order(BuyingRole, self.buying_role.data),
                "competitor_met": _names(self.competitor_met, self.other_competitors),
                "product": _names(self.product, self.other_products),
                "first_deal": _FIRST_DEAL[self.first_deal.data or ""],
            },
            "in": _words(self, question),
        }


_GUIDE_TEXTS = {
    "title": ("Title", LineField),
    "about": ("For whom it is, in a line", LineField),
    "opening": ("Opening", ProseField),
}
_SECTION_TEXTS = {"title": ("Title", LineField)}
_QUESTION_TEXTS = {
    "say": ("The words to say", ProseField),
    "probes": ("Follow-ups, one a line", ProseField),
}


def head_form(languages: Sequence[str]) -> HeadForm:
    return _translated(HeadForm, languages, _GUIDE_TEXTS)


def section_form(languages: Sequence[str]) -> SectionForm:
    return _translated(SectionForm, languages, _SECTION_TEXTS)


def question_form(languages: Sequence[str]) -> QuestionForm:
    return _translated(QuestionForm, languages, _QUESTION_TEXTS)


def words_fields(form: Form, language: str) -> list[Field]:
    """The fields of a form that hold its words in a further language."""
    return [field for field in form if field.name.endswith(f"_in_{language}")]


def _translated(
    form: type[SomeForm], languages: Sequence[str], texts: Mapping[str, tuple[str, type[Field]]]
) -> SomeForm:
    """The form with a field for each text in each further language."""
    added = {
        f"{name}_in_{language}": field(f"{label}, in {language}")
        for language in languages
        for name, (label, field) in texts.items()
    }
    wider: type[SomeForm] = type(form.__name__, (form,), added)
    return wider()


def _show_words(form: Form, node: Mapping[str, Any]) -> None:
    for language, words in node.get("in", {}).items():
        for name, text in words.items():
            field = form._fields.get(f"{name}_in_{language}")
            if field is not None:
                field.data = text if isinstance(text, str) else "\n".join(text)


def _words(form: Form, node: Mapping[str, Any]) -> dict[str, Any]:
    """The translations; those in languages that the form does not ask for stay."""
    found = {language: dict(words) for language, words in node.get("in", {}).items()}
    for field in form:
        name, _, language = field.name.partition("_in_")
        if language and name in {**_GUIDE_TEXTS, **_QUESTION_TEXTS}:
            text = (with_line_feeds(field.data) or "").strip()
            found.setdefault(language, {})[name] = _lines(text) if name == "probes" else text
    return {language: words for language, words in found.items() if any(words.values())}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _tags(text: str) -> list[str]:
    return [tag for tag in re.split(r"[\s,;]+", text) if tag]


def _in_order(among: type[Any], chosen: Sequence[str] | None) -> list[str]:
    return [member.value for member in among if member.value in (chosen or [])]


def _names(known: SelectMultipleField, others: LineField) -> list[str]:
    typed = (name.strip() for name in others.text.split(","))
    return list(dict.fromkeys([*(known.data or []), *filter(None, typed)]))
