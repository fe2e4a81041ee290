"""An assessment with what its answers mean: loaded and scored once for a page, and held against the one before."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlalchemy.orm import Session

from files.library import shipped
from scoring.comparing import CannotCompare, Comparison, Moved, compare
from scoring.results import Result, assess
from scoring.targets import Target
from store import assessments
from store.heads import Head
from surveys.text import Text
from web import shelf
from web.assessment_pages import Opened, opened
from web.visit import place


@dataclass(frozen=True)
class Scored(Opened):
    """An assessment at hand, with its result."""

    result: Result

    @property
    def target(self) -> Target:
        return self.result.target


@dataclass(frozen=True)
class Since:
    """An assessment beside the one before it; where the two do not belong together, why not."""

    before: Scored
    after: Scored
    comparison: Comparison | None = None
    why_not: Text | None = None

    @cached_property
    def closed(self) -> int:
        """How many items were a gap and are none now."""
        return sum(each.before is not None and each.before < 1 == each.after for each in self._moved)

    @cached_property
    def opened(self) -> int:
        """How many items are a gap now and were none, or were not asked."""
        return sum(each.after is not None and each.after < 1 and each.before in {None, 1} for each in self._moved)

    @property
    def _moved(self) -> tuple[Moved, ...]:
        return self.comparison.items if self.comparison else ()


def scored(database: Session, id: UUID) -> Scored:
    """Open an assessment and score it, or answer that there is no such page."""
    return _scored(database, opened(database, id))


def since(database: Session, at: Scored) -> Since | None:
    """Hold an assessment against the one it continues, if that is still there."""
    before = _before(database, at.head)
    if before is None:
        return None
    try:
        item_map = shipped().item_map(before.head.questionnaire, at.head.questionnaire)
        return Since(before, at, compare(before.result, at.result, item_map))
    except CannotCompare as refused:
        return Since(before, at, why_not=refused.why)


def _before(database: Session, head: Head) -> Scored | None:
    if head.previous_id is None:
        return None
    previous = assessments.find(database, place().organization.id, head.previous_id)
    if previous is None:
        return None
    name, _at, edition = previous.questionnaire.partition("@")
    version = shelf.find(database, place().organization.id, name, edition, with_drafts=True)
    return _scored(database, Opened(previous, version)) if version else None


def _scored(database: Session, at: Opened) -> Scored:
    result = assess(at.it, assessments.whole(database, at.head), shipped().rule_set(at.head.rules))
    return Scored(at.head, at.version, result)
