"""Documents: of many who change one at once one wins, each version is written down, and scoring sees what is stated."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from answering.documents import Stated
from scoring.assessment import Document as Cited
from store import documents
from store.database import reading, writing
from store.document_list import Show, Wish, counts, page, total
from store.document_tables import DocumentVersionRow
from store.documents import Arrived, Document
from store.organizations import ChangedMeanwhile
from tests.store.world import acme, at_once, somebody

STATED = Stated(
    title="预案", number="QS-01", edition="V1", owner="林晓", valid_until=date(2027, 1, 1), approved_by="周敏"
)
FILE = Arrived("a" * 64, 7, "预案.pdf", "application/pdf")
TODAY = date(2026, 11, 21)


@pytest.fixture
def document(program: Flask) -> Document:
    with writing() as session:
        organization, who = acme(session), somebody(session)
        return documents.add(session, organization.id, STATED, [FILE], by=who)


def now_of(document: Document) -> Document:
    with reading() as session:
        found = documents.find(session, document.organization_id, document.id)
    assert found is not None
    return found


def test_what_was_added_is_found_as_it_was(document: Document):
    found = now_of(document)

    assert found == document
    assert (found.stated, found.version, found.withdrawn_at) == (STATED, 1, None)
    assert [(file.digest, file.name, file.size) for file in found.files] == [("a" * 64, "预案.pdf", 7)]


def test_of_many_who_change_a_document_at_once_one_wins(program: Flask, document: Document):
    def change(number: int) -> bool:
        try:
            with writing() as session:
                documents.change(session, document, replace(STATED, edition=f"V{number}"), by=document.changed_by)
        except ChangedMeanwhile:
            return False
        return True

    assert at_once(program, 8, change).count(True) == 1
    with reading() as session:
        past = documents.history(session, document)
    assert [each.version for each in past] == [2, 1]
    assert past[0].stated == now_of(document).stated


def test_a_version_once_written_down_is_never_changed(document: Document):
    with pytest.raises(DBAPIError), writing() as session:
        session.execute(update(DocumentVersionRow).values(stated={}))

    with reading() as session:
        assert documents.history(session, document)[0].stated == STATED


def test_a_newer_edition_keeps_the_old_files_in_the_history(document: Document):
    newer = replace(FILE, digest="b" * 64)
    with writing() as session:
        documents.replace(session, document, replace(STATED, edition="V2"), [newer], by=document.changed_by)
    with reading() as session:
        after, before = documents.history(session, document)
        ever = documents.files_ever(session, document)

    assert [ever[file].digest for each in (before, after) for file in each.file_ids] == ["a" * 64, "b" * 64]
    assert [file.digest for file in now_of(document).files] == ["b" * 64]


def test_a_file_of_the_same_content_is_found_in_its_organisation_only(document: Document):
    with reading() as session:
        found = documents.alike(session, document.organization_id, "a" * 64)
        assert found is not None
        assert found.id == document.id
        assert documents.alike(session, document.organization_id, "b" * 64) is None
        assert documents.alike(session, UUID(int=1), "a" * 64) is None


def test_scoring_sees_what_is_stated(document: Document):
    with reading() as session:
        found = documents.documents_of(session, document.organization_id, [document.id, UUID(int=1)])
        elsewhere = documents.documents_of(session, UUID(int=1), [document.id])

    wanted = Cited("预案", "QS-01", "V1", "林晓", None, date(2027, 1, 1), "周敏", "")
    assert (found, elsewhere) == ({str(document.id): wanted}, {})


def test_counts_and_pages_agree(document: Document):
    organization, who = document.organization_id, document.changed_by
    with writing() as session:
        for number in range(7):
            documents.add(
                session, organization, Stated(title=f"记录{number}", valid_until=date(2020, 1, 1)), [], by=who
            )
        withdrawn = documents.add(session, organization, Stated(title="旧"), [FILE], by=who)
        documents.withdraw(session, withdrawn, by=who)
    with reading() as session:
        found = counts(session, organization, on=TODAY)
        seen = {
            show: [
                line.document.stated.title
                for number in (1, 2, 3)
                for line in page(session, organization, Wish(show), on=TODAY, size=4, number=number)
            ]
            for show in Show
        }
        totals = {show: total(session, organization, Wish(show), on=TODAY) for show in Show}

    assert found == totals == {show: len(titles) for show, titles in seen.items()}
    assert found == {Show.IN_USE: 8, Show.EXPIRING: 1, Show.EXPIRED: 7, Show.WITHOUT_FILE: 7, Show.WITHDRAWN: 1}
    assert seen[Show.IN_USE][0] == "预案", "those with a number come first"
