"""What reports read besides the figures: one deal's interviews, tags and evidence, and the parts
that a person wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from hashlib import sha256

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.analytics.at_stake import NOT_OURS
from app.analytics.filters import Filters
from app.core import clock
from app.core.access import NotFound, Viewer
from app.core.formats import zone
from app.core.models import Job, JobState
from app.core.periods import Quarter
from app.deals.access import get_deal
from app.deals.models import DECIDED, Deal
from app.identity.queries import workspace
from app.interviews.models import HEARD, Answer, Interview, Promise
from app.market.models import Competitor, Differentiator
from app.reports.models import ReportText
from app.tagging.codebook.models import ListVersion
from app.tagging.codebook.queries import latest_version, version_at
from app.tagging.double_coding.queries import is_blind_on_deal
from app.tagging.models import Direction, Reason, Tag, TagEvidence, Verbatim

_NEARBY = 2_000


@dataclass(frozen=True)
class WrittenParts:
    """What a person wrote for a report."""

    headline: str = ""
    to_do: str = ""
    by: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)


def written_parts(session: Session, subject: str) -> WrittenParts:
    row = session.scalar(select(ReportText).where(ReportText.subject == subject))
    if row is None:
        return WrittenParts()
    return WrittenParts(row.headline, row.to_do, row.written_by_name, row.comments)


def list_of_quarter(session: Session, quarter: Quarter) -> ListVersion | None:
    """The reason list that a quarter's report is made with: today's (None) until the quarter
    after it has ended, because only then are its interviews tagged; from then on the one of that
    evening, so that the report prints again as it was."""
    time_zone = zone(workspace(session).time_zone)
    ends_on = quarter.shifted(2).first_day
    evening = datetime.combine(ends_on, time.min, time_zone)
    if clock.now() < evening:
        return None
    version, latest = version_at(session, evening), latest_version(session)
    return version if version and latest and version.id != latest.id else None


def checksum(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def quarter_subject(quarter: str) -> str:
    return f"quarter:{quarter}"


def themes_subject(quarter: str, filters: Filters) -> str:
    """Other filters make another report."""
    narrowed = "&".join("=".join(pair) for pair in filters.pairs)
    return f"themes:{quarter}:{checksum(narrowed)}" if narrowed else f"themes:{quarter}"


def deal_subject(deal: Deal) -> str:
    return f"deal:{deal.public_id}"


def files_quoting(session: Session, deal_id: int) -> list[Job]:
    """The jobs whose files are still served and quote this deal."""
    printed = session.scalars(
        select(Job).where(Job.name == "reports.pdf", Job.state == JobState.DONE)
    )
    return [job for job in printed if deal_id in job.result.get("quoted_deals", ())]


def deal_by_external_id(session: Session, external_id: str) -> Deal | None:
    """For the command line, where there is no viewer."""
    return session.scalar(_deal().where(Deal.external_id == external_id))


def deal_by_public_id(session: Session, public_id: str) -> Deal | None:
    """For a job, whose asker was let through before it was queued."""
    return session.scalar(_deal().where(Deal.public_id == public_id))


def _deal() -> Select[Deal]:
    return select(Deal).options(
        joinedload(Deal.account), joinedload(Deal.seller), joinedload(Deal.won_by)
    )


def similar_external_ids(session: Session, external_id: str, most: int = 3) -> list[str]:
    """External ids that look like this one: those that begin alike, else the nearest in order."""
    known = session.scalars(
        select(Deal.external_id)
        .where(Deal.external_id.is_not(None), Deal.external_id >= external_id[:2])
        .order_by(Deal.external_id)
        .limit(_NEARBY)
    ).all()
    return get_close_matches(external_id, [one for one in known if one], n=most, cutoff=0.6)


def deal_told(session: Session, viewer: Viewer, public_id: str) -> Deal:
    """A deal whose summary this viewer may see: not while they tag an interview of it a second
    time. Raises NotFound."""
    deal = get_deal(session, viewer, public_id)
    if is_blind_on_deal(session, viewer, deal):
        raise NotFound
    return deal


def interviews_heard(session: Session, deal: Deal) -> Sequence[Interview]:
    return session.scalars(
        select(Interview)
        .where(Interview.deal_id == deal.id, Interview.state.in_(HEARD))
        .options(
            joinedload(Interview.contact),
            joinedload(Interview.deal).options(joinedload(Deal.account), joinedload(Deal.seller)),
        )
        .order_by(Interview.held_on, Interview.id)
    ).all()


def promises_of_deal(session: Session, deal: Deal) -> Sequence[Promise]:
    return session.scalars(
        select(Promise)
        .join(Promise.interview)
        .where(Interview.deal_id == deal.id)
        .options(joinedload(Promise.keeper))
        .order_by(Promise.id)
    ).all()


def tags_of_deal(session: Session, deal: Deal) -> Sequence[Tag]:
    """Every tag that stands in the deal's interviews, in reading order."""
    return session.scalars(
        select(Tag)
        .join(Tag.verbatim)
        .join(Verbatim.answer)
        .join(Verbatim.interview)
        .where(
            Interview.deal_id == deal.id,
            Interview.state.in_(HEARD),
            Tag.removed_at.is_(None),
            Verbatim.has_lost_place.is_(False),
        )
        .options(
            contains_eager(Tag.verbatim).options(
                contains_eager(Verbatim.answer).load_only(
                    Answer.id,
                    Answer.question,
                    Answer.kind,
                    Answer.taken,
                    Answer.revision,
                    Answer.confirmed_revision,
                ),
                contains_eager(Verbatim.interview),
            ),
            joinedload(Tag.reason),
            joinedload(Tag.competitor),
            joinedload(Tag.differentiator),
        )
        .order_by(Interview.id, Answer.position, Verbatim.start, Tag.id)
    ).all()


