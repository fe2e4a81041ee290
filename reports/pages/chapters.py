"""The chapters in their order, and the furniture of every page: head, foot, count of pages."""

from __future__ import annotations

from collections.abc import Iterator

from reports.blocks import Languages, plain, reach, typed
from reports.pages.actions import set_actions
from reports.pages.applicability import set_soa
from reports.pages.checklist import set_checklist
from reports.pages.closing import set_follow_ups, set_seal
from reports.pages.gaps import set_gaps, set_steps
from reports.pages.record import set_record
from reports.pages.scored import set_scored
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
_SMALL = Style(7.4, 10)
_QUIET = Style(6.8, 10, colour=GREY)


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
    target = ", ".join(_target(on))
    wide = reach(target, _SMALL)
    sheet.set(plain(target, _SMALL), RIGHT - wide, 11.0)
    _organization(on, sheet, RIGHT - wide - 4)


def _organization(on: Setting, sheet: Sheet, end: float) -> None:
    """Name the organisation, its other name behind the reader's as far as there is room for both."""
    x = 24.6
    for each, style in zip(on.languages.names(on.it.organization), (_SMALL, _QUIET), strict=False):
        name = _fitting(each, style, end - x)
        sheet.set(plain(name, style), x, 11.0)
        x += reach(name, style) + 1.8


def _fitting(text: str, style: Style, width: float) -> str:
    """Cut a name that is longer than the head has room for; page one has it in full."""
    lines = typed(text, style, max(width, 1.0))
    first = lines[0].runs[0].text
    if len(lines) == 1:
        return first if reach(first, style) <= width else ""
    return f"{first[:-1].rstrip()}…"


def _target(on: Setting) -> Iterator[str]:
    """Say in one language what was assessed: the English terms stand for both."""
    yield on.it.result.target.questionnaire.name
    for text in (on.it.level, on.it.reading):
        if text:
            yield text.zh if on.languages is Languages.ZH else text.en


def _foot(on: Setting, sheet: Sheet, number: int, total: int) -> None:
    sheet.rule(LEFT, RIGHT, 283, 0.25, HAIRLINE)
    sheet.set(plain(on.it.options.number, Style(7.2, 10, colour=GREY)), LEFT, 284.4)
    pages = both("Page %(number)s of %(total)s", number=number, total=total)
    sheet.set(on.right(pages, Role(Style(7.4, 10), LABEL.en), 80), RIGHT - 80, 284.4)
