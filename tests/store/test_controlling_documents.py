"""What named a controlling document before that was listed is listed by the migration that came for it."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from scoring.answers import Answer, Applicability, LineAnswer, Mark
from store import answers, reconcile
from store.answers import Change
from store.citations import APPLICABILITY
from store.database import changing
from store.document_tables import DocumentRow
from store.file_store import FolderStore
from store.migrate import current_revision, migrate
from store.work_tables import AnswerRow, CitationRow
from tests.store.test_migrations import connected, engine_for, go_down
from tests.store.world import acme, an_assessment, somebody

BEFORE = "0010"
Listed = tuple[str, str, UUID]


def listed(url: str) -> set[Listed]:
    with engine_for(url).connect() as connection:
        rows = connection.execute(select(CitationRow.item, CitationRow.line, CitationRow.document_id))
        return {(item, line, document) for item, line, document in rows}


@pytest.fixture
def documents(database_url: str) -> dict[str, UUID]:
    """Answers that name a document, one in words, one of nobody, and somebody else's; nothing of it is listed."""
    with changing(engine_for(database_url)) as connection, Session(connection) as session:
        mine, theirs, who = acme(session), acme(session, "Other"), somebody(session)
        rows = {
            name: DocumentRow(organization_id=each.id, title=name, changed_by=who)
            for name, each in (("手册", mine), ("theirs", theirs))
        }
        session.add_all(rows.values())
        session.flush()
        found = {name: row.id for name, row in rows.items()}
        own, other = str(found["手册"]), str(found["theirs"])
        head = an_assessment(session, mine, who)
        stated = {
            "om-01": Answer(
                "conform", {"a": LineAnswer(Mark.HAVE, documents=(own,))}, soa=Applicability("planned", own)
            ),
            "om-02": Answer(soa=Applicability("implemented", own), note='a "soa" of words'),
            "om-03": Answer(soa=Applicability("implemented", "QS-07, 第2章")),
            "om-04": Answer(soa=Applicability("implemented")),
            "om-05": Answer(soa=Applicability("implemented", other)),
            "om-06": Answer(soa=Applicability("implemented", str(uuid4()))),
            "om-07": Answer(soa=Applicability("implemented", own.upper())),
            "om-08": Answer(note=f'{{"soa": {{"document": "{own}"}}}}'),
        }
        for item, answer in stated.items():
            answers.save(session, head, Change(item=item, answer=answer, base=0, by=who))
        elsewhere = an_assessment(session, theirs, who)
        answer = Answer(soa=Applicability("partly", other))
        answers.save(session, elsewhere, Change(item="om-09", answer=answer, base=0, by=who))
        session.execute(delete(CitationRow).where(CitationRow.line == APPLICABILITY))
        session.flush()
    return found


def test_the_migration_lists_what_was_stated_before(database_url: str, documents: dict[str, UUID], tmp_path: Path):
    mine = documents["手册"]
    go_down(database_url, BEFORE)
    assert listed(database_url) == {("om-01", "a", mine)}

    migrate(engine_for(database_url))

    assert listed(database_url) == {
        ("om-01", "a", mine),
        ("om-01", "soa", mine),
        ("om-02", "soa", mine),
        ("om-09", "soa", documents["theirs"]),
    }
    with Session(engine_for(database_url)) as session:
        assert reconcile.look(session, FolderStore(tmp_path)).wrong_citations == []


def test_down_and_up_again_changes_nothing_of_it(database_url: str, documents: dict[str, UUID]):
    go_down(database_url, BEFORE)
    migrate(engine_for(database_url))
    before = listed(database_url)

    go_down(database_url, BEFORE)
    with connected(database_url) as connection:
        assert current_revision(connection) == BEFORE
    assert listed(database_url) == before
    migrate(engine_for(database_url))

    assert listed(database_url) == before


def test_of_many_none_is_left_out(database_url: str, documents: dict[str, UUID]):
    """They are listed 500 at a time."""
    mine = documents["手册"]
    with changing(engine_for(database_url)) as connection, Session(connection) as session:
        first = session.scalars(select(AnswerRow).where(AnswerRow.item == "om-01")).one()
        columns = ("organization_id", "assessment_id", "revision", "saved_at", "saved_by")
        like = {name: getattr(first, name) for name in columns}
        stated = {"soa": {"state": "planned", "document": str(mine)}}
        items = [f"many-{number}" for number in range(1_101)]
        session.execute(insert(AnswerRow), [{**like, "item": item, "stated": stated} for item in items])
        session.flush()
    go_down(database_url, BEFORE)

    migrate(engine_for(database_url))

    assert {item for item, line, _ in listed(database_url) if line == "soa"} == {"om-01", "om-02", "om-09", *items}
