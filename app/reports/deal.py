"""The data of one deal's summary for one audience: everything printed, and nothing else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core import formats
from app.deals import queries as deals
from app.deals.models import Deal, Outcome
from app.interviews.confidence import NOTHING, Audience, sight_of_readers
from app.interviews.models import (
    Channel,
    Counterfactual,
    Interview,
    Kind,
    Promise,
    Relation,
    State,
)
from app.reports import queries
from app.reports.queries import Named, WrittenParts
from app.reports.quotes import (
    PrintedQuote,
    Quotes,
    Strongest,
    Withheld,
    may_name_deal,
    readable,
    strongest_first,
    strongest_readable,
    title_of,
    who_said,
    why_withheld,
    without_repeats,
)
from app.reports.wording import gettext as _
from app.reports.wording import words
from app.tagging.double_coding.struck import struck_reasons
from app.tagging.models import Direction, Tag, Weight

_QUOTES_BY_WEIGHT = {
    Weight.DECISIVE: 3,
    Weight.CONTRIBUTING: 2,
    Weight.MENTIONED: 1,
    Weight.TABLE_STAKES: 1,
}
_QUOTES_WITHOUT_REASON = 8
_WEIGHTS = list(Weight)


@dataclass(frozen=True)
class Heard:
    """One interview: who spoke, as far as it may be said."""

    who: str
    held_on: date | None
    channel: Channel
    relation: Relation | None
    is_provisional: bool
    withheld: Withheld | None


@dataclass(frozen=True)
class Sentence:
    """What a person wrote after an interview, and about whose interview."""

    text: str
    who: str


@dataclass(frozen=True)
class HandOver:
    """What whoever looks after a customer should know; for sellers alone."""

    fears: tuple[Sentence, ...] = ()
    near_losses: tuple[Sentence, ...] = ()
    reference: tuple[Sentence, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fears or self.near_losses or self.reference)


@dataclass(frozen=True)
class ReasonInDeal:
    """A reason one way in this deal: how heavy, in how many interviews, and on what it rests."""

    name: str
    direction: Direction
    weight: Weight
    interviews: int
    is_provisional: bool
    by_kind: dict[Kind, int]
    #: What the buyers would have decided, had we had it, by interviews.
    would_decide: dict[Counterfactual, int]
    facts: tuple[PrintedQuote, ...]
    opinions: tuple[PrintedQuote, ...]
    further: int

    @property
    def rests_on_facts(self) -> bool:
        return self.by_kind.get(Kind.FACT, 0) > 0


@dataclass(frozen=True)
class WithoutReason:
    """What was said one way and waits for a reason: some of the quotes, and how many more."""

    direction: Direction
    quotes: tuple[PrintedQuote, ...]
    further: int


@dataclass(frozen=True)
class Cited:
    """A differentiator or competitor as the buyers cited it."""

    name: str
    direction: Direction
    weight: Weight
    interviews: int


@dataclass(frozen=True)
class DealSummary:
    """What a seller would hand on about one deal."""

    audience: Audience
    external_id: str | None
    public_id: str
    title: str
    account: str
    outcome: Outcome
    closed_on: date | None
    amount: str
    product: str
    seller: str
    stated_reason: str
    won_by: str
    competitors_met: tuple[str, ...]
    heard: tuple[Heard, ...]
    why: tuple[Sentence, ...]
    strongest: tuple[Strongest, ...]
    reasons: tuple[ReasonInDeal, ...]
    without_reason: tuple[WithoutReason, ...]
    #: Reasons of this deal on which those who tag do not agree.
    left_out: tuple[str, ...]
    differentiators: tuple[Cited, ...]
    competitors: tuple[Cited, ...]
    surprised: tuple[Sentence, ...]
    promised: tuple[Sentence, ...]
    follow_up: tuple[Sentence, ...]
    hand_over: HandOver
    quotes: Quotes
    written: WrittenParts

    def one_way(self, direction: Direction) -> list[ReasonInDeal]:
        return [reason for reason in self.reasons if reason.direction is direction]

    def without_reason_one_way(self, direction: Direction) -> list[WithoutReason]:
        return [said for said in self.without_reason if said.direction is direction]

    @property
    def directions(self) -> tuple[Direction, ...]:
        """What explains the outcome goes first."""
        ours_first = self.outcome in (Outcome.WON, Outcome.RENEWED)
        first, second = (
            (Direction.FOR, Direction.AGAINST) if ours_first else (Direction.AGAINST, Direction.FOR)
        )
        return first, second, Direction.NEUTRAL

    @property
    def is_provisional(self) -> bool:
        return any(one.is_provisional for one in self.heard)


def deal_summary(session: Session, deal: Deal, audience: Audience) -> DealSummary:
    """Needs the deal's account, seller and winner loaded; who may see the deal was settled."""
    interviews = queries.interviews_heard(session, deal)
    disputed = struck_reasons(session)
    tags = [tag for tag in queries.tags_of_deal(session, deal) if tag.reason_id not in disputed]
    said = _readable_evidence(audience, interviews, queries.evidence_of_deal(session, deal))
    evidence = [row for row in said if row.evidence.reason_id not in disputed]
    quotes = readable(audience, tags, with_account=False)
    named = may_name_deal(audience, deal)
    return DealSummary(
        audience=audience,
        external_id=deal.external_id if named else None,
        public_id=deal.public_id,
        title=title_of(audience, deal),
        account=deal.account.name if deal.account and named else "",
        outcome=deal.outcome,
        closed_on=deal.closed_on,
        amount="" if deal.amount_minor is None else formats.money(deal.amount_minor, deal.currency),
        product=deal.product,
        seller=deal.seller.name if deal.seller and named else "",
        stated_reason=deal.stated_reason if named else "",
        won_by=deal.won_by.name if deal.won_by else "",
        competitors_met=tuple(one.name for one in deals.competitors_met(session, deal)),
        heard=tuple(_heard(audience, interview) for interview in interviews),
        why=_sentences(audience, interviews, lambda interview: interview.why),
        strongest=strongest_readable(audience, queries.strongest_untagged(session, deal)),
        reasons=_reasons(evidence, tags, quotes),
        without_reason=_without_reason(quotes),
        left_out=_left_out(said, disputed),
        differentiators=_cited(evidence, lambda one: one.differentiator),
        competitors=_cited(evidence, lambda one: one.competitor),
        surprised=_sentences(audience, interviews, lambda interview: interview.surprised),
        promised=_promised(audience, interviews, queries.promises_of_deal(session, deal)),
        follow_up=_sentences(audience, interviews, lambda interview: interview.follow_up),
        hand_over=_hand_over(audience, interviews),
        quotes=quotes,
        written=queries.written_parts(session, queries.deal_subject(deal)),
    )


