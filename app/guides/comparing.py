"""What changed from one guide to another, in plain words and word by word. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from app.guides.reading import Condition, Guide, Question, Section


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """A stretch of words: new ('ins'), gone ('del'), or the same ('')."""

    mark: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One change: of what, and either its words side by side or a sentence about it."""

    change: Change
    subject: str
    aspect: str
    pieces: tuple[Piece, ...] = ()
    note: str = ""


def compare(old: Guide, new: Guide) -> list[Difference]:
    """All that changed, in the order of the new guide; what was removed stands at the end."""
    return [*_heads(old, new), *_sections(old, new), *_questions(old, new)]


def word_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts as one, with what went and what came marked, in whole words."""
    before, after = _tokens(old), _tokens(new)
    pieces: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            pieces.append(Piece("", "".join(before[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(Piece("del", "".join(before[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("ins", "".join(after[j1:j2])))
    return tuple(pieces)


def _tokens(text: str) -> list[str]:
    return re.findall(r"\s+|[\w'’-]+|[^\w\s]", text)


def _heads(old: Guide, new: Guide) -> Iterator[Difference]:
    for field, aspect in (("title", "title"), ("about", "for whom it is"), ("opening", "opening")):
        yield from _reworded("The guide", aspect, getattr(old, field), getattr(new, field))
    yield from _listed("The guide", "offered after", old.outcomes, new.outcomes)
    yield from _listed("The guide", "languages", _spoken(old), _spoken(new))
    yield from _said_elsewhere("The guide", old, new, ("title", "about", "opening"))
    if old.channel is not new.channel:
        yield _noted("The guide", "use", f"{old.channel}, now {new.channel}")


def _sections(old: Guide, new: Guide) -> Iterator[Difference]:
    before = {section.id: section for section in old.sections}
    for section in new.sections:
        subject = f"Section ‘{section.title}’"
        if section.id not in before:
            yield Difference(Change.ADDED, subject, "", note=f"{section.minutes} minutes")
            continue
        was = before[section.id]
        yield from _reworded(subject, "title", was.title, section.title)
        if was.minutes != section.minutes:
            yield _noted(subject, "minutes", f"{was.minutes}, now {section.minutes}")
        yield from _said_elsewhere(subject, was, section, ("title",))
    for moved in _moved([s.id for s in old.sections], [s.id for s in new.sections]):
        title = next(section.title for section in new.sections if section.id == moved)
        yield Difference(Change.MOVED, f"Section ‘{title}’", "place", note="in another order")
    kept = {section.id for section in new.sections}
    for gone in old.sections:
        if gone.id not in kept:
            yield Difference(Change.REMOVED, f"Section ‘{gone.title}’", "")


def _questions(old: Guide, new: Guide) -> Iterator[Difference]:
    before = {question.id: question for question in old.questions}
    order = set(_moved([q.id for q in old.questions], [q.id for q in new.questions]))
    homes, new_homes = _homes(old), _homes(new)
    for question in new.questions:
        home = new_homes[question.id]
        if question.id not in before:
            yield Difference(
                Change.ADDED, question.say, "", note=f"in ‘{home.title}’, {_kind(question)}"
            )
            continue
        if homes[question.id].id != home.id:
            note = f"from ‘{homes[question.id].title}’ to ‘{home.title}’"
            yield Difference(Change.MOVED, question.say, "place", note=note)
        elif question.id in order:
            note = f"to another place in ‘{home.title}’"
            yield Difference(Change.MOVED, question.say, "place", note=note)
        yield from _question(before[question.id], question)
    kept = {question.id for question in new.questions}
    for gone in old.questions:
        if gone.id not in kept:
            note = f"was in ‘{homes[gone.id].title}’"
            yield Difference(Change.REMOVED, gone.say, "", note=note)


def _question(old: Question, new: Question) -> Iterator[Difference]:
    subject = new.say
    yield from _reworded(subject, "words", old.say, new.say)
    yield from _reworded(subject, "why it is asked", old.why, new.why)
    yield from _reworded(subject, "follow-ups", "\n".join(old.probes), "\n".join(new.probes))
    if old.kind is not new.kind:
        yield _noted(subject, "kind", f"{_kind(old)}, now {_kind(new)}")
    if old.must != new.must:
        yield _noted(subject, "must ask", "now it must be asked" if new.must else "now it may be")
    yield from _listed(subject, "makes clear", old.clarifies, new.clarifies)
    yield from _conditions(subject, old.when, new.when)
    yield from _said_elsewhere(subject, old, new, ("say", "probes"))


def _conditions(subject: str, old: Condition, new: Condition) -> Iterator[Difference]:
    for field in fields(Condition):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before == after:
            continue
        name = f"asked only by {_plain(field.name)}"
        if field.name == "first_deal":
            words = {None: "either", True: "the first deal", False: "a later deal"}
            yield _noted(subject, name, f"{words[before]}, now {words[after]}")
        else:
            yield from _listed(subject, name, before, after)


def _said_elsewhere(
    subject: str,
    old: Guide | Section | Question,
    new: Guide | Section | Question,
    texts: Sequence[str],
) -> Iterator[Difference]:
    """Changes of the words in further languages."""
    for language in sorted({*old.translations, *new.translations}):
        for text in texts:
            before = _text(old.translations.get(language), text)
            after = _text(new.translations.get(language), text)
            yield from _reworded(subject, f"{_plain(text)} in {language}", before, after)


def _text(words: object, name: str) -> str:
    text = getattr(words, name, "")
    return text if isinstance(text, str) else "\n".join(text)


def _reworded(subject: str, aspect: str, old: str, new: str) -> Iterator[Difference]:
    if old != new:
        yield Difference(Change.REWORDED, subject, aspect, word_pieces(old, new))


def _listed(
    subject: str, aspect: str, old: Sequence[str], new: Sequence[str]
) -> Iterator[Difference]:
    came = [_plain(each) for each in new if each not in old]
    went = [_plain(each) for each in old if each not in new]
    parts = [
        *([f"now also {', '.join(came)}"] if came else []),
        *([f"no longer {', '.join(went)}"] if went else []),
    ]
    if parts:
        yield _noted(subject, aspect, "; ".join(parts))


def _noted(subject: str, aspect: str, note: str) -> Difference:
    return Difference(Change.CHANGED, subject, aspect, note=note)


def _moved(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """What changed its place among what both have; the fewest that explain the new order."""
    both = set(old) & set(new)
    before = [each for each in old if each in both]
    after = [each for each in new if each in both]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    stayed = {
        each for block in matcher.get_matching_blocks() for each in after[block.b :][: block.size]
    }
    return [each for each in after if each not in stayed]


def _homes(guide: Guide) -> dict[str, Section]:
    return {question.id: section for section in guide.sections for question in section.questions}


def _spoken(guide: Guide) -> tuple[str, ...]:
    return (guide.language, *guide.languages)


def _kind(question: Question) -> str:
    return _plain(question.kind)


def _plain(name: str) -> str:
    return {"say": "words", "probes": "follow-ups"}.get(name, str(name)).replace("_", " ")
