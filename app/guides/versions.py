"""The guide that a version keeps."""

from __future__ import annotations

from app.guides.content import guide_from
from app.guides.models import GuideVersion
from app.guides.reading import Guide


def guide_of(version: GuideVersion) -> Guide:
    """The guide as it was when this version was published."""
    return guide_from(version.content)
