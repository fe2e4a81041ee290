"""The radar by section and the level ladder, beside one another."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from reports.blocks import Line, aligned_right, height, moved, plain, reach, stacked, with_shape
from reports.charts_radar import Spoke, radar
from reports.faces import Weight
from reports.pages.setting import Setting
from reports.paper import LEFT, RIGHT, Marked, Ruled, Sheet, Traced
from reports.phrases import both, capital
from reports.readiness import RungRow, SectionRow
from reports.shapes import circle
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

_NAME, _ITEMS, _BARS, _BAR_WIDTH = LEFT, 73.5, 78.0, 49.0
_SUPPORTED, _CLAIMED, _COVERAGE, _MAJORS, _MINORS = 140.5, 153.0, 166.5, 178.8, 190.0
_BAR = 3.8
_FIGURE = Style(8.6, 11.6)
_STRONG = Style(8.6, 11.6, Weight.BOLD)
_RADIUS = 23.0
_LABEL = 19.5


def spokes(on: Setting) -> list[tuple[SectionRow, Spoke]]:
    return [
        (each, Spoke(("", "", ""), each.claimed_share, each.supported_share))
        for each in on.it.sections
        if each.supported is not None
    ]


def set_radar(on: Setting, top: float) -> float:
    sheet = on.paper.sheet
    sheet.rule(LEFT, 98, top, 0.4)
    sheet.set(on.say(both("Radar by section"), H2, 78), LEFT, top + 2)
    along = spokes(on)
    laid = radar([spoke for _, spoke in along], width=78, radius=_RADIUS)
    if laid is None:
        return top
    middle = (LEFT + 41, top + 47)
    dx, dy = middle  # the geometry lies around its centre

    def placed(points: object) -> tuple[tuple[float, float], ...]:
        return tuple((point.x + dx, point.y + dy) for point in points)  # type: ignore[attr-defined]

    sheet.add(Traced(placed(laid.supported), fill=TINT))
    for ring in laid.rings:
        sheet.add(Traced(placed(ring), edge=RULE, weight=0.3))
    for axis in laid.axes:
        ((x, y),) = placed([axis.tip])
        sheet.add(Ruled(*middle, x, y, 0.25, RULE))
    sheet.add(Traced(placed(laid.true), edge=ACCENT, weight=1.1))
    sheet.add(Traced(placed(laid.claimed), edge=GREY, weight=0.7, dash=(2.6, 1.9)))
    sheet.add(Traced(placed(laid.supported), edge=INK, weight=1.5))
    for point in placed(laid.supported):
        sheet.add(Traced(circle(*point, 0.7), fill=INK))
    for (section, _), axis in zip(along, laid.axes, strict=True):
        _axis_label(on, sheet, section, *placed([axis.tip])[0], centre=middle)
    return top + 83


def _axis_label(on: Setting, sheet: Sheet, it: SectionRow, x: float, y: float, *, centre: tuple[float, float]) -> None:
    """Set a label outside the ring, anchored away from the centre, so that none meets the ring."""
    dx, dy = x - centre[0], y - centre[1]
    far = hypot(dx, dy) or 1
    cosine, sine = dx / far, dy / far
    px, py = x + cosine * 4, y + sine * 4
    role = Role(Style(7.4, 10), Style(6.4, 8.6, colour=GREY))
    short = it.short
    block = (
        *on.say(short, role, 26 if abs(cosine) < 0.25 else _room(px, cosine), inline=False)[:4],
        *plain(it.supported or "–", Style(7.6, 10, Weight.BOLD)),
    )
    tall = height(block)
    wide = max(run.at + reach(run.text, run.style) for line in block for run in line.runs)
    if abs(cosine) < 0.25:
        left, fit = px - wide / 2, [_centred(line, wide) for line in block]
    elif cosine < 0:
        left, fit = px - wide, list(aligned_right(block, wide))
    else:
        left, fit = px, list(block)
    sheet.set(tuple(fit), left, py - tall * (1 - sine) / 2)


def _room(x: float, cosine: float) -> float:
    """How wide a label beside the ring may be before it leaves the column."""
    return max(12.0, min(26.0, x - LEFT if cosine < 0 else 103.0 - x))


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
        _rung(on, sheet, rung, left, y)
        y += 22.6
        sheet.rule(left, RIGHT, y - 2, 0.3, RULE)
    for (_, above), (lower, below) in pairwise(places):
        is_solid = bool(ready) and lower.level >= min(ready)
        weight, colour = (2.2, INK) if is_solid and _both_ready(ready, lower) else (0.4, RULE)
        sheet.add(Ruled(left + 24, above + 4.8, left + 24, below + 1.2, weight, colour))
    if not ready:
        sheet.set(on.say(both("No level is ready yet"), LABEL, 84), left, y - 0.6)
        y += 5
    return y


def _both_ready(ready: list[int], lower: RungRow) -> bool:
    return lower.level > min(ready)


def _rung(on: Setting, sheet: Sheet, it: RungRow, left: float, y: float) -> None:
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
