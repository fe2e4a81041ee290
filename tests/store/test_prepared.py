"""Prepared statements: values go in and come out as anywhere else, in the transaction at hand."""

from datetime import UTC, datetime
from typing import cast
from unittest.mock import patch

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from answering.saving import CheckAgain
from scoring.assessment import Size
from store import assessments
from store.database import db, reading, writing
from store.heads import Head, Header
from store.prepared import Prepared, Question, ask_all, together
from store.work_tables import AnswerRow
from tests.store.world import acme, somebody

AT = datetime(2026, 11, 21, 8, 30, 15, 123456, tzinfo=UTC)
ANSWERS = cast(Table, AnswerRow.__table__)
NAMES = [each.name for each in ANSWERS.c]
KEEP = Prepared(insert(ANSWERS).values({name: bindparam(name) for name in NAMES}))
FIND = Prepared(select(ANSWERS).where(ANSWERS.c.item == bindparam("item")))
EVERY = Prepared(select(ANSWERS.c.item).order_by(ANSWERS.c.item))
FLAG = Prepared(update(ANSWERS).where(ANSWERS.c.flagged == bindparam("was")).values(flagged=bindparam("flagged")))


@pytest.fixture
def head(program: Flask) -> Head:
    with writing() as session:
        header = Header(title="2026", questionnaire="q@1", rules="r@1", size=Size.SMALL)
        return assessments.found(session, acme(session).id, header, applicable=1, by=somebody(session))


def row(head: Head, item: str = "om-01", **more: object) -> dict[str, object]:
    return {
        "organization_id": head.organization_id,
        "assessment_id": head.id,
        "item": item,
        "stated": {"note": "预算 %s ? :x “€” 𠮷"},
        "flagged": True,
        "check_again": CheckAgain.REWORDED,
        "version": 3,
        "revision": 7,
        "saved_at": AT,
        "saved_by": head.created_by,
        **more,
    }


def test_every_type_comes_out_as_it_went_in(head: Head):
    with writing() as session:
        assert KEEP.change(session, row(head)) == 1
    with reading() as session:
        found = FIND.first(session, {"item": "om-01"})

    assert found is not None
    assert dict(zip(NAMES, found, strict=True)) == row(head)
    assert isinstance(found[NAMES.index("check_again")], CheckAgain)


def test_what_the_mapper_reads_is_what_was_prepared_and_the_other_way_round(head: Head):
    with writing() as session:
        KEEP.change(session, row(head))
        session.add(AnswerRow(**row(head, "om-02", check_again=None, flagged=False)))
        seen = [item for (item,) in EVERY.all(session, {})]
    with reading() as session:
        mapped = session.scalars(select(AnswerRow).where(AnswerRow.item == "om-01")).one()
        assert {name: getattr(mapped, name) for name in NAMES} == row(head)
        found = FIND.first(session, {"item": "om-02"})

    assert seen == ["om-01", "om-02"], "a row that was only added is there as well"
    assert found == tuple(row(head, "om-02", check_again=None, flagged=False).values())


def test_of_questions_asked_at_once_each_is_read_its_own_way(head: Head):
    with writing() as session:
        KEEP.change(session, row(head))
        KEEP.change(session, row(head, "om-02"))
    with reading() as session:
        how_many, versions = ask_all(
            session,
            Question(EVERY, {}, len),
            Question(FIND, {"item": "om-02"}, lambda rows: [each[6] for each in rows]),
        )

    assert (how_many, versions) == (2, [3])


def test_nothing_found_is_none_and_changes_are_counted(head: Head):
    with writing() as session:
        for number in range(3):
            KEEP.change(session, row(head, f"om-{number}", flagged=number == 0))
        assert FIND.first(session, {"item": "om-9"}) is None
        assert FLAG.change(session, {"was": False, "flagged": True}) == 2
        assert FLAG.change(session, {"was": False, "flagged": True}) == 0


def test_what_is_prepared_belongs_to_the_transaction(head: Head):
    with writing() as session:
        KEEP.change(session, row(head))
        session.rollback()
    with reading() as session:
        assert EVERY.all(session, {}) == []


def test_a_refusal_is_the_one_that_every_statement_gives_and_says_nothing_of_the_values(head: Head):
    with writing() as session:
        KEEP.change(session, row(head))
    with pytest.raises(IntegrityError) as refusal, writing() as session:
        KEEP.change(session, row(head, stated={"note": "a secret"}))

    assert isinstance(refusal.value, DBAPIError)
    assert "a secret" not in str(refusal.value)
    with reading() as session:
        assert len(EVERY.all(session, {})) == 1


def test_several_run_in_their_order_and_each_says_what_it_did(head: Head):
    with writing() as session:
        kept, found, flagged, missing = together(
            session,
            (KEEP, row(head, flagged=False)),
            (FIND, {"item": "om-01"}),
            (FLAG, {"was": False, "flagged": True}),
            (FIND, {"item": "om-9"}),
        )

    assert (kept.count, flagged.count) == (1, 1)
    assert found.rows == [tuple(row(head, flagged=False).values())]
    assert missing.rows == []


def test_of_several_none_is_kept_where_one_is_refused(head: Head):
    with pytest.raises(IntegrityError) as refusal, writing() as session:
        together(session, (KEEP, row(head)), (KEEP, row(head, stated={"note": "a secret"})), (EVERY, {}))

    assert "a secret" not in str(refusal.value)
    with reading() as session:
        assert EVERY.all(session, {}) == []


def test_postgresql_is_told_of_several_in_one_journey(head: Head):
    pipeline = psycopg.Connection.pipeline
    found = FIND, {"item": "om-01"}
    with (
        patch.object(psycopg.Connection, "pipeline", autospec=True, side_effect=pipeline) as journeys,
        reading() as session,
    ):
        assert [each.rows for each in together(session, found, found, found)] == [[], [], []]
        assert FIND.all(session, {"item": "om-01"}) == []

    assert journeys.call_count == (1 if db.engine.dialect.name == "postgresql" else 0)
