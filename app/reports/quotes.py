"""What of a tag a report may print for its audience: the words, and whose they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import ngettext

from app.deals.access import describe
from app.deals.models import Deal
from app.interviews.confidence import (
    Audience,
    Sight,
    is_exact,
    narrower,
    sight_of_readers,
)
from app.interviews.models import Interview, Kind, Scope
from app.reports.wording import gettext as _
from app.reports.wording import words
from app.tagging.models import Direction, Layer, Tag, Verbatim, Weight

_WEIGHT_ORDER = list(Weight)


@dataclass(frozen=True)
class PrintedQuote:
    """A quote that this audience may read. In quotation marks only where `is_exact`."""

    verbatim_id: int
    tag_id: int
    text: str
    is_exact: bool
    who: str
    deal_id: int
    reason_id: int | None
    reason: str
    competitor: str
    direction: Direction
    weight: Weight
    evidence: Kind | None
    layer: Layer
    is_strong: bool

    @property
    def is_fact(self) -> bool:
        return self.evidence is Kind.FACT


@dataclass(frozen=True)
class Strongest:
    """A sentence that the interviewer picked, and that no tag speaks of yet."""

    text: str
    is_exact: bool
    who: str
    evidence: Kind | None


class Withheld(StrEnum):
    """Why words are not shown."""

    ONLY_COUNTED = "only_counted"
    KEPT_FROM_SELLERS = "kept_from_sellers"


@dataclass(frozen=True)
class Quotes:
    """The quotes that may be printed, and how many may not, by reason for it."""

    shown: tuple[PrintedQuote, ...]
    withheld: dict[Withheld, int]

    def of_reason(self, reason_id: int, direction: Direction) -> list[PrintedQuote]:
        return [q for q in self.shown if q.reason_id == reason_id and q.direction is direction]

    @property
    def withheld_words(self) -> list[str]:
        return [words_of_withheld(why, count) for why, count in self.withheld.items()]


def words_of_withheld(why: Withheld, count: int) -> str:
    """'2 quotes are not shown: the buyer allowed counting only.'"""
    if why is Withheld.ONLY_COUNTED:
        return str(
            ngettext(
                "%(num)d quote is not shown: the buyer allowed counting only.",
                "%(num)d quotes are not shown: the buyers allowed counting only.",
                count,
            )
        )
    return str(
        ngettext(
            "%(num)d quote is not shown: the buyer did not want it read by those who sold to them.",
            "%(num)d quotes are not shown: the buyers did not want them read by those who sold "
            "to them.",
            count,
        )
    )


def readable(audience: Audience, tags: Iterable[Tag], *, with_account: bool) -> Quotes:
    """Sort the tags' quotes into what this audience may read and what it may not.

    Needs each tag's verbatim, answer, interview, contact, deal and account loaded.
    """
    shown = []
    withheld: dict[int, Withheld] = {}
    for tag in tags:
        verbatim = tag.verbatim
        sight = sight_of_readers(audience, verbatim.interview, verbatim.scope)
        if sight.words:
            shown.append(_printed(audience, tag, sight, with_account=with_account))
        else:
            withheld[verbatim.id] = why_withheld(verbatim.interview, verbatim.scope)
    return Quotes(tuple(shown), dict(Counter(withheld.values())))


def strongest_readable(audience: Audience, picked: Iterable[Verbatim]) -> tuple[Strongest, ...]:
    """Of those sentences, what this audience may read."""
    found = []
    for verbatim in picked:
        sight = sight_of_readers(audience, verbatim.interview, verbatim.scope)
        if sight.words:
            who = who_said(audience, verbatim.interview, sight, with_account=False)
            text = " ".join(verbatim.text.split())
            found.append(Strongest(text, is_exact(verbatim.answer), who, verbatim.answer.kind))
    return tuple(found)


def why_withheld(interview: Interview, quote_scope: Scope | None = None) -> Withheld:
    counted = narrower(interview.scope, quote_scope) is Scope.COUNT
    return Withheld.ONLY_COUNTED if counted else Withheld.KEPT_FROM_SELLERS


def who_said(audience: Audience, interview: Interview, sight: Sight, *, with_account: bool) -> str:
    """'Ingrid Holm, Head of operations, decision maker, Halden', as far as it may be said."""
    sees_deal = may_name_deal(audience, interview.deal)
    contact = interview.contact
    parts = []
    if contact and sight.name and sees_deal:
        parts.append(contact.name)
    if contact and contact.job_title and contact.job_title not in parts:
        parts.append(contact.job_title)
    if interview.buying_role:
        parts.append(words(interview.buying_role))
    who = ", ".join(parts) or _("A buyer")
    if not with_account:
        return who
    account = interview.deal.account
    if account and sight.account and sees_deal:
        return f"{who}, {account.name}"
    return f"{who} ({describe(interview.deal)})"


def may_name_deal(audience: Audience, deal: Deal) -> bool:
    """Product and leadership get a description of a deal whose buyer is not to be named."""
    return audience is Audience.SELLERS or not deal.is_anonymous


def title_of(audience: Audience, deal: Deal) -> str:
    return deal.name if may_name_deal(audience, deal) else describe(deal)


def strongest_first(quotes: Iterable[PrintedQuote]) -> list[PrintedQuote]:
    """Facts before opinions, exact words before notes, the heavier first, the picked ones first."""
    return sorted(
        quotes,
        key=lambda q: (
            not q.is_strong,
            _WEIGHT_ORDER.index(q.weight),
            not q.is_fact,
            not q.is_exact,
        ),
    )


def without_repeats(quotes: Sequence[PrintedQuote], printed: set[int]) -> list[PrintedQuote]:
    """Those whose words were not printed before; remembers them in `printed`."""
    fresh = []
    for quote in quotes:
        if quote.verbatim_id not in printed:
            printed.add(quote.verbatim_id)
            fresh.append(quote)
    return fresh


def _printed(audience: Audience, tag: Tag, sight: Sight, *, with_account: bool) -> PrintedQuote:
    verbatim: Verbatim = tag.verbatim
    return PrintedQuote(
        verbatim_id=verbatim.id,
        tag_id=tag.id,
        text=" ".join(verbatim.text.split()),
        is_exact=is_exact(verbatim.answer),
        who=who_said(audience, verbatim.interview, sight, with_account=with_account),
        deal_id=verbatim.interview.deal_id,
        reason_id=tag.reason_id,
        reason=tag.reason.name if tag.reason else "",
        competitor=tag.competitor.name if tag.competitor else "",
        direction=tag.direction,
        weight=tag.weight,
        evidence=tag.evidence,
        layer=tag.layer,
        is_strong=verbatim.is_strong,
    )
