"""Assessments, answers with their history, who answers what, and what is said about items."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_KEPT = ("answer_versions",)
_REFUSAL = "what was stated once stays as it was"


def upgrade() -> None:
    _create_assessments()
    _create_answers()
    _create_answer_versions()
    _create_citations()
    _create_follow_ups()
    _create_responsibilities()
    _create_comments()
    _create_mentions()
    _create_presence()
    for table in _KEPT:
        _protect(table)


def _protect(table: str) -> None:
    if op.get_bind().dialect.name != "postgresql":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        op.execute(f"CREATE TRIGGER {table}_are_kept BEFORE UPDATE ON {table} {refuse}")
        return
    op.execute(
        f"CREATE FUNCTION refuse_{table}_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_are_kept BEFORE UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_{table}_change()"
    )


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id(name: str, points_to: str | None = None, *, nullable: bool = False) -> sa.Column[object]:
    target = [sa.ForeignKey(points_to)] if points_to else []
    return sa.Column(name, sa.Uuid(), *target, nullable=nullable)


def _belongs(columns: list[str], table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(columns, [f"{table}.organization_id", f"{table}.id"])


def _create_assessments() -> None:
    op.create_table(
        "assessments",
        _id("organization_id", "organizations.id"),
        _id("id"),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("questionnaire", sa.String(161), nullable=False),
        sa.Column("rules", sa.String(161), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("reading", sa.String(20), nullable=True),
        sa.Column("audit", sa.String(20), nullable=False),
        sa.Column("size", sa.String(20), nullable=False),
        sa.Column("name_zh", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.Column("department", sa.String(200), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("follow_ups_stated", sa.Boolean(), nullable=False),
        sa.Column("declared", sa.JSON(), nullable=False),
        sa.Column("proposals", sa.JSON(), nullable=False),
        sa.Column("actions", sa.JSON(), nullable=False),
        _id("previous_id", nullable=True),
        _id("moved_from_id", nullable=True),
        sa.Column("applicable", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _moment("created_at"),
        _id("created_by", "users.id"),
        _moment("changed_at"),
        _moment("archived_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id"),
    )


def _create_answers() -> None:
    op.create_table(
        "answers",
        _id("organization_id"),
        _id("assessment_id"),
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("stated", sa.JSON(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("check_again", sa.String(20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _moment("saved_at"),
        _id("saved_by", "users.id"),
        sa.PrimaryKeyConstraint("organization_id", "assessment_id", "item"),
        _belongs(["organization_id", "assessment_id"], "assessments"),
    )
    op.create_index("answers_by_revision", "answers", ["organization_id", "assessment_id", "revision"])


def _create_answer_versions() -> None:
    op.create_table(
        "answer_versions",
        _id("organization_id"),
        _id("assessment_id"),
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stated", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("key", sa.String(40), nullable=True),
        _moment("saved_at"),
        _id("saved_by", "users.id"),
        sa.PrimaryKeyConstraint("organization_id", "assessment_id", "item", "version"),
        _belongs(["organization_id", "assessment_id"], "assessments"),
    )


def _create_citations() -> None:
    op.create_table(
        "citations",
        _id("organization_id"),
        _id("document_id"),
        _id("assessment_id"),
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("line", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "document_id", "assessment_id", "item", "line"),
        _belongs(["organization_id", "assessment_id"], "assessments"),
        _belongs(["organization_id", "document_id"], "documents"),
    )
    op.create_index("citations_of_an_item", "citations", ["organization_id", "assessment_id", "item"])


def _create_follow_ups() -> None:
    op.create_table(
        "follow_ups",
        _id("organization_id"),
        _id("id"),
        _id("assessment_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("grade", sa.String(20), nullable=True),
        sa.Column("clause", sa.String(80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("result", sa.String(20), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("verified_by", sa.String(100), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id"),
        _belongs(["organization_id", "assessment_id"], "assessments"),
    )
    op.create_index("follow_ups_of_an_assessment", "follow_ups", ["organization_id", "assessment_id"])


def _create_responsibilities() -> None:
    op.create_table(
        "responsibilities",
        _id("organization_id"),
        _id("assessment_id"),
        sa.Column("item", sa.String(80), nullable=False),
        _id("department_id"),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "assessment_id", "item", "department_id"),
        _belongs(["organization_id", "assessment_id"], "assessments"),
        _belongs(["organization_id", "department_id"], "departments"),
    )


def _create_comments() -> None:
    op.create_table(
        "comments",
        _id("organization_id"),
        _id("id"),
        _id("assessment_id"),
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _moment("said_at"),
        _id("said_by", "users.id"),
        _moment("settled_at", nullable=True),
        _id("settled_by", "users.id", nullable=True),
        sa.PrimaryKeyConstraint("organization_id", "id"),
        _belongs(["organization_id", "assessment_id"], "assessments"),
    )
    op.create_index("comments_of_an_item", "comments", ["organization_id", "assessment_id", "item"])


def _create_mentions() -> None:
    op.create_table(
        "mentions",
        _id("organization_id"),
        _id("comment_id"),
        _id("user_id", "users.id"),
        _moment("seen_at", nullable=True),
        sa.PrimaryKeyConstraint("organization_id", "comment_id", "user_id"),
        _belongs(["organization_id", "comment_id"], "comments"),
    )
    op.create_index("mentions_of_a_person", "mentions", ["organization_id", "user_id"])


def _create_presence() -> None:
    op.create_table(
        "presence",
        _id("organization_id"),
        _id("assessment_id"),
        _id("user_id", "users.id"),
        sa.Column("item", sa.String(80), nullable=False),
        _moment("seen_at"),
        sa.PrimaryKeyConstraint("organization_id", "assessment_id", "user_id"),
        _belongs(["organization_id", "assessment_id"], "assessments"),
    )


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in _KEPT:
            op.execute(f"DROP FUNCTION refuse_{table}_change()")


_TABLES = (
    "assessments",
    "answers",
    "answer_versions",
    "citations",
    "follow_ups",
    "responsibilities",
    "comments",
    "mentions",
    "presence",
)
