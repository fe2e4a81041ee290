"""Who changed a finding of the last period, when, from what to what."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "follow_up_versions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), sa.ForeignKey("users.id"), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "follow_up_id", "version"),
        sa.ForeignKeyConstraint(
            ["organization_id", "assessment_id"], ["assessments.organization_id", "assessments.id"]
        ),
    )
    op.create_index("follow_up_versions_of_an_assessment", "follow_up_versions", ["organization_id", "assessment_id"])


def downgrade() -> None:
    op.drop_table("follow_up_versions")
