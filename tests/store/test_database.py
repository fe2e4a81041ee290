"""What "saved" means: all or nothing, and one writer after the other."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from store import accounts
from store.database import db, reading, writing
from store.tables import AttemptsRow, RecoveryCodeRow, UserRow, new_id
from tests.store.world import at_once, somebody

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)


def add_one(times: int) -> None:
    """Read, then write: what loses updates where writers do not wait for each other."""
    for _ in range(times):
        with writing() as session:
            row = session.scalars(select(AttemptsRow).with_for_update()).one()
            session.execute(update(AttemptsRow).values(count=row.count + 1))


def count_with(program: Flask, *, writers: int, each: int) -> int:
    with writing() as session:
        session.add(AttemptsRow(bucket="b", count=0, opened_at=MIDNIGHT))
    at_once(program, writers, lambda _: add_one(each))
    with reading() as session:
        return session.scalars(select(AttemptsRow.count)).one()


def test_sixteen_writers_lose_nothing_and_none_is_told_to_come_back(program: Flask):
    assert count_with(program, writers=16, each=10) == 160


@pytest.mark.long
def test_sixteen_writers_lose_nothing_over_a_long_time(program: Flask):
    assert count_with(program, writers=16, each=300) == 4800


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_change_that_fails_leaves_nothing_behind(program: Flask, error: type[BaseException]):
    def fail() -> None:
        with writing() as session:
            somebody(session)
            raise error

    with pytest.raises(error):
        fail()
    with reading() as session:
        assert accounts.is_empty(session)


def test_a_change_that_breaks_a_rule_at_its_end_leaves_nothing_behind(program: Flask):
    def point_nowhere() -> None:
        with writing() as session:
            somebody(session)
            session.add(RecoveryCodeRow(user_id=new_id(), digest="-"))

    with pytest.raises(IntegrityError):
        point_nowhere()
    with reading() as session:
        assert accounts.is_empty(session)


def test_looking_never_saves(program: Flask):
    with reading() as session:
        somebody(session)

    with reading() as session:
        assert accounts.is_empty(session)


def test_writing_begins_anew_and_does_not_save_what_was_left_lying_before(program: Flask):
    somebody(db.session(), "Left Lying")
    with writing() as session:
        somebody(session)

    with reading() as session:
        assert session.scalars(select(UserRow.name)).all() == ["Li Lan"]


def test_a_writer_sees_what_others_saved_before_it(program: Flask):
    with writing() as session:
        who = somebody(session)
    with program.app_context(), writing() as other:
        other.execute(update(UserRow).values(name="New Name"))

    with writing() as session:
        assert session.get_one(UserRow, who).name == "New Name"
