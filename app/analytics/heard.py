"""Who was heard, and what they said, as columns of numbers: one row an interview, read at once.

The database gives each interview with its evidence as one value; nothing of a million rows of
evidence becomes an object of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Result,
    case,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from app.analytics.narrowing import ALL, Narrowed
from app.analytics.queries import Subject, closed_in
from app.analytics.taken import packed_anew
from app.core.periods import Period
from app.deals.models import DECIDED, Account, BuyingRole, Deal, Outcome
from app.interviews.models import HEARD, Counterfactual, Interview, Kind
from app.tagging.models import Direction, Layer, PackedEvidence, Weight
from app.tagging.packing import ID_AT, KIND_AT, PackedSubject, code_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

OPINIONS = (Kind.THINK, Kind.FEEL, Kind.WOULD_DO)
DIRECTIONS = tuple(Direction)
#: What a row of evidence says, as bits.
INFLUENCED, DECISIVE, FIRST, BEHIND, FACT, OPINION, EXPECTED, PROVISIONAL, WOULD_BE_OURS = (
    1 << bit for bit in range(9)
)
#: Buying roles by their number in Heard.roles.
ROLES = (None, *BuyingRole)
_OUTCOMES = tuple(Outcome)
_AT_ONCE = 2_000
_KINDS = {
    Subject.REASON: PackedSubject.REASON,
    Subject.DIFFERENTIATOR: PackedSubject.DIFFERENTIATOR,
    Subject.COMPETITOR: PackedSubject.COMPETITOR,
}
_WEIGHTS = {
    Weight.DECISIVE: INFLUENCED | DECISIVE,
    Weight.CONTRIBUTING: INFLUENCED,
    Weight.TABLE_STAKES: EXPECTED,
}


@dataclass(frozen=True)
class Heard:
    """The deals heard, and their interviews, those of a deal one after the other."""

    #: Of each interview: the place of its deal, its account and buying role (0 is none).
    deal_of: Numbers
    accounts: Numbers
    roles: Numbers
    #: Of each deal: its id, its interviews, its stratum, whether it closed in the latest quarter.
    deals: Numbers
    sizes: Numbers
    stratum_of: Numbers
    is_latest: Numbers
    strata: list[tuple[Outcome, str]]
    #: What each interview says, packed; only facts are read of it where that was asked for.
    packed: Sequence[bytes]
    facts_only: bool

    def by_stratum(self) -> dict[tuple[Outcome, str], int]:
        """How many deals of each outcome and segment."""
        import numpy as np

        counts = np.bincount(self.stratum_of, minlength=len(self.strata))
        return dict(zip(self.strata, counts.tolist(), strict=True))

    def evidence(self, subject: Subject) -> Evidence:
        """What they said of subjects of this sort."""
        return self._said_of(_KINDS[subject])

    def pairs(self) -> Evidence:
        """What they said of differentiators, each beside the competitor that was named with it: see
        PackedSubject."""
        return self._said_of(PackedSubject.PAIR)

    def _said_of(self, kind: PackedSubject) -> Evidence:
        import numpy as np

        lengths = np.fromiter(map(len, self.packed), dtype=np.int64, count=len(self.packed))
        rows = np.frombuffer(b"".join(self.packed), dtype="<i8")
        interview = np.repeat(np.arange(len(self.packed)), lengths // 8)
        codes = rows & (1 << ID_AT) - 1
        directions, bits = _meanings()
        counts = codes >> KIND_AT == kind
        codes &= (1 << KIND_AT) - 1
        if self.facts_only:
            counts &= bits[codes] & FACT > 0
        codes = codes[counts]
        return Evidence(rows[counts] >> ID_AT, interview[counts], directions[codes], bits[codes])


@dataclass(frozen=True)
class Evidence:
    """One row each of the evidence, in the order of the interviews: the subject's id, the place of
    the interview, the place of the direction, and what is said, as bits."""

    ids: Numbers
    interview: Numbers
    direction: Numbers
    bits: Numbers


def read_heard(session: Session, period: Period, latest: Period, narrowed: Narrowed = ALL) -> Heard:
    """The deals of the period in which somebody was heard who counts."""
    import numpy as np

    role = _coded(Interview.buying_role, {role: n for n, role in enumerate(ROLES) if role})
    outcome = _coded(Deal.outcome, {outcome: n for n, outcome in enumerate(_OUTCOMES)})
    is_latest = case((Deal.closed_on >= latest.first_day, _number(1)), else_=_number(0))
    # Asked of the connection: to the session every row would be an object of the mapping's, too.
    anew = packed_anew(session, period, narrowed)
    found = session.connection().execute(
        select(
            Deal.id,
            Interview.id,
            func.coalesce(Deal.account_id, _number(0)),
            role,
            is_latest,
            outcome,
            func.coalesce(Account.segment, ""),
            type_coerce(PackedEvidence.said, NullType()),
        )
        .select_from(Interview)
        .join(Interview.deal)
        .outerjoin(Account, Account.id == Deal.account_id)
        .outerjoin(PackedEvidence, PackedEvidence.interview_id == Interview.id)
        .where(
            Interview.state.in_(HEARD),
            Deal.outcome.in_(DECIDED),
            closed_in(Deal.closed_on, period),
            *narrowed.deals,
            *narrowed.interviews,
        )
    )
    places: dict[tuple[int, str], int] = {}
    said: list[bytes] = []
    parts = [np.zeros((6, 0), dtype=np.int64)]
    # In parts: a row that is done with does not make Python look through all that it keeps.
    for rows in found.partitions(_AT_ONCE):
        *columns, outcomes, segments, some = zip(*rows, strict=True)
        pairs = zip(outcomes, segments, strict=True)
        strata = [places.setdefault(pair, len(places)) for pair in pairs]
        parts.append(np.array([*columns, strata], dtype=np.int64))
        if anew:
            read = zip(columns[1], some, strict=True)
            said += (anew.get(row_id, one) or b"" for row_id, one in read)
        else:
            said += (one or b"" for one in some)
    ids, _, accounts, roles, latest_ones, stratum = np.concatenate(parts, axis=1)
    by_deal = np.argsort(ids, kind="stable")
    deals, first, deal_of, sizes = np.unique(
        ids[by_deal], return_index=True, return_inverse=True, return_counts=True
    )
    return Heard(
        deal_of=deal_of.astype(np.int64),
        accounts=accounts[by_deal],
        roles=roles[by_deal],
        deals=deals,
        sizes=sizes.astype(np.int64),
        stratum_of=stratum[by_deal][first],
        is_latest=latest_ones[by_deal][first],
        strata=[(_OUTCOMES[number], segment) for number, segment in places],
        packed=[said[place] for place in by_deal.tolist()],
        facts_only=narrowed.facts_only,
    )


def in_columns(found: Result[*tuple[int, ...]], width: int) -> Numbers:
    """Rows of whole numbers as columns, in parts as above."""
    import numpy as np

    parts = [
        np.array(list(zip(*rows, strict=True)), dtype=np.int64)
        for rows in found.partitions(_AT_ONCE)
    ]
    return np.concatenate([np.zeros((width, 0), dtype=np.int64), *parts], axis=1)


@cache
def _meanings() -> tuple[Numbers, Numbers]:
    """Of each code of packed evidence, the place of its direction and its bits."""
    import numpy as np

    directions = np.zeros(1 << KIND_AT, dtype=np.int64)
    bits = np.zeros(1 << KIND_AT, dtype=np.int64)
    for direction, weight, layer, kind, would, is_provisional in product(
        DIRECTIONS,
        Weight,
        (None, *Layer),
        (None, *Kind),
        (None, *Counterfactual),
        (False, True),
    ):
        code = code_of(direction, weight, layer, kind, would, is_provisional=is_provisional)
        directions[code] = DIRECTIONS.index(direction)
        bits[code] = _bits(weight, layer, kind, would) | (PROVISIONAL if is_provisional else 0)
    return directions, bits


def _bits(
    weight: Weight, layer: Layer | None, kind: Kind | None, would: Counterfactual | None
) -> int:
    """A first answer, or what was behind it, counts where it weighed."""
    found = _WEIGHTS.get(weight, 0)
    if found & INFLUENCED:
        found |= {Layer.SURFACE: FIRST, Layer.PROBED: BEHIND, None: 0}[layer]
    if kind is not None:
        found |= OPINION if kind in OPINIONS else FACT
    return found | (WOULD_BE_OURS if would is Counterfactual.US else 0)


def _coded(column: Any, codes: Mapping[Any, int]) -> ColumnElement[int]:
    """A token as a number, 0 where none is given."""
    numbers = {token: _number(code) for token, code in codes.items()}
    return case(numbers, value=column, else_=_number(0))


def _number(value: int) -> ColumnElement[int]:
    return literal_column(str(value), Integer)
