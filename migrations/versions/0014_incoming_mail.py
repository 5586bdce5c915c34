"""What became of mail that came in, and how far a mailbox has been read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incoming_mails",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("sender", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reader", sa.String(length=40), nullable=False),
        sa.Column("became", sa.String(length=40), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_mails")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_incoming_mails_fingerprint")),
    )
    op.create_table(
        "mailbox_places",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailbox_places")),
        sa.UniqueConstraint("key", name=op.f("uq_mailbox_places_key")),
    )
    op.create_index("ix_jobs_name_id", "jobs", ["name", "id"])


def downgrade() -> None:
    op.drop_index("ix_jobs_name_id", "jobs")
    op.drop_table("mailbox_places")
    op.drop_table("incoming_mails")
