"""Indexes for the lists of assessments: what is worked on by its last change, what was put away by when."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"

_INDEXES = {
    "assessments_by_change": ("changed_at", "archived_at IS NULL"),
    "assessments_put_away": ("archived_at", "archived_at IS NOT NULL"),
}


def upgrade() -> None:
    for name, (moment, condition) in _INDEXES.items():
        where = sa.text(condition)
        columns = ["organization_id", moment, "id"]
        op.create_index(name, "assessments", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name in _INDEXES:
        op.drop_index(name, table_name="assessments")
