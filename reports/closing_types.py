"""What closes a report, ready to be set: findings, applicability, and what changed. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from reports.names import ItemName
from surveys.text import Text


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A finding of the last period and what became of it."""

    kind: Text
    grade: Text | None
    clause: str
    text: str
    action: str
    evidence: str
    result: Text
    is_closed: bool
    verified: str


@dataclass(frozen=True, slots=True)
class SoaRow:
    """A control in the statement of applicability."""

    number: str
    name: Text
    is_applicable: bool
    reason: str
    state: str
    state_name: Text
    document: str
    version: str


@dataclass(frozen=True, slots=True)
class SoaTheme:
    """The controls of a theme, and how many of them are in which state."""

    title: Text
    rows: tuple[SoaRow, ...]

    @property
    def excluded(self) -> int:
        return sum(not each.is_applicable for each in self.rows)

    @property
    def applicable(self) -> int:
        return len(self.rows) - self.excluded

    def in_state(self, state: str) -> int:
        return sum(each.state == state for each in self.rows)


@dataclass(frozen=True, slots=True)
class Change:
    """What moved since the last assessment."""

    before: str | None
    after: str | None
    why: Text
    better: tuple[ItemName, ...]
    worse: tuple[ItemName, ...]
