"""The radar by section and the level ladder, beside one another."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import hypot

from reports.blocks import (
    POINT,
    Block,
    Line,
    aligned_right,
    end_of,
    height,
    moved,
    plain,
    reach,
    stacked,
    with_shape,
)
from reports.charts import Point
from reports.charts_radar import Spoke, radar
from reports.faces import Weight
from reports.pages.setting import Setting
from reports.paper import RIGHT, WIDTH, Marked, Ruled, Sheet, Traced
from reports.phrases import both, capital
from reports.readiness import RungRow
from reports.shapes import circle
from reports.standing_types import RadarRow, SpokeRow
from reports.styles import (
    ACCENT,
    GREY,
    H2,
    INK,
    LABEL,
    RULE,
    TABLE,
    TABLE_BOLD,
    TINT,
    Role,
    Style,
)  # fmt: skip
from surveys.text import Text

_RADIUS, _SPACE = 22.5, 3.5
_MIDDLE, _BROAD, _GUTTER = 41.0, 83.0, 8.0


def set_radar(on: Setting, it: RadarRow, left: float, top: float) -> float:
    sheet = on.paper.sheet
    sheet.rule(left, left + 78, top, 0.4)
    sheet.set(on.say(it.title, H2, 78), left, top + 2)
    laid = radar([Spoke(("", "", ""), each.claimed, each.supported) for each in it.spokes], width=78, radius=_RADIUS)
    if laid is None:
        return top
    dx, dy = left + _MIDDLE, top + 46  # the geometry lies around its centre

    def placed(points: Iterable[Point]) -> tuple[tuple[float, float], ...]:
        return tuple((point.x + dx, point.y + dy) for point in points)

    sheet.add(Traced(placed(laid.supported), fill=TINT))
    for ring in laid.rings:
        sheet.add(Traced(placed(ring), edge=RULE, weight=0.3))
    for axis in laid.axes:
        ((x, y),) = placed([axis.tip])
        sheet.add(Ruled(dx, dy, x, y, 0.25, RULE))
    sheet.add(Traced(placed(laid.true), edge=ACCENT, weight=1.1))
    sheet.add(Traced(placed(laid.claimed), edge=GREY, weight=0.7, dash=(2.6, 1.9)))
    sheet.add(Traced(placed(laid.supported), edge=INK, weight=1.5))
    for point in placed(laid.supported):
        sheet.add(Traced(circle(*point, 0.7), fill=INK))
    for spoke, axis in zip(it.spokes, laid.axes, strict=True):
        _axis_label(on, spoke, placed([axis.tip])[0], (dx, dy))
    return _legend(on, it, left, top + 85)


def _legend(on: Setting, it: RadarRow, left: float, y: float) -> float:
    """Say what the three lines of a radar are, each on one line where all of them have room."""
    blocks: list[Block] = []
    for is_inline in (True, False):
        blocks = [on.say(words, _voice(colour), 40, inline=is_inline) for words, (_, colour, _) in _named(it)]
        if sum(end_of(block) + 11 for block in blocks) <= _BROAD:
            break
    x = left
    for block, (_, (weight, colour, dash)) in zip(blocks, _named(it), strict=True):
        on.paper.sheet.line(Ruled(x, y + 1.9, x + 5.5, y + 1.9, weight, colour, dash))
        on.paper.sheet.set(block, x + 7, y)
        x += end_of(block) + 11
    return y + max(map(height, blocks))


_LINES: tuple[tuple[float, str, tuple[float, ...]], ...] = ((1.5, INK, ()), (0.7, GREY, (2.6, 1.9)), (1.1, ACCENT, ()))


def _named(it: RadarRow) -> Iterable[tuple[Text, tuple[float, str, tuple[float, ...]]]]:
    return zip(it.legend, _LINES, strict=True)


def _voice(colour: str) -> Role:
    return LABEL.in_colour(colour) if colour == ACCENT else LABEL


def _axis_label(on: Setting, it: SpokeRow, tip: tuple[float, float], centre: tuple[float, float]) -> None:
    """Set a label outside the ring, anchored away from the centre, so that none meets the ring."""
    dx, dy = tip[0] - centre[0], tip[1] - centre[1]
    far = hypot(dx, dy) or 1
    cosine, sine = dx / far, dy / far
    px, py = tip[0] + cosine * _SPACE, tip[1] + sine * _SPACE
    role = Role(Style(7.2, 10), Style(6.3, 8.6, colour=GREY))
    beyond = _GUTTER if centre[0] > WIDTH / 2 else 0  # a second radar may reach into the gutter before it
    wide = 26 if abs(cosine) < 0.25 else _room(px - centre[0] + _MIDDLE + beyond, cosine)
    block = (*on.say(it.name, role, wide, inline=False)[:4], *plain(it.figure, Style(7.6, 10, Weight.BOLD)))
    wide = end_of(block)
    if abs(cosine) < 0.25:
        x, fit = px - wide / 2, [_centred(line, wide) for line in block]
    elif cosine < 0:
        x, fit = px - wide, list(aligned_right(block, wide))
    else:
        x, fit = px, list(block)
    on.paper.sheet.set(tuple(fit), x, py - height(block) * (1 - sine) / 2)


def _room(x: float, cosine: float) -> float:
    """How wide a label beside the ring may be before it leaves the column; x counts from the column's edge."""
    return max(12.0, min(26.0, x if cosine < 0 else _BROAD - x))


