"""The tables. What belongs to an organisation is keyed (organization_id, id); people, sessions and links are global."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column
from uuid6 import uuid7

from people.types import Duty, Kind, Role, Theme
from store.columns import Choice, Duties
from store.database import Base, Moment, now
from surveys.questionnaire import Status


def new_id() -> UUID:
    """Ids that sort by time, so that new rows lie together."""
    return UUID(int=uuid7().int)


class UserRow(Base):
    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(255))
    language: Mapped[str | None] = mapped_column(String(8))
    theme: Mapped[Theme] = mapped_column(Choice(Theme), default=Theme.AUTO)
    runs_installation: Mapped[bool] = mapped_column(default=False)
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_step: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)


class RecoveryCodeRow(Base):
    __tablename__ = "recovery_codes"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)


class OrganizationRow(Base):
    __tablename__ = "organizations"
    __table_args__ = (CheckConstraint("name_zh <> '' OR name_en <> ''", name="organization_is_named"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[Kind] = mapped_column(Choice(Kind))
    name_zh: Mapped[str] = mapped_column(String(200), default="")
    name_en: Mapped[str] = mapped_column(String(200), default="")
    requires_second_factor: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    __mapper_args__ = {"version_id_col": version}


class MembershipRow(Base):
    """A person's place in an organisation; one that ended is kept, for it bars from reviewing."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "one_membership_at_a_time",
            "organization_id",
            "user_id",
            unique=True,
            sqlite_where=sql("ended_at IS NULL"),  # on PostgreSQL as well: see the migration, and `store.upserts`
        ),
        Index("memberships_of_a_person", "user_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    role: Mapped[Role] = mapped_column(Choice(Role))
    duties: Mapped[frozenset[Duty]] = mapped_column(Duties, default=frozenset)
    since: Mapped[datetime] = mapped_column(Moment, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class SessionRow(Base):
    """One browser that is signed in. The cookie holds the token, this row its digest."""

    __tablename__ = "sessions"
    __table_args__ = (Index("sessions_of_a_person", "user_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    seen_at: Mapped[datetime] = mapped_column(Moment, default=now)
    ends_at: Mapped[datetime] = mapped_column(Moment)


class LinkRow(Base):
    """A one-time link: what it is for, for whom, and until when."""

    __tablename__ = "links"
    __table_args__ = (Index("links_of_an_organization", "organization_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organizations.id"))
    email: Mapped[str | None] = mapped_column(String(254))
    role: Mapped[Role | None] = mapped_column(Choice(Role))
    duties: Mapped[frozenset[Duty]] = mapped_column(Duties, default=frozenset)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class AttemptsRow(Base):
    """How often something was tried since the window opened; shared by all workers."""

    __tablename__ = "attempts"

    bucket: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(Moment)


class QuestionnaireRow(Base):
    """A version an organisation uploaded, exactly as it came; the database itself keeps a published one as it is."""

    __tablename__ = "questionnaires"
    __table_args__ = (UniqueConstraint("organization_id", "name", "edition", name="one_row_a_version"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80))
    edition: Mapped[str] = mapped_column(String(80))
    status: Mapped[Status] = mapped_column(Choice(Status), default=Status.DRAFT)
    text: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    checksum: Mapped[str] = mapped_column(String(64))
    uploaded_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    uploaded_at: Mapped[datetime] = mapped_column(Moment, default=now)
    proposed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    retired_zh: Mapped[str] = mapped_column(String(500), default="")
    retired_en: Mapped[str] = mapped_column(String(500), default="")
    replaced_by: Mapped[str | None] = mapped_column(String(161))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class LogRow(Base):
    """One entry of an audit log; the database itself refuses to change or delete one."""

    __tablename__ = "log_entries"

    chain: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[UUID | None]
    event: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID | None]
    details: Mapped[dict[str, str]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class LogHeadRow(Base):
    """The newest entry of each chain, so that the next one finds it without a search."""

    __tablename__ = "log_heads"

    chain: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
