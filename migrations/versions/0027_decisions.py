"""Decisions, their reminders, the buyers told of them, and goals of the programme."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
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
        "decisions",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=True),
        sa.Column("differentiator_id", sa.Integer(), nullable=True),
        sa.Column("competitor_id", sa.Integer(), nullable=True),
        sa.Column(
            "direction",
            _token("decisions", "direction", "for", "against", "neutral"),
            nullable=True,
        ),
        sa.Column("report", sa.String(length=80), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            _token("decisions", "state", "decided", "under_way", "shipped", "dropped"),
            nullable=False,
        ),
        sa.Column("shipped_on", sa.Date(), nullable=True),
        sa.Column("tracker_url", sa.String(length=2000), nullable=False),
        sa.Column("goal_percent", sa.Integer(), nullable=True),
        sa.Column("goal_by", sa.Date(), nullable=True),
        sa.Column("learnt", sa.Text(), nullable=False),
        sa.Column("taken_by_name", sa.String(length=200), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN reason_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN differentiator_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN competitor_id IS NULL THEN 0 ELSE 1 END) <= 1",
            name=op.f("ck_decisions_one_theme"),
        ),
        _belongs_to("decisions", "reason_id", "reasons", "RESTRICT"),
        _belongs_to("decisions", "differentiator_id", "differentiators", "SET NULL"),
        _belongs_to("decisions", "competitor_id", "competitors", "SET NULL"),
        _belongs_to("decisions", "owner_id", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_decisions_public_id")),
    )
    op.create_index("ix_decisions_state_due_on", "decisions", ["state", "due_on"])
    op.create_index("ix_decisions_reason", "decisions", ["reason_id"])
    op.create_index("ix_decisions_report", "decisions", ["report"])
    for column in ("differentiator_id", "competitor_id", "owner_id"):
        op.create_index(op.f(f"ix_decisions_{column}"), "decisions", [column])
    op.create_table(
        "decision_reminders",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _token("decision_reminders", "kind", "soon", "overdue", "goal_missed"),
            nullable=False,
        ),
        sa.Column("of_day", sa.Date(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("decision_reminders", "decision_id", "decisions", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_reminders")),
        sa.UniqueConstraint(
            "decision_id",
            "kind",
            "of_day",
            name=op.f("uq_decision_reminders_decision_id_kind_of_day"),
        ),
    )
    op.create_table(
        "buyers_to_tell",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("noted_by_name", sa.String(length=200), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        _belongs_to("buyers_to_tell", "interview_id", "interviews", "CASCADE"),
        sa.PrimaryKeyConstraint("interview_id", name=op.f("pk_buyers_to_tell")),
    )
    op.create_table(
        "buyers_told",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("told_by_name", sa.String(length=200), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("buyers_told", "decision_id", "decisions", "CASCADE"),
        _belongs_to("buyers_told", "contact_id", "contacts", "CASCADE"),
        _belongs_to("buyers_told", "mail_id", "mails", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buyers_told")),
        sa.UniqueConstraint(
            "decision_id", "contact_id", name=op.f("uq_buyers_told_decision_id_contact_id")
        ),
    )
    for column in ("contact_id", "mail_id"):
        op.create_index(op.f(f"ix_buyers_told_{column}"), "buyers_told", [column])
    op.create_table(
        "programme_goals",
        sa.Column(
            "measure",
            _token("programme_goals", "measure", "response", "days_to_interview", "share_heard"),
            nullable=False,
        ),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("set_by_name", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_goals")),
        sa.UniqueConstraint("measure", name=op.f("uq_programme_goals_measure")),
    )


def downgrade() -> None:
    for table in (
        "programme_goals",
        "buyers_told",
        "buyers_to_tell",
        "decision_reminders",
        "decisions",
    ):
        op.drop_table(table)
