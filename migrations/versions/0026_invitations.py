"""Letters that ask for an interview."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_STEPS = ("invitation", "reminder_1", "reminder_2", "thanks")


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
        "letter_wordings",
        sa.Column(
            "about",
            _token("letter_wordings", "about", "lost", "won", "no_decision"),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("step", _token("letter_wordings", "step", *_STEPS), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_by_name", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_wordings")),
        sa.UniqueConstraint(
            "about", "language", "step", name=op.f("uq_letter_wordings_about_language_step")
        ),
    )
    op.create_table(
        "booking_addresses",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=False),
        _belongs_to("booking_addresses", "user_id", "users", "CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_booking_addresses")),
    )
    op.create_table(
        "invitations",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("next_step", _token("invitations", "next_step", *_STEPS), nullable=True),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs", _token("invitations", "needs", "address", "contact"), nullable=True),
        sa.Column(
            "ended",
            _token(
                "invitations",
                "ended",
                *("booked", "wrote", "declined", "opted_out", "no_answer", "unreachable"),
                *("called_off", "stopped"),
            ),
            nullable=True,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("invitations", "interview_id", "interviews", "CASCADE"),
        _belongs_to("invitations", "asked_by_id", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitations_public_id")),
        sa.UniqueConstraint("interview_id", name=op.f("uq_invitations_interview_id")),
    )
    op.create_index("ix_invitations_next_due_at", "invitations", ["next_due_at", "id"])
    op.create_table(
        "letters",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("step", _token("letters", "step", *_STEPS), nullable=False),
        sa.Column("to_address", sa.String(length=320), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("sent_by_hand_by_name", sa.String(length=200), nullable=False),
        sa.Column("wording", sa.String(length=16), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bounce_words", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("letters", "invitation_id", "invitations", "CASCADE"),
        _belongs_to("letters", "mail_id", "mails", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint(
            "invitation_id",
            "attempt",
            "step",
            name=op.f("uq_letters_invitation_id_attempt_step"),
        ),
    )
    op.create_index(op.f("ix_letters_mail_id"), "letters", ["mail_id"])


def downgrade() -> None:
    for table in ("letters", "invitations", "booking_addresses", "letter_wordings"):
        op.drop_table(table)
