"""The documents of the library as lines cite them: offered by name, and known to belong to the organisation."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from scoring.assessment import Document
from store.citations import DOCUMENT, document_of, documents_from, id_of
from store.document_tables import DocumentRow
from store.prepared import Prepared, Question

_MOST = 500


def offered(organization_id: UUID) -> Question[dict[str, Document]]:
    """The documents one may cite, by their id, in the order of their numbers; as many as fit on a page."""
    return Question(_OFFERED, {"organization": organization_id}, documents_from)


def every(session: Session, organization_id: UUID) -> dict[str, Document]:
    """Give all documents one may cite, by their id."""
    return Question(_EVERY, {"organization": organization_id}, documents_from).ask(session)


def named(session: Session, organization_id: UUID, ids: Collection[str]) -> dict[str, Document]:
    """Give those of these documents that belong to the organisation."""
    wanted = [each for each in map(id_of, ids) if each is not None]
    if not wanted:
        return {}
    rows = session.scalars(
        select(DocumentRow).where(DocumentRow.organization_id == organization_id, DocumentRow.id.in_(wanted))
    )
    return {str(row.id): document_of(row) for row in rows}


# Put together once: it is part of every page of answering
_documents = DocumentRow.__table__
_IN_ORDER = (
    select(*DOCUMENT)
    .where(_documents.c.organization_id == bindparam("organization"), _documents.c.withdrawn_at.is_(None))
    .order_by(_documents.c.number, _documents.c.title, _documents.c.id)
)
_EVERY, _OFFERED = Prepared(_IN_ORDER), Prepared(_IN_ORDER.limit(_MOST))
