"""The evidence of an interview as one value, beside its rows."""

from __future__ import annotations

from itertools import groupby
from struct import pack
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_DIRECTIONS = ("for", "against", "neutral")
_WEIGHTS = ("decisive", "contributing", "mentioned", "table_stakes")
_LAYERS = (None, "surface", "probed")
_KINDS = (None, "fact", "think", "feel", "would_do")
_COUNTERFACTUALS = (None, "us", "them", "nothing", "unknown")
_AT_ONCE = 500


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


def downgrade() -> None:
    op.drop_table("packed_evidence")


def _fill() -> None:
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(_SELECT, {"last": last, "most": _AT_ONCE}).all():
        values = [
            {"interview_id": key, "said": _packed(list(some))}
            for key, some in groupby(rows, key=lambda row: row.interview_id)
        ]
        connection.execute(_INSERT, values)
        last = values[-1]["interview_id"]


_SELECT = sa.text(
    "SELECT interview_id, reason_id, differentiator_id, competitor_id, direction, weight, layer,"
    " evidence, counterfactual, is_provisional FROM tag_evidence WHERE interview_id IN"
    " (SELECT DISTINCT interview_id FROM tag_evidence WHERE interview_id > :last"
    " ORDER BY interview_id LIMIT :most) ORDER BY interview_id, id"
)
_INSERT = sa.text("INSERT INTO packed_evidence (interview_id, said) VALUES (:interview_id, :said)")


def _packed(rows: list[Any]) -> bytes:
    return pack(f"<{len(rows)}q", *map(_number, rows))


def _number(row: Any) -> int:
    kind, subject_id = next(
        (kind, one)
        for kind, one in enumerate((row.reason_id, row.differentiator_id, row.competitor_id), 1)
        if one is not None
    )
    code = _DIRECTIONS.index(row.direction) | _WEIGHTS.index(row.weight) << 2
    code |= _LAYERS.index(row.layer) << 4 | _KINDS.index(row.evidence) << 6
    code |= _COUNTERFACTUALS.index(row.counterfactual) << 9 | bool(row.is_provisional) << 12
    return int(code | kind << 13 | subject_id << 15)
