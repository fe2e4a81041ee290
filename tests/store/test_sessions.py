"""Signed-in browsers: recognised, listed, ended; and over by themselves when idle or open too long."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from store import sessions
from store.database import reading, writing
from store.sessions import OpenSession
from store.tables import SessionRow
from tests.store.world import MOMENT, Clock, at_once, somebody

HOUR = timedelta(hours=1)


@pytest.fixture
def who(clock: Clock) -> UUID:
    with writing() as session:
        return somebody(session)


def opened_by(who: UUID, device: str = "Firefox") -> str:
    """Open a session that was seen at the moment it was opened."""
    with writing() as session:
        token = sessions.open_session(session, who, device)
        session.flush()
        for row in session.scalars(select(SessionRow).where(SessionRow.device == device[:80])):
            sessions.note_seen(session, row.id)
    return token


def recognised(token: str) -> OpenSession | None:
    with reading() as session:
        found = sessions.recognise(session, token)
        return found[1] if found else None


def note_seen(opened: OpenSession | None) -> None:
    assert opened is not None
    with writing() as session:
        sessions.note_seen(session, opened.id)


def listed(who: UUID) -> list[str]:
    with reading() as session:
        return [it.device for it in sessions.of_person(session, who)]


def test_a_cookie_is_recognised_as_its_person(clock: Clock, who: UUID):
    token = opened_by(who)
    with reading() as session:
        found = sessions.recognise(session, token)

    assert found is not None
    assert (found[0].id, found[0].name) == (who, "Li Lan")
    assert (found[1].user_id, found[1].device, found[1].seen_at) == (who, "Firefox", clock.time)


def test_an_unknown_cookie_is_nobodys(who: UUID):
    opened_by(who)

    assert [recognised(token) for token in ("", "x", "准绳" * 1000)] == [None] * 3


def test_the_database_holds_no_cookie(who: UUID):
    token = opened_by(who)
    with reading() as session:
        row = session.scalars(select(SessionRow)).one()

    assert token not in map(str, vars(row).values())


def test_a_session_is_over_after_twelve_idle_hours_to_the_microsecond(clock: Clock, who: UUID):
    token = opened_by(who)
    clock.pass_by(12 * HOUR - MOMENT)
    assert recognised(token)
    assert listed(who) == ["Firefox"]

    for _ in range(2):
        clock.pass_by(MOMENT)
        assert recognised(token) is None
        assert listed(who) == []


def test_a_session_in_use_is_over_after_seven_days_to_the_microsecond(clock: Clock, who: UUID):
    token = opened_by(who)
    for _ in range(14 * 2 - 1):
        clock.pass_by(6 * HOUR)
        note_seen(recognised(token))
    clock.pass_by(6 * HOUR - MOMENT)
    assert recognised(token)

    for _ in range(2):
        clock.pass_by(MOMENT)
        assert recognised(token) is None
        assert listed(who) == []


def test_use_is_noted_every_five_minutes_also_after_the_clock_was_put_back(clock: Clock, who: UUID):
    opened = recognised(opened_by(who))
    assert opened is not None
    began = clock.time

    for minutes, is_due in {0: False, 5: False, 6: True, -5: False, -6: True}.items():
        clock.time = began + timedelta(minutes=minutes)
        assert sessions.is_due(opened) is is_due


def test_a_session_survives_a_clock_that_is_put_back_and_is_idle_by_the_new_time(clock: Clock, who: UUID):
    token = opened_by(who)
    clock.pass_by(-24 * HOUR)
    assert recognised(token)
    note_seen(recognised(token))

    clock.pass_by(12 * HOUR)

    assert recognised(token) is None


def test_sessions_are_listed_with_the_latest_used_first(clock: Clock, who: UUID):
    for device in ("Phone", "Laptop", "Tablet"):
        opened_by(who, device)
        clock.pass_by(HOUR)

    assert listed(who) == ["Tablet", "Laptop", "Phone"]


def test_one_session_is_ended_and_the_others_stay(who: UUID):
    phone, laptop = opened_by(who, "Phone"), opened_by(who, "Laptop")
    lost = recognised(phone)
    assert lost is not None

    with writing() as session:
        assert sessions.end(session, who, lost.id)
        assert not sessions.end(session, who, lost.id)

    assert recognised(phone) is None
    assert recognised(laptop)


def test_nobody_ends_somebody_elses_session(who: UUID):
    token = opened_by(who)
    opened = recognised(token)
    assert opened is not None

    with writing() as session:
        assert not sessions.end(session, somebody(session, "Other"), opened.id)

    assert recognised(token)


@pytest.mark.parametrize("keeps_this_one", [True, False])
def test_all_sessions_of_a_person_are_ended_but_the_one_they_are_using(who: UUID, keeps_this_one: bool):
    with writing() as session:
        other = somebody(session, "Other")
    phone, laptop, others = opened_by(who, "Phone"), opened_by(who, "Laptop"), opened_by(other, "Desk")
    here = recognised(laptop)
    assert here is not None

    with writing() as session:
        sessions.end_all(session, who, but=here.id if keeps_this_one else None)

    assert recognised(phone) is None
    assert bool(recognised(laptop)) is keeps_this_one
    assert recognised(others)


def test_signing_in_clears_the_persons_old_sessions_away(clock: Clock, who: UUID):
    opened_by(who, "Old")
    clock.pass_by(7 * 24 * HOUR)
    opened_by(who, "New")

    with reading() as session:
        assert session.scalars(select(SessionRow.device)).all() == ["New"]


def test_many_browsers_of_one_person_sign_in_at_once(program: Flask, who: UUID):
    tokens = at_once(program, 16, lambda number: opened_by(who, f"Device {number}"))

    assert len({recognised(token) for token in tokens}) == 16
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(SessionRow)) == 16


def test_a_long_name_of_a_device_is_cut(who: UUID):
    opened_by(who, "x" * 80)
    opened = recognised(opened_by(who, "y" * 500))

    assert opened is not None
    assert opened.device == "y" * 80
