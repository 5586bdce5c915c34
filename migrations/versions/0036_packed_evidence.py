"""The evidence of an interview as one value, beside its rows; two indexes that hold all that the
figures ask of a deal and an interview."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from struct import pack
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_DIRECTIONS = ("for", "against", "neutral")
_WEIGHTS = ("decisive", "contributing", "mentioned", "table_stakes")
_LAYERS = (None, "surface", "probed")
_KINDS = (None, "fact", "think", "feel", "would_do")
_COUNTERFACTUALS = (None, "us", "them", "nothing", "unknown")
_AT_ONCE = 500
_INDEXES = (
    ("ix_deals_outcome_closed_on", "deals", ("outcome", "closed_on"), "account_id"),
    ("ix_interviews_deal_state", "interviews", ("deal_id", "state"), "buying_role"),
)


def upgrade() -> None:
    op.create_table(
        "packed_evidence",
        sa.Column("interview_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_packed_evidence_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("interview_id", name=op.f("pk_packed_evidence")),
    )
    _fill()
    for index, table, columns, more in _INDEXES:
        op.drop_index(index, table_name=table)
        op.create_index(index, table, [*columns, more])


def downgrade() -> None:
    for index, table, columns, _ in _INDEXES:
        op.drop_index(index, table_name=table)
        op.create_index(index, table, list(columns))
    op.drop_table("packed_evidence")


def _fill() -> None:
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(_SELECT, {"last": last, "most": _AT_ONCE}).all():
        until = rows[-1].interview_id
        pairs = defaultdict(list)
        for row in connection.execute(_PAIRS, {"last": last, "until": until}):
            pairs[row.interview_id].append(_pair(row))
        values = [
            {"interview_id": key, "said": _packed([*map(_number, some), *pairs[key]])}
            for key, some in groupby(rows, key=lambda row: row.interview_id)
        ]
        connection.execute(_INSERT, values)
        last = until


_SELECT = sa.text(
    "SELECT interview_id, reason_id, differentiator_id, competitor_id, direction, weight, layer,"
    " evidence, counterfactual, is_provisional FROM tag_evidence WHERE interview_id IN"
    " (SELECT DISTINCT interview_id FROM tag_evidence WHERE interview_id > :last"
    " ORDER BY interview_id LIMIT :most) ORDER BY interview_id, id"
)
#: A tag of a differentiator has a row of evidence, so that its interview is among those above.
_PAIRS = sa.text(
    "SELECT DISTINCT v.interview_id, t.differentiator_id, t.competitor_id, t.direction, t.weight,"
    " t.evidence FROM tags t JOIN verbatims v ON v.id = t.verbatim_id"
    " JOIN interviews i ON i.id = v.interview_id"
    " WHERE v.interview_id > :last AND v.interview_id <= :until"
    " AND i.state IN ('held', 'tagged', 'closed')"
    " AND t.differentiator_id IS NOT NULL AND t.removed_at IS NULL"
)
_INSERT = sa.text("INSERT INTO packed_evidence (interview_id, said) VALUES (:interview_id, :said)")


def _packed(numbers: list[int]) -> bytes:
    return pack(f"<{len(numbers)}q", *numbers)


def _number(row: Any) -> int:
    kind, subject_id = next(
        (kind, one)
        for kind, one in enumerate((row.reason_id, row.differentiator_id, row.competitor_id), 1)
        if one is not None
    )
    code = _said(row)
    code |= _LAYERS.index(row.layer) << 4
    code |= _COUNTERFACTUALS.index(row.counterfactual) << 9 | bool(row.is_provisional) << 12
    return int(code | kind << 13 | subject_id << 15)


def _pair(row: Any) -> int:
    return int(_said(row) | (row.differentiator_id << 24 | (row.competitor_id or 0)) << 15)


def _said(row: Any) -> int:
    code = _DIRECTIONS.index(row.direction) | _WEIGHTS.index(row.weight) << 2
    return code | _KINDS.index(row.evidence) << 6