def _centred(line: Line, width: float) -> Line:
    reach_of = max((run.at + reach(run.text, run.style) for run in line.runs), default=0)
    return moved((line,), (width - reach_of) / 2)[0]


def set_ladder(on: Setting, top: float) -> float:
    left, sheet = 106.0, on.paper.sheet
    sheet.rule(left, RIGHT, top, 0.4)
    sheet.set(on.say(both("Level ladder"), H2, 84), left, top + 2)
    y = top + 9
    ready = [rung.level for rung in on.it.ladder if rung.verdict.value == "ready"]
    places = []
    for rung in on.it.ladder:
        places.append((rung, y))
        y = max(y + 22.6, _rung(on, sheet, rung, left, y) + 3.4)
        sheet.rule(left, RIGHT, y - 2, 0.3, RULE)
    for (_, above), (lower, below) in pairwise(places):
        is_solid = bool(ready) and lower.level > min(ready)
        weight, colour = (2.2, INK) if is_solid else (0.4, RULE)
        sheet.add(Ruled(left + 24, above + 4.8, left + 24, below + 1.2, weight, colour))
    if not ready:
        sheet.set(on.say(both("No level is ready yet"), LABEL, 84), left, y - 0.6)
        y += 4
    return y


def _rung(on: Setting, sheet: Sheet, it: RungRow, left: float, y: float) -> float:
    name = Text(it.name.zh.split("（")[0], capital(it.name.en.split(" (")[0]))
    role = Role(Style(14, 19), Style(7.6, 10.4, colour=GREY))
    if it.is_target:
        role = role.in_colour(ACCENT)
    below = sheet.set(on.say(name, role, 21, inline=False), left, y)
    if it.is_target:
        sheet.set(on.say(both("applied for"), LABEL.in_colour(ACCENT), 21, inline=False), left, below + 0.4)
    sheet.add(Marked(left + 24, y + 3, it.verdict.value, 3.4))
    text = stacked(
        [
            on.say(it.label, TABLE_BOLD, RIGHT - left - 30, inline=False),
            on.say(it.counts, LABEL, RIGHT - left - 30, inline=False),
        ]
    )
    below = sheet.set(text, left + 30, y)
    for x, number, shape in ((left + 30, it.majors, "major"), (left + 42, it.minors, "minor")):
        sheet.set(with_shape(plain(str(number), TABLE.zh), shape, 2.6, 1.6), x, below)
    return below + TABLE.zh.leading * POINT
