"""How it was scored: every figure worked through, what each item loses, and the fractions of the sections."""

from __future__ import annotations

from collections.abc import Sequence

from reports.blocks import EMPTY, Block, aligned_right, beside, plain, reach, stacked, with_shape
from reports.faces import Weight
from reports.pages.setting import Setting
from reports.paper import LEFT, RIGHT, Cell, row_height
from reports.phrases import both
from reports.scored_types import LossRow, ScoredRow, SectionShares, Share, Stated, Sum
from reports.styles import BAD, GREY, H2, HAIRLINE, HEAD, INK, LABEL, NAME, OK, PART, TABLE, TABLE_BOLD, Style
from reports.tables import Table
from scoring.verdicts import Verdict

_WORKED = LEFT + 42
_WIDE = RIGHT - _WORKED
_SUM = Style(10.6, 15.4)
_OUTCOME = Style(10.6, 15.4, Weight.BOLD)
_FIGURE = Style(8.2, 11.4)
_TALL, _APART = 5.0, 4.6
_ITEMS, _CLAIMED, _SUPPORTED, _COVERAGE = 88.0, 122.0, 157.0, RIGHT
_COLOURS = {Verdict.READY: OK, Verdict.READY_AFTER_IMPROVEMENT: PART, Verdict.NOT_READY: BAD}


def set_scored(on: Setting) -> None:
    on.heading(both("How it was scored"))
    head = [Cell(LEFT, on.say(both("Figure"), HEAD, 40)), Cell(_WORKED, on.say(both("How it came about"), HEAD, 128))]
    with Table(on.paper, head) as table:
        for each in on.it.scored.rows:
            table.row(_row(on, each), weight=0.3, rule=not each.has_losses)
            if each.has_losses:
                _losses(on, on.it.scored.losses)
                table.end_row()
    on.paper.y += 7
    _sections(on)


def _row(on: Setting, it: ScoredRow) -> list[Cell]:
    parts = [_worked(on, it.sum)] if it.sum else []
    if it.found:
        parts.append(_found(on, it.found))
    parts += [on.say(each, TABLE, _WIDE, inline=False) for each in it.lines]
    return [Cell(LEFT, on.say(it.label, NAME, 38, inline=False)), Cell(_WORKED, stacked(parts))]


def _worked(on: Setting, it: Sum) -> Block:
    """Set a sum with what it came to in bold, behind it or on a line of its own where both are too long."""
    working = on.typed(it.working, _SUM, _WIDE) if it.working else EMPTY
    outcome = plain(it.outcome, _OUTCOME)
    if it.unit:
        unit = on.say(it.unit, LABEL, 40)
        outcome = beside(outcome, unit, 1.4, _WIDE) or outcome
    if not working:
        return outcome
    return beside(working, outcome, 1.2, _WIDE) or (*working, *outcome)


def _found(on: Setting, found: tuple[Stated, ...]) -> Block:
    """Set what was found on one line after another, as many as fit on each."""
    lines: Block = ()
    for each in found:
        colour = _COLOURS.get(on.it.verdict, INK) if each.shape == on.it.verdict else INK
        block = with_shape(on.say(each.text, NAME.in_colour(colour) if colour != INK else NAME, _WIDE - 5), each.shape)
        lines = (beside(lines, block, 5.0, _WIDE) if lines else None) or (*lines, *block)
    return lines


def _losses(on: Setting, found: tuple[LossRow, ...]) -> None:
    """Set what items give and lose side by side where that fits, else one under another."""
    columns = [*((" ".join(each.numbers), each.gives, each.loses) for each in found), ("", "", on.it.scored.lost)]
    widths = [max(reach(text, _FIGURE) for text in column) + _APART for column in columns]
    left = _WORKED + 17
    if left + sum(widths) <= RIGHT:
        _across(on, columns, widths)
    else:
        _down(on, found)


