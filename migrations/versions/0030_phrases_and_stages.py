"""What was decided about phrases of winning buyers; and who else has a differentiator."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_VERDICT = sa.Enum(
    *("accepted", "merged", "dismissed"),
    name="verdict",
    native_enum=False,
    create_constraint=True,
    length=24,
)
_STAGE = sa.Enum(
    *("unique", "contested", "table_stakes"),
    name="stage",
    native_enum=False,
    create_constraint=True,
    length=24,
)


def upgrade() -> None:
    op.create_table(
        "phrase_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("verdict", _VERDICT, nullable=False),
        sa.Column("differentiator_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_name", sa.String(200), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["differentiator_id"],
            ["differentiators.id"],
            name=op.f("fk_phrase_decisions_differentiator_id_differentiators"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase_decisions")),
        sa.UniqueConstraint("key", name=op.f("uq_phrase_decisions_key")),
    )
    op.create_index(
        op.f("ix_phrase_decisions_differentiator_id"), "phrase_decisions", ["differentiator_id"]
    )
    with op.batch_alter_table("standings") as standings:
        standings.add_column(sa.Column("stage", _STAGE, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("standings") as standings:
        standings.drop_column("stage")
    op.drop_table("phrase_decisions")
