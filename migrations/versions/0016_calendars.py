"""Users' calendars, the busy times in them, and what is written into them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
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


def _belongs_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{other}.id"],
        name=op.f(f"fk_{table}_{column}_{other}"),
        ondelete="CASCADE",
    )


def upgrade() -> None:
    op.create_table(
        "calendars",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", _token("calendars", "kind", "ics", "caldav"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("username", sa.String(length=320), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("writes", sa.Boolean(), nullable=False),
        sa.Column("offered", sa.JSON(), nullable=False),
        sa.Column("last_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("calendars", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendars")),
        sa.UniqueConstraint("public_id", name=op.f("uq_calendars_public_id")),
    )
    op.create_index(op.f("ix_calendars_user_id"), "calendars", ["user_id"])
    op.create_index(op.f("ix_calendars_next_read_at"), "calendars", ["next_read_at"])
    op.create_table(
        "busy_times",
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("busy_times", "calendar_id", "calendars"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy_times")),
    )
    op.create_index("ix_busy_times_calendar_ends", "busy_times", ["calendar_id", "ends_at"])
    op.create_table(
        "calendar_events",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=255), nullable=False),
        sa.Column("ics", sa.Text(), nullable=False),
        sa.Column("wish", _token("calendar_events", "wish", "put", "remove"), nullable=False),
        sa.Column(
            "state",
            _token("calendar_events", "state", "waiting", "writing", "done", "failed"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("calendar_events", "calendar_id", "calendars"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_events")),
        sa.UniqueConstraint("public_id", name=op.f("uq_calendar_events_public_id")),
        sa.UniqueConstraint("calendar_id", "uid", name=op.f("uq_calendar_events_calendar_id_uid")),
    )


def downgrade() -> None:
    op.drop_table("calendar_events")
    op.drop_table("busy_times")
    op.drop_table("calendars")
