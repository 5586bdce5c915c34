"""Writing a draft: every change to it, and how it becomes a version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from app.audit import operations as audit
from app.core import clock
from app.core.access import Actor, NotFound
from app.guides import checking, drafting, operations, queries
from app.guides.checking import Fault, Linted
from app.guides.content import content_of
from app.guides.drafting import Content, NotThere, Removed
from app.guides.models import GuideDraft, GuideVersion, Origin, ShippedText
from app.guides.reading import Guide, Outcome

#: Names that stand for pages beside the guides.
RESERVED = frozenset({"new", "import", "lint"})


class Clash(ValueError):
    """Somebody else changed the same part since the page was opened, into `theirs`."""

    def __init__(self, theirs: Content, by: str) -> None:
        super().__init__(f"{by} changed this meanwhile.")
        self.theirs = theirs
        self.by = by


class DraftUnderWay(ValueError):
    """There is a draft of this guide already."""

    def __init__(self, draft: GuideDraft) -> None:
        super().__init__(
            f"A draft of this guide is under way, last changed by {draft.edited_by_name}."
            " Publish or discard it first, or replace it."
        )


class NotPublishable(ValueError):
    """The draft is not a guide yet, or the linter's errors stand without a reason."""

    def __init__(self, faults: list[Fault], errors: list[Linted]) -> None:
        super().__init__("This cannot be published yet.")
        self.faults = faults
        self.errors = errors


class NothingNew(ValueError):
    """The draft says what the newest version says."""


def begin(session: Session, actor: Actor, version: GuideVersion) -> GuideDraft:
    """The draft of the guide's next version; the one under way where there is one."""
    draft = queries.find_draft(session, version.slug)
    if draft is not None:
        return draft
    return _add(
        session,
        actor,
        GuideDraft(
            slug=version.slug,
            based_on=version.number,
            content=version.content,
            source_yaml=version.source_yaml,
        ),
    )


def begin_new(
    session: Session, actor: Actor, title: str, version: GuideVersion | None
) -> GuideDraft:
    """A draft of a new guide: a copy of another under a name of its own, or empty."""
    slug = drafting.slug_from(title, queries.slugs(session) | RESERVED)
    content = (
        {**version.content, "id": slug, "title": title}
        if version is not None
        else drafting.empty_guide(slug, title, Outcome)
    )
    return _add(session, actor, GuideDraft(slug=slug, content=content))


def begin_from_shipped(session: Session, actor: Actor, text: ShippedText) -> GuideDraft:
    """The shipped text as the draft of the next version. Raises DraftUnderWay."""
    return _take_over(session, actor, text.slug, text.content, text.source_yaml, replace=False)


def bring_in(
    session: Session, actor: Actor, guide: Guide, source_yaml: str, *, replace: bool
) -> GuideDraft:
    """A guide read from YAML, as a draft. Raises DraftUnderWay unless that one may go."""
    draft = _take_over(session, actor, guide.id, content_of(guide), source_yaml, replace=replace)
    audit.record(session, actor, "guide.imported", draft, slug=guide.id)
    return draft


def save_head(
    session: Session, actor: Actor, draft: GuideDraft, values: Mapping[str, Any], seen: str
) -> None:
    """The guide's own words. Raises Clash."""
    _refuse_clash(draft, draft.content, values, seen)
    _change(actor, draft, drafting.with_head(draft.content, values))


def save_section(
    session: Session,
    actor: Actor,
    draft: GuideDraft,
    section_id: str,
    values: Mapping[str, Any],
    seen: str,
) -> None:
    """A section's title and time. Raises Clash. One that was taken out comes back."""
    _put_back_if_gone(actor, draft, section_id, of_section=True)
    _refuse_clash(draft, drafting.find_section(draft.content, section_id), values, seen)
    _change(actor, draft, drafting.with_section(draft.content, section_id, values))


def save_question(
    session: Session,
    actor: Actor,
    draft: GuideDraft,
    question_id: str,
    values: Mapping[str, Any],
    seen: str,
) -> None:
    """A question. Raises Clash. One that was taken out meanwhile comes back with the words."""
    _put_back_if_gone(actor, draft, question_id, of_section=False)
    _refuse_clash(draft, drafting.find_question(draft.content, question_id)[1], values, seen)
    _change(actor, draft, drafting.with_question(draft.content, question_id, values))


def add_section(session: Session, actor: Actor, draft: GuideDraft, title: str, minutes: int) -> str:
    content, section_id = drafting.add_section(draft.content, title, minutes)
    _change(actor, draft, content)
    return section_id


