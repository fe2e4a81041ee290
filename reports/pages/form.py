"""The official form on paper: a full grid, as the body that receives it knows it. It is Chinese.

The section's cell is one through all its rows and begins anew, with its name, after a page break.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import accumulate

from reports.blocks import Block, aligned_right, height, moved, plain, reach, stacked, typed, with_shape
from reports.faces import Weight
from reports.form import COLUMNS, Choice, Field, FormRow, FormSection, OfficialForm, TrackedBlock, TrackedRow
from reports.paper import LEFT, RIGHT, Filled, Marked, Paper, Ruled, Sheet, Traced
from reports.phrases import both
from reports.styles import ACCENT, GREY, HAIRLINE, INK, MUTE, TINT, Style
from scoring.assessment import NAMELESS
from surveys.text import Text

_WIDTHS = (9.0, 19.0, 48.0, 52.0, 9.5, 9.5, 23.0)
_EDGES = tuple(accumulate(_WIDTHS, initial=LEFT))
_NUMBER, _TOPIC, _CLAUSE, _EVIDENCE, _YES, _NO, _SHOWN, _END = _EDGES
_CELL = Style(7.7, 10.6)
_BOLD = Style(7.7, 10.6, Weight.BOLD)
_HEAD = Style(7.8, 10.6, Weight.BOLD)
_PAD, _TOP_PAD = 1.2, 1.2
_OUTER, _INNER = 0.9, 0.45
_BOTTOM = 268.0


@dataclass
class _Grid:
    """A form being set: the paper, and where the section's cell on this page began."""

    it: OfficialForm
    number: str
    paper: Paper = field(default_factory=lambda: Paper(bottom=_BOTTOM))
    topic: Text = NAMELESS
    began: float = 0.0


def set_form(it: OfficialForm, number: str = "") -> Paper:
    """Set the form on pages of its own."""
    on = _Grid(it, number)
    on.paper.turn()
    _title(on)
    _fields(on)
    _column_heads(on)
    for section in it.sections:
        _section(on, section)
    for block in it.blocks:
        _block(on, block)
    _end_page(on)
    _furnish(on)
    return on.paper


def _title(on: _Grid) -> None:
    sheet = on.paper.sheet
    on.paper.mark(on.it.title.zh)
    y = sheet.set(_centred(on.it.title.zh, Style(15, 20, Weight.BOLD), RIGHT - LEFT), LEFT, 24)
    on.paper.y = sheet.set(_centred(on.it.note.zh, Style(8.4, 11.6, colour=GREY), RIGHT - LEFT), LEFT, y + 1) + 4


def _fields(on: _Grid) -> None:
    """Set the header, two fields a line."""
    edges = (LEFT, LEFT + 26, LEFT + 92, LEFT + 122, RIGHT)
    for start in range(0, len(on.it.fields), 2):
        pair = on.it.fields[start : start + 2]
        values = [typed(each.value, _CELL, right - left - 4) for each, (left, right) in zip(
            pair, ((edges[1], edges[2]), (edges[3], edges[4])), strict=False)]  # fmt: skip
        tall = max(9.0, *(height(each) + 3 for each in values))
        top = on.paper.y
        for each, value, left, middle in zip(pair, values, (edges[0], edges[2]), (edges[1], edges[3]), strict=False):
            _field(on.paper.sheet, each, value, (left, middle, top, tall))
        for x in edges[1:-1]:
            on.paper.sheet.add(Ruled(x, top, x, top + tall, _INNER, INK))
        _frame(on.paper.sheet, top, top + tall)
        on.paper.y += tall
    on.paper.y += 4


def _field(sheet: Sheet, it: Field, value: Block, at: tuple[float, float, float, float]) -> None:
    left, middle, top, tall = at
    sheet.add(Filled(left, top, middle - left, tall, fill=TINT))
    sheet.set(plain(it.name.zh, _BOLD), left + 2, top + (tall - 3.74) / 2)
    sheet.set(value, middle + 2, top + (tall - height(value)) / 2)


def _column_heads(on: _Grid) -> None:
    """Draw the head of the grid; it stands on every page."""
    sheet, top, tall = on.paper.sheet, on.paper.y, 10.0
    sheet.add(Filled(LEFT, top, RIGHT - LEFT, tall, fill=TINT))
    names = {key: both(name).zh for key, name in COLUMNS.items()}
    whole = ((_NUMBER, _TOPIC, "number"), (_TOPIC, _CLAUSE, "topic"), (_CLAUSE, _EVIDENCE, "clause"),
             (_EVIDENCE, _YES, "evidence"), (_SHOWN, _END, "shown"))  # fmt: skip
    for left, right, key in whole:
        block = _centred(names[key], _HEAD, right - left)
        sheet.set(block, left, top + (tall - height(block)) / 2)
    sheet.set(_centred(names["conclusion"], replace(_HEAD, size=7.2), _SHOWN - _YES), _YES, top + 0.8)
    for left, right, key in ((_YES, _NO, "conforms"), (_NO, _SHOWN, "conforms-not")):
        sheet.set(_centred(names[key], replace(_HEAD, size=7.0), right - left), left, top + 5.7)
    sheet.add(Ruled(_YES, top + 5, _SHOWN, top + 5, _INNER, INK))
    sheet.add(Ruled(_NO, top + 5, _NO, top + tall, _INNER, INK))
    for x in (_TOPIC, _CLAUSE, _EVIDENCE, _YES, _SHOWN):
        sheet.add(Ruled(x, top, x, top + tall, _INNER, INK))
    _frame(sheet, top, top + tall)
    on.paper.y += tall
    on.began = on.paper.y


