"""What buyers are given as thanks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def _token(table: str, name: str, *tokens: str) -> sa.Enum:
    return sa.Enum(
        *tokens,
        name=op.f(f"ck_{table}_{name}"),
        native_enum=False,
        create_constraint=True,
        length=24,
    )


def _belongs_to(table: str, column: str, other: str, when_gone: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=when_gone
    )


def upgrade() -> None:
    op.create_table(
        "thanks_rules",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", _token("thanks_rules", "kind", "none", "gift", "donation"), nullable=False
        ),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("causes", sa.JSON(), nullable=False),
        sa.Column("left_out_industries", sa.JSON(), nullable=False),
        _belongs_to("thanks_rules", "programme_id", "programmes", "CASCADE"),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_thanks_rules")),
    )
    op.create_table(
        "thanks",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("kind", _token("thanks", "kind", "none", "gift", "donation"), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            _token("thanks", "state", "offered", "approved", "sent", "declined", "not_offered"),
            nullable=False,
        ),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_name", sa.String(length=200), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by_name", sa.String(length=200), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("thanks", "interview_id", "interviews", "CASCADE"),
        _belongs_to("thanks", "programme_id", "programmes", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
        sa.UniqueConstraint("public_id", name=op.f("uq_thanks_public_id")),
        sa.UniqueConstraint("interview_id", name=op.f("uq_thanks_interview_id")),
    )
    op.create_index("ix_thanks_state_offered_at", "thanks", ["state", "offered_at"])


def downgrade() -> None:
    op.drop_table("thanks")
    op.drop_table("thanks_rules")
