"""Moments keep their time zone, and their microseconds, on every database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import StatementError

from store.database import reading
from store.tables import AttemptsRow
from tests.store.world import forgetting

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_naive_moment_is_refused(program: Flask):
    naive = MIDNIGHT.replace(tzinfo=None)

    with reading() as session, pytest.raises(StatementError, match="needs its time zone"):
        session.scalars(select(AttemptsRow).where(AttemptsRow.opened_at == naive)).all()


zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1970, 1, 2), datetime(9999, 12, 30), timezones=zones)  # noqa: DTZ001


@given(st.lists(moments, min_size=1, max_size=5))
@hypothesis_settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_moments_come_back_to_the_microsecond_in_utc_and_sort_by_time(program: Flask, chosen: list[datetime]):
    with forgetting() as session:
        rows = [AttemptsRow(bucket=str(n), count=n, opened_at=moment) for n, moment in enumerate(chosen)]
        session.add_all(rows)
        session.flush()
        stored = session.execute(select(AttemptsRow.opened_at).order_by(AttemptsRow.opened_at)).scalars().all()

    assert stored == sorted(chosen)
    assert {moment.tzinfo for moment in stored} == {UTC}


def test_comparing_with_a_moment_of_another_zone_is_right(program: Flask):
    shanghai = timezone(timedelta(hours=8))
    with forgetting() as session:
        session.add(AttemptsRow(bucket="b", count=1, opened_at=MIDNIGHT))
        later = AttemptsRow.opened_at < datetime(2026, 3, 1, 8, 0, 1, tzinfo=shanghai)
        sooner = AttemptsRow.opened_at < datetime(2026, 3, 1, 8, 0, 0, tzinfo=shanghai)

        assert session.scalar(select(func.count()).where(later)) == 1
        assert session.scalar(select(func.count()).where(sooner)) == 0
