"""The latest changes of an assessment, and what the documents named in them are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from answering.plain import answer_from
from answering.saving import Origin
from scoring.answers import Answer
from store.citations import id_of
from store.document_tables import DocumentRow
from store.heads import Head
from store.tables import UserRow
from store.work_tables import AnswerVersionRow


@dataclass(frozen=True)
class Changed:
    """One change of one answer: who made it and when, and the answer before and after."""

    item: str
    version: int
    before: Answer
    answer: Answer
    origin: Origin
    saved_at: datetime
    who: str


def latest(session: Session, head: Head, *, size: int, number: int) -> tuple[list[Changed], int]:
    """Give one page of an assessment's changes, the newest first, and how many there are."""
    here = (AnswerVersionRow.organization_id == head.organization_id, AnswerVersionRow.assessment_id == head.id)
    total = session.scalar(select(func.count()).select_from(AnswerVersionRow).where(*here)) or 0
    earlier = aliased(AnswerVersionRow)
    rows = session.execute(
        select(AnswerVersionRow, earlier.stated, UserRow.name)
        .join(UserRow, UserRow.id == AnswerVersionRow.saved_by)
        .outerjoin(
            earlier,
            (earlier.organization_id == AnswerVersionRow.organization_id)
            & (earlier.assessment_id == AnswerVersionRow.assessment_id)
            & (earlier.item == AnswerVersionRow.item)
            & (earlier.version == AnswerVersionRow.version - 1),
        )
        .where(*here)
        .order_by(AnswerVersionRow.saved_at.desc(), AnswerVersionRow.item, AnswerVersionRow.version.desc())
        .limit(size)
        .offset((number - 1) * size)
    )
    return [_changed(row, before, name) for row, before, name in rows], total


def titles(session: Session, organization_id: UUID, documents: Iterable[str]) -> dict[str, str]:
    """Name documents of the organisation by their number and title, in one query."""
    wanted = [each for each in map(id_of, set(documents)) if each is not None]
    if not wanted:
        return {}
    rows = session.execute(
        select(DocumentRow.id, DocumentRow.number, DocumentRow.title).where(
            DocumentRow.organization_id == organization_id, DocumentRow.id.in_(wanted)
        )
    )
    return {str(row.id): f"{row.number} {row.title}".strip() for row in rows}


def _changed(row: AnswerVersionRow, before: dict[str, object] | None, who: str) -> Changed:
    return Changed(
        item=row.item,
        version=row.version,
        before=answer_from(before or {}),
        answer=answer_from(row.stated),
        origin=row.origin,
        saved_at=row.saved_at,
        who=who,
    )
