"""Guides written on pages: drafts, whose words a version has, and what is archived."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ORIGIN = sa.Enum(
    *("shipped", "workspace"),
    name="origin",
    native_enum=False,
    create_constraint=True,
    length=24,
)


def upgrade() -> None:
    with op.batch_alter_table("guide_versions") as versions:
        versions.add_column(
            sa.Column("published_by_name", sa.String(200), nullable=False, server_default="")
        )
        versions.add_column(sa.Column("origin", _ORIGIN, nullable=False, server_default="shipped"))
        versions.add_column(sa.Column("source_yaml", sa.Text(), nullable=False, server_default=""))
        versions.add_column(sa.Column("overrules", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "guide_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("source_yaml", sa.Text(), nullable=False),
        sa.Column("removed", sa.JSON(), nullable=False),
        sa.Column("edited_by_name", sa.String(200), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_drafts")),
        sa.UniqueConstraint("slug", name=op.f("uq_guide_drafts_slug")),
    )
    op.create_table(
        "archived_guides",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_archived_guides")),
    )
    op.create_table(
        "shipped_texts",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("source_yaml", sa.Text(), nullable=False),
        sa.Column("is_declined", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_shipped_texts")),
    )


def downgrade() -> None:
    op.drop_table("shipped_texts")
    op.drop_table("archived_guides")
    op.drop_table("guide_drafts")
    with op.batch_alter_table("guide_versions") as versions:
        versions.drop_column("overrules")
        versions.drop_column("source_yaml")
        versions.drop_column("origin")
        versions.drop_column("published_by_name")
