"""A guide to and from the content that its version keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.guides.models import GuideVersion
from app.guides.reading import (
    BuyingRole,
    Clarifies,
    Condition,
    Guide,
    Kind,
    Outcome,
    Question,
    Section,
)


def content_of(guide: Guide) -> dict[str, Any]:
    """What a version keeps of the guide."""
    return asdict(guide)


def guide_of(version: GuideVersion) -> Guide:
    """The guide as it was when this version was published."""
    content = version.content
    return Guide(
        id=content["id"],
        title=content["title"],
        about=content["about"],
        language=content["language"],
        outcomes=tuple(Outcome(outcome) for outcome in content["outcomes"]),
        opening=content["opening"],
        sections=tuple(_section(section) for section in content["sections"]),
    )


def _section(content: Mapping[str, Any]) -> Section:
    return Section(
        id=content["id"],
        title=content["title"],
        minutes=content["minutes"],
        questions=tuple(_question(question) for question in content["questions"]),
    )


def _question(content: Mapping[str, Any]) -> Question:
    return Question(
        id=content["id"],
        kind=Kind(content["kind"]),
        must=content["must"],
        say=content["say"],
        why=content["why"],
        probes=tuple(content["probes"]),
        clarifies=tuple(Clarifies(clear) for clear in content["clarifies"]),
        when=_condition(content["when"]),
    )


def _condition(content: Mapping[str, Any]) -> Condition:
    return Condition(
        outcome=tuple(Outcome(outcome) for outcome in content["outcome"]),
        buying_role=tuple(BuyingRole(role) for role in content["buying_role"]),
        competitor_met=tuple(content["competitor_met"]),
        product=tuple(content["product"]),
        first_deal=content["first_deal"],
    )
