"""A database is opened safely, or refused with its reason."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from settings import read
from store.attach import DatabaseUnreachable, UnsafeDatabase, attach
from store.database import db, is_reachable, prepare_engine, reading, writing
from tests.store.world import at_once, somebody

KEEPS_WHAT_IT_ACKNOWLEDGED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def bare(folder: Path) -> Flask:
    return Flask("plumbline", root_path=str(folder))


def test_sqlite_keeps_what_it_acknowledged_through_a_power_cut_and_its_log_small(tmp_path: Path):
    program = bare(tmp_path)
    attach(program, read({"DATA": str(tmp_path)}))
    at_once(program, 8, lambda thread: save_ten(f"Member {thread}"))

    with program.app_context(), reading() as session:
        found = {name: session.scalar(text(f"PRAGMA {name}")) for name in KEEPS_WHAT_IT_ACKNOWLEDGED}
        log_size = (tmp_path / "plumbline.db-wal").stat().st_size
        session.close()
        db.engine.dispose()

    assert found == KEEPS_WHAT_IT_ACKNOWLEDGED
    assert 0 < log_size < 5_000_000


def save_ten(name: str) -> int:
    for number in range(10):
        with writing() as session:
            somebody(session, f"{name} {number}")
    return 10


def test_sqlite_in_a_place_that_refuses_a_setting_is_not_used():
    engine = create_engine("sqlite://", poolclass=NullPool)
    prepare_engine(engine)

    with pytest.raises(UnsafeDatabase, match="refuses journal_mode=wal"):
        engine.connect()


def test_a_database_that_answers_is_reachable(program: Flask):
    assert is_reachable()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://user:geheim@127.0.0.1:1/name",
        "postgresql://user:geheim@host:port/name",
        "postgresql://user:geheim@127.0.0.1/name?no-such-option=1",
        "sqlite:////no/such/folder/plumbline.db",
        "sqlite:////{folder}",
        "sqlite:///{folder}/foreign",
    ],
)
def test_a_database_that_cannot_be_used_is_unreachable_whatever_the_reason(tmp_path: Path, address: str):
    (tmp_path / "foreign").write_text("This is no database. " * 100)
    settings = read({"PLUMBLINE_DATABASE_URL": address.format(folder=tmp_path)})

    with pytest.raises(DatabaseUnreachable, match=r"^\w+$"):
        attach(bare(tmp_path), settings)
