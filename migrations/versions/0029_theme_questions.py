"""Questions that a theme put into the coming guides."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def _token(name: str, *tokens: str) -> sa.Enum:
    return sa.Enum(
        *tokens,
        name=op.f(f"ck_theme_questions_{name}"),
        native_enum=False,
        create_constraint=True,
        length=24,
    )


def upgrade() -> None:
    op.create_table(
        "theme_questions",
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("direction", _token("direction", "for", "against", "neutral"), nullable=False),
        sa.Column("kind", _token("kind", "fact", "think", "feel", "would_do"), nullable=False),
        sa.Column("say", sa.String(length=1000), nullable=False),
        sa.Column("guides", sa.JSON(), nullable=False),
        sa.Column("asked_by_name", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reason_id"],
            ["reasons.id"],
            name=op.f("fk_theme_questions_reason_id_reasons"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_questions")),
    )
    op.create_index("ix_theme_questions_reason", "theme_questions", ["reason_id", "direction"])


def downgrade() -> None:
    op.drop_table("theme_questions")
