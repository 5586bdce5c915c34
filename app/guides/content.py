"""A guide as plain values, as a version keeps it, and back. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.guides.reading import (
    BuyingRole,
    Channel,
    Clarifies,
    Condition,
    Guide,
    GuideWords,
    Kind,
    Outcome,
    Question,
    QuestionWords,
    Section,
    SectionWords,
)


def content_of(guide: Guide) -> dict[str, Any]:
    """The guide as plain values for JSON, to be kept with an interview."""
    content: dict[str, Any] = json.loads(json.dumps(asdict(guide, dict_factory=_without_defaults)))
    return content


def guide_from(content: Mapping[str, Any]) -> Guide:
    """The guide that `content_of` put away."""
    return Guide(
        id=content["id"],
        title=content["title"],
        about=content["about"],
        language=content["language"],
        languages=tuple(content.get("languages", ())),
        channel=Channel(content.get("channel", Channel.SPOKEN)),
        outcomes=tuple(map(Outcome, content["outcomes"])),
        opening=content["opening"],
        translations={
            language: GuideWords(**words) for language, words in content.get("in", {}).items()
        },
        sections=tuple(map(_section_from, content["sections"])),
    )


def checksum_of(guide: Guide) -> str:
    """Changes with the content alone, not with comments, layout or the order of keys."""
    return hashlib.sha256(json.dumps(content_of(guide), sort_keys=True).encode()).hexdigest()


def _without_defaults(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    """What a guide of one language does not say is not put away either."""
    named = {"in" if name == "translations" else name: value for name, value in fields}
    named.pop("fallbacks", None)
    for name, default in (("in", {}), ("languages", ()), ("channel", Channel.SPOKEN)):
        if name in named and named[name] == default:
            del named[name]
    return named


def _section_from(content: Mapping[str, Any]) -> Section:
    return Section(
        id=content["id"],
        title=content["title"],
        minutes=content["minutes"],
        questions=tuple(map(_question_from, content["questions"])),
        translations={
            language: SectionWords(**words) for language, words in content.get("in", {}).items()
        },
    )


def _question_from(content: Mapping[str, Any]) -> Question:
    when = content["when"]
    return Question(
        id=content["id"],
        kind=Kind(content["kind"]),
        must=content["must"],
        say=content["say"],
        why=content["why"],
        probes=tuple(content["probes"]),
        clarifies=tuple(map(Clarifies, content["clarifies"])),
        when=Condition(
            outcome=tuple(map(Outcome, when["outcome"])),
            buying_role=tuple(map(BuyingRole, when["buying_role"])),
            competitor_met=tuple(when["competitor_met"]),
            product=tuple(when["product"]),
            first_deal=when["first_deal"],
        ),
        translations={
            language: QuestionWords(words["say"], tuple(words["probes"]))
            for language, words in content.get("in", {}).items()
        },
    )
