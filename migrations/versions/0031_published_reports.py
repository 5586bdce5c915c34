"""Published reports, frozen as they were issued; links to them, and when they are mailed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
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


def _audience(table: str) -> sa.Column[str]:
    return sa.Column(
        "audience", _token(table, "audience", "sellers", "product", "leadership"), nullable=False
    )


def _of_report(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["report_id"],
        ["reports.id"],
        name=op.f(f"fk_{table}_report_id_reports"),
        ondelete="CASCADE",
    )


def upgrade() -> None:
    with op.batch_alter_table("report_texts") as table:
        table.add_column(sa.Column("comments", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("report_texts") as table:
        table.alter_column("comments", server_default=None)
    op.create_table(
        "reports",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("kind", _token("reports", "kind", "quarter", "themes", "deal"), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        _audience("reports"),
        sa.Column("narrowed", sa.String(length=2000), nullable=False),
        sa.Column(
            "state",
            _token("reports", "state", "draft", "in_review", "reviewed", "published"),
            nullable=False,
        ),
        sa.Column("asked_by_name", sa.String(length=200), nullable=False),
        sa.Column("reviewed_by_name", sa.String(length=200), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reports_public_id")),
        sa.UniqueConstraint(
            "kind",
            "subject",
            "audience",
            "narrowed",
            name=op.f("uq_reports_kind_subject_audience_narrowed"),
        ),
    )
    op.create_table(
        "report_issues",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("reason_list_version", sa.Integer(), nullable=True),
        sa.Column("formulas", sa.String(length=16), nullable=False),
        sa.Column("html_key", sa.String(length=120), nullable=False),
        sa.Column("pdf_key", sa.String(length=120), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("quoted_deals", sa.JSON(), nullable=False),
        sa.Column(
            "why", _token("report_issues", "why", "published", "anew", "withdrawn"), nullable=False
        ),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("is_served", sa.Boolean(), nullable=False),
        sa.Column("issued_by_name", sa.String(length=200), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _of_report("report_issues"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_issues")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_issues_public_id")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_report_issues_report_id_number")),
    )
    op.create_index("ix_report_issues_served", "report_issues", ["is_served", "report_id"])
    op.create_table(
        "report_links",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_name", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _of_report("report_links"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_links")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_links_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_report_links_token_hash")),
    )
    op.create_index(op.f("ix_report_links_report_id"), "report_links", ["report_id"])
    op.create_table(
        "report_schedules",
        _audience("report_schedules"),
        sa.Column("days_after", sa.Integer(), nullable=False),
        sa.Column("mailed", sa.String(length=8), nullable=False),
        sa.Column("set_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_schedules")),
        sa.UniqueConstraint("audience", name=op.f("uq_report_schedules_audience")),
    )


def downgrade() -> None:
    for table in ("report_schedules", "report_links", "report_issues", "reports"):
        op.drop_table(table)
    op.drop_column("report_texts", "comments")
