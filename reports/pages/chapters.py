"""The chapters in their order, and the furniture of every page: head, foot, count of pages."""

from __future__ import annotations

from reports.blocks import aligned_right, plain, reach
from reports.pages.checklist import set_checklist
from reports.pages.closing import set_actions, set_follow_ups, set_scored, set_seal, set_soa
from reports.pages.gaps import set_gaps, set_steps
from reports.pages.record import set_record
from reports.pages.setting import Setting
from reports.pages.standing import set_standing
from reports.paper import LEFT, RIGHT, Ruled, Sheet, Traced
from reports.phrases import both
from reports.selection import ChapterName
from reports.styles import ACCENT, GREY, HAIRLINE, LABEL, Role, Style

_CHAPTERS = {
    ChapterName.STANDING: set_standing,
    ChapterName.GAPS: set_gaps,
    ChapterName.STEPS: set_steps,
    ChapterName.EVIDENCE: set_checklist,
    ChapterName.RECORD: set_record,
    ChapterName.FOLLOW_UPS: set_follow_ups,
    ChapterName.ACTIONS: set_actions,
    ChapterName.APPLICABILITY: set_soa,
    ChapterName.SCORED: set_scored,
}


def set_chapters(on: Setting) -> None:
    for name, set_chapter in _CHAPTERS.items():
        if name not in on.it.options.left_out:
            set_chapter(on)
    set_seal(on)
    furnish(on)


def furnish(on: Setting) -> None:
    """Set head and foot once it is known how many pages there are."""
    total = len(on.paper.sheets)
    for number, sheet in enumerate(on.paper.sheets, 1):
        if number > 1:
            _head(on, sheet)
        _foot(on, sheet, number, total)


def _head(on: Setting, sheet: Sheet) -> None:
    sheet.add(Ruled(21.2, 0, 21.2, 11, 1.13, ACCENT))
    weight = ((20.9, 10.8), (21.5, 10.8), (21.5, 11.3), (22.5, 12.1), (21.2, 14.4), (19.9, 12.1), (20.9, 11.3))
    sheet.add(Traced(weight, fill=ACCENT))
    small = Style(7.4, 10)
    name = on.it.organization.zh or on.it.organization.en
    sheet.set(plain(name[:40], small), 24.6, 11.0)
    if on.it.organization.en and on.it.organization.zh and on.it.organization.en != on.it.organization.zh:
        sheet.set(
            plain(on.it.organization.en[:60], Style(6.8, 10, colour=GREY)), 24.6 + reach(name[:40], small) + 1.8, 11.0
        )
    it = on.it.result
    parts = [
        it.target.questionnaire.name,
        f"level {it.target.level}" if it.target.level else "",
        str(it.target.reading or ""),
    ]
    sheet.set(aligned_right(plain(", ".join(each for each in parts if each), small), 80), RIGHT - 80, 11.0)


def _foot(on: Setting, sheet: Sheet, number: int, total: int) -> None:
    sheet.rule(LEFT, RIGHT, 283, 0.25, HAIRLINE)
    sheet.set(plain(on.it.options.number, Style(7.2, 10, colour=GREY)), LEFT, 284.4)
    pages = both("Page %(number)s of %(total)s", number=number, total=total)
    sheet.set(on.right(pages, Role(Style(7.4, 10), LABEL.en), 80), RIGHT - 80, 284.4)
