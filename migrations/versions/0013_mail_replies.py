"""Replies of buyers that came by mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "buyer_mail_replies",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("sender", sa.String(length=320), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attachments", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.id"],
            name=op.f("fk_buyer_mail_replies_answer_id_answers"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_buyer_mail_replies_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buyer_mail_replies")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_buyer_mail_replies_fingerprint")),
        sa.UniqueConstraint("public_id", name=op.f("uq_buyer_mail_replies_public_id")),
    )
    op.create_index(
        op.f("ix_buyer_mail_replies_interview_id"), "buyer_mail_replies", ["interview_id"]
    )


def downgrade() -> None:
    op.drop_table("buyer_mail_replies")
