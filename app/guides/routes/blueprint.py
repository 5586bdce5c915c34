"""The blueprint of guides, and which text of a guide a page is about."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint
from sqlalchemy.orm import Session

from app.core.access import NotFound
from app.guides import checking, queries
from app.guides.content import guide_from
from app.guides.reading import Guide
from app.guides.versions import guide_of

blueprint = Blueprint("guides", "app.guides", template_folder="templates")

INVALID = 422
CONFLICT = 409

DRAFT = "draft"
SHIPPED = "shipped"


@dataclass(frozen=True)
class Text:
    """One text of a guide: a version, the draft of the next one, or the one that was shipped."""

    token: str
    name: str
    guide: Guide


def text_of(session: Session, slug: str, token: str) -> Text:
    """By its token: a version's number, 'draft' or 'shipped'. Raises NotFound."""
    if token == DRAFT:
        guide, _ = checking.guide_or_faults(queries.get_draft(session, slug).content)
        if guide is None:
            raise NotFound
        return Text(token, "the draft", guide)
    if token == SHIPPED:
        shipped = queries.find_shipped_text(session, slug)
        if shipped is None:
            raise NotFound
        return Text(token, "the text that came with Because", guide_from(shipped.content))
    for version in queries.versions_of(session, slug):
        if str(version.number) == token:
            return Text(token, f"version {version.number}", guide_of(version))
    raise NotFound