def _readable_evidence(
    audience: Audience, interviews: Iterable[Interview], evidence: Iterable[Named]
) -> list[Named]:
    """The evidence of interviews that these readers may read: on a single deal a reason alone
    would tell what a buyer said who is only to be counted."""
    readable_ids = {one.id for one in interviews if sight_of_readers(audience, one).words}
    return [row for row in evidence if row.evidence.interview_id in readable_ids]


def _left_out(evidence: Iterable[Named], disputed: Mapping[int, str]) -> tuple[str, ...]:
    named = {row.evidence.reason_id for row in evidence}
    return tuple(name for reason_id, name in disputed.items() if reason_id in named)


def _without_reason(quotes: Quotes) -> tuple[WithoutReason, ...]:
    found = []
    for direction in Direction:
        mine = [q for q in quotes.shown if q.reason_id is None and q.direction is direction]
        chosen = strongest_first(mine)[:_QUOTES_WITHOUT_REASON]
        if chosen:
            found.append(WithoutReason(direction, tuple(chosen), len(mine) - len(chosen)))
    return tuple(found)


def _heard(audience: Audience, interview: Interview) -> Heard:
    sight = sight_of_readers(audience, interview)
    return Heard(
        who=who_said(audience, interview, sight, with_account=False) if sight.words else "",
        held_on=interview.held_on,
        channel=interview.channel,
        relation=interview.relation,
        is_provisional=interview.state is State.HELD,
        withheld=None if sight.words else why_withheld(interview),
    )


def _sentences(
    audience: Audience, interviews: Iterable[Interview], part: Callable[[Interview], str]
) -> tuple[Sentence, ...]:
    """What was written of those interviews whose words this audience may read."""
    found = []
    for interview in interviews:
        sight = sight_of_readers(audience, interview)
        text = part(interview).strip()
        if text and sight != NOTHING:
            who = who_said(audience, interview, sight, with_account=False)
            found.append(Sentence(text, who))
    return tuple(found)


