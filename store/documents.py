"""The evidence library: documents as they are now, their files, and every earlier version of both."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from answering.documents import Stated, plain_stated, stated_from
from scoring.assessment import Document as Cited
from store import citations
from store.database import now
from store.document_tables import DepartmentRow, DocumentRow, DocumentVersionRow, FileRow
from store.organizations import ChangedMeanwhile

_STATED = tuple(field.name for field in fields(Stated))


@dataclass(frozen=True)
class File:
    """A file of a document."""

    id: UUID
    digest: str
    name: str
    media_type: str
    size: int
    uploaded_at: datetime
    uploaded_by: UUID
    removed_at: datetime | None


@dataclass(frozen=True)
class Arrived:
    """A file that lies in the store already and is to be listed."""

    digest: str
    size: int
    name: str
    media_type: str


@dataclass(frozen=True)
class Document:
    """A document as it is now; `files` are those of its current edition."""

    organization_id: UUID
    id: UUID
    stated: Stated
    department: str
    changed_at: datetime
    changed_by: UUID
    withdrawn_at: datetime | None
    version: int
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Past:
    """What a document was at one version; `file_ids` are the files it had then."""

    version: int
    stated: Stated
    file_ids: tuple[UUID, ...]
    is_withdrawn: bool
    changed_at: datetime
    changed_by: UUID


def add(session: Session, organization_id: UUID, stated: Stated, arrived: Iterable[Arrived], *, by: UUID) -> Document:
    """Put a new document into the library, with its files."""
    row = DocumentRow(organization_id=organization_id, changed_by=by, **_columns(stated))
    session.add(row)
    session.flush()
    _list(session, row, arrived, by)
    return _kept(session, row)


def find(session: Session, organization_id: UUID, id: UUID) -> Document | None:
    """Find a document with its files, in two queries."""
    found = session.execute(_of(organization_id).where(DocumentRow.id == id)).first()
    return document_of(found[0], found[1], _files(session, found[0])) if found else None


def change(
    session: Session,
    document: Document,
    stated: Stated,
    *,
    by: UUID,
    arrived: Iterable[Arrived] = (),
    removed: Collection[UUID] = (),
) -> Document:
    """State a document anew, and bring or take away files. Raise ChangedMeanwhile."""
    row = _row(session, document)
    for name, value in _columns(stated).items():
        setattr(row, name, value)
    _stamp(session, row, by)
    for file in session.scalars(_current_files(row)):
        if file.id in removed:
            file.removed_at = now()
    _list(session, row, arrived, by)
    return _kept(session, row)


def replace(session: Session, document: Document, stated: Stated, arrived: Iterable[Arrived], *, by: UUID) -> Document:
    """Put a newer edition in the place of a document: lines go on citing it, its old files stay in the history."""
    return change(session, document, stated, by=by, arrived=arrived, removed={file.id for file in document.files})


def withdraw(session: Session, document: Document, *, by: UUID) -> Document:
    """Take a document out of use; what cites it goes on citing it, and it can be brought back."""
    row = _row(session, document)
    row.withdrawn_at = now()
    _stamp(session, row, by)
    return _kept(session, row)


def bring_back(session: Session, document: Document, *, by: UUID) -> Document:
    row = _row(session, document)
    row.withdrawn_at = None
    _stamp(session, row, by)
    return _kept(session, row)


def history(session: Session, document: Document) -> list[Past]:
    """Give every version of a document, the newest first."""
    rows = session.scalars(
        select(DocumentVersionRow)
        .where(
            DocumentVersionRow.organization_id == document.organization_id,
            DocumentVersionRow.document_id == document.id,
        )
        .order_by(DocumentVersionRow.version.desc())
    )
    return [_past(row) for row in rows]


def files_ever(session: Session, document: Document) -> dict[UUID, File]:
    """Give every file a document ever had."""
    rows = session.scalars(
        select(FileRow)
        .where(FileRow.organization_id == document.organization_id, FileRow.document_id == document.id)
        .order_by(FileRow.uploaded_at, FileRow.id)
    )
    return {row.id: _file(row) for row in rows}


def alike(session: Session, organization_id: UUID, digest: str) -> Document | None:
    """Find a document in use that has a file of this very content; the oldest of several."""
    found = session.execute(
        _of(organization_id)
        .join(
            FileRow,
            (FileRow.organization_id == DocumentRow.organization_id) & (FileRow.document_id == DocumentRow.id),
        )
        .where(FileRow.digest == digest, FileRow.removed_at.is_(None), DocumentRow.withdrawn_at.is_(None))
        .order_by(DocumentRow.id)
        .limit(1)
    ).first()
    return document_of(found[0], found[1]) if found else None


def documents_of(session: Session, organization_id: UUID, ids: Iterable[UUID]) -> dict[str, Cited]:
    """Give documents as scoring and files see them, by their id; withdrawn ones as well."""
    rows = session.scalars(
        select(DocumentRow)
        .where(DocumentRow.organization_id == organization_id, DocumentRow.id.in_(list(ids)))
        .order_by(DocumentRow.number, DocumentRow.id)
    )
    return {str(row.id): citations.document_of(row) for row in rows}


def document_of(row: DocumentRow, department: str | None, files: Iterable[File] = ()) -> Document:
    return Document(
        organization_id=row.organization_id,
        id=row.id,
        stated=Stated(**{name: getattr(row, name) for name in _STATED}),
        department=department or "",
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        withdrawn_at=row.withdrawn_at,
        version=row.version,
        files=tuple(files),
    )


def _columns(stated: Stated) -> dict[str, Any]:
    return {name: getattr(stated, name) for name in _STATED}


def _list(session: Session, row: DocumentRow, arrived: Iterable[Arrived], by: UUID) -> None:
    for it in arrived:
        more = {"digest": it.digest, "name": it.name, "media_type": it.media_type, "size": it.size}
        session.add(FileRow(organization_id=row.organization_id, document_id=row.id, uploaded_by=by, **more))
    session.flush()


def _row(session: Session, document: Document) -> DocumentRow:
    """Take the row to change, unless somebody else changed it since it was shown."""
    key = document.organization_id, document.id
    row = session.get(DocumentRow, key, with_for_update=True, populate_existing=True)
    if row is None or row.version != document.version:
        raise ChangedMeanwhile
    return row


def _stamp(session: Session, row: DocumentRow, by: UUID) -> None:
    """Bring a changed row to the database at once: each change is one version, whatever is asked afterwards."""
    row.changed_at, row.changed_by = now(), by
    try:
        session.flush()
    except StaleDataError as error:
        raise ChangedMeanwhile from error


def _kept(session: Session, row: DocumentRow) -> Document:
    """Write down what the document is at its version, and give it."""
    files = _files(session, row)
    department = session.get(DepartmentRow, (row.organization_id, row.department_id)) if row.department_id else None
    document = document_of(row, department.name if department else "", files)
    session.add(
        DocumentVersionRow(
            organization_id=row.organization_id,
            document_id=row.id,
            version=row.version,
            stated={
                "stated": plain_stated(document.stated),
                "files": [str(file.id) for file in files],
                "withdrawn": row.withdrawn_at is not None,
            },
            changed_at=row.changed_at,
            changed_by=row.changed_by,
        )
    )
    session.flush()
    return document


def _past(row: DocumentVersionRow) -> Past:
    return Past(
        version=row.version,
        stated=stated_from(row.stated["stated"]),
        file_ids=tuple(UUID(each) for each in row.stated["files"]),
        is_withdrawn=row.stated["withdrawn"],
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )


def _of(organization_id: UUID) -> Select[DocumentRow, str]:
    """Documents with the name of their department."""
    return (
        select(DocumentRow, DepartmentRow.name)
        .outerjoin(
            DepartmentRow,
            (DepartmentRow.organization_id == DocumentRow.organization_id)
            & (DepartmentRow.id == DocumentRow.department_id),
        )
        .where(DocumentRow.organization_id == organization_id)
    )


def _current_files(row: DocumentRow) -> Select[FileRow]:
    return (
        select(FileRow)
        .where(
            FileRow.organization_id == row.organization_id,
            FileRow.document_id == row.id,
            FileRow.removed_at.is_(None),
        )
        .order_by(FileRow.uploaded_at, FileRow.id)
    )


def _files(session: Session, row: DocumentRow) -> tuple[File, ...]:
    return tuple(map(_file, session.scalars(_current_files(row))))


def _file(row: FileRow) -> File:
    return File(**{name: getattr(row, name) for name in File.__dataclass_fields__})
