"""Counting days: calendar days, working days of a rule set's calendar, months with the month-end rule."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from surveys.rule_sets import TimeLimit, Unit, Year

SATURDAY = 5
ONE_DAY = timedelta(days=1)
MONTHS_A_YEAR = 12


def is_working_day(day: date, years: Iterable[Year]) -> bool:
    """Monday to Friday less the holidays, plus the weekend days that are worked instead."""
    known = next((year for year in years if year.year == day.year), None)
    if known and day in known.workdays:
        return True
    return day.weekday() < SATURDAY and not (known and day in known.holidays)


def after_working_days(start: date, amount: int, years: Iterable[Year]) -> date:
    """Return the day so many working days after another; the day itself is not counted."""
    years = tuple(years)
    day = start
    while amount:
        day += ONE_DAY
        amount -= is_working_day(day, years)
    return day


def after_days(start: date, amount: int, _years: Iterable[Year] = ()) -> date:
    """Return the day so many calendar days later."""
    return start + timedelta(days=amount)


def after_months(start: date, amount: int, _years: Iterable[Year] = ()) -> date:
    """Return the same day so many months later, or that month's last day."""
    months = start.year * MONTHS_A_YEAR + start.month - 1 + amount
    year, month = divmod(months, MONTHS_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


COUNTERS: Mapping[Unit, Callable[[date, int, Iterable[Year]], date]] = {
    Unit.DAYS: after_days,
    Unit.WORKING_DAYS: after_working_days,
    Unit.MONTHS: after_months,
}


def after(start: date, limit: TimeLimit, years: Iterable[Year]) -> date:
    """Return the last day of a time limit."""
    return COUNTERS[limit.unit](start, limit.amount, years)


def unlisted_years(start: date, end: date, years: Iterable[Year]) -> tuple[int, ...]:
    """Return the years between two days whose holidays are not on the list."""
    known = {year.year for year in years}
    return tuple(year for year in range(start.year, end.year + 1) if year not in known)
