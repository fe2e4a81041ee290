"""The statement of applicability: the themes with their states as strips, then every control."""

from __future__ import annotations

from collections.abc import Iterator

from reports.blocks import Block, aligned_right, end_of, plain, with_shape
from reports.closing_rows import SOA_STATES
from reports.closing_types import SoaRow, SoaTheme
from reports.faces import Weight
from reports.pages.setting import Setting
from reports.paper import LEFT, RIGHT, Cell, Filled, Sheet
from reports.phrases import both
from reports.styles import GREY, HEAD, INK, LABEL, MUTE, RULE, TABLE, TABLE_BOLD, Role, Style
from reports.tables import Table
from surveys.text import Text

_STATES = ("implemented", "partly", "planned", "excluded")
_STRIP, _WIDE, _TALL = LEFT + 95, 75.0, 3.4
_COLUMNS = (LEFT, LEFT + 14, LEFT + 64, LEFT + 77, LEFT + 124, LEFT + 147)
_FIGURE = Style(8.4, 11.6)
_NUMBER = Style(8.2, 11.6, Weight.BOLD)


def set_soa(on: Setting) -> None:
    if not on.it.soa:
        return
    on.heading(both("Statement of applicability"))
    _themes(on)
    _controls(on)


def _themes(on: Setting) -> None:
    _legend(on)
    head = [
        Cell(LEFT, on.say(both("Theme"), HEAD, 46, inline=False)),
        *_figures(on, (both("Controls"), both("Excluded"), both("Applicable"))),
    ]
    most = max(len(each.rows) for each in on.it.soa)
    with Table(on.paper, head, padding=1.0) as table:
        for each in on.it.soa:
            top, sheet = on.paper.y, on.paper.sheet
            counts = (len(each.rows), each.excluded, each.applicable)
            cells = [Cell(right - 20, aligned_right(plain(str(number), _FIGURE), 20))
                     for number, right in zip(counts, _RIGHTS, strict=True)]  # fmt: skip
            table.row([Cell(LEFT, on.say(each.title, TABLE_BOLD, 52)), *cells])
            if on.paper.sheet is sheet:
                _strip(sheet, each, top + 1.7, _WIDE / most)
    on.paper.y += 6


_RIGHTS = (LEFT + 58, LEFT + 74, LEFT + 90)


def _figures(on: Setting, heads: tuple[Text, ...]) -> Iterator[Cell]:
    for text, right in zip(heads, _RIGHTS, strict=True):
        yield Cell(right - 20, aligned_right(on.say(text, HEAD, 20, inline=False), 20))


def _legend(on: Setting) -> None:
    """Name the states with their shapes, above the strips."""
    x = LEFT
    for state in (*_STATES, ""):
        block = with_shape(on.say(both(SOA_STATES[state]), TABLE, 40), state, 2.4)
        on.paper.sheet.set(block, x, on.paper.y)
        x += end_of(block) + 5
    on.paper.y += 7


def _strip(sheet: Sheet, it: SoaTheme, y: float, unit: float) -> None:
    """Draw the states of a theme side by side, as long as there are controls; what is excluded is a line."""
    x = _STRIP
    for state, share in (("implemented", 1.0), ("partly", 0.5), ("planned", 0.0)):
        wide = it.in_state(state) * unit
        if wide:
            sheet.add(Filled(x, y + _TALL * (1 - share), wide, _TALL * share, fill=INK))
            sheet.add(Filled(x, y, wide, _TALL, edge=INK, weight=0.5))
        x += wide
    unstated = it.in_state("") * unit
    if unstated:
        sheet.add(Filled(x, y, unstated, _TALL, edge=GREY, weight=0.5, dash=(1.3, 1.3)))
    x += unstated
    if it.excluded:
        sheet.rule(x + 0.6, x + it.excluded * unit, y + _TALL / 2, 0.9, MUTE)


def _controls(on: Setting) -> None:
    texts = (both("Control"), both("Name"), both("Applies"), both("Reason or note"), both("State"), both("Document"))
    ends = (*_COLUMNS[1:], RIGHT)
    head = [Cell(x, on.say(text, HEAD, end - x - 1, inline=False))
            for x, text, end in zip(_COLUMNS, texts, ends, strict=True)]  # fmt: skip
    with Table(on.paper, head, padding=1.0) as table:
        for theme in on.it.soa:
            counted = both("%(some)s of %(all)s applicable", some=theme.applicable, all=len(theme.rows))
            right = on.right(counted, LABEL, 60)
            title = on.say(theme.title, TABLE_BOLD, 100)
            table.title([Cell(LEFT + 2, title), Cell(RIGHT - 62, right)], keep=22)
            for each in theme.rows:
                table.row(_control(on, each), colour=RULE)


def _control(on: Setting, it: SoaRow) -> list[Cell]:
    colour = INK if it.is_applicable else MUTE
    applies = both("yes") if it.is_applicable else both("no")
    state = on.say(it.state_name, Role(Style(8, 11.2), Style(6.7, 9, colour=GREY)), 18, inline=False)
    blocks: tuple[Block, ...] = (
        plain(it.number, Style(_NUMBER.size, _NUMBER.leading, _NUMBER.weight, colour)),
        on.say(it.name, TABLE.in_colour(colour) if colour != INK else TABLE, 48, inline=False),
        on.say(applies, TABLE if it.is_applicable else TABLE_BOLD, 12),
        on.typed(it.reason, Style(8, 11.2), 45) if it.reason else plain("—", Style(8, 11.2, colour=MUTE)),
        with_shape(state, it.state, 2.2),
        on.typed(it.document, Style(7.6, 10.6), 23) if it.document else plain("—", Style(8, 11.2, colour=MUTE)),
    )
    return [Cell(x, block) for x, block in zip(_COLUMNS, blocks, strict=True)]
