"""Imports that wait for somebody to apply them, and what applying them changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, tuple_, update
from sqlalchemy.orm import Session

from answering.arriving import Arrival, arrival_from, plain_arrival
from answering.documents import Stated
from answering.plain import answer_from
from scoring.answers import Answer
from scoring.assessment import Document, FollowUp
from store import documents
from store.citations import document_of
from store.database import now
from store.document_tables import DocumentRow
from store.heads import Head
from store.import_tables import ImportRow
from store.work_tables import AnswerVersionRow, FollowUpRow, FollowUpVersionRow

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Pending:
    """A file that was read and waits."""

    organization_id: UUID
    id: UUID
    name: str
    arrival: Arrival
    made_at: datetime


def keep(session: Session, head: Head, arrival: Arrival, *, name: str, by: UUID) -> UUID:
    """Keep what a file brings. What the same person left waiting here goes, and everybody's of more than a day ago."""
    session.execute(delete(ImportRow).where(ImportRow.made_at < now() - KEPT_FOR))
    session.execute(
        delete(ImportRow).where(
            ImportRow.organization_id == head.organization_id,
            ImportRow.assessment_id == head.id,
            ImportRow.made_by == by,
        )
    )
    row = ImportRow(
        organization_id=head.organization_id,
        assessment_id=head.id,
        name=name,
        arrival=plain_arrival(arrival),
        made_by=by,
    )
    session.add(row)
    session.flush()
    return row.id


def find(session: Session, head: Head, id: UUID, *, by: UUID) -> Pending | None:
    """Find one's own import that waits, as long as it is kept."""
    row = session.scalar(select(ImportRow).where(*_own(head, id, by)))
    if row is None or not row.arrival:
        return None
    return Pending(row.organization_id, row.id, row.name, arrival_from(row.arrival), row.made_at)


def was_applied(session: Session, head: Head, id: UUID, *, by: UUID) -> bool:
    """Say whether one's own import was applied, for as long as it would have waited."""
    arrival = session.scalar(select(ImportRow.arrival).where(*_own(head, id, by)))
    return arrival is not None and not arrival


def hold(session: Session, head: Head, id: UUID, *, by: UUID) -> None:
    """Take an import for this transaction: whoever presses twice comes one after the other."""
    session.execute(select(ImportRow.id).where(*_own(head, id, by)).with_for_update())


def finish(session: Session, pending: Pending) -> None:
    """Note that an import was applied: it stays for its day, emptied, so that a second press is understood."""
    session.execute(update(ImportRow).where(*_same(pending)).values(arrival={}))


def drop(session: Session, pending: Pending) -> None:
    """Forget an import that was not applied."""
    session.execute(delete(ImportRow).where(*_same(pending)))


def answers_at(session: Session, head: Head, versions: Mapping[str, int]) -> dict[str, Answer]:
    """Give answers as they were at their versions, in one query; what was never stated is left out."""
    wanted = [(item, version) for item, version in versions.items() if version]
    if not wanted:
        return {}
    rows = session.execute(
        select(AnswerVersionRow.item, AnswerVersionRow.stated).where(
            AnswerVersionRow.organization_id == head.organization_id,
            AnswerVersionRow.assessment_id == head.id,
            tuple_(AnswerVersionRow.item, AnswerVersionRow.version).in_(wanted),
        )
    )
    return {item: answer_from(stated) for item, stated in rows}


def library(session: Session, organization_id: UUID) -> dict[str, Document]:
    """Give the documents that a file may name: those in use, by their id."""
    table = DocumentRow.__table__
    rows = session.execute(
        select(table)
        .where(table.c.organization_id == organization_id, table.c.withdrawn_at.is_(None))
        .order_by(table.c.number, table.c.id)
    )
    return {str(row.id): document_of(row) for row in rows}


def bring(session: Session, organization_id: UUID, document: Document, *, by: UUID) -> str:
    """Put a document that a file names into the library, and give its id."""
    stated = Stated(
        title=document.title or document.number,
        number=document.number,
        edition=document.version,
        owner=document.owner,
        dated=document.dated,
        valid_until=document.valid_until,
        approved_by=document.approved_by,
        location=document.location,
    )
    return str(documents.add(session, organization_id, stated, (), by=by).id)


def state_follow_ups(session: Session, head: Head, findings: Iterable[FollowUp]) -> None:
    """State last period's findings anew, in this order."""
    for table in (FollowUpVersionRow, FollowUpRow):
        session.execute(
            delete(table).where(table.organization_id == head.organization_id, table.assessment_id == head.id)
        )
    for position, each in enumerate(findings):
        stated = {name: getattr(each, name) for name in FollowUp.__slots__}
        session.add(
            FollowUpRow(organization_id=head.organization_id, assessment_id=head.id, position=position, **stated)
        )
    session.flush()


def _own(head: Head, id: UUID, by: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        ImportRow.organization_id == head.organization_id,
        ImportRow.assessment_id == head.id,
        ImportRow.id == id,
        ImportRow.made_by == by,
        ImportRow.made_at >= now() - KEPT_FOR,
    )


def _same(pending: Pending) -> tuple[ColumnElement[bool], ...]:
    return ImportRow.organization_id == pending.organization_id, ImportRow.id == pending.id
