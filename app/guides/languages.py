"""A guide in one of its languages. What is not translated stays in the main one, and says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.guides.reading import (
    Guide,
    GuideWords,
    Question,
    QuestionWords,
    Section,
    SectionWords,
)


@dataclass(frozen=True)
class MissingText:
    """Words that a language lacks; without a question it is the section's, or the guide's own."""

    text: str
    section_id: str | None = None
    question_id: str | None = None


def best_language(guide: Guide, wanted: str) -> str:
    """The guide's language nearest to the one wanted ('de' for 'de-AT'), else its main one."""
    spoken = (guide.language, *guide.languages)
    if wanted in spoken:
        return wanted
    base = wanted.split("-")[0]
    return next((each for each in spoken if each.split("-")[0] == base), guide.language)


def in_language(guide: Guide, language: str) -> Guide:
    """The guide with the words of a language; `fallbacks` names what it lacks, part by part."""
    language = best_language(guide, language)
    if language == guide.language:
        return guide
    words = guide.translations.get(language, GuideWords())
    return replace(
        guide,
        language=language,
        title=words.title or guide.title,
        about=words.about or guide.about,
        opening=words.opening or guide.opening,
        sections=tuple(_section_in(language, section) for section in guide.sections),
        fallbacks=_lacking(title=words.title, about=words.about, opening=words.opening),
    )


def missing_texts(guide: Guide, language: str) -> list[MissingText]:
    """All that a language lacks, in the order of the guide."""
    translated = in_language(guide, language)
    missing = [MissingText(text) for text in _in_order(translated.fallbacks)]
    for section in translated.sections:
        missing += [MissingText(text, section.id) for text in _in_order(section.fallbacks)]
        for question in section.questions:
            missing += [
                MissingText(text, section.id, question.id) for text in _in_order(question.fallbacks)
            ]
    return missing


def _section_in(language: str, section: Section) -> Section:
    words = section.translations.get(language, SectionWords())
    return replace(
        section,
        title=words.title or section.title,
        questions=tuple(_question_in(language, question) for question in section.questions),
        fallbacks=_lacking(title=words.title),
    )


def _question_in(language: str, question: Question) -> Question:
    words = question.translations.get(language, QuestionWords())
    return replace(
        question,
        say=words.say or question.say,
        probes=words.probes or question.probes,
        fallbacks=_lacking(say=words.say, probes=words.probes or not question.probes),
    )


def _lacking(**texts: object) -> frozenset[str]:
    return frozenset(name for name, text in texts.items() if not text)


def _in_order(names: Iterable[str]) -> list[str]:
    order = ("title", "about", "opening", "say", "probes")
    return sorted(names, key=order.index)
