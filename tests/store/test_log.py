"""The audit log: written with what it tells of, in one unbroken chain, the same on every database, never changed."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Executable, delete, text, update
from sqlalchemy.exc import DBAPIError

from store import log
from store.database import reading, writing
from store.log import BEGINNING, INSTALLATION, Entry, Event, Head, digest_of
from store.tables import LogRow
from tests.store.world import Clock, at_once, forgetting

ACME, LI_LAN, ZENG_YU = UUID(int=10), UUID(int=1), UUID(int=2)
# What the first entry below says, written by hand: the form must be the same for ever
FIRST = (
    '["00000000-0000-0000-0000-00000000000a",1,"2026-03-01T12:00:00.123456+00:00",'
    '"00000000-0000-0000-0000-000000000001","invited","",{"name":"\\u51c6\\u7ef3","role":"viewer"},'
    '"0000000000000000000000000000000000000000000000000000000000000000"]'
)
FIRST_DIGEST = hashlib.sha256(FIRST.encode()).hexdigest()


def record(number: int = 1, chain: UUID = ACME) -> None:
    with writing() as session:
        log.record(session, chain, Event.JOINED, actor=LI_LAN, subject=ZENG_YU, number=str(number))


def entries(chain: UUID = ACME) -> list[Entry]:
    with reading() as session:
        return list(log.entries(session, chain))


def first_break(chain: UUID = ACME) -> int | None:
    with reading() as session:
        return log.first_break(session, chain)


def test_an_entry_and_its_digest_are_the_same_on_every_database(clock: Clock):
    with writing() as session:
        log.record(session, ACME, Event.INVITED, actor=LI_LAN, role="viewer", name="准绳")
        session.expire_all()

    assert entries() == [
        Entry(ACME, 1, clock.time, LI_LAN, "invited", None, {"role": "viewer", "name": "准绳"}, BEGINNING, FIRST_DIGEST)
    ]
    assert first_break() is None


def test_the_digest_does_not_depend_on_the_time_zone_or_the_order_of_details():
    shanghai = timezone(timedelta(hours=8))
    entry = Entry(ACME, 1, datetime(2026, 3, 1, 12, tzinfo=UTC), None, "invited", None, {"a": "1", "b": "2"}, "0", "")
    same = replace(entry, at=entry.at.astimezone(shanghai), details={"b": "2", "a": "1"}, digest="whatever")

    assert digest_of(same) == digest_of(entry)


words = st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3)
said = st.builds(
    Entry,
    chain=st.uuids(),
    number=st.integers(1, 10**6),
    at=st.datetimes(timezones=st.just(UTC)),
    actor_id=st.none() | st.uuids(),
    event=st.sampled_from(Event).map(str),
    subject_id=st.none() | st.uuids(),
    details=words,
    previous=st.sampled_from([BEGINNING, FIRST_DIGEST]),
    digest=st.just(""),
)


@given(said, said)
def test_two_entries_have_one_digest_exactly_if_they_say_the_same(one: Entry, other: Entry):
    assert (digest_of(one) == digest_of(other)) is (one == other)


def test_no_back_door_of_a_database_empties_or_replaces_the_log(program: Flask):
    record()
    back_doors = {
        "sqlite": "REPLACE INTO log_entries SELECT * FROM log_entries",
        "postgresql": "TRUNCATE log_entries",
    }

    with forgetting() as session, pytest.raises(DBAPIError, match="the audit log is append-only"):
        session.execute(text(back_doors[session.get_bind().dialect.name]))
    assert len(entries()) == 1


@pytest.mark.parametrize("change", [update(LogRow).values(event="x"), delete(LogRow)], ids=["update", "delete"])
def test_the_database_itself_refuses_to_change_or_delete_an_entry(program: Flask, change: Executable):
    record()

    with forgetting() as session, pytest.raises(DBAPIError, match="the audit log is append-only"):
        session.execute(change)
    assert len(entries()) == 1


@pytest.mark.parametrize("at_once", [1, 2, 3, 5, 6])
def test_a_chain_is_walked_to_its_end_however_many_entries_are_read_at_once(
    program: Flask, monkeypatch: pytest.MonkeyPatch, at_once: int
):
    monkeypatch.setattr(log, "_BATCH", at_once)
    for number in range(5):
        record(number)
    record(9, chain=INSTALLATION)

    assert [entry.details["number"] for entry in entries()] == ["0", "1", "2", "3", "4"]
    assert first_break() is None


def test_an_entry_is_kept_only_with_the_change_it_tells_of(program: Flask):
    record(1)
    with forgetting() as session:
        log.record(session, ACME, Event.JOINED, actor=LI_LAN)
        log.record(session, INSTALLATION, Event.SIGNED_IN, actor=LI_LAN)
    record(2)

    assert [(entry.number, entry.details) for entry in entries()] == [(1, {"number": "1"}), (2, {"number": "2"})]
    with reading() as session:
        assert log.chains(session) == [ACME]


def test_several_entries_of_one_change_follow_one_another(program: Flask):
    with writing() as session:
        for _ in range(3):
            log.record(session, ACME, Event.JOINED, actor=None)

    assert [entry.number for entry in entries()] == [1, 2, 3]
    assert first_break() is None


def test_writers_at_the_same_moment_make_one_unbroken_chain(program: Flask):
    def five(writer: int) -> int:
        for number in range(5):
            record(writer * 5 + number)
            record(number, chain=INSTALLATION if writer % 2 else UUID(int=99))
        return writer

    at_once(program, 12, five)

    assert [entry.number for entry in entries()] == list(range(1, 61))
    assert {entry.details["number"] for entry in entries()} == {str(number) for number in range(60)}
    assert [first_break(chain) for chain in (ACME, INSTALLATION, UUID(int=99))] == [None] * 3


def test_a_head_tells_how_long_each_chain_is_and_where_it_ends(program: Flask):
    for chain in (ACME, ACME, INSTALLATION):
        record(chain=chain)
    with reading() as session:
        found = log.heads(session)

        assert all(log.holds(session, head) for head in found)
    assert found == [
        Head(INSTALLATION, 1, entries(INSTALLATION)[0].digest),
        Head(ACME, 2, entries()[1].digest),
    ]


def test_a_head_of_nowhere_or_of_the_future_does_not_hold(program: Flask):
    record()
    head = Head(ACME, 1, entries()[0].digest)
    with reading() as session:
        assert log.holds(session, head)
        assert not log.holds(session, replace(head, number=2))
        assert not log.holds(session, replace(head, chain=INSTALLATION))
        assert not log.holds(session, replace(head, digest=BEGINNING))


@pytest.mark.parametrize(("page", "numbers"), [(1, [7, 6, 5]), (2, [4, 3, 2]), (3, [1]), (4, [])])
def test_a_page_shows_the_newest_first_and_how_many_there_are(program: Flask, page: int, numbers: list[int]):
    for number in range(7):
        record(number)
    record(chain=INSTALLATION)
    with reading() as session:
        shown, total = log.page(session, ACME, size=3, number=page)

    assert ([entry.number for entry in shown], total) == (numbers, 7)
