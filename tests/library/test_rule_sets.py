"""The two rule sets that come with the program."""

from datetime import date

import pytest

from files.library import shipped
from files.placing import BadFile
from files.rule_sets import parse_rule_set
from surveys.rule_sets import TimeLimit, Unit

INITIAL = shipped().rule_set("initial-audit@1")
PROCEDURE = shipped().rule_set("procedure-2025@1")


def test_an_initial_audit_gives_30_and_60_calendar_days():
    assert INITIAL.limits["minor"] == TimeLimit(30, Unit.DAYS)
    assert INITIAL.limits["major"] == TimeLimit(60, Unit.DAYS)


def test_the_procedure_gives_30_working_days_and_3_months_and_says_that_this_is_our_mapping():
    assert PROCEDURE.limits["minor"] == TimeLimit(30, Unit.WORKING_DAYS)
    assert PROCEDURE.limits["major"] == TimeLimit(3, Unit.MONTHS)
    assert PROCEDURE.note
    assert "our mapping" in PROCEDURE.note.en


@pytest.mark.parametrize("rules", [INITIAL, PROCEDURE], ids=lambda rules: rules.name)
def test_both_agree_on_the_rest(rules: object):
    assert rules in (INITIAL, PROCEDURE)
    for each in (INITIAL, PROCEDURE):
        assert each.limits["stage_2_again"] == TimeLimit(6, Unit.MONTHS)
        assert dict(each.systemic) == {"small": 3, "medium": 4, "large": 5}
        assert set(each.verdicts) == {"ready", "ready-after-improvement", "not-ready", "incomplete"}


def test_holidays_and_make_up_days_of_2026_are_known():
    [year] = [each for each in PROCEDURE.calendar if each.year == 2026]

    assert len(year.holidays) == 33
    assert date(2026, 2, 23) in year.holidays
    assert date(2026, 10, 8) not in year.holidays
    assert date(2026, 2, 14) in year.workdays


@pytest.mark.parametrize("rules", [INITIAL, PROCEDURE], ids=lambda rules: rules.name)
def test_make_up_days_are_weekend_days_of_their_year(rules: object):
    for year in PROCEDURE.calendar + INITIAL.calendar:
        assert all(day.weekday() >= 5 and day.year == year.year for day in year.workdays)
        assert not year.workdays & year.holidays


def test_a_rule_set_with_a_slip_is_told_with_its_place():
    data = (shipped().root / "rules" / "initial-audit" / "1.yaml").read_bytes()

    with pytest.raises(BadFile) as caught:
        parse_rule_set(data.replace(b"unit: months", b"unit: years"), "rules.yaml")

    assert [(each.place, each.problem.code) for each in caught.value.problems] == [
        ("limits/stage_2_again/unit", "unknown-value")
    ]


@pytest.mark.parametrize("day", ["2026-13-04", "2026-02-30", "4 January"])
def test_a_day_that_the_calendar_does_not_have_is_told(day: str):
    data = (shipped().root / "rules" / "initial-audit" / "1.yaml").read_bytes()

    with pytest.raises(BadFile, match="year-month-day"):
        parse_rule_set(data.replace(b"2026-01-04", day.encode()), "rules.yaml")
