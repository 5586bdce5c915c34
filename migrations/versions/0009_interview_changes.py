"""Changes that capture pages sent, words set aside, and who is at an interview."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "interview_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("do", sa.String(40), nullable=False),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("question_id", sa.String(120), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_interview_changes_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_changes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_interview_changes_public_id")),
    )
    op.create_index("ix_interview_changes_interview", "interview_changes", ["interview_id", "id"])
    with op.batch_alter_table("answer_revisions") as revisions:
        revisions.add_column(
            sa.Column("based_on", sa.Integer(), nullable=False, server_default="0")
        )
        revisions.add_column(
            sa.Column("is_aside", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.create_table(
        "presences",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("place", sa.String(80), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("spot", sa.String(120), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_presences")),
    )
    op.create_index(op.f("ix_presences_place"), "presences", ["place"])


def downgrade() -> None:
    op.drop_table("presences")
    with op.batch_alter_table("answer_revisions") as revisions:
        revisions.drop_column("is_aside")
        revisions.drop_column("based_on")
    op.drop_table("interview_changes")