def _section(on: _Grid, it: FormSection) -> None:
    on.topic, on.began = it.title, on.paper.y
    for bundle in _bundles(it.rows):
        _together(on, bundle)
    _close_topic(on)


def _bundles(rows: tuple[FormRow, ...]) -> list[list[FormRow]]:
    """Put rows together that share one evidence cell: no page break comes between them."""
    bundles: list[list[FormRow]] = []
    for row in rows:
        if row.shares_above and bundles:
            bundles[-1].append(row)
        else:
            bundles.append([row])
    return bundles


def _together(on: _Grid, rows: list[FormRow]) -> None:
    clauses = [_said(row.clause.zh, row, _WIDTHS[2]) for row in rows]
    evidence = stacked(_wanted(each.letter, each.text.zh, row) for row in rows for each in row.evidence)
    lists = [stacked(typed(each.zh, replace(_CELL, size=7.2), _WIDTHS[6] - 2) for each in row.shown) for row in rows]
    talls = [max(height(clause), height(shown)) + 2 * _TOP_PAD for clause, shown in zip(clauses, lists, strict=True)]
    talls[-1] += max(0.0, height(evidence) + 2 * _TOP_PAD - sum(talls))
    _need(on, sum(talls))
    top = on.paper.y
    on.paper.sheet.set(evidence, _EVIDENCE + _PAD, top + _TOP_PAD)
    for row, clause, shown, tall in zip(rows, clauses, lists, talls, strict=True):
        sheet, y = on.paper.sheet, on.paper.y
        style = replace(_CELL, colour=MUTE) if row.is_outside else _CELL
        sheet.set(_centred(row.number, style, _WIDTHS[0]), _NUMBER, y + _TOP_PAD)
        sheet.set(clause, _CLAUSE + _PAD, y + _TOP_PAD)
        sheet.set(shown, _SHOWN + 1, y + _TOP_PAD)
        _choice(sheet, row.choice, y + tall / 2)
        _verticals(sheet, y, y + tall)
        on.paper.y += tall
        is_last = row is rows[-1]
        _under(sheet, on.paper.y, through_evidence=is_last)


def _said(text: str, row: FormRow, width: float) -> Block:
    style = replace(_CELL, colour=MUTE) if row.is_outside else _CELL
    return typed(text, style, width - 2 * _PAD)


def _wanted(letter: str, text: str, row: FormRow) -> Block:
    style = replace(_CELL, colour=MUTE) if row.is_outside else _CELL
    body = moved(typed(text, style, _WIDTHS[3] - 2 * _PAD - 3.4), 3.4)
    first = body[0]
    return (replace(first, runs=(*plain(letter, replace(style, colour=GREY))[0].runs, *first.runs)), *body[1:])


def _choice(sheet: Sheet, it: Choice, y: float) -> None:
    middles = {_YES: (_YES + _NO) / 2, _NO: (_NO + _SHOWN) / 2}
    if it is Choice.OUTSIDE:
        for x in middles.values():
            sheet.add(Marked(x, y, "dash", 3.0))
    elif it is Choice.CONFORMS:
        sheet.add(Marked(middles[_YES], y, "tick", 4.0))
    elif it is Choice.CONFORMS_NOT:
        sheet.add(Marked(middles[_NO], y, "tick", 4.0))


def _block(on: _Grid, it: TrackedBlock) -> None:
    """Set a block in which last period's findings are tracked; its lines go on as far as there are findings."""
    _need(on, 20)
    sheet, top, tall = on.paper.sheet, on.paper.y, 7.0
    sheet.add(Filled(LEFT, top, RIGHT - LEFT, tall, fill=TINT))
    sheet.set(_centred(it.number, _CELL, _WIDTHS[0]), _NUMBER, top + 1.6)
    sheet.set(plain(it.title.zh, _BOLD), _TOPIC + _PAD, top + 1.6)
    sheet.add(Ruled(_TOPIC, top, _TOPIC, top + tall, _INNER, INK))
    on.paper.y += tall
    _frame(sheet, top, on.paper.y)
    for row in it.rows:
        _tracked(on, row)


