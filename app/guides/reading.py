"""Interview guides: what is in one, and how its YAML is read. Pure: no database, no web."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from app.core.marked_yaml import Problems, Record, one_of, open_record


class Kind(StrEnum):
    """What a question asks for. Facts come first; then think, feel, would do."""

    FACT = "fact"
    THINK = "think"
    FEEL = "feel"
    WOULD_DO = "would_do"


class Outcome(StrEnum):
    """How a deal ended, as far as a guide can be held about it."""

    WON = "won"
    LOST = "lost"
    NO_DECISION = "no_decision"
    RENEWED = "renewed"
    CHURNED = "churned"


class BuyingRole(StrEnum):
    """A person's part in the decision."""

    EVALUATOR = "evaluator"
    DECISION_MAKER = "decision_maker"
    ECONOMIC_BUYER = "economic_buyer"
    USER = "user"
    CHAMPION = "champion"
    BLOCKER = "blocker"


class Clarifies(StrEnum):
    """The nine things that a good interview leaves clear: 'Do we know why?'"""

    RIGHT_PEOPLE = "right_people"
    ROLES = "roles"
    DECISION_PROCESS = "decision_process"
    PRIORITIES = "priorities"
    PROBLEM_AND_COST = "problem_and_cost"
    OTHER_SOLUTIONS = "other_solutions"
    LIKES_DISLIKES = "likes_dislikes"
    VIEW_OF_COMPETITION = "view_of_competition"
    RETURN = "return"


class Channel(StrEnum):
    """Whether the guide is spoken in a conversation, or read and answered by the buyer alone."""

    SPOKEN = "spoken"
    WRITTEN = "written"


class Placeholder(StrEnum):
    """What a guide may leave open in braces, filled in when it is shown."""

    CONTACT = "contact"
    INTERVIEWER = "interviewer"
    COMPANY = "company"
    PRODUCT = "product"
    MINUTES = "minutes"


@dataclass(frozen=True)
class Condition:
    """When a question is asked. An empty list and None ask for nothing."""

    outcome: tuple[Outcome, ...] = ()
    buying_role: tuple[BuyingRole, ...] = ()
    competitor_met: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    first_deal: bool | None = None


@dataclass(frozen=True)
class QuestionWords:
    """A question's words in a further language; what is empty is not translated."""

    say: str = ""
    probes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SectionWords:
    """A section's words in a further language."""

    title: str = ""


@dataclass(frozen=True)
class GuideWords:
    """The guide's own words in a further language."""

    title: str = ""
    about: str = ""
    opening: str = ""


@dataclass(frozen=True)
class Question:
    """The words to say, the one kind of answer they ask for, and why they are asked."""

    id: str
    kind: Kind
    must: bool
    say: str
    why: str
    probes: tuple[str, ...]
    clarifies: tuple[Clarifies, ...]
    when: Condition
    translations: Mapping[str, QuestionWords] = field(default_factory=dict, hash=False)
    #: Names of the texts that `languages.in_language` had to leave in the main language.
    fallbacks: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def is_fallback(self) -> bool:
        """Whether the question itself is in the main language for want of a translation."""
        return "say" in self.fallbacks


@dataclass(frozen=True)
class Section:
    """A stretch of the interview, with the minutes it may take."""

    id: str
    title: str
    minutes: int
    questions: tuple[Question, ...]
    translations: Mapping[str, SectionWords] = field(default_factory=dict, hash=False)
    fallbacks: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True)
class Guide:
    """One guide as its file has it: in its main language, with further ones beside the words."""

    id: str
    title: str
    about: str
    language: str
    outcomes: tuple[Outcome, ...]
    opening: str
    sections: tuple[Section, ...]
    languages: tuple[str, ...] = ()
    channel: Channel = Channel.SPOKEN
    translations: Mapping[str, GuideWords] = field(default_factory=dict, hash=False)
    fallbacks: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def minutes(self) -> int:
        """How long the interview takes: the sum of its sections."""
        return sum(section.minutes for section in self.sections)

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order of asking."""
        return tuple(question for section in self.sections for question in section.questions)


@dataclass(frozen=True)
class Situation:
    """What is known of the deal and the person when a guide is held; None is not known."""

    outcome: str | None = None
    buying_role: str | None = None
    competitors_met: frozenset[str] | None = None
    product: str | None = None
    first_deal: bool | None = None


def read_guide(text: str, filename: str) -> Guide:
    """Read a guide's YAML; raises `UnreadableFileError` with all its mistakes."""
    problems = Problems(filename)
    record = open_record(text, problems)
    language = record.language("language")
    around = _Around(
        outcomes=record.choices("outcomes", Outcome), languages=_languages(record, language)
    )
    guide = Guide(
        id=record.slug("id"),
        title=record.text("title"),
        about=record.text("about"),
        language=language,
        languages=around.languages,
        channel=record.choice("channel", Channel) if record.has("channel") else Channel.SPOKEN,
        outcomes=around.outcomes,
        opening=_spoken(record, "opening"),
        translations=_translations(record, around, _guide_words),
        sections=_sections(record, around),
    )
    record.finish()
    problems.raise_if_any()
    return guide


