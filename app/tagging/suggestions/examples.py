"""Confirmed tags as something to learn from: sentences of interviews tagged in full. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.tagging.sentences import Sentence, sentences
from app.tagging.suggesting.examples import Example


@dataclass(frozen=True)
class Confirmed:
    """A reason that a person gave to code points [start, end) of an answer."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class AnswerTagged:
    interview: int
    text: str
    tags: tuple[Confirmed, ...]


def examples_of(answers: Iterable[AnswerTagged]) -> Iterator[Example]:
    """Every sentence with its reasons; one without any is a lesson too."""
    for answer in answers:
        for sentence in sentences(answer.text):
            reasons = frozenset(tag.reason for tag in answer.tags if covers(sentence, tag))
            yield Example(sentence.text, reasons, str(answer.interview))


def covers(sentence: Sentence, tag: Confirmed) -> bool:
    """Whether the tag is about the sentence: it holds half of it, or lies in it by half."""
    shared = min(sentence.end, tag.end) - max(sentence.start, tag.start)
    shorter = min(sentence.end - sentence.start, tag.end - tag.start)
    return 2 * shared >= shorter
