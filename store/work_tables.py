"""The tables of answering: assessments, answers with their history, who answers what, and what is said about it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from answering.saving import CheckAgain, Origin
from scoring.answers import Audit, Grade
from scoring.assessment import FindingKind, Size, Verification
from store.columns import Choice
from store.database import Base, Moment, now
from store.tables import new_id
from surveys.levels import Reading


def _belongs_to_assessment() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["organization_id", "assessment_id"], ["assessments.organization_id", "assessments.id"])


class AssessmentRow(Base):
    """One assessment. `version` counts changes of its head, `revision` every change in it, answers included."""

    __tablename__ = "assessments"
    __table_args__ = (
        Index(
            "assessments_by_change", "organization_id", "changed_at", "id",
            sqlite_where=text("archived_at IS NULL"),  # on PostgreSQL as well: see the migration
        ),
        Index(
            "assessments_put_away", "organization_id", "archived_at", "id",
            sqlite_where=text("archived_at IS NOT NULL"),
        ),
    )  # fmt: skip

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    title: Mapped[str] = mapped_column(String(200))
    questionnaire: Mapped[str] = mapped_column(String(161))
    rules: Mapped[str] = mapped_column(String(161))
    level: Mapped[int | None]
    reading: Mapped[Reading | None] = mapped_column(Choice(Reading))
    audit: Mapped[Audit] = mapped_column(Choice(Audit), default=Audit.INITIAL)
    size: Mapped[Size] = mapped_column(Choice(Size), default=Size.SMALL)
    name_zh: Mapped[str] = mapped_column(String(200), default="")
    name_en: Mapped[str] = mapped_column(String(200), default="")
    assessed_on: Mapped[date | None]
    department: Mapped[str] = mapped_column(String(200), default="")
    people: Mapped[list[str]] = mapped_column(JSON, default=list)
    follow_ups_stated: Mapped[bool] = mapped_column(default=False)
    declared: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    proposals: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON, default=dict)
    actions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    previous_id: Mapped[UUID | None]
    moved_from_id: Mapped[UUID | None]
    applicable: Mapped[int]
    answered: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    created_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime] = mapped_column(Moment, default=now)
    archived_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class AnswerRow(Base):
    """What is stated about an item now; `stated` is the plain data of the answer."""

    __tablename__ = "answers"
    __table_args__ = (
        _belongs_to_assessment(),
        Index("answers_by_revision", "organization_id", "assessment_id", "revision"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    assessment_id: Mapped[UUID] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(String(80), primary_key=True)
    stated: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    flagged: Mapped[bool] = mapped_column(default=False)
    check_again: Mapped[CheckAgain | None] = mapped_column(Choice(CheckAgain))
    version: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(Moment)
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class AnswerVersionRow(Base):
    """What was stated about an item at each version; never changed. `key` is the sender's name for a change."""

    __tablename__ = "answer_versions"
    __table_args__ = (_belongs_to_assessment(),)

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    assessment_id: Mapped[UUID] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stated: Mapped[dict[str, Any]] = mapped_column(JSON)
    origin: Mapped[Origin] = mapped_column(Choice(Origin))
    key: Mapped[str | None] = mapped_column(String(40))
    saved_at: Mapped[datetime] = mapped_column(Moment)
    saved_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class CitationRow(Base):
    """Which lines cite a document: an index of what `answers` state, kept in the same transaction."""

    __tablename__ = "citations"
    __table_args__ = (
        _belongs_to_assessment(),
        ForeignKeyConstraint(["organization_id", "document_id"], ["documents.organization_id", "documents.id"]),
        Index("citations_of_an_item", "organization_id", "assessment_id", "item"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    assessment_id: Mapped[UUID] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(String(80), primary_key=True)
    line: Mapped[str] = mapped_column(String(20), primary_key=True)


class FollowUpRow(Base):
    """A finding of the last period and what became of it."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        _belongs_to_assessment(),
        Index("follow_ups_of_an_assessment", "organization_id", "assessment_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[UUID]
    position: Mapped[int]
    kind: Mapped[FindingKind] = mapped_column(Choice(FindingKind))
    grade: Mapped[Grade | None] = mapped_column(Choice(Grade))
    clause: Mapped[str] = mapped_column(String(80), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    action: Mapped[str] = mapped_column(Text, default="")
    closed: Mapped[bool] = mapped_column(default=False)
    result: Mapped[Verification] = mapped_column(Choice(Verification), default=Verification.NOT_VERIFIED)
    evidence: Mapped[str] = mapped_column(Text, default="")
    verified_by: Mapped[str] = mapped_column(String(100), default="")
    verified_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class FollowUpVersionRow(Base):
    """A change of a finding: by field what it said before and after; none where it was put on the list."""

    __tablename__ = "follow_up_versions"
    __table_args__ = (
        _belongs_to_assessment(),
        Index("follow_up_versions_of_an_assessment", "organization_id", "assessment_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    follow_up_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[UUID]
    changes: Mapped[dict[str, list[Any]]] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(Moment, default=now)
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class ResponsibilityRow(Base):
    """A department that answers an item: leading it, or related to it."""

    __tablename__ = "responsibilities"
    __table_args__ = (
        _belongs_to_assessment(),
        ForeignKeyConstraint(["organization_id", "department_id"], ["departments.organization_id", "departments.id"]),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    assessment_id: Mapped[UUID] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(String(80), primary_key=True)
    department_id: Mapped[UUID] = mapped_column(primary_key=True)
    leads: Mapped[bool]


class CommentRow(Base):
    """Something said about an item."""

    __tablename__ = "comments"
    __table_args__ = (
        _belongs_to_assessment(),
        Index("comments_of_an_item", "organization_id", "assessment_id", "item"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[UUID]
    item: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime] = mapped_column(Moment, default=now)
    said_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))


class MentionRow(Base):
    """Somebody a comment speaks to, until they have seen it."""

    __tablename__ = "mentions"
    __table_args__ = (
        ForeignKeyConstraint(["organization_id", "comment_id"], ["comments.organization_id", "comments.id"]),
        Index("mentions_of_a_person", "organization_id", "user_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)


class PresenceRow(Base):
    """Where somebody was last seen in an assessment: who is here now, and where they go on."""

    __tablename__ = "presence"
    __table_args__ = (_belongs_to_assessment(),)

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    assessment_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    item: Mapped[str] = mapped_column(String(80))
    seen_at: Mapped[datetime] = mapped_column(Moment, default=now)
