"""The tables of the evidence library and of the departments that keep it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from answering.documents import Confidentiality
from store.columns import Choice
from store.database import Base, Moment, now
from store.tables import new_id


class DepartmentRow(Base):
    """A department; `functions` are the questionnaires' words for what it does, from which items are proposed to it."""

    __tablename__ = "departments"
    __table_args__ = (UniqueConstraint("organization_id", "name", name="one_department_a_name"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(100))
    functions: Mapped[list[str]] = mapped_column(JSON, default=list)
    archived_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class DepartmentMemberRow(Base):
    """Somebody who answers for a department."""

    __tablename__ = "department_members"
    __table_args__ = (
        ForeignKeyConstraint(["organization_id", "department_id"], ["departments.organization_id", "departments.id"]),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    department_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)


class DocumentRow(Base):
    """A document of the organisation as it is now; lines cite it, whatever edition it is in."""

    __tablename__ = "documents"
    __table_args__ = (
        ForeignKeyConstraint(["organization_id", "department_id"], ["departments.organization_id", "departments.id"]),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(100), default="")
    title: Mapped[str] = mapped_column(String(300))
    edition: Mapped[str] = mapped_column(String(100), default="")
    owner: Mapped[str] = mapped_column(String(100), default="")
    department_id: Mapped[UUID | None]
    dated: Mapped[date | None]
    covers_from: Mapped[date | None]
    covers_until: Mapped[date | None]
    valid_until: Mapped[date | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(Choice(Confidentiality), default=Confidentiality.INTERNAL)
    approved_by: Mapped[str] = mapped_column(String(100), default="")
    location: Mapped[str] = mapped_column(String(500), default="")
    changed_at: Mapped[datetime] = mapped_column(Moment, default=now)
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class DocumentVersionRow(Base):
    """What a document was at each version, its files included; never changed."""

    __tablename__ = "document_versions"
    __table_args__ = (
        ForeignKeyConstraint(["organization_id", "document_id"], ["documents.organization_id", "documents.id"]),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stated: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class FileRow(Base):
    """A file of a document; its bytes lie in the file store under their digest. A removed one stays for the history."""

    __tablename__ = "files"
    __table_args__ = (
        ForeignKeyConstraint(["organization_id", "document_id"], ["documents.organization_id", "documents.id"]),
        Index("files_of_a_document", "organization_id", "document_id"),
        Index("files_by_content", "organization_id", "digest"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    document_id: Mapped[UUID]
    digest: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    uploaded_at: Mapped[datetime] = mapped_column(Moment, default=now)
    uploaded_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
