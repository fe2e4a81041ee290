"""The chapters behind page one, in their order."""

from __future__ import annotations

from reports.contents.actions import actions
from reports.contents.checklist import checklist
from reports.contents.closing import applicability, follow_ups, scored, signatures
from reports.contents.gaps import gaps, steps
from reports.contents.parts import Chapter
from reports.contents.record import record
from reports.contents.standing import standing
from reports.readiness import Readiness

_CHAPTERS = (
    standing, gaps, steps, checklist, record, follow_ups, actions, applicability, scored, signatures,
)  # fmt: skip


def chapters(it: Readiness) -> tuple[Chapter, ...]:
    """Give the chapters that this report has and is to print."""
    made = (each(it) for each in _CHAPTERS)
    return tuple(each for each in made if each is not None and each.id not in it.options.left_out)
