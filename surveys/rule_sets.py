"""A rule set: thresholds, time limits, the wording of conclusions, the calendar they are counted by. Data, not code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from surveys.text import Text


class Unit(StrEnum):
    """What a time limit is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working-days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """So many days, working days or months."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Year:
    """The days off of one year, and the weekend days that are worked instead."""

    year: int
    holidays: frozenset[date]
    workdays: frozenset[date]


@dataclass(frozen=True)
class RuleSet:
    """One version of a rule set, named in every result."""

    id: str
    version: str
    title: Text
    source: Text
    systemic: Mapping[str, int]
    limits: Mapping[str, TimeLimit]
    grades: Mapping[str, Text]
    verdicts: Mapping[str, Text]
    note: Text | None = None
    calendar: tuple[Year, ...] = field(default=())

    @property
    def name(self) -> str:
        """The id and version as people write them, `initial-audit@1`."""
        return f"{self.id}@{self.version}"
