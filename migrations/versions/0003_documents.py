"""Departments, and the evidence library with its files."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_KEPT = ("document_versions",)
_REFUSAL = "what was stated once stays as it was"


def upgrade() -> None:
    _create_departments()
    _create_department_members()
    _create_documents()
    _create_document_versions()
    _create_files()
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


def _create_departments() -> None:
    op.create_table(
        "departments",
        _id("organization_id", "organizations.id"),
        _id("id"),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("functions", sa.JSON(), nullable=False),
        _moment("archived_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id"),
        sa.UniqueConstraint("organization_id", "name", name="one_department_a_name"),
    )


def _create_department_members() -> None:
    op.create_table(
        "department_members",
        _id("organization_id"),
        _id("department_id"),
        _id("user_id", "users.id"),
        sa.PrimaryKeyConstraint("organization_id", "department_id", "user_id"),
        _belongs(["organization_id", "department_id"], "departments"),
    )


def _create_documents() -> None:
    op.create_table(
        "documents",
        _id("organization_id", "organizations.id"),
        _id("id"),
        sa.Column("number", sa.String(100), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("edition", sa.String(100), nullable=False),
        sa.Column("owner", sa.String(100), nullable=False),
        _id("department_id", nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("covers_from", sa.Date(), nullable=True),
        sa.Column("covers_until", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("confidentiality", sa.String(20), nullable=False),
        sa.Column("approved_by", sa.String(100), nullable=False),
        sa.Column("location", sa.String(500), nullable=False),
        _moment("changed_at"),
        _id("changed_by", "users.id"),
        _moment("withdrawn_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id"),
        _belongs(["organization_id", "department_id"], "departments"),
    )


def _create_document_versions() -> None:
    op.create_table(
        "document_versions",
        _id("organization_id"),
        _id("document_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stated", sa.JSON(), nullable=False),
        _moment("changed_at"),
        _id("changed_by", "users.id"),
        sa.PrimaryKeyConstraint("organization_id", "document_id", "version"),
        _belongs(["organization_id", "document_id"], "documents"),
    )


def _create_files() -> None:
    op.create_table(
        "files",
        _id("organization_id"),
        _id("id"),
        _id("document_id"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        _moment("uploaded_at"),
        _id("uploaded_by", "users.id"),
        _moment("removed_at", nullable=True),
        sa.PrimaryKeyConstraint("organization_id", "id"),
        _belongs(["organization_id", "document_id"], "documents"),
    )
    op.create_index("files_by_content", "files", ["organization_id", "digest"])
    op.create_index("files_of_a_document", "files", ["organization_id", "document_id"])


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in _KEPT:
            op.execute(f"DROP FUNCTION refuse_{table}_change()")


_TABLES = ("departments", "department_members", "documents", "document_versions", "files")
