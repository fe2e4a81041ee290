"""Imports that wait for somebody to apply them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("arrival", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), sa.ForeignKey("users.id"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "assessment_id"], ["assessments.organization_id", "assessments.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organization_id", "id"),
    )
    op.create_index("imports_by_age", "imports", ["made_at"])


def downgrade() -> None:
    op.drop_table("imports")