def _tracked(on: _Grid, it: TrackedRow) -> None:
    kind = typed(it.kind.zh, _CELL, _WIDTHS[1] - 2 * _PAD)
    finding = typed(it.finding.zh, _CELL, _WIDTHS[2] - 2 * _PAD)
    verified = stacked(typed(each.zh, _CELL, _WIDTHS[3] - 2 * _PAD) for each in it.verification)
    shown = typed(it.evidence, replace(_CELL, size=7.2), _WIDTHS[6] - 2)
    tall = max(10.0, *(height(each) + 2 * _TOP_PAD for each in (kind, finding, verified, shown)))
    _need(on, tall)
    sheet, y = on.paper.sheet, on.paper.y
    sheet.set(_centred(it.number, _CELL, _WIDTHS[0]), _NUMBER, y + _TOP_PAD)
    for x, block in ((_TOPIC, kind), (_CLAUSE, finding), (_EVIDENCE, verified), (_SHOWN, shown)):
        sheet.set(block, x + _PAD, y + _TOP_PAD)
    _choice(sheet, it.choice, y + tall / 2)
    _verticals(sheet, y, y + tall)
    on.paper.y += tall
    sheet.add(Ruled(LEFT, on.paper.y, RIGHT, on.paper.y, _INNER, INK))
    on.began = on.paper.y


def _need(on: _Grid, tall: float) -> None:
    """Go to the next page where a row does not fit; the grid is closed here and opened again there."""
    if on.paper.y + tall <= _BOTTOM:
        return
    _close_topic(on)
    _end_page(on)
    on.paper.turn()
    _column_heads(on)


def _close_topic(on: _Grid) -> None:
    """Draw the section's cell as far as it reaches on this page, with its name at the top."""
    if on.paper.y <= on.began:
        return
    name = typed(on.topic.zh, _BOLD, _WIDTHS[1] - 2 * _PAD)
    on.paper.sheet.set(name, _TOPIC + _PAD, on.began + _TOP_PAD)
    on.paper.sheet.add(Ruled(_TOPIC, on.paper.y, _CLAUSE, on.paper.y, _INNER, INK))
    on.began = on.paper.y


def _under(sheet: Sheet, y: float, *, through_evidence: bool) -> None:
    """Rule under a row, leaving out the section's cell and an evidence cell that goes on."""
    spans = [(_NUMBER, _TOPIC), (_CLAUSE, _EVIDENCE), (_YES, _END)]
    if through_evidence:
        spans.append((_EVIDENCE, _YES))
    for left, right in spans:
        sheet.add(Ruled(left, y, right, y, _INNER, INK))


def _verticals(sheet: Sheet, top: float, bottom: float) -> None:
    for x in _EDGES[1:-1]:
        sheet.add(Ruled(x, top, x, bottom, _INNER, INK))
    for x in (LEFT, RIGHT):
        sheet.add(Ruled(x, top, x, bottom, _OUTER, INK))


def _frame(sheet: Sheet, top: float, bottom: float) -> None:
    sheet.add(Filled(LEFT, top, RIGHT - LEFT, bottom - top, edge=INK, weight=_OUTER))


def _end_page(on: _Grid) -> None:
    """Close the grid, and say what its marks mean."""
    sheet, y = on.paper.sheet, on.paper.y
    sheet.add(Ruled(LEFT, y, RIGHT, y, _OUTER, INK))
    small, x = Style(7.4, 10), LEFT
    for shape, text in (("tick", both("the conclusion chosen").zh), ("dash", on.it.outside.zh)):
        block = with_shape(plain(text, small), shape, 2.8, 1.4)
        sheet.set(block, x, y + 1.6)
        x += 4.2 + reach(text, small) + 6
    sheet.set(plain(both("empty: not concluded").zh, small), x, y + 1.6)
    source = aligned_right(plain(on.it.wording.zh, replace(small, colour=GREY)), 80)
    sheet.set(source, RIGHT - 80, y + (1.6 if x < 100 else 5.6))


def _furnish(on: _Grid) -> None:
    total = len(on.paper.sheets)
    small = Style(7.4, 10)
    for number, sheet in enumerate(on.paper.sheets, 1):
        sheet.add(Ruled(21.2, 0, 21.2, 11, 1.13, ACCENT))
        weight = ((20.9, 10.8), (21.5, 10.8), (21.5, 11.3), (22.5, 12.1), (21.2, 14.4), (19.9, 12.1), (20.9, 11.3))
        sheet.add(Traced(weight, fill=ACCENT))
        sheet.set(plain(both("Official form").zh, small), 24.6, 11)
        sheet.set(aligned_right(plain(on.it.questionnaire, small), 60), RIGHT - 60, 11)
        sheet.rule(LEFT, RIGHT, 283, 0.25, HAIRLINE)
        sheet.set(plain(f"{on.number}-F" if on.number else "", replace(small, colour=GREY)), LEFT, 284.4)
        pages = both("Page %(number)s of %(total)s", number=number, total=total).zh
        sheet.set(aligned_right(plain(pages, small), 60), RIGHT - 60, 284.4)


def _centred(text: str, style: Style, width: float) -> Block:
    lines = typed(text, style, width - 1)
    return tuple(
        moved((line,), (width - max((run.at + reach(run.text, run.style) for run in line.runs), default=0)) / 2)[0]
        for line in lines
    )
