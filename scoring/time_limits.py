"""When a corrective action is due by the rule set, and how it stands against that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoring.answers import Grade
from scoring.sentences import sentence
from scoring.working_days import after, unlisted_years
from surveys.rule_sets import RuleSet, TimeLimit, Unit
from surveys.text import Text

STAGE_2_AGAIN = "stage_2_again"


class CountedFrom(StrEnum):
    """The day a limit is counted from: findings of an audit from its closing, our own gaps from the assessment."""

    CLOSING = "closing"
    ASSESSED_ON = "assessed-on"


FROM = {
    CountedFrom.CLOSING: Text("末次会议", "the closing meeting"),
    CountedFrom.ASSESSED_ON: Text("评估日期", "the date of the assessment"),
}
UNITS = {
    Unit.DAYS: sentence("{count}个日历日", "{count} calendar days", "{count} calendar day"),
    Unit.WORKING_DAYS: sentence("{count}个工作日", "{count} working days", "{count} working day"),
    Unit.MONTHS: sentence("{count}个月", "{count} months", "{count} month"),
}
HOW = sentence("{start}（{from_}）起{limit}：{day}", "{limit} from {start}, {from_}: {day}")
UNLISTED = sentence(
    "{years}年的节假日没有列入规则集，只按周一到周五计算",
    "The holidays of {years} are not listed; Monday to Friday are counted",
)
OVERDUE = sentence("超期{count}天", "{count} days overdue", "{count} day overdue")
EARLY = sentence("提前{count}天", "{count} days early", "{count} day early")
LEFT = sentence("还有{count}天", "{count} days left", "{count} day left")
ON_THE_DAY = sentence("当天", "on the day")


@dataclass(frozen=True, slots=True)
class Due:
    """A due date with how it was counted."""

    day: date
    start: date
    limit: TimeLimit
    counted_from: CountedFrom
    unlisted: tuple[int, ...] = ()

    @property
    def how(self) -> Text:
        """How the day was counted, and what the calendar does not know."""
        limit = UNITS[self.limit.unit].fill(self.limit.amount)
        said = HOW.fill(start=self.start, from_=FROM[self.counted_from], limit=limit, day=self.day)
        if not self.unlisted:
            return said
        gap = UNLISTED.fill(years=self.unlisted)
        return Text(f"{said.zh}。{gap.zh}", f"{said.en}. {gap.en}")

    def days_over(self, on: date) -> int:
        """Return by how many days a day is past the due date; less than 0 is early, 0 is the last day."""
        return (on - self.day).days

    def is_overdue(self, on: date) -> bool:
        """Say whether a day is past the due date; the last day itself is in time."""
        return on > self.day

    def said(self, today: date, done: date | None = None) -> Text:
        """Say how it stands: overdue or left today, overdue or early when it was done."""
        over = self.days_over(done or today)
        if over > 0:
            return OVERDUE.fill(over)
        return (EARLY if done else LEFT).fill(-over) if over else ON_THE_DAY.fill()


def due(grade: Grade, start: date, rules: RuleSet, counted_from: CountedFrom = CountedFrom.ASSESSED_ON) -> Due:
    """Return when a gap of a grade is to be closed."""
    return due_by(rules.limits[grade], start, rules, counted_from)


def stage_2_again(stage_2_ended: date, rules: RuleSet) -> Due:
    """Return the day after which stage 2 is held again if a major is not verified."""
    return due_by(rules.limits[STAGE_2_AGAIN], stage_2_ended, rules, CountedFrom.CLOSING)


def due_by(limit: TimeLimit, start: date, rules: RuleSet, counted_from: CountedFrom) -> Due:
    """Count a limit from a day."""
    day = after(start, limit, rules.calendar)
    unlisted = unlisted_years(start, day, rules.calendar) if limit.unit is Unit.WORKING_DAYS else ()
    return Due(day, start, limit, counted_from, unlisted)
