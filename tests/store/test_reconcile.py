"""Rows and files are compared: what is listed and not there, what is there and not listed, what is not what it was."""

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, insert

from scoring.answers import Answer, Applicability, LineAnswer, Mark
from store import answers, assessments, reconcile
from store.answers import Change
from store.database import reading, writing
from store.document_tables import DocumentRow, FileRow
from store.file_places import files_of
from store.file_store import FolderStore
from store.heads import Head, Header
from store.reconcile import Astray, Findings
from store.work_tables import CitationRow
from tests.store.world import acme, somebody


@pytest.fixture
def head(program: Flask) -> Head:
    """An assessment with a line that cites a document with two files."""
    with writing() as session:
        organization, who = acme(session), somebody(session)
        document = DocumentRow(organization_id=organization.id, title="预算表", changed_by=who)
        session.add(document)
        session.flush()
        for content, name in ((b"one", "一.pdf"), (b"two", "two.pdf")):
            kept = files_of(program).keep(organization.id, io.BytesIO(content))
            row = {"digest": kept.digest, "size": kept.size, "name": name, "media_type": "application/pdf"}
            session.add(FileRow(organization_id=organization.id, document_id=document.id, uploaded_by=who, **row))
        header = Header(title="2026", questionnaire="om-services@trial-1", rules="initial-audit@1", level=2)
        head = assessments.found(session, organization.id, header, applicable=50, by=who)
        answer = Answer(evidence={"a": LineAnswer(Mark.HAVE, documents=(str(document.id),))})
        answers.save(session, head, Change(item="om-01", answer=answer, base=0, by=who))
        return head


@pytest.fixture
def files(program: Flask) -> FolderStore:
    found = files_of(program)
    assert isinstance(found, FolderStore)
    return found


def path_of(files: FolderStore, digest: str) -> Path:
    return next(files.folder.rglob(digest))


def look(files: FolderStore) -> Findings:
    with reading() as session:
        return reconcile.look(session, files)


def digest(files: FolderStore, content: bytes) -> str:
    return next(path.name for path in files.folder.rglob("*") if path.is_file() and path.read_bytes() == content)


def age(path: Path, hours: float) -> None:
    moment = (datetime.now(UTC) - timedelta(hours=hours)).timestamp()
    os.utime(path, (moment, moment))


def test_where_all_is_well_nothing_is_found(head: Head, files: FolderStore):
    assert look(files) == Findings(files=2)
    assert look(files).is_well


def test_files_are_compared_to_the_last_however_many_are_listed_at_once(
    head: Head, files: FolderStore, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reconcile, "_AT_ONCE", 1)

    assert look(files) == Findings(files=2)


def test_a_missing_and_a_damaged_file_are_named(head: Head, files: FolderStore):
    one, two = digest(files, b"one"), digest(files, b"two")
    path_of(files, one).unlink()
    path_of(files, two).write_bytes(b"two!")

    found = look(files)

    assert found.missing == [Astray(head.organization_id, one, ("一.pdf",))]
    assert found.damaged == [Astray(head.organization_id, two, ("two.pdf",))]


def test_a_file_that_nothing_lists_counts_when_it_is_older_than_a_day(head: Head, files: FolderStore):
    lost = files.keep(head.organization_id, io.BytesIO(b"lost"))
    assert look(files) == Findings(files=2, young=1)
    age(path_of(files, lost.digest), 24.1)

    assert look(files).orphans == [(head.organization_id, lost.digest)]


def test_another_organisations_row_does_not_keep_a_file(head: Head, files: FolderStore):
    elsewhere = UUID(int=99)
    files.keep(elsewhere, io.BytesIO(b"one"))
    for path in files.folder.rglob(digest(files, b"one")):
        age(path, 48)

    assert look(files).orphans == [(elsewhere, digest(files, b"one"))]


def test_only_what_nothing_lists_is_removed(head: Head, files: FolderStore):
    lost = files.keep(head.organization_id, io.BytesIO(b"lost"))

    with writing() as session:
        assert reconcile.remove_orphan(session, files, head.organization_id, lost.digest)
        assert not reconcile.remove_orphan(session, files, head.organization_id, digest(files, b"one"))

    assert look(files) == Findings(files=2)


def test_what_names_a_controlling_document_is_indexed_where_it_is_one(head: Head, files: FolderStore):
    with writing() as session:
        document = str(session.query(CitationRow.document_id).scalar())
        for item, named in (("om-02", document), ("om-03", "in words"), ("om-04", str(UUID(int=5)))):
            answer = Answer(soa=Applicability("implemented", named))
            answers.save(session, head, Change(item=item, answer=answer, base=0, by=head.created_by))
    assert look(files).wrong_citations == []

    with writing() as session:
        session.execute(delete(CitationRow).where(CitationRow.item == "om-02"))
    assert look(files).wrong_citations == [(head.organization_id, head.id)]


@pytest.mark.parametrize("how", ["gone", "too many"])
def test_an_index_of_citations_that_is_wrong_is_found(head: Head, files: FolderStore, how: str):
    with writing() as session:
        if how == "gone":
            session.execute(delete(CitationRow))
        else:
            mine = {"organization_id": head.organization_id, "assessment_id": head.id}
            document = session.query(CitationRow.document_id).scalar()
            session.execute(insert(CitationRow).values(**mine, item="om-02", line="a", document_id=document))

    assert look(files).wrong_citations == [(head.organization_id, head.id)]
