"""Putting a theme's question into the coming guides."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.analytics.models import ThemeQuestion
from app.analytics.queries import explained_by
from app.audit import operations as audit
from app.core.access import Actor
from app.guides import checking, drafting, drafts
from app.guides.linting import Finding, Level, lint
from app.guides.models import GuideDraft, GuideVersion
from app.guides.queries import find_draft, newest_versions
from app.guides.reading import Channel, Guide
from app.guides.versions import guide_of
from app.interviews.models import Kind
from app.tagging.models import Direction, Reason


class ToMend(ValueError):
    """The linter calls something an error."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("This question is not asked so.")
        self.findings = findings


class NoGuide(ValueError):
    """No guide is offered for those who could say it."""


def ask_more(
    session: Session, actor: Actor, reason: Reason, direction: Direction, say: str, kind: Kind
) -> ThemeQuestion:
    """Put the question into every guide for those who could say it, as one that may be asked.

    A guide that nobody is writing at gets its next version at once; where a draft is under way
    the question waits in it. Raises ToMend, NoGuide.
    """
    errors = [found for found in lint(say, kind.value) if found.level is Level.ERROR]
    if errors:
        raise ToMend(errors)
    versions = [
        version
        for version in newest_versions(session)
        if _is_for(guide_of(version), direction) and version.content["sections"]
    ]
    if not versions:
        raise NoGuide("No guide is offered for the buyers who could say this.")
    question = ThemeQuestion(
        reason_id=reason.id,
        direction=direction,
        kind=kind,
        say=say,
        guides=[
            [version.slug, _put_into(session, actor, version, reason, say, kind)]
            for version in versions
        ],
        asked_by_name=actor.name,
    )
    session.add(question)
    audit.record(session, actor, "theme.asked", reason, say=say, guides=[v.slug for v in versions])
    return question


def _is_for(guide: Guide, direction: Direction) -> bool:
    """Whether it is held in a conversation, after an outcome that the theme helps to explain."""
    outcomes = {outcome.value for outcome in explained_by(direction)}
    return guide.channel is Channel.SPOKEN and bool(
        outcomes & {outcome.value for outcome in guide.outcomes}
    )


def _put_into(
    session: Session, actor: Actor, version: GuideVersion, reason: Reason, say: str, kind: Kind
) -> str:
    under_way = find_draft(session, version.slug)
    draft = under_way or drafts.begin(session, actor, version)
    question_id = _add(session, actor, draft, reason, say, kind)
    if under_way is None:
        _publish(session, actor, draft, version)
    return question_id


def _add(
    session: Session, actor: Actor, draft: GuideDraft, reason: Reason, say: str, kind: Kind
) -> str:
    """At the end of the longest part, where there is most time to ask on."""
    section = max(draft.content["sections"], key=lambda one: one["minutes"])
    question_id = drafts.add_question(session, actor, draft, section["id"], say, kind.value)
    node = drafting.find_question(draft.content, question_id)[1]
    why = {"why": f"To learn more about ‘{reason.name}’: too few buyers were asked."}
    drafts.save_question(session, actor, draft, question_id, why, drafting.digest(node))
    return question_id


def _publish(session: Session, actor: Actor, draft: GuideDraft, version: GuideVersion) -> None:
    """Reasons given for errors of the version before hold on: their questions did not change."""
    given = {(each["question_id"], each["rule"]): each["reason"] for each in version.overrules}
    reasons = {
        error.key: given.get((error.question_id, error.finding.rule), "")
        for error in checking.errors_of(draft.content)
    }
    try:
        drafts.publish_draft(session, actor, draft, reasons)
    except drafts.NotPublishable:
        # What stood there before is to be mended first: it waits in the draft.
        return
