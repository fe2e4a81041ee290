"""Which chapters are printed. Page one and the seal always are, and what is left out is said on page one."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from reports.phrases import both, listed
from surveys.text import Text
from words import N_


class ChapterName(StrEnum):
    """The chapters between page one and the seal, in their order."""

    STANDING = "standing"
    GAPS = "gaps"
    STEPS = "steps"
    EVIDENCE = "evidence"
    RECORD = "record"
    FOLLOW_UPS = "follow-ups"
    ACTIONS = "actions"
    APPLICABILITY = "applicability"
    SCORED = "scored"


TITLES = {
    ChapterName.STANDING: N_("Where you stand"),
    ChapterName.GAPS: N_("Gaps"),
    ChapterName.STEPS: N_("Next best steps"),
    ChapterName.EVIDENCE: N_("Evidence checklist"),
    ChapterName.RECORD: N_("All clauses"),
    ChapterName.FOLLOW_UPS: N_("Last period's findings"),
    ChapterName.ACTIONS: N_("Corrective actions"),
    ChapterName.APPLICABILITY: N_("Statement of applicability"),
    ChapterName.SCORED: N_("How it was scored"),
}


def omission(there: Collection[ChapterName], left_out: Collection[str]) -> Text | None:
    """Say which of the chapters that a report has are not printed; where that is most of them, which are."""
    missing = [each for each in there if each in left_out]
    printed = [each for each in there if each not in left_out]
    if not missing:
        return None
    if not printed:
        return both("Only page one and the seal are printed here. The data of the report hold everything")
    if len(printed) < len(missing):
        return both("Only printed here: %(chapters)s. The data of the report hold everything", chapters=_names(printed))
    return both("Not printed here: %(chapters)s. The data of the report hold everything", chapters=_names(missing))


def _names(chapters: Collection[ChapterName]) -> Text:
    return listed(both(TITLES[each]) for each in chapters)
