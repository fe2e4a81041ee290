"""Documents looked up: searched and filtered a page at a time, where each is used, and whose department is whose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from answering.documents import SOON, Confidentiality
from store.document_tables import DepartmentMemberRow, DepartmentRow, DocumentRow, FileRow
from store.documents import Document, document_of
from store.work_tables import AssessmentRow, CitationRow


class Show(StrEnum):
    """Which documents to show."""

    IN_USE = "in-use"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    WITHOUT_FILE = "without-file"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Wish:
    """What somebody looks for."""

    show: Show = Show.IN_USE
    search: str = ""
    department_id: UUID | None = None
    confidentiality: Confidentiality | None = None


@dataclass(frozen=True)
class Line:
    """A document in a list: how many files it has, and how many lines cite it."""

    document: Document
    files: int
    uses: int


@dataclass(frozen=True)
class Use:
    """A line of an assessment that cites a document; APPLICABILITY where the document controls the item."""

    assessment_id: UUID
    title: str
    questionnaire: str
    is_archived: bool
    item: str
    line: str


def page(session: Session, organization_id: UUID, wish: Wish, *, on: date, size: int, number: int = 1) -> list[Line]:
    """Give a page of documents by number and title, in one query; ask for one more to see whether there is a next."""
    found = session.execute(
        select(DocumentRow, DepartmentRow.name, _count_of_files(), _count_of_uses())
        .outerjoin(DepartmentRow, _same(DepartmentRow, "id", "department_id"))
        .where(DocumentRow.organization_id == organization_id, *_wished(wish, on))
        .order_by(DocumentRow.number == "", DocumentRow.number, DocumentRow.title, DocumentRow.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    return [Line(document_of(row, department), files, uses) for row, department, files, uses in found]


def counts(session: Session, organization_id: UUID, *, on: date) -> Mapping[Show, int]:
    """Count what each filter would show, in one query."""
    columns = [func.coalesce(func.sum(case((_shown(show, on), 1), else_=0)), 0) for show in Show]
    found = session.execute(select(*columns).where(DocumentRow.organization_id == organization_id)).one()
    return dict(zip(Show, found, strict=True))


def total(session: Session, organization_id: UUID, wish: Wish, *, on: date) -> int:
    wanted = select(func.count()).where(DocumentRow.organization_id == organization_id, *_wished(wish, on))
    return session.scalar(wanted) or 0


def uses(session: Session, document: Document) -> list[Use]:
    """Name every line that cites a document, over all assessments: the newest assessment first."""
    found = session.execute(
        select(AssessmentRow, CitationRow.item, CitationRow.line)
        .join(
            CitationRow,
            (CitationRow.organization_id == AssessmentRow.organization_id)
            & (CitationRow.assessment_id == AssessmentRow.id),
        )
        .where(CitationRow.organization_id == document.organization_id, CitationRow.document_id == document.id)
        .order_by(AssessmentRow.created_at.desc(), AssessmentRow.id, CitationRow.item, CitationRow.line)
    )
    return [
        Use(row.id, row.title, row.questionnaire, row.archived_at is not None, item, line) for row, item, line in found
    ]


def departments(session: Session, organization_id: UUID) -> dict[UUID, str]:
    """Name the departments a document can belong to."""
    rows = session.execute(
        select(DepartmentRow.id, DepartmentRow.name)
        .where(DepartmentRow.organization_id == organization_id, DepartmentRow.archived_at.is_(None))
        .order_by(DepartmentRow.name)
    )
    return {row.id: row.name for row in rows}


def answers_for(session: Session, organization_id: UUID, department_id: UUID | None, user_id: UUID) -> bool:
    """Say whether somebody answers for a department."""
    if department_id is None:
        return False
    return session.get(DepartmentMemberRow, (organization_id, department_id, user_id)) is not None


def _wished(wish: Wish, on: date) -> list[ColumnElement[bool]]:
    wanted = [_shown(wish.show, on)]
    for term in wish.search.split():
        columns = (DocumentRow.number, DocumentRow.title, DocumentRow.owner, DocumentRow.edition)
        wanted.append(or_(*(column.icontains(term, autoescape=True) for column in columns)))
    if wish.department_id is not None:
        wanted.append(DocumentRow.department_id == wish.department_id)
    if wish.confidentiality is not None:
        wanted.append(DocumentRow.confidentiality == wish.confidentiality)
    return wanted


def _shown(show: Show, on: date) -> ColumnElement[bool]:
    in_use = DocumentRow.withdrawn_at.is_(None)
    until = DocumentRow.valid_until
    conditions: dict[Show, ColumnElement[bool]] = {
        Show.IN_USE: in_use,
        Show.EXPIRING: and_(in_use, until >= on, until <= on + SOON),
        Show.EXPIRED: and_(in_use, until < on),
        Show.WITHOUT_FILE: and_(in_use, DocumentRow.location == "", ~_current_files().exists()),
        Show.WITHDRAWN: ~in_use,
    }
    return conditions[show]


def _current_files() -> Select[Any]:
    return select(FileRow.id).where(_same(FileRow, "document_id", "id"), FileRow.removed_at.is_(None))


def _count_of_files() -> ColumnElement[int]:
    mine = _same(FileRow, "document_id", "id"), FileRow.removed_at.is_(None)
    return select(func.count()).select_from(FileRow).where(*mine).scalar_subquery()


def _count_of_uses() -> ColumnElement[int]:
    mine = _same(CitationRow, "document_id", "id")
    return select(func.count()).select_from(CitationRow).where(mine).scalar_subquery()


def _same(table: Any, theirs: str, ours: str) -> ColumnElement[bool]:
    return and_(
        table.organization_id == DocumentRow.organization_id, getattr(table, theirs) == getattr(DocumentRow, ours)
    )
