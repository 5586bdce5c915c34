"""Which way the words of a suggestion speak, and of whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_DIRECTION = sa.Enum(
    "for",
    "against",
    "neutral",
    name="direction",
    native_enum=False,
    create_constraint=True,
    length=24,
)


def upgrade() -> None:
    with op.batch_alter_table("suggestions") as suggestions:
        suggestions.add_column(sa.Column("direction", _DIRECTION, nullable=True))
        suggestions.add_column(sa.Column("competitor_id", sa.Integer(), nullable=True))
        suggestions.create_foreign_key(
            op.f("fk_suggestions_competitor_id_competitors"),
            "competitors",
            ["competitor_id"],
            ["id"],
            ondelete="SET NULL",
        )
        suggestions.create_index(op.f("ix_suggestions_competitor_id"), ["competitor_id"])


def downgrade() -> None:
    with op.batch_alter_table("suggestions") as suggestions:
        suggestions.drop_index(op.f("ix_suggestions_competitor_id"))
        suggestions.drop_constraint(
            op.f("fk_suggestions_competitor_id_competitors"), type_="foreignkey"
        )
        suggestions.drop_column("competitor_id")
        suggestions.drop_column("direction")
