"""Indexes for what the list of deals is filtered by."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_accounts_segment", "accounts", ["segment"])
    op.create_index("ix_accounts_region", "accounts", ["region"])
    op.create_index("ix_deals_currency", "deals", ["currency"])
    op.drop_index("ix_deal_competitors_competitor_id", "deal_competitors")
    op.create_index(
        "ix_deal_competitors_competitor", "deal_competitors", ["competitor_id", "deal_id"]
    )


def downgrade() -> None:
    op.drop_index("ix_deal_competitors_competitor", "deal_competitors")
    op.create_index("ix_deal_competitors_competitor_id", "deal_competitors", ["competitor_id"])
    op.drop_index("ix_deals_currency", "deals")
    op.drop_index("ix_accounts_region", "accounts")
    op.drop_index("ix_accounts_segment", "accounts")
