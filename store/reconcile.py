"""Compares what is listed with what is there: rows of files with files, citations with the answers that cite."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from answering.plain import answer_from
from store import log
from store.citations import APPLICABILITY, citations, documents_here
from store.database import now
from store.document_tables import FileRow
from store.file_store import FileMissing, FileStore, digest_of
from store.work_tables import AnswerRow, AssessmentRow, CitationRow

SPARED = timedelta(days=1)
_AT_ONCE = 500
Citation = tuple[str, str, UUID]


@dataclass(frozen=True)
class Astray:
    """A file that is not as its row says; `names` are what people call it."""

    organization_id: UUID
    digest: str
    names: tuple[str, ...]


@dataclass
class Findings:
    """What does not fit together."""

    files: int = 0
    missing: list[Astray] = field(default_factory=list)
    damaged: list[Astray] = field(default_factory=list)
    orphans: list[tuple[UUID, str]] = field(default_factory=list)
    young: int = 0
    wrong_citations: list[tuple[UUID, UUID]] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not (self.missing or self.damaged or self.orphans or self.wrong_citations)


def look(session: Session, files: FileStore) -> Findings:
    """Find all that does not fit, reading every file once."""
    findings = Findings()
    for organization_id, digest in _listed(session):
        findings.files += 1
        try:
            found = digest_of(files.read(organization_id, digest)).digest
        except FileMissing:
            findings.missing.append(_astray(session, organization_id, digest))
        else:
            if found != digest:
                findings.damaged.append(_astray(session, organization_id, digest))
    for each in files.everything():
        if not _is_listed(session, each.organization_id, each.digest):
            if each.since < now() - SPARED:
                findings.orphans.append((each.organization_id, each.digest))
            else:
                findings.young += 1  # an upload that is about to be listed, perhaps
    findings.wrong_citations = list(_wrong_citations(session))
    return findings


def remove_orphan(session: Session, files: FileStore, organization_id: UUID, digest: str) -> bool:
    """Remove a file that no row speaks of. An upload of the same content waits, and finds it gone."""
    log.hold(session, organization_id)
    if _is_listed(session, organization_id, digest):
        return False
    files.delete(organization_id, digest)
    return True


def _listed(session: Session) -> Iterator[tuple[UUID, str]]:
    keys = FileRow.organization_id, FileRow.digest
    walk = select(*keys).distinct().order_by(*keys).limit(_AT_ONCE)
    found = session.execute(walk).all()
    while found:
        yield from found
        found = session.execute(walk.where(tuple_(*keys) > tuple(found[-1]))).all()


def _is_listed(session: Session, organization_id: UUID, digest: str) -> bool:
    mine = FileRow.organization_id == organization_id, FileRow.digest == digest
    return session.scalar(select(FileRow.id).where(*mine).limit(1)) is not None


def _astray(session: Session, organization_id: UUID, digest: str) -> Astray:
    mine = FileRow.organization_id == organization_id, FileRow.digest == digest
    names = session.scalars(select(FileRow.name).where(*mine).order_by(FileRow.name).distinct())
    return Astray(organization_id, digest, tuple(names))


def _wrong_citations(session: Session) -> Iterator[tuple[UUID, UUID]]:
    """Name each assessment whose index of citations says something else than its answers."""
    keys = AssessmentRow.organization_id, AssessmentRow.id
    for organization_id, assessment_id in session.execute(select(*keys).order_by(*keys)).all():
        if _stated(session, organization_id, assessment_id) != _indexed(session, organization_id, assessment_id):
            yield organization_id, assessment_id


def _stated(session: Session, organization_id: UUID, assessment_id: UUID) -> set[Citation]:
    rows = session.execute(
        select(AnswerRow.item, AnswerRow.stated).where(
            AnswerRow.organization_id == organization_id, AnswerRow.assessment_id == assessment_id
        )
    )
    stated = {(item, *each) for item, answer in rows for each in citations(answer_from(answer))}
    here = documents_here(session, organization_id, (each[1:] for each in stated))
    return {each for each in stated if each[1] != APPLICABILITY or each[2] in here}


def _indexed(session: Session, organization_id: UUID, assessment_id: UUID) -> set[Citation]:
    rows = session.execute(
        select(CitationRow.item, CitationRow.line, CitationRow.document_id).where(
            CitationRow.organization_id == organization_id, CitationRow.assessment_id == assessment_id
        )
    )
    return {(item, line, document_id) for item, line, document_id in rows}
