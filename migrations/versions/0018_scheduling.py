"""When somebody can be asked for an interview, and the times that buyers took."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
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
        "scheduling_hours",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("working", sa.JSON(), nullable=False),
        sa.Column("pause_minutes", sa.Integer(), nullable=False),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("most_per_day", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(length=500), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("feed_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("scheduling_hours", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduling_hours")),
        sa.UniqueConstraint("user_id", name=op.f("uq_scheduling_hours_user_id")),
        sa.UniqueConstraint("feed_id", name=op.f("uq_scheduling_hours_feed_id")),
    )
    op.create_table(
        "scheduling_days_off",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("scheduling_days_off", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduling_days_off")),
        sa.UniqueConstraint("public_id", name=op.f("uq_scheduling_days_off_public_id")),
    )
    op.create_index("ix_scheduling_days_off_user", "scheduling_days_off", ["user_id", "last_day"])
    op.create_table(
        "bookings",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("local_start", sa.String(length=16), nullable=False),
        sa.Column(
            "state",
            _token("bookings", "state", "booked", "cancelled", "missed"),
            nullable=False,
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=500), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column(
            "reply",
            _token("bookings", "reply", "none", "accepted", "tentative", "declined"),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("bookings", "interview_id", "interviews"),
        _belongs_to("bookings", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bookings_public_id")),
    )
    op.create_index(
        "uq_bookings_interview_booked",
        "bookings",
        ["interview_id"],
        unique=True,
        sqlite_where=sa.text("state = 'booked'"),
        postgresql_where=sa.text("state = 'booked'"),
    )
    op.create_index("ix_bookings_interview", "bookings", ["interview_id"])
    op.create_index("ix_bookings_user_starts", "bookings", ["user_id", "state", "starts_at"])
    op.create_index("ix_bookings_state_starts", "bookings", ["state", "starts_at"])
    op.create_table(
        "booked_quarters",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        _belongs_to("booked_quarters", "user_id", "users"),
        _belongs_to("booked_quarters", "booking_id", "bookings"),
        sa.PrimaryKeyConstraint("user_id", "quarter", name=op.f("pk_booked_quarters")),
    )
    op.create_index("ix_booked_quarters_booking", "booked_quarters", ["booking_id"])
    op.create_table(
        "booking_letters",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _token(
                "booking_letters",
                "kind",
                "booked",
                "moved",
                "cancelled",
                "day_before",
                "hour_before",
                "missed",
                "reopened",
            ),
            nullable=False,
        ),
        sa.Column(
            "recipient",
            _token("booking_letters", "recipient", "buyer", "interviewer"),
            nullable=False,
        ),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("booking_letters", "booking_id", "bookings"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_letters")),
        sa.UniqueConstraint(
            "booking_id",
            "sequence",
            "kind",
            "recipient",
            name=op.f("uq_booking_letters_booking_id_sequence_kind_recipient"),
        ),
    )


def downgrade() -> None:
    op.drop_table("booking_letters")
    op.drop_table("booked_quarters")
    op.drop_table("bookings")
    op.drop_table("scheduling_days_off")
    op.drop_table("scheduling_hours")