def strongest_untagged(session: Session, deal: Deal) -> Sequence[Verbatim]:
    """The sentences that interviewers picked as the strongest and that carry no tag yet."""
    is_tagged = select(Tag.id).where(Tag.verbatim_id == Verbatim.id, Tag.removed_at.is_(None))
    return session.scalars(
        select(Verbatim)
        .join(Verbatim.answer)
        .join(Verbatim.interview)
        .where(
            Interview.deal_id == deal.id,
            Interview.state.in_(HEARD),
            Verbatim.is_strong,
            Verbatim.has_lost_place.is_(False),
            ~is_tagged.exists(),
        )
        .options(contains_eager(Verbatim.answer), contains_eager(Verbatim.interview))
        .order_by(Interview.id)
    ).all()


def first_named(session: Session, reason_ids: Sequence[int]) -> dict[int, date]:
    """When the first lost or undecided deal closed that named each reason against us."""
    rows = session.execute(
        select(TagEvidence.reason_id, func.min(TagEvidence.closed_on))
        .where(
            TagEvidence.reason_id.in_(reason_ids),
            TagEvidence.direction == Direction.AGAINST,
            TagEvidence.outcome.in_(NOT_OURS),
        )
        .group_by(TagEvidence.reason_id)
    )
    return {reason_id: first for reason_id, first in rows if reason_id and first}


def products(session: Session) -> Sequence[str]:
    """Those of decided deals, by name."""
    return session.scalars(
        select(Deal.product)
        .where(Deal.product != "", Deal.outcome.in_(DECIDED))
        .distinct()
        .order_by(Deal.product)
    ).all()


@dataclass(frozen=True)
class Named:
    """One row of the deal's evidence, and the name of what it is about."""

    evidence: TagEvidence
    reason: str | None
    differentiator: str | None
    competitor: str | None


def evidence_of_deal(session: Session, deal: Deal) -> list[Named]:
    rows = session.execute(
        select(TagEvidence, Reason.name, Differentiator.name, Competitor.name)
        .outerjoin(Reason, Reason.id == TagEvidence.reason_id)
        .outerjoin(Differentiator, Differentiator.id == TagEvidence.differentiator_id)
        .outerjoin(Competitor, Competitor.id == TagEvidence.competitor_id)
        .where(TagEvidence.deal_id == deal.id)
        .order_by(TagEvidence.id)
    )
    return [Named(*row) for row in rows]
