"""What an import keeps: where it is, what it tells, and how the CRM spells a product."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STATES = ("staged", "joining", "applied", "refused", "ignored")


def upgrade() -> None:
    op.create_table(
        "product_spellings",
        sa.Column("spelling", sa.String(length=200), nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("set_by_name", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_spellings")),
        sa.UniqueConstraint("spelling", name=op.f("uq_product_spellings_spelling")),
    )
    op.add_column(
        "deals",
        sa.Column("product_as_written", sa.String(length=200), nullable=False, server_default=""),
    )
    op.add_column("deals", sa.Column("crm_digest", sa.String(length=32), nullable=True))
    # Staged rows live as long as an import runs; none could have been staged before this.
    op.drop_table("staged_rows")
    _create_staged_rows(
        _STATES,
        sa.Column("file", sa.String(length=20), nullable=False),
        sa.Column("belongs_to", sa.String(length=200), nullable=True),
        sa.Column("problems", sa.JSON(), nullable=False),
    )
    op.create_index("ix_staged_rows_belongs_to", "staged_rows", ["import_id", "belongs_to"])


def downgrade() -> None:
    op.drop_table("staged_rows")
    _create_staged_rows(
        ("staged", "applied", "refused"), sa.Column("problem", sa.JSON(), nullable=False)
    )
    op.drop_column("deals", "crm_digest")
    op.drop_column("deals", "product_as_written")
    op.drop_table("product_spellings")


def _create_staged_rows(states: tuple[str, ...], *more: sa.Column[object]) -> None:
    op.create_table(
        "staged_rows",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*states, name="state", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        *more,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["deal_imports.id"],
            name=op.f("fk_staged_rows_import_id_deal_imports"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_rows")),
    )
    op.create_index("ix_staged_rows_import_state", "staged_rows", ["import_id", "state", "id"])
