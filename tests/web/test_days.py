"""Days as people type them: every real day is read in every way it is written, and nothing else is."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from wtforms import ValidationError

from web.days import read_day, today, within_reach

WAYS = (
    "{y:04}-{m:02}-{d:02}",
    "{y:04}/{m}/{d}",
    "{y:04}.{m}.{d}",
    "{y:04}年{m}月{d}日",
    " {y:04} 年 {m} 月 {d} ",
    "{y:04}{m:02}{d:02}",
)
FULL_WIDTH = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")


@given(st.dates(), st.sampled_from(WAYS), st.booleans())
def test_every_day_is_read_however_it_is_written(day: date, way: str, is_wide: bool):
    typed = way.format(y=day.year, m=day.month, d=day.day)

    assert read_day(typed.translate(FULL_WIDTH) if is_wide else typed) == day


@pytest.mark.parametrize("typed", ["", "  ", "\u202e", "\n"])
def test_nothing_typed_is_no_day(typed: str):
    assert read_day(typed) is None


@given(st.integers(1, 9999), st.integers(0, 99), st.integers(0, 99))
def test_what_no_calendar_has_is_refused(year: int, month: int, day: int):
    typed = f"{year:04}-{month}-{day}"
    try:
        known = date(year, month, day)
    except ValueError:
        with Flask("days").test_request_context(), pytest.raises(ValueError, match="Change the date"):
            read_day(typed)
    else:
        assert read_day(typed) == known


@pytest.mark.parametrize(
    "typed", ["tomorrow", "21-11-2026", "2026-11", "2026-11-21 12:00", "٢٠٢٦-١١-٢١", "2026--1-1", "9" * 50]
)
def test_what_is_no_date_is_told_with_an_example(typed: str):
    with Flask("days").test_request_context(), pytest.raises(ValueError, match="Example: 2027-03-01"):
        read_day(typed)


class Typed:
    def __init__(self, day: date | None) -> None:
        self.data = day


def test_a_year_that_is_a_slip_is_refused(app: Flask):
    with app.test_request_context():
        for fine in (None, date(2000, 1, 1), today(), today() + timedelta(days=366)):
            within_reach(None, Typed(fine))
        for slip in (date(1999, 12, 31), date(206, 11, 21), today() + timedelta(days=367)):
            with pytest.raises(ValidationError, match=str(slip.year)):
                within_reach(None, Typed(slip))
