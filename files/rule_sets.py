"""Rule set files."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from files.basic_shapes import Id, Shape, TextShape, optional
from files.opening import open_shape
from files.reading import read_bytes
from surveys.rule_sets import RuleSet, TimeLimit, Unit, Year

FORMAT = "plumbline/rules@1"


def real_day(text: str) -> str:
    """Let only days through that the calendar has."""
    date.fromisoformat(text)
    return text


Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(real_day)]
Amount = Annotated[int, Field(ge=1, le=400)]


class TimeLimitShape(Shape):
    """A time limit."""

    amount: Amount = Field(description="How many.")
    unit: Literal["days", "working-days", "months"] = Field(description="days, working-days or months.")

    def limit(self) -> TimeLimit:
        return TimeLimit(self.amount, Unit(self.unit))


class LimitsShape(Shape):
    """How long there is to close a finding."""

    minor: TimeLimitShape = Field(description="For a minor nonconformity.")
    major: TimeLimitShape = Field(description="For a major nonconformity.")
    stage_2_again: TimeLimitShape = Field(description="When stage 2 is held again because a major is not verified.")


class SystemicShape(Shape):
    """From how many minor gaps an area is proposed as systemic."""

    small: Amount = Field(description="In a small organisation.")
    medium: Amount = Field(description="In a medium one.")
    large: Amount = Field(description="In a large one.")


class GradesShape(Shape):
    """What the grades are called."""

    major: TextShape = Field(description="A major gap.")
    minor: TextShape = Field(description="A minor gap.")
    improvement: TextShape = Field(description="An improvement opportunity.")
    observation: TextShape = Field(description="An observation.")


class VerdictsShape(Shape):
    """What the verdicts are called."""

    ready: TextShape = Field(description="Ready.")
    ready_after_improvement: TextShape = Field(
        alias="ready-after-improvement", description="Ready once gaps are closed."
    )
    not_ready: TextShape = Field(alias="not-ready", description="Not ready yet.")
    incomplete: TextShape = Field(description="Not complete.")


class HolidayShape(TextShape):
    """A holiday with its name."""

    first: Day = Field(alias="from", description="The first day off.")
    last: Day = Field(alias="to", description="The last day off.")

    def days(self) -> Iterator[date]:
        first, last = date.fromisoformat(self.first), date.fromisoformat(self.last)
        yield from (first + timedelta(days=step) for step in range((last - first).days + 1))


class YearShape(Shape):
    """The working days of one year, as far as they differ from Monday to Friday."""

    year: Annotated[int, Field(ge=2000, le=2100)] = Field(description="The year.")
    holidays: list[HolidayShape] = Field(description="Days off.")
    workdays: list[Day] = Field([], description="Weekend days that are worked instead.")

    def calendar(self) -> Year:
        off = frozenset(day for holiday in self.holidays for day in holiday.days())
        return Year(self.year, off, frozenset(map(date.fromisoformat, self.workdays)))


class RuleSetShape(Shape):
    """A rule set file, one per version."""

    format: Literal["plumbline/rules@1"] = Field(description="Always plumbline/rules@1.")
    id: Id = Field(description="The rule set.")
    version: Id = Field(description="Its version; in quotes if it is a number.")
    title: TextShape = Field(description="Its title.")
    source: TextShape = Field(description="Where the figures come from.")
    note: TextShape | None = Field(None, description="What the reader must know about them.")
    systemic: SystemicShape = Field(description="From how many minor gaps an area is proposed as systemic.")
    limits: LimitsShape = Field(description="The time limits.")
    grades: GradesShape = Field(description="What the grades are called.")
    verdicts: VerdictsShape = Field(description="What the verdicts are called.")
    calendar: list[YearShape] = Field([], description="Years whose holidays are known.")

    def rule_set(self) -> RuleSet:
        return RuleSet(
            id=self.id,
            version=self.version,
            title=self.title.text(),
            source=self.source.text(),
            note=optional(self.note),
            systemic=dict(self.systemic),
            limits={name: limit.limit() for name, limit in dict(self.limits).items()},
            grades={name: words.text() for name, words in dict(self.grades).items()},
            verdicts={name.replace("_", "-"): words.text() for name, words in dict(self.verdicts).items()},
            calendar=tuple(year.calendar() for year in self.calendar),
        )


def load_rule_set(path: Path) -> RuleSet:
    """Load a rule set file. Raise BadFile with every problem found."""
    return parse_rule_set(read_bytes(path), str(path))


def parse_rule_set(data: bytes, name: str) -> RuleSet:
    """Load a rule set from the bytes of a file. Raise BadFile with every problem found."""
    return open_shape(RuleSetShape, data, name, dates=True)[0].rule_set()
