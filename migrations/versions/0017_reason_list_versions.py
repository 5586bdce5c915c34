"""The reason list has versions: who changed what, when and why; examples, colours, mergers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
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


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{other}.id"],
        name=op.f(f"fk_{table}_{column}_{other}"),
        ondelete="RESTRICT",
    )


def upgrade() -> None:
    with op.batch_alter_table("reasons") as reasons:
        reasons.add_column(sa.Column("examples", sa.JSON(), nullable=False, server_default="[]"))
        reasons.add_column(sa.Column("colour", sa.String(7), nullable=False, server_default=""))
        reasons.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        reasons.create_foreign_key(
            op.f("fk_reasons_merged_into_id_reasons"),
            "reasons",
            ["merged_into_id"],
            ["id"],
            ondelete="RESTRICT",
        )
    op.create_table(
        "reason_list_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "change",
            _token(
                "reason_list_versions",
                "change",
                *("begun", "loaded", "added", "edited", "moved", "accepted", "retired"),
                *("brought_back", "merged", "split", "taken_back"),
            ),
            nullable=False,
        ),
        sa.Column("why", sa.String(500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_by_name", sa.String(200), nullable=False),
        sa.Column("takes_back_id", sa.Integer(), nullable=True),
        _refers("reason_list_versions", "takes_back_id", "reason_list_versions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_list_versions")),
        sa.UniqueConstraint("number", name=op.f("uq_reason_list_versions_number")),
    )
    op.create_index(op.f("ix_reason_list_versions_made_at"), "reason_list_versions", ["made_at"])
    op.create_table(
        "reason_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("includes", sa.Text(), nullable=False),
        sa.Column("excludes", sa.Text(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("seeds", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("colour", sa.String(7), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "life", _token("reason_revisions", "life", "draft", "active", "retired"), nullable=False
        ),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        _refers("reason_revisions", "version_id", "reason_list_versions"),
        _refers("reason_revisions", "reason_id", "reasons"),
        _refers("reason_revisions", "parent_id", "reasons"),
        _refers("reason_revisions", "merged_into_id", "reasons"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_revisions")),
        sa.UniqueConstraint(
            "reason_id", "version_id", name=op.f("uq_reason_revisions_reason_id_version_id")
        ),
    )
    op.create_index("ix_reason_revisions_version", "reason_revisions", ["version_id"])
    _begin_with_what_is_there()


def _begin_with_what_is_there() -> None:
    """The list as it stands is its first version; an empty database begins without one."""
    op.execute(
        """INSERT INTO reason_list_versions (number, change, why, made_at, made_by_name)
        SELECT 1, 'begun', 'As it stood when changes began to be kept', CURRENT_TIMESTAMP, ''
        WHERE EXISTS (SELECT 1 FROM reasons)"""
    )
    op.execute(
        """INSERT INTO reason_revisions (version_id, reason_id, parent_id, name, definition,
            includes, excludes, examples, seeds, aliases, colour, position, life, merged_into_id)
        SELECT reason_list_versions.id, reasons.id, parent_id, name, definition,
            includes, excludes, examples, seeds, aliases, colour, position, life, merged_into_id
        FROM reasons, reason_list_versions WHERE reasons.life <> 'draft'"""
    )


def downgrade() -> None:
    op.drop_table("reason_revisions")
    op.drop_table("reason_list_versions")
    with op.batch_alter_table("reasons") as reasons:
        reasons.drop_constraint("fk_reasons_merged_into_id_reasons", type_="foreignkey")
        reasons.drop_column("merged_into_id")
        reasons.drop_column("colour")
        reasons.drop_column("examples")
