"""Transcripts: their speakers and segments, drafts of answers, and where answers stand in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "remembered_speakers",
        sa.Column("label_key", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_remembered_speakers_account_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_remembered_speakers_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_remembered_speakers_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remembered_speakers")),
        sa.UniqueConstraint(
            "label_key", "account_id", name=op.f("uq_remembered_speakers_label_key_account_id")
        ),
    )
    with op.batch_alter_table("remembered_speakers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_remembered_speakers_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_remembered_speakers_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_remembered_speakers_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "transcripts",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "vtt",
                "srt",
                "sbv",
                "otter",
                "teams",
                "markdown",
                "labelled",
                "unlabelled",
                name="format",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("imported_by_name", sa.String(length=200), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_transcripts_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcripts")),
        sa.UniqueConstraint("interview_id", name=op.f("uq_transcripts_interview_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_transcripts_public_id")),
    )
    op.create_table(
        "transcript_drafts",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=120), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("first_offset", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("last_offset", sa.Integer(), nullable=True),
        sa.Column("is_sure", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "aside",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.id"],
            name=op.f("fk_transcript_drafts_answer_id_answers"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcripts.id"],
            name=op.f("fk_transcript_drafts_transcript_id_transcripts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript_drafts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_transcript_drafts_public_id")),
    )
    with op.batch_alter_table("transcript_drafts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transcript_drafts_answer_id"), ["answer_id"], unique=False
        )
        batch_op.create_index(
            "ix_transcript_drafts_position", ["transcript_id", "position"], unique=False
        )

    op.create_table(
        "transcript_speakers",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "interviewer",
                "buyer",
                "other",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_transcript_speakers_contact_id_contacts"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcripts.id"],
            name=op.f("fk_transcript_speakers_transcript_id_transcripts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_transcript_speakers_user_id_users"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript_speakers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_transcript_speakers_public_id")),
        sa.UniqueConstraint(
            "transcript_id", "label", name=op.f("uq_transcript_speakers_transcript_id_label")
        ),
    )
    with op.batch_alter_table("transcript_speakers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transcript_speakers_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_transcript_speakers_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "transcript_segments",
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("start_ms", sa.Integer(), nullable=True),
        sa.Column("end_ms", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["transcript_speakers.id"],
            name=op.f("fk_transcript_segments_speaker_id_transcript_speakers"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcripts.id"],
            name=op.f("fk_transcript_segments_transcript_id_transcripts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript_segments")),
        sa.UniqueConstraint(
            "transcript_id", "position", name=op.f("uq_transcript_segments_transcript_id_position")
        ),
    )
    with op.batch_alter_table("transcript_segments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transcript_segments_speaker_id"), ["speaker_id"], unique=False
        )

    op.create_table(
        "answer_places",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.id"],
            name=op.f("fk_answer_places_answer_id_answers"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"],
            ["transcript_segments.id"],
            name=op.f("fk_answer_places_segment_id_transcript_segments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_places")),
    )
    with op.batch_alter_table("answer_places", schema=None) as batch_op:
        batch_op.create_index(
            "ix_answer_places_revision", ["answer_id", "revision", "start"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_answer_places_segment_id"), ["segment_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("answer_places", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_places_segment_id"))
        batch_op.drop_index("ix_answer_places_revision")

    op.drop_table("answer_places")
    with op.batch_alter_table("transcript_segments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transcript_segments_speaker_id"))

    op.drop_table("transcript_segments")
    with op.batch_alter_table("transcript_speakers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transcript_speakers_user_id"))
        batch_op.drop_index(batch_op.f("ix_transcript_speakers_contact_id"))

    op.drop_table("transcript_speakers")
    with op.batch_alter_table("transcript_drafts", schema=None) as batch_op:
        batch_op.drop_index("ix_transcript_drafts_position")
        batch_op.drop_index(batch_op.f("ix_transcript_drafts_answer_id"))

    op.drop_table("transcript_drafts")
    op.drop_table("transcripts")
    with op.batch_alter_table("remembered_speakers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remembered_speakers_user_id"))
        batch_op.drop_index(batch_op.f("ix_remembered_speakers_contact_id"))
        batch_op.drop_index(batch_op.f("ix_remembered_speakers_account_id"))

    op.drop_table("remembered_speakers")
