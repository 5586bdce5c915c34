"""When to learn anew, from what, and keeping what was learnt."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app.tagging import queries as tagging
from app.tagging.suggesting.examples import FORMAT, Example
from app.tagging.suggestions import queries
from app.tagging.suggestions.examples import examples_of
from app.tagging.suggestions.making import seeds_of
from app.tagging.suggestions.models import SuggesterVersion

if TYPE_CHECKING:
    from app.tagging.suggesting.model import Model

#: New confirmed tags after which is learnt anew: so many, or this share of those before.
NEW_TAGS = 50
NEW_SHARE = 0.05


@dataclass(frozen=True)
class Lesson:
    """What there is to learn from."""

    examples: list[Example]
    directions: list[Example]
    seeds: Mapping[str, Mapping[str, Sequence[str]]]
    words_checksum: str


def what_to_learn(session: Session) -> Lesson | None:
    """None while nothing, or too little, is new."""
    seeds = seeds_of(tagging.usable_reasons(session))
    checksum = _checksum(seeds)
    last = queries.latest_version(session)
    is_due = (
        last is None
        or last.words_checksum != checksum
        or queries.count_confirmed(session) >= due_at(last.confirmed)
    )
    if not seeds or not is_due:
        return None
    examples = list(examples_of(queries.answers_tagged(session)))
    return Lesson(examples, queries.words_directed(session), seeds, checksum)


def due_at(confirmed: int) -> int:
    """With how many confirmed tags it is time to learn again."""
    return confirmed + max(NEW_TAGS, round(confirmed * NEW_SHARE))


def keep_version(
    session: Session, lesson: Lesson, model: Model, file: str
) -> tuple[SuggesterVersion, list[str]]:
    """The new version, and the files of those before it, which are to be deleted: their words are
    buyers'."""
    old = []
    for version in queries.versions_with_file(session):
        old += [version.file] if version.file else []
        version.file = None
    version = SuggesterVersion(
        confirmed=queries.count_confirmed(session),
        sentences=len(lesson.examples),
        is_learnt=model.learnt is not None,
        keywords_f1=model.keywords_f1,
        learnt_f1=model.learnt_f1,
        measured={tag: asdict(one) for tag, one in model.measured.items()},
        words_checksum=lesson.words_checksum,
        file=file,
    )
    session.add(version)
    session.flush()
    return version, old


def forget_words(session: Session) -> None:
    """Words that were learnt from are deleted: learn anew without them, whatever is new."""
    for version in queries.versions_with_file(session):
        version.words_checksum = ""


def _checksum(seeds: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    text = json.dumps([FORMAT, seeds], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
