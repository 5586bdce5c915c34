"""Programmes, whom they chose, what speaks against asking, and the seller's view."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
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


def _belongs_to(
    table: str, column: str, other: str, then: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{other}.id"],
        name=op.f(f"fk_{table}_{column}_{other}"),
        ondelete=then,
    )


def upgrade() -> None:
    op.create_table(
        "opt_outs",
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("how", sa.String(length=120), nullable=False),
        sa.Column("opted_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opt_outs")),
        sa.UniqueConstraint("address", name=op.f("uq_opt_outs_address")),
    )
    op.create_table(
        "programmes",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("mix", sa.JSON(), nullable=False),
        sa.Column("per_week", sa.Integer(), nullable=False),
        sa.Column("way", _token("programmes", "way", "call", "written"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("guide_slug", sa.String(length=120), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("owner_may_interview", sa.Boolean(), nullable=False),
        sa.Column("sharing", _token("programmes", "sharing", "any", "in_turn"), nullable=False),
        sa.Column(
            "approval", _token("programmes", "approval", "at_once", "one_by_one"), nullable=False
        ),
        sa.Column("queue_hours", sa.Integer(), nullable=False),
        sa.Column("double_coded_percent", sa.Integer(), nullable=False),
        sa.Column("contact_rest_days", sa.Integer(), nullable=False),
        sa.Column("account_rest_days", sa.Integer(), nullable=False),
        sa.Column("skips_personal_addresses", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("created_by_name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_programmes_public_id")),
    )
    op.create_table(
        "programme_draws",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.Column("wished", sa.Double(), nullable=False),
        sa.Column("expected", sa.Double(), nullable=False),
        sa.Column("asked_everybody", sa.Boolean(), nullable=False),
        sa.Column("seed", sa.String(length=60), nullable=False),
        sa.Column("pot", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("programme_draws", "programme_id", "programmes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_draws")),
    )
    op.create_index("ix_programme_draws_programme", "programme_draws", ["programme_id", "drawn_at"])
    op.create_table(
        "programme_interviewers",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        _belongs_to("programme_interviewers", "programme_id", "programmes"),
        _belongs_to("programme_interviewers", "user_id", "users"),
        sa.PrimaryKeyConstraint("programme_id", "user_id", name=op.f("pk_programme_interviewers")),
    )
    op.create_table(
        "contact_standings",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bounced_address", sa.String(length=320), nullable=False),
        sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_company_at", sa.DateTime(timezone=True), nullable=True),
        _belongs_to("contact_standings", "contact_id", "contacts"),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_contact_standings")),
    )
    op.create_index(op.f("ix_contact_standings_asked_at"), "contact_standings", ["asked_at"])
    op.create_table(
        "exclusions",
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("reach", _token("exclusions", "reach", "asking", "count"), nullable=False),
        sa.Column(
            "kind",
            _token(
                "exclusions",
                "kind",
                "invalid",
                "duplicate",
                "test",
                "legal",
                "still_talking",
                "objection",
                "other",
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "outcome_before",
            _token(
                "exclusions",
                "outcome_before",
                "won",
                "lost",
                "no_decision",
                "renewed",
                "churned",
                "invalid",
                "open",
            ),
            nullable=True,
        ),
        sa.Column("made_by_name", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("exclusions", "deal_id", "deals"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusions")),
        sa.UniqueConstraint("deal_id", name=op.f("uq_exclusions_deal_id")),
    )
    op.create_table(
        "kept_deals",
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("kept_by_name", sa.String(length=200), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        _belongs_to("kept_deals", "deal_id", "deals"),
        sa.PrimaryKeyConstraint("deal_id", name=op.f("pk_kept_deals")),
    )
    op.create_table(
        "nominations",
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("nominations", "contact_id", "contacts"),
        _belongs_to("nominations", "deal_id", "deals"),
        _belongs_to("nominations", "user_id", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominations")),
        sa.UniqueConstraint(
            "deal_id", "contact_id", name=op.f("uq_nominations_deal_id_contact_id")
        ),
    )
    op.create_index("ix_nominations_contact", "nominations", ["contact_id"])
    op.create_table(
        "objections",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "verdict",
            _token("objections", "verdict", "open", "upheld", "overruled", "withdrawn"),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("objections", "deal_id", "deals"),
        _belongs_to("objections", "seller_id", "sellers", "SET NULL"),
        _belongs_to("objections", "user_id", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("public_id", name=op.f("uq_objections_public_id")),
    )
    op.create_index("ix_objections_deal", "objections", ["deal_id", "verdict"])
    op.create_index("ix_objections_seller", "objections", ["seller_id"])
    op.create_table(
        "seller_views",
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(length=200), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=True),
        sa.Column("competitor_id", sa.Integer(), nullable=True),
        sa.Column(
            "decided_by",
            _token(
                "seller_views",
                "decided_by",
                "evaluator",
                "decision_maker",
                "economic_buyer",
                "user",
                "champion",
                "blocker",
            ),
            nullable=True,
        ),
        sa.Column("would_have_changed", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("seller_views", "author_id", "users", "SET NULL"),
        _belongs_to("seller_views", "competitor_id", "competitors", "SET NULL"),
        _belongs_to("seller_views", "deal_id", "deals"),
        _belongs_to("seller_views", "reason_id", "reasons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seller_views")),
        sa.UniqueConstraint("deal_id", name=op.f("uq_seller_views_deal_id")),
    )
    op.create_table(
        "selections",
        sa.Column("public_id", sa.String(length=36), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("interview_id", sa.Integer(), nullable=True),
        sa.Column("draw_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            _token(
                "selections",
                "state",
                "needs_contact",
                "queued",
                "held",
                "removed",
                "approved",
                "dropped",
            ),
            nullable=False,
        ),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("is_double_coded", sa.Boolean(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _belongs_to("selections", "contact_id", "contacts", "SET NULL"),
        _belongs_to("selections", "deal_id", "deals"),
        _belongs_to("selections", "draw_id", "programme_draws", "SET NULL"),
        _belongs_to("selections", "interview_id", "interviews", "SET NULL"),
        _belongs_to("selections", "programme_id", "programmes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selections")),
        sa.UniqueConstraint("deal_id", name=op.f("uq_selections_deal_id")),
        sa.UniqueConstraint("interview_id", name=op.f("uq_selections_interview_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_selections_public_id")),
    )
    op.create_index("ix_selections_contact", "selections", ["contact_id"])
    op.create_index("ix_selections_programme_chosen", "selections", ["programme_id", "chosen_at"])
    op.create_index("ix_selections_state_leaves", "selections", ["state", "leaves_at"])


def downgrade() -> None:
    op.drop_table("selections")
    op.drop_table("seller_views")
    op.drop_table("objections")
    op.drop_table("nominations")
    op.drop_table("kept_deals")
    op.drop_table("exclusions")
    op.drop_table("contact_standings")
    op.drop_table("programme_interviewers")
    op.drop_table("programme_draws")
    op.drop_table("programmes")
    op.drop_table("opt_outs")
