"""Figures of reasons with the list as it stood in an earlier version: read from the tags
themselves, because the evidence follows today's list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analytics.heard import OPINIONS
from app.analytics.queries import INFLUENCED, explained_by
from app.analytics.said import Said, Voices, heard_deals
from app.analytics.stats.theme import cites
from app.core.db import is_between
from app.core.periods import Period
from app.deals.models import DECIDED, BuyingRole, Deal, Outcome
from app.interviews.models import HEARD, Interview, Kind
from app.tagging.codebook.as_it_stood import AsItStood, as_it_stood, moved_since
from app.tagging.codebook.models import ListVersion
from app.tagging.codebook.queries import standing_in
from app.tagging.evidence import Evidence, rebuilt
from app.tagging.models import Direction, Layer, Reason, Tag, Weight


class PastReasons:
    """The rows behind the figures of one period, as the list stood in a version."""

    def __init__(self, session: Session, period: Period, version: ListVersion) -> None:
        self._period = period
        self.moved: AsItStood = as_it_stood(session, version)
        self._speakers = _speakers(session, period)
        self._evidence = [
            row
            for row in rebuilt(session, list(self._speakers), self.moved)
            if row.reason_id is not None
        ]
        self._names = _names(session, version)
        self._now = _reasons_of_moved(session, version)

    def said(self, session: Session, latest: Period) -> list[Said]:
        """As `said.said`, of every reason."""
        heard = {row.deal_id: row for row in session.execute(select(heard_deals(self._period)))}
        by_deal: dict[tuple[int, Direction, int], list[Evidence]] = defaultdict(list)
        for row in self._evidence:
            if row.reason_id is not None and row.deal_id in heard:
                by_deal[row.reason_id, row.direction, row.deal_id].append(row)
        grouped: dict[tuple[int, Direction, Outcome, str], list[Said]] = defaultdict(list)
        for (reason_id, direction, deal_id), rows in by_deal.items():
            deal = heard[deal_id]
            one = _said_in_deal(rows, deal.segment, deal.interviews, latest)
            grouped[reason_id, direction, one.outcome, one.segment].append(one)
        return [_summed(rows) for rows in grouped.values()]

    def voices(self) -> dict[tuple[int, Direction], Voices]:
        accounts: dict[tuple[int, Direction], set[int]] = defaultdict(set)
        roles: dict[tuple[int, Direction], set[BuyingRole]] = defaultdict(set)
        for row in self._evidence:
            if row.weight not in INFLUENCED or row.reason_id is None:
                continue
            if row.outcome in explained_by(row.direction):
                account_id, role = self._speakers[row.interview_id]
                key = row.reason_id, row.direction
                accounts[key] |= {account_id} - {None}  # type: ignore[arg-type]
                roles[key] |= {role} - {None}  # type: ignore[arg-type]
        return {key: Voices(len(accounts[key]), len(roles[key])) for key in accounts}

    def ids_now(self, ids: Iterable[int]) -> list[int]:
        """The reasons under which the quotes of these are found today."""
        return sorted({*ids, *self._now})

    def names_of(self, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Public id and name of each reason, as it was called."""
        return {reason_id: self._names[reason_id] for reason_id in ids}


def _said_in_deal(rows: Sequence[Evidence], segment: str, interviews: int, latest: Period) -> Said:
    first = rows[0]
    assert first.reason_id is not None
    assert first.closed_on is not None
    influencing = [row for row in rows if row.weight in INFLUENCED]
    share = len({row.interview_id for row in influencing}) / interviews
    is_fact = any(row.evidence is Kind.FACT for row in rows)
    return Said(
        subject_id=first.reason_id,
        direction=first.direction,
        outcome=first.outcome,
        segment=segment,
        named=share,
        influenced=int(share > 0),
        citing=int(cites(share)),
        deals=1,
        latest_deals=int(first.closed_on >= latest.first_day),
        decisive=int(any(row.weight is Weight.DECISIVE for row in rows)),
        first=int(any(row.layer is Layer.SURFACE for row in influencing)),
        behind=int(any(row.layer is Layer.PROBED for row in influencing)),
        facts=int(is_fact),
        opinions_only=int(not is_fact and any(row.evidence in OPINIONS for row in rows)),
        expected=int(any(row.weight is Weight.TABLE_STAKES for row in rows)),
        interviews=len({row.interview_id for row in rows}),
        is_provisional=any(row.is_provisional for row in rows),
    )


def _summed(rows: Sequence[Said]) -> Said:
    sums = {
        name: sum(getattr(row, name) for row in rows)
        for name in Said._fields[4:]
        if name != "is_provisional"
    }
    return rows[0]._replace(**sums, is_provisional=any(row.is_provisional for row in rows))


def _speakers(session: Session, period: Period) -> dict[int, tuple[int | None, BuyingRole | None]]:
    """Account and buying role behind each interview that counts in the period."""
    rows = session.execute(
        select(Interview.id, Deal.account_id, Interview.buying_role)
        .join(Interview.deal)
        .where(
            Interview.state.in_(HEARD),
            Deal.outcome.in_(DECIDED),
            is_between(Deal.closed_on, period.first_day, period.last_day),
        )
    )
    return {interview_id: (account_id, role) for interview_id, account_id, role in rows}


def _names(session: Session, version: ListVersion) -> dict[int, tuple[str, str]]:
    """A draft of then has today's name: the list did not hold it yet."""
    rows = session.execute(select(Reason.id, Reason.public_id, Reason.name))
    names = {row_id: (public_id, name) for row_id, public_id, name in rows}
    for revision in standing_in(session, version):
        names[revision.reason_id] = (revision.reason.public_id, revision.name)
    return names


def _reasons_of_moved(session: Session, version: ListVersion) -> list[int]:
    """Under which reasons the tags stand today that were moved since."""
    rows = session.scalars(select(Tag.reason_id).where(Tag.id.in_(moved_since(version))).distinct())
    return [reason_id for reason_id in rows if reason_id is not None]
