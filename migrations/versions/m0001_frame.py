"""People, organisations, memberships, sessions, links, attempts and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id(name: str, points_to: str | None = None, *, nullable: bool = False) -> sa.Column[object]:
    target = [sa.ForeignKey(points_to)] if points_to else []
    return sa.Column(name, sa.Uuid(), *target, nullable=nullable)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def upgrade() -> None:
    _create_people()
    _create_organizations()
    _create_sessions_and_links()
    _create_log()
    _protect_log()


def _create_people() -> None:
    op.create_table(
        "users",
        _id("id"),
        _text("email", 254),
        _text("name", 200),
        _text("password_hash", 255),
        _text("language", 8, nullable=True),
        _text("theme", 20),
        sa.Column("runs_installation", sa.Boolean(), nullable=False),
        _text("totp_secret", 64, nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=True),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "recovery_codes",
        _id("user_id", "users.id"),
        _text("digest", 64),
        sa.PrimaryKeyConstraint("user_id", "digest"),
    )
    op.create_table(
        "attempts",
        _text("bucket", 80),
        sa.Column("count", sa.Integer(), nullable=False),
        _moment("opened_at"),
        sa.PrimaryKeyConstraint("bucket"),
    )


def _create_organizations() -> None:
    op.create_table(
        "organizations",
        _id("id"),
        _text("slug", 60),
        _text("kind", 20),
        _text("name_zh", 200),
        _text("name_en", 200),
        sa.Column("requires_second_factor", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
        sa.CheckConstraint("name_zh <> '' OR name_en <> ''", name="organization_is_named"),
    )
    op.create_table(
        "memberships",
        _id("organization_id", "organizations.id"),
        _id("id"),
        _id("user_id", "users.id"),
        _text("role", 20),
        _text("duties", 60),
        _moment("since"),
        _moment("ended_at", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id"),
    )
    op.create_index("memberships_of_a_person", "memberships", ["user_id"])
    current = sa.text("ended_at IS NULL")
    op.create_index(
        "one_membership_at_a_time",
        "memberships",
        ["organization_id", "user_id"],
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )


def _create_sessions_and_links() -> None:
    op.create_table(
        "sessions",
        _id("id"),
        _id("user_id", "users.id"),
        _text("digest", 64),
        _text("device", 80),
        _moment("created_at"),
        _moment("seen_at"),
        _moment("ends_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("sessions_of_a_person", "sessions", ["user_id"])
    op.create_table(
        "links",
        _id("id"),
        _text("digest", 64),
        _text("purpose", 20),
        _id("user_id", "users.id", nullable=True),
        _id("organization_id", "organizations.id", nullable=True),
        _text("email", 254, nullable=True),
        _text("role", 20, nullable=True),
        _text("duties", 60),
        _id("made_by", "users.id", nullable=True),
        _moment("made_at"),
        _moment("ends_at"),
        _moment("used_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index("links_of_an_organization", "links", ["organization_id"])


def _create_log() -> None:
    op.create_table(
        "log_entries",
        _id("chain"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        _moment("at"),
        _id("actor_id", nullable=True),
        _text("event", 40),
        _id("subject_id", nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        _text("previous", 64),
        _text("digest", 64),
        sa.PrimaryKeyConstraint("chain", "number"),
    )
    op.create_table(
        "log_heads",
        _id("chain"),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("digest", 64),
        sa.PrimaryKeyConstraint("chain"),
    )


def _protect_log() -> None:
    """Let the database itself refuse to change or delete an entry, whoever asks."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_log_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER log_entries_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON log_entries "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER log_entries_refuse_{change.lower()} BEFORE {change} ON log_entries "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        )


def downgrade() -> None:
    for table in (
        "log_heads", "log_entries", "links", "sessions", "memberships", "organizations",
        "attempts", "recovery_codes", "users",
    ):  # fmt: skip
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_log_change()")