def _promised(
    audience: Audience, interviews: Iterable[Interview], promises: Iterable[Promise]
) -> tuple[Sentence, ...]:
    """What was promised in those interviews, each with who keeps it."""
    by_interview: dict[int, list[str]] = defaultdict(list)
    for promise in promises:
        kept_by = _("kept by %(name)s", name=promise.keeper.name) if promise.keeper else ""
        said = ", ".join(part for part in (promise.text.rstrip("."), kept_by) if part)
        by_interview[promise.interview_id].append(f"{said}.")
    return _sentences(audience, interviews, lambda one: " ".join(by_interview[one.id]))


def _hand_over(audience: Audience, interviews: Sequence[Interview]) -> HandOver:
    if audience is not Audience.SELLERS:
        return HandOver()
    return HandOver(
        fears=_sentences(audience, interviews, lambda one: one.fears),
        near_losses=_sentences(audience, interviews, lambda one: one.near_losses),
        reference=_sentences(audience, interviews, lambda one: words(one.reference)),
    )


def _reasons(
    evidence: Sequence[Named], tags: Sequence[Tag], quotes: Quotes
) -> tuple[ReasonInDeal, ...]:
    grouped: dict[tuple[int, Direction], list[Named]] = defaultdict(list)
    for row in evidence:
        if row.evidence.reason_id is not None:
            grouped[row.evidence.reason_id, row.evidence.direction].append(row)
    kinds: dict[tuple[int | None, Direction], dict[Kind, int]] = defaultdict(
        lambda: defaultdict(int)
    )
    for tag in tags:
        if tag.evidence is not None:
            kinds[tag.reason_id, tag.direction][tag.evidence] += 1
    ordered = sorted(grouped.items(), key=lambda item: _by_weight(item[1]))
    printed: set[int] = set()
    return tuple(_reason(key, rows, dict(kinds[key]), quotes, printed) for key, rows in ordered)


def _reason(
    key: tuple[int, Direction],
    rows: Sequence[Named],
    by_kind: dict[Kind, int],
    quotes: Quotes,
    printed: set[int],
) -> ReasonInDeal:
    weight = _heaviest(rows)
    fresh = without_repeats(strongest_first(quotes.of_reason(*key)), printed)
    chosen = fresh[: _QUOTES_BY_WEIGHT[weight]]
    printed -= {quote.verbatim_id for quote in fresh[len(chosen) :]}
    return ReasonInDeal(
        name=rows[0].reason or "",
        direction=key[1],
        weight=weight,
        interviews=len({row.evidence.interview_id for row in rows}),
        is_provisional=any(row.evidence.is_provisional for row in rows),
        by_kind=by_kind,
        would_decide=_would_decide(rows),
        facts=tuple(quote for quote in chosen if quote.is_fact),
        opinions=tuple(quote for quote in chosen if not quote.is_fact),
        further=len(fresh) - len(chosen),
    )


def _would_decide(rows: Sequence[Named]) -> dict[Counterfactual, int]:
    """One answer an interview: its rows of one reason differ by kind alone."""
    by_interview = {
        row.evidence.interview_id: row.evidence.counterfactual
        for row in rows
        if row.evidence.counterfactual is not None
    }
    return dict(Counter(by_interview.values()))


def _cited(evidence: Sequence[Named], name_of: Callable[[Named], str | None]) -> tuple[Cited, ...]:
    grouped: dict[tuple[str, Direction], list[Named]] = defaultdict(list)
    for row in evidence:
        name = name_of(row)
        if name is not None:
            grouped[name, row.evidence.direction].append(row)
    return tuple(
        Cited(name, direction, _heaviest(rows), len({row.evidence.interview_id for row in rows}))
        for (name, direction), rows in sorted(grouped.items(), key=lambda item: _by_weight(item[1]))
    )


def _heaviest(rows: Sequence[Named]) -> Weight:
    return min((row.evidence.weight for row in rows), key=_WEIGHTS.index)


def _by_weight(rows: Sequence[Named]) -> tuple[int, int]:
    """The heaviest first, then what most interviews named."""
    interviews = {row.evidence.interview_id for row in rows}
    return _WEIGHTS.index(_heaviest(rows)), -len(interviews)
