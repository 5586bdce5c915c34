"""The guides to read: the list, a version, all versions, what changed, a preview, the YAML."""

from __future__ import annotations

from flask import Response, render_template, request

from app.core.access import NotFound, guarded, viewer
from app.core.edge import current_session
from app.deals.models import Deal
from app.deals.queries import distinct_values
from app.deals.words import BUYING_ROLE_WORDS
from app.guides import checking, queries
from app.guides.comparing import compare
from app.guides.languages import best_language, in_language, missing_texts
from app.guides.reading import BuyingRole, Outcome, Placeholder, Situation, applies, fill
from app.guides.routes.blueprint import DRAFT, SHIPPED, blueprint, text_of
from app.guides.versions import guide_of
from app.guides.words import CHANNEL_WORDS, HELD_AFTER, KIND_WORDS
from app.guides.writing import write_content, write_guide
from app.identity.queries import workspace
from app.market.queries import active_competitors


@blueprint.get("/guides")
@guarded("guides.view")
def index() -> str:
    session = current_session()
    may_edit = viewer().may("guides.edit")
    return render_template(
        "guides/index.html",
        guides=[(version, guide_of(version)) for version in queries.newest_versions(session)],
        archived=queries.archived_versions(session) if may_edit else [],
        drafts=queries.drafts(session) if may_edit else [],
        channel_words=CHANNEL_WORDS,
    )


@blueprint.get("/guides/<slug>")
@guarded("guides.view")
def guide(slug: str) -> str:
    """The newest version, or the one that `?version=` asks for."""
    session = current_session()
    versions = queries.versions_of(session, slug)
    number = request.args.get("version", versions[0].number, type=int)
    shown = next((version for version in versions if version.number == number), None)
    if shown is None:
        raise NotFound
    held = guide_of(shown)
    language = best_language(held, request.args.get("language", held.language))
    may_edit = viewer().may("guides.edit")
    shipped = queries.find_shipped_text(session, slug) if may_edit else None
    return render_template(
        "guides/guide.html",
        version=shown,
        guide=in_language(held, language),
        main=held,
        newest=versions[0],
        versions=versions,
        draft=queries.find_draft(session, slug) if may_edit else None,
        archived=queries.is_archived(session, slug),
        shipped=shipped if shipped is not None and not shipped.is_declined else None,
    )


@blueprint.get("/guides/<slug>/versions")
@guarded("guides.view")
def versions(slug: str) -> str:
    session = current_session()
    all_versions = queries.versions_of(session, slug)
    draft = queries.find_draft(session, slug) if viewer().may("guides.edit") else None
    return render_template(
        "guides/versions.html", versions=all_versions, newest=all_versions[0], draft=draft
    )


@blueprint.get("/guides/<slug>/compare")
@guarded("guides.view")
def compare_texts(slug: str) -> str:
    session = current_session()
    newest = str(queries.versions_of(session, slug)[0].number)
    tokens = [request.args.get(name, newest) for name in ("old", "new")]
    if {DRAFT, SHIPPED} & set(tokens) and not viewer().may("guides.edit"):
        raise NotFound
    old, new = (text_of(session, slug, token) for token in tokens)
    return render_template(
        "guides/compare.html",
        slug=slug,
        old=old,
        new=new,
        differences=compare(old.guide, new.guide),
    )


@blueprint.get("/guides/<slug>/preview")
@guarded("guides.view")
def preview(slug: str) -> str:
    """As the interviewer has it beside them in a situation, or as a buyer reads it."""
    session = current_session()
    token = request.args.get("of") or str(queries.versions_of(session, slug)[0].number)
    if token == DRAFT:
        if not viewer().may("guides.edit"):
            raise NotFound
        _, faults = checking.guide_or_faults(queries.get_draft(session, slug).content)
        if faults:
            return render_template("guides/no_preview.html", slug=slug, count=len(faults))
    text = text_of(session, slug, token)
    language = best_language(text.guide, request.args.get("language", text.guide.language))
    situation = _situation()
    words = {
        Placeholder.CONTACT: "[their name]",
        Placeholder.INTERVIEWER: viewer().name,
        Placeholder.COMPANY: workspace(session).company,
        Placeholder.PRODUCT: situation.product or "[the product]",
        Placeholder.MINUTES: str(text.guide.minutes),
    }
    shown = in_language(text.guide, language)
    asked = [
        (section, [question for question in section.questions if applies(question, situation)])
        for section in shown.sections
    ]
    return render_template(
        "guides/preview.html",
        slug=slug,
        text=text,
        guide=shown,
        opening=fill(shown.opening, words),
        main=text.guide,
        language=language,
        missing=len(missing_texts(text.guide, language)),
        as_buyer=request.args.get("as") == "buyer",
        asked=[pair for pair in asked if pair[1]],
        outcomes={outcome.value: HELD_AFTER[outcome] for outcome in text.guide.outcomes},
        roles={role.value: words for role, words in BUYING_ROLE_WORDS.items()},
        competitors=[row.name for row in active_competitors(session)],
        products=distinct_values(session, Deal.product),
        kind_words=KIND_WORDS,
    )


@blueprint.get("/guides/<slug>/yaml")
@guarded("guides.view")
def export(slug: str) -> Response:
    """The file: as it came in where it came in, else as it is written here."""
    session = current_session()
    token = request.args.get("of", "")
    if token == DRAFT:
        if not viewer().may("guides.edit"):
            raise NotFound
        draft = queries.get_draft(session, slug)
        return _file(slug, draft.source_yaml or write_content(checking.publishable(draft.content)))
    for version in queries.versions_of(session, slug):
        if token in ("", str(version.number)):
            return _file(slug, version.source_yaml or write_guide(guide_of(version)))
    raise NotFound


def _file(slug: str, text: str) -> Response:
    answer = Response(text.encode("utf-8"), mimetype="application/yaml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}.yaml"'
    return answer


def _situation() -> Situation:
    """What the address says of the deal; what it leaves out is not known."""
    given = request.args
    competitor = given.get("competitor")
    first = {"first": True, "later": False}.get(given.get("first_deal", ""))
    return Situation(
        outcome=given.get("outcome") if given.get("outcome") in list(Outcome) else None,
        buying_role=given.get("role") if given.get("role") in list(BuyingRole) else None,
        competitors_met=frozenset({competitor}) if competitor else None,
        product=given.get("product") or None,
        first_deal=first,
    )