def applies(question: Question, situation: Situation) -> bool:
    """Whether to ask the question. What is not known never hides a question."""
    when = question.when
    return (
        _allows(when.outcome, situation.outcome)
        and _allows(when.buying_role, situation.buying_role)
        and _allows(when.product, situation.product)
        and _allows_any(when.competitor_met, situation.competitors_met)
        and (when.first_deal is None or situation.first_deal in (None, when.first_deal))
    )


def fill(text: str, words: Mapping[Placeholder, str]) -> str:
    """Put the words for the placeholders into a guide's text; one without words stays."""
    for placeholder, word in words.items():
        text = text.replace(f"{{{placeholder}}}", word)
    return text


@dataclass(frozen=True)
class _Around:
    """What the guide says of itself, which its parts must keep to."""

    outcomes: tuple[Outcome, ...]
    languages: tuple[str, ...]


def _languages(record: Record, main: str) -> tuple[str, ...]:
    languages = record.languages("languages")
    if main and main in languages:
        record.complain("languages", f"languages names {main}, which is the main language")
    return languages


def _sections(guide: Record, around: _Around) -> tuple[Section, ...]:
    seen_sections: set[str] = set()
    seen_questions: set[str] = set()
    sections = []
    for record in guide.records("sections", what="section", named_by="id"):
        sections.append(
            Section(
                id=_unique_id(record, seen_sections, "section"),
                title=record.text("title"),
                minutes=record.positive_number("minutes"),
                translations=_translations(
                    record, around, lambda words: SectionWords(words.text("title", required=False))
                ),
                questions=tuple(
                    _question(question, seen_questions, around)
                    for question in record.records("questions", what="question", named_by="id")
                ),
            )
        )
        record.finish()
    return tuple(sections)


def _question(record: Record, seen: set[str], around: _Around) -> Question:
    question = Question(
        id=_unique_id(record, seen, "question"),
        kind=record.choice("kind", Kind),
        must=record.flag("must"),
        say=_spoken(record, "say"),
        why=record.text("why"),
        probes=record.texts("probes", required=False),
        clarifies=record.choices("clarifies", Clarifies, required=False),
        when=_condition(record.record("when", required=False), around.outcomes),
        translations=_translations(record, around, _question_words),
    )
    record.finish()
    return question


_Words = TypeVar("_Words", GuideWords, SectionWords, QuestionWords)


def _translations(
    record: Record, around: _Around, read: Callable[[Record], _Words]
) -> dict[str, _Words]:
    """The words under `in`, each language in turn; only languages that the guide names."""
    by_language = record.record("in", required=False)
    translations: dict[str, _Words] = {}
    for language in by_language.field_names() if by_language is not None else ():
        assert by_language is not None
        if language not in around.languages:
            takes = f"it takes {one_of(around.languages)}" if around.languages else "it names none"
            message = f"{language} is not among the guide's languages; {takes}"
            by_language.complain_about_key(language, message)
        words = by_language.record(language)
        if words is not None:
            translations[language] = read(words)
            words.finish()
    return translations


def _guide_words(record: Record) -> GuideWords:
    return GuideWords(
        title=record.text("title", required=False),
        about=record.text("about", required=False),
        opening=_spoken(record, "opening", required=False),
    )


def _question_words(record: Record) -> QuestionWords:
    return QuestionWords(
        say=_spoken(record, "say", required=False), probes=record.texts("probes", required=False)
    )


def _condition(record: Record | None, outcomes: tuple[Outcome, ...]) -> Condition:
    if record is None:
        return Condition()
    condition = Condition(
        outcome=record.choices("outcome", Outcome, required=False),
        buying_role=record.choices("buying_role", BuyingRole, required=False),
        competitor_met=record.texts("competitor_met", required=False),
        product=record.texts("product", required=False),
        first_deal=record.optional_flag("first_deal"),
    )
    record.finish()
    if condition.outcome and outcomes and not set(condition.outcome) & set(outcomes):
        asked, held = one_of(condition.outcome), one_of(outcomes)
        record.complain("outcome", f"asked only when {asked}, but the guide is for {held}")
    return condition


def _unique_id(record: Record, seen: set[str], what: str) -> str:
    slug = record.slug("id")
    if slug and slug in seen:
        record.complain("id", f"another {what} has this id; an id is used once in a guide")
    seen.add(slug)
    return slug


def _spoken(record: Record, key: str, *, required: bool = True) -> str:
    text = record.text(key, required=required)
    for name in re.findall(r"\{([^{}]*)\}", text):
        if name not in list(Placeholder):
            record.complain(key, f"{{{name}}} cannot be filled in; braces take {_PLACEHOLDERS}")
    return text


_PLACEHOLDERS = one_of([f"{{{placeholder}}}" for placeholder in Placeholder])


def _allows(wanted: tuple[str, ...], known: str | None) -> bool:
    return not wanted or known is None or known.casefold() in _folded(wanted)


def _allows_any(wanted: tuple[str, ...], known: frozenset[str] | None) -> bool:
    return not wanted or known is None or not _folded(wanted).isdisjoint(_folded(known))


def _folded(words: tuple[str, ...] | frozenset[str]) -> set[str]:
    return {word.casefold() for word in words}
