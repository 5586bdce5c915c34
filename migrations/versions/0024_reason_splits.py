"""Reasons that became several, and the quotes to decide again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def _refers(table: str, column: str, other: str, then: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=then
    )


def upgrade() -> None:
    op.create_table(
        "reason_splits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("retires", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        _refers("reason_splits", "version_id", "reason_list_versions", "RESTRICT"),
        _refers("reason_splits", "reason_id", "reasons", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_splits")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reason_splits_public_id")),
        sa.UniqueConstraint("version_id", name=op.f("uq_reason_splits_version_id")),
    )
    op.create_index(op.f("ix_reason_splits_reason_id"), "reason_splits", ["reason_id"])
    op.create_table(
        "reason_split_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("split_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_name", sa.String(200), nullable=False),
        sa.Column("added", sa.JSON(), nullable=False),
        _refers("reason_split_items", "split_id", "reason_splits", "CASCADE"),
        _refers("reason_split_items", "tag_id", "tags", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_split_items")),
        sa.UniqueConstraint(
            "split_id", "tag_id", name=op.f("uq_reason_split_items_split_id_tag_id")
        ),
    )
    op.create_index(op.f("ix_reason_split_items_tag_id"), "reason_split_items", ["tag_id"])


def downgrade() -> None:
    op.drop_table("reason_split_items")
    op.drop_table("reason_splits")
