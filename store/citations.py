"""Which lines cite a document, and which entries of a statement of applicability name one as the controlling one.

An index of what answers state, kept in step with them.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scoring.answers import Answer
from scoring.assessment import Document
from store.document_tables import DocumentRow
from store.heads import Head
from store.work_tables import CitationRow

APPLICABILITY = "soa"  # no line is called that: they have one letter or two


def document_of(row: Any) -> Document:
    """Give a document as scoring and files see it, from a row of columns or a mapped object."""
    return Document(
        title=row.title,
        number=row.number,
        version=row.edition,
        owner=row.owner,
        dated=row.dated,
        valid_until=row.valid_until,
        approved_by=row.approved_by,
        location=row.location,
    )


def documents_from(rows: Iterable[Sequence[Any]]) -> dict[str, Document]:
    """Give documents by their id, from rows of `DOCUMENT`."""
    return {str(key): Document(**dict(zip(_NAMES, values, strict=True))) for key, *values in rows}


def cite(session: Session, head: Head, item: str, before: Answer, after: Answer) -> None:
    """Keep the index of citations in step with what the answer states."""
    was, is_now = citations(before), citations(after)
    if was == is_now:
        return
    for line, document in was - is_now:
        session.execute(
            delete(CitationRow).where(
                *_of(head),
                CitationRow.item == item,
                CitationRow.line == line,
                CitationRow.document_id == document,
            )
        )
    new = is_now - was
    here = documents_here(session, head.organization_id, new)
    for line, document in new:
        if line == APPLICABILITY and document not in here:
            continue
        session.add(
            CitationRow(
                organization_id=head.organization_id, assessment_id=head.id, item=item, line=line, document_id=document
            )
        )
    session.flush()


def citations(answer: Answer) -> set[tuple[str, UUID]]:
    """Give the documents an answer cites; what names a controlling document in words cites none."""
    cited = {(line, UUID(document)) for line, each in answer.evidence.items() for document in each.documents}
    named = answer.soa.document if answer.soa else None
    controlling = id_of(named) if named else None
    return cited | {(APPLICABILITY, controlling)} if controlling and str(controlling) == named else cited


def documents_here(session: Session, organization_id: UUID, cited: Iterable[tuple[str, UUID]]) -> set[UUID]:
    """Give those controlling documents that are the organisation's: unlike evidence, anything may be typed there."""
    wanted = {document for line, document in cited if line == APPLICABILITY}
    if not wanted:
        return set()
    mine = DocumentRow.organization_id == organization_id, DocumentRow.id.in_(wanted)
    return set(session.scalars(select(DocumentRow.id).where(*mine)))


def id_of(text: str) -> UUID | None:
    """Read an id; what was named in words has none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _of(head: Head) -> tuple[Any, Any]:
    return CitationRow.organization_id == head.organization_id, CitationRow.assessment_id == head.id


_documents = DocumentRow.__table__.c
# A document's id, and what scoring and files see of it
_NAMES = ("title", "number", "version", "owner", "dated", "valid_until", "approved_by", "location")
DOCUMENT = (_documents.id, *(_documents["edition" if name == "version" else name] for name in _NAMES))