def add_question(
    session: Session, actor: Actor, draft: GuideDraft, section_id: str, say: str, kind: str
) -> str:
    gone = {removed.id for removed in removed_from(draft)}
    try:
        content, question_id = drafting.add_question(draft.content, section_id, say, kind, gone)
    except NotThere as error:
        raise NotFound from error
    _change(actor, draft, content)
    return question_id


def remove(
    session: Session, actor: Actor, draft: GuideDraft, node_id: str, *, section: bool
) -> None:
    """Take a section or a question out; it can be put back."""
    take_out = drafting.remove_section if section else drafting.remove_question
    try:
        content, removed = take_out(draft.content, node_id)
    except NotThere as error:
        raise NotFound from error
    draft.removed = [*draft.removed, asdict(removed)]
    _change(actor, draft, content)


def put_back(session: Session, actor: Actor, draft: GuideDraft, node_id: str) -> None:
    """Undo `remove`."""
    removed = next((each for each in removed_from(draft) if each.id == node_id), None)
    if removed is None:
        raise NotFound
    try:
        content = drafting.put_back(draft.content, removed)
    except NotThere as error:
        raise NotFound from error
    draft.removed = [each for each in draft.removed if each["content"]["id"] != node_id]
    _change(actor, draft, content)


def rearrange(session: Session, actor: Actor, draft: GuideDraft, content: Content) -> None:
    """Take over an order that `drafting` made."""
    if content != draft.content:
        _change(actor, draft, content)


def discard(session: Session, actor: Actor, draft: GuideDraft) -> None:
    audit.record(session, actor, "guide.draft_discarded", draft, slug=draft.slug)
    session.delete(draft)


def publish_draft(
    session: Session, actor: Actor, draft: GuideDraft, reasons: Mapping[str, str]
) -> GuideVersion:
    """The draft as the next version. `reasons` says, by finding, why an error stays.

    Raises NotPublishable, or NothingNew.
    """
    guide, faults = checking.guide_or_faults(draft.content)
    errors = checking.errors_of(draft.content)
    if guide is None or any(not reasons.get(error.key, "").strip() for error in errors):
        raise NotPublishable(faults, errors)
    version = operations.publish(
        session,
        actor,
        guide,
        origin=Origin.WORKSPACE,
        source_yaml=draft.source_yaml,
        overrules=[_overrule(error, reasons[error.key], actor) for error in errors],
    )
    if version is None:
        raise NothingNew("This says what the newest version says; there is nothing to publish.")
    session.delete(draft)
    return version


def removed_from(draft: GuideDraft) -> list[Removed]:
    return [Removed(**each) for each in draft.removed]


def _add(session: Session, actor: Actor, draft: GuideDraft) -> GuideDraft:
    draft.edited_by_name = actor.name
    session.add(draft)
    session.flush()
    return draft


def _take_over(
    session: Session, actor: Actor, slug: str, content: Content, source_yaml: str, *, replace: bool
) -> GuideDraft:
    draft = queries.find_draft(session, slug)
    if draft is not None and not replace:
        raise DraftUnderWay(draft)
    newest = queries.newest_version(session, slug)
    draft = draft or GuideDraft(slug=slug)
    draft.based_on = newest.number if newest is not None else None
    draft.content = content
    draft.source_yaml = source_yaml
    draft.removed = []
    draft.edited_at = clock.now()
    return _add(session, actor, draft)


def _change(actor: Actor, draft: GuideDraft, content: Content) -> None:
    draft.content = content
    draft.source_yaml = ""
    draft.edited_by_name = actor.name
    draft.edited_at = clock.now()


def _refuse_clash(draft: GuideDraft, node: Content, values: Mapping[str, Any], seen: str) -> None:
    """What both wrote alike is no clash."""
    same = all(node.get(key) == value for key, value in values.items())
    if seen != drafting.digest(node) and not same:
        raise Clash(node, draft.edited_by_name)


def _put_back_if_gone(actor: Actor, draft: GuideDraft, node_id: str, *, of_section: bool) -> None:
    find = drafting.find_section if of_section else drafting.find_question
    try:
        find(draft.content, node_id)
    except NotThere as gone:
        removed = next((each for each in removed_from(draft) if each.id == node_id), None)
        if removed is None:
            raise NotFound from gone
        draft.content = drafting.put_back(draft.content, removed)
        draft.removed = [each for each in draft.removed if each["content"]["id"] != node_id]


def _overrule(error: Linted, reason: str, actor: Actor) -> dict[str, str]:
    return {
        "question_id": error.question_id,
        "say": error.say,
        "rule": error.finding.rule,
        "why": error.finding.why,
        "reason": reason.strip(),
        "by": actor.name,
    }
