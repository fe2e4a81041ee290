"""Due dates: last day and day after, month ends, holidays and make-up workdays, years without a list."""

from datetime import date

import pytest

from files.library import shipped
from scoring.answers import Grade
from scoring.cycle import cycle, is_within, next_surveillance_by
from scoring.time_limits import CountedFrom, due, stage_2_again
from scoring.working_days import after_months, after_working_days, is_working_day
from surveys.rule_sets import Year

INITIAL = shipped().rule_set("initial-audit")
PROCEDURE = shipped().rule_set("procedure-2025")


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-01-28", 1, "2026-02-28"),
        ("2026-08-31", 1, "2026-09-30"), ("2026-11-30", 3, "2027-02-28"), ("2026-12-15", 1, "2027-01-15"),
        ("2026-05-31", -3, "2026-02-28"), ("2026-01-15", -1, "2025-12-15"), ("2026-03-31", 0, "2026-03-31"),
    ],
)  # fmt: skip
def test_months_end_on_the_same_day_or_the_months_last(start: str, months: int, day: str):
    assert after_months(date.fromisoformat(start), months) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-20", True),  # a Friday
        ("2026-11-21", False),  # a Saturday
        ("2026-11-22", False),  # a Sunday
        ("2026-10-01", False),  # National Day, a Thursday
        ("2026-10-07", False),  # its last day off
        ("2026-10-08", True),
        ("2026-10-10", True),  # a Saturday worked instead
        ("2026-02-14", True),  # likewise, before the Spring Festival
        ("2026-02-15", False),
        ("2030-10-01", True),  # a Tuesday of a year without a list
    ],
)
def test_working_days_follow_the_calendar_of_the_rule_set(day: str, works: bool):
    assert is_working_day(date.fromisoformat(day), PROCEDURE.calendar) is works


@pytest.mark.parametrize(
    ("start", "amount", "day"),
    [
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-09-24", 1, "2026-09-28"),  # Friday is the Mid-Autumn Festival
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 3, "2026-10-10"),  # a worked Saturday counts
        ("2026-09-30", 4, "2026-10-12"),
    ],
)
def test_so_many_working_days_later(start: str, amount: int, day: str):
    assert after_working_days(date.fromisoformat(start), amount, PROCEDURE.calendar) == date.fromisoformat(day)


def test_a_worked_day_wins_over_a_holiday_of_the_same_date():
    day = date(2026, 5, 9)

    assert is_working_day(day, (Year(2026, frozenset({day}), frozenset({day})),))


@pytest.mark.parametrize(
    ("rules", "grade", "start", "day"),
    [
        ("initial-audit", Grade.MINOR, "2018-06-05", "2018-07-05"),  # the case: closing 5 June, due 5 July
        ("initial-audit", Grade.MINOR, "2026-11-21", "2026-12-21"),
        ("initial-audit", Grade.MAJOR, "2026-11-21", "2027-01-20"),
        ("procedure-2025", Grade.MAJOR, "2026-11-30", "2027-02-28"),
        ("procedure-2025", Grade.MINOR, "2026-03-02", "2026-04-14"),  # Qingming Monday is off
    ],
)
def test_a_due_date_comes_from_the_rule_set(rules: str, grade: Grade, start: str, day: str):
    assert due(grade, date.fromisoformat(start), shipped().rule_set(rules)).day == date.fromisoformat(day)


def test_the_last_day_is_in_time_and_the_day_after_is_not():
    limit = due(Grade.MINOR, date(2026, 11, 21), INITIAL)

    assert not limit.is_overdue(date(2026, 12, 21))
    assert limit.is_overdue(date(2026, 12, 22))
    assert [limit.days_over(date(2026, 12, day)) for day in (20, 21, 22)] == [-1, 0, 1]


@pytest.mark.parametrize(
    ("today", "done", "zh", "en"),
    [
        (date(2026, 12, 23), None, "超期2天", "2 days overdue"),
        (date(2026, 12, 22), None, "超期1天", "1 day overdue"),
        (date(2026, 12, 21), None, "当天", "on the day"),
        (date(2026, 12, 19), None, "还有2天", "2 days left"),
        (date(2027, 1, 31), date(2026, 12, 20), "提前1天", "1 day early"),
        (date(2027, 1, 31), date(2026, 12, 24), "超期3天", "3 days overdue"),
    ],
)
def test_overdue_and_early_are_said_in_days(today: date, done: date | None, zh: str, en: str):
    said = due(Grade.MINOR, date(2026, 11, 21), INITIAL).said(today, done)

    assert (said.zh, said.en) == (zh, en)


def test_a_year_without_a_list_says_so():
    limit = due(Grade.MINOR, date(2026, 12, 10), PROCEDURE)

    assert limit.unlisted == (2027,)
    assert "2027年的节假日没有列入规则集" in limit.how.zh
    assert due(Grade.MINOR, date(2026, 3, 2), PROCEDURE).unlisted == ()
    assert due(Grade.MINOR, date(2026, 12, 10), INITIAL).unlisted == ()


def test_a_due_date_says_what_it_is_counted_from():
    start = date(2026, 11, 21)

    assert "the date of the assessment" in due(Grade.MINOR, start, INITIAL).how.en
    assert "末次会议" in due(Grade.MINOR, start, INITIAL, CountedFrom.CLOSING).how.zh


def test_stage_2_is_held_again_six_months_after_it_ended():
    assert stage_2_again(date(2026, 8, 31), INITIAL).day == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("decided", "surveillance", "expires", "apply", "keep"),
    [
        ("2026-05-31", "2027-05-31", "2029-05-31", "2029-02-28", "2032-05-31"),
        ("2028-02-29", "2029-02-28", "2031-02-28", "2030-11-28", "2034-02-28"),
        ("2026-11-21", "2027-11-21", "2029-11-21", "2029-08-21", "2032-11-21"),
    ],
)
def test_the_dates_of_a_cycle(decided: str, surveillance: str, expires: str, apply: str, keep: str):
    found = cycle(date.fromisoformat(decided))

    dates = (found.first_surveillance_by, found.expires_on, found.apply_again_by, found.keep_records_until)
    assert [str(each) for each in dates] == [surveillance, expires, apply, keep]


def test_a_validity_of_five_years_is_possible():
    assert cycle(date(2026, 11, 21), validity=60).expires_on == date(2031, 11, 21)


def test_fifteen_months_between_surveillances_is_in_time_and_a_day_more_is_not():
    limit = next_surveillance_by(date(2026, 11, 30))

    assert limit == date(2028, 2, 29)
    assert is_within(date(2028, 2, 29), limit)
    assert not is_within(date(2028, 3, 1), limit)