def _across(on: Setting, columns: Sequence[tuple[str, str, str]], widths: list[float]) -> None:
    on.paper.need(3 * _TALL + 3)
    sheet = on.paper.sheet
    sheet.rule(_WORKED, RIGHT, on.paper.y, 0.9)
    for place, label in enumerate((both("item"), both("gives"), both("loses"))):
        y = on.paper.y + 0.5
        sheet.set(on.say(label, TABLE, 17), _WORKED, y)
        right = RIGHT - widths[-1]
        for column, width in zip(reversed(columns[:-1]), reversed(widths[:-1]), strict=True):
            sheet.set(aligned_right(plain(column[place], _FIGURE), width), right - width, y)
            right -= width
        total = plain(columns[-1][place], Style(8.2, 11.4, Weight.BOLD))
        sheet.set(aligned_right(total, 40), RIGHT - 40, y)
        on.paper.y += _TALL
        sheet.rule(_WORKED, RIGHT, on.paper.y, 0.9 if place == 2 else 0.25, INK if place == 2 else HAIRLINE)
    on.paper.y += 2


def _down(on: Setting, found: tuple[LossRow, ...]) -> None:
    head = [
        Cell(_WORKED, on.say(both("item"), HEAD, 60)),
        Cell(RIGHT - 58, aligned_right(on.say(both("gives"), HEAD, 24), 24)),
        Cell(RIGHT - 30, aligned_right(on.say(both("loses"), HEAD, 30), 30)),
    ]
    rows = [_loss(on, each) for each in found]
    with Table(on.paper, head, left=_WORKED, padding=0.5, reserve=row_height(rows[0]) + 4) as table:
        for row in rows:
            table.row(row, weight=0.25)
        total = aligned_right(plain(on.it.scored.lost, Style(8.2, 11.4, Weight.BOLD)), 30)
        table.sum([Cell(RIGHT - 30, total)])
    on.paper.y += 2


def _loss(on: Setting, it: LossRow) -> list[Cell]:
    return [
        Cell(_WORKED, on.say(it.items, TABLE, 66)),
        Cell(RIGHT - 58, aligned_right(plain(it.gives, _FIGURE), 24)),
        Cell(RIGHT - 30, aligned_right(plain(it.loses, _FIGURE), 30)),
    ]


def _sections(on: Setting) -> None:
    """Set the sections' figures with the exact fractions behind them."""
    on.paper.need(50)
    on.put(both("By section"), H2, after=1.2)
    heads = ((both("items"), _ITEMS), (both("claimed"), _CLAIMED), (both("supported"), _SUPPORTED))
    head = [Cell(LEFT, on.say(both("Section"), HEAD, 50))]
    for text, right in (*heads, (both("evidence"), _COVERAGE)):
        head.append(Cell(right - 30, aligned_right(on.say(text, HEAD, 30), 30)))
    with Table(on.paper, head, padding=0.6) as table:
        for each in on.it.scored.sections:
            table.row(_section(on, each), weight=0.25)
        table.sum(_section(on, on.it.scored.total, is_total=True))


def _section(on: Setting, it: SectionShares, *, is_total: bool = False) -> list[Cell]:
    title = on.say(it.title, TABLE_BOLD if is_total else TABLE, 54)
    cells = [Cell(LEFT, title), Cell(_ITEMS - 12, aligned_right(plain(str(it.items), _FIGURE), 12))]
    for share, right in ((it.claimed, _CLAIMED), (it.supported, _SUPPORTED), (it.coverage, _COVERAGE)):
        cells += _share(share, right)
    return cells


def _share(it: Share, right: float) -> list[Cell]:
    percent = plain(f"{it.percent}%" if it.percent else "–", _FIGURE)
    fraction = plain(it.fraction, Style(7.4, 11.4, colour=GREY))
    return [Cell(right - 12, aligned_right(percent, 12)), Cell(right - 34, aligned_right(fraction, 21))]
