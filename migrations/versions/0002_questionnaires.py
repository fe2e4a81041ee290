"""Questionnaires that organisations upload; once published, their text stays as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# What was judged when it was published; only the state around it moves on, and only forwards
_KEPT = (
    "organization_id", "id", "name", "edition", "text", "checksum", "uploaded_by", "uploaded_at",
    "proposed_by", "published_by", "published_at",
)  # fmt: skip
_REFUSAL = "a published questionnaire never changes"


def upgrade() -> None:
    _create()
    if op.get_bind().dialect.name == "postgresql":
        _protect_postgresql()
    else:
        _protect_sqlite()


def _create() -> None:
    op.create_table(
        "questionnaires",
        sa.Column("organization_id", sa.Uuid(), sa.ForeignKey("organizations.id"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("edition", sa.String(80), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), sa.ForeignKey("users.id"), nullable=True),
        sa.Column("published_by", sa.Uuid(), sa.ForeignKey("users.id"), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_zh", sa.String(500), nullable=False),
        sa.Column("retired_en", sa.String(500), nullable=False),
        sa.Column("replaced_by", sa.String(161), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id"),
        sa.UniqueConstraint("organization_id", "name", "edition", name="one_row_a_version"),
    )


def _protect_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_questionnaire_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    call = "EXECUTE FUNCTION refuse_questionnaire_change()"
    op.execute(
        "CREATE TRIGGER questionnaires_refuse_update BEFORE UPDATE ON questionnaires "
        f"FOR EACH ROW WHEN ({_is_forbidden('IS DISTINCT FROM')}) {call}"
    )
    op.execute(
        "CREATE TRIGGER questionnaires_refuse_delete BEFORE DELETE ON questionnaires "
        f"FOR EACH ROW WHEN (OLD.status <> 'draft') {call}"
    )


def _protect_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    op.execute(
        "CREATE TRIGGER questionnaires_refuse_update BEFORE UPDATE ON questionnaires "
        f"WHEN {_is_forbidden('IS NOT')} {refuse}"
    )
    op.execute(
        "CREATE TRIGGER questionnaires_refuse_delete BEFORE DELETE ON questionnaires "
        f"WHEN OLD.status <> 'draft' {refuse}"
    )


def _is_forbidden(differs: str) -> str:
    """Anything about a retired one, and everything about a published one but that it retires."""
    changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in _KEPT)
    return (
        "OLD.status = 'retired' OR "
        f"(OLD.status = 'published' AND (NEW.status NOT IN ('published', 'retired') OR {changed}))"
    )


def downgrade() -> None:
    op.drop_table("questionnaires")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_questionnaire_change()")
