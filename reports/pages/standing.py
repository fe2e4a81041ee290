"""Where you stand: sections with bars, the radar, the ladder, the evidence, and what changed."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from reports import charts
from reports.blocks import Block, Languages, Line, aligned_right, height, moved, plain, reach, stacked, with_shape
from reports.charts_radar import Spoke, radar
from reports.faces import Weight
from reports.pages.setting import Setting
from reports.paper import LEFT, RIGHT, Filled, Hatched, Marked, Ruled, Sheet, Traced
from reports.phrases import both, capital, counted
from reports.readiness import RungRow, SectionRow
from reports.shapes import circle
from reports.styles import (
    ACCENT,
    BAD,
    BAD_SOFT,
    GREY,
    H2,
    HAIRLINE,
    HEAD,
    INK,
    LABEL,
    RULE,
    TABLE,
    TABLE_BOLD,
    TEXT,
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


def set_standing(on: Setting) -> None:
    on.heading(both("Where you stand"))
    if lead := _lead(on):
        on.lead(lead)
    _sections(on)
    on.paper.y += 5
    if on.it.ladder or 3 <= len(_spokes(on)) <= 12:
        on.paper.need(86)
        top = on.paper.y
        ends = [top]
        if 3 <= len(_spokes(on)) <= 12:
            ends.append(_radar(on, top))
        if on.it.ladder:
            ends.append(_ladder(on, top))
        on.paper.y = max(ends) + 3
    _evidence(on)
    _since(on)


def _lead(on: Setting) -> Text | None:
    """Name the section that is supported least, and by how much it lies below its claim."""
    known = [each for each in on.it.sections if each.supported is not None]
    if not known or all(each.supported_share >= 1 for each in known):
        return None
    lowest = min(known, key=lambda each: each.supported_share)
    return both(
        "Supported least: %(section)s, %(supported)s %% supported of %(claimed)s %% claimed",
        section=lowest.title,
        supported=lowest.supported,
        claimed=lowest.claimed,
    )


def _sections(on: Setting) -> None:
    paper = on.paper
    _head(on)
    paper.on_new_page = lambda: _head(on)
    first = paper.y
    sheet = paper.sheet
    for each in on.it.sections:
        block = on.say(each.title, TABLE, 49, inline=False)
        tall = max(9.6 if on.languages is Languages.BOTH else 7.6, height(block) + 2.2)
        paper.need(tall)
        if paper.sheet is not sheet:
            _true_line(on, sheet, first, sheet_end(sheet), last=False)
            sheet, first = paper.sheet, paper.y
        _row(on, each, block, tall)
        paper.sheet.rule(LEFT, RIGHT, paper.y, 0.3, RULE)
    paper.sheet.rule(LEFT, RIGHT, paper.y, 0.9)
    _row(on, on.it.total, on.say(on.it.total.title, TABLE_BOLD, 52), 8.6, style=_STRONG)
    paper.sheet.rule(LEFT, RIGHT, paper.y, 0.4)
    paper.on_new_page = None
    _true_line(on, paper.sheet, first, paper.y, last=True)
    paper.y += 6


def sheet_end(sheet: Sheet) -> float:
    return max((each.y1 for each in sheet.drawn if isinstance(each, Ruled)), default=0)


def _head(on: Setting) -> None:
    paper = on.paper
    paper.sheet.rule(LEFT, RIGHT, paper.y, 0.9)
    y = paper.y + 1.6
    blocks = [(LEFT, on.say(both("Section"), HEAD, 40))]
    for right, text in (
        (_ITEMS, both("items")), (_SUPPORTED, both("supported")), (_CLAIMED, both("claimed")),
        (_COVERAGE, both("evidence")), (_MINORS, both("gaps")),
    ):  # fmt: skip
        stack = on.say(text, HEAD, 20, inline=False)
        blocks.append((right - 20, aligned_right(stack, 20)))
    for x, block in blocks:
        paper.sheet.set(block, x, y)
    _legend(on, paper.sheet, y)
    paper.y += 1.6 + max(height(block) for _, block in blocks) + 1.2
    paper.sheet.rule(LEFT, RIGHT, paper.y, 0.4)


def _legend(on: Setting, sheet: Sheet, y: float) -> None:
    sheet.add(Filled(_BARS, y + 0.6, 4.6, 2.2, fill=INK))
    sheet.set(on.say(both("supported"), LABEL, 20, inline=False), _BARS + 5.6, y)
    sheet.add(Hatched(_BARS + 24, y + 0.6, 4.6, 2.2))
    sheet.set(on.say(both("claimed only"), LABEL, 22, inline=False), _BARS + 29.6, y)


def _row(on: Setting, it: SectionRow, name: Block, tall: float, style: Style = _FIGURE) -> None:
    sheet, y = on.paper.sheet, on.paper.y
    sheet.set(name, LEFT, y + 1.3)
    line = y + 1.3
    sheet.set(aligned_right(plain(str(it.items), style), 12), _ITEMS - 12, line)
    for right, text, voice in (
        (_SUPPORTED, it.supported, _STRONG), (_CLAIMED, it.claimed, _FIGURE), (_COVERAGE, it.coverage, _FIGURE),
    ):  # fmt: skip
        sheet.set(aligned_right(plain(text or "–", voice), 14), right - 14, line)
    _gaps(sheet, it, line, style)
    _bar(on, it, y, tall)
    on.paper.y += tall


def _gaps(sheet: Sheet, it: SectionRow, y: float, style: Style) -> None:
    if not (it.majors or it.minors or it.open):
        sheet.set(aligned_right(plain("0", Style(8.6, 11.6, colour=GREY)), 8), _MINORS - 8, y)
    for right, number, shape in ((_MAJORS, it.majors, "major"), (_MINORS, it.minors, "minor")):
        if number:
            block = with_shape(plain(str(number), style), shape, 2.6, 1.4)
            sheet.set(aligned_right(block, 14), right - 14, y)
    if it.open and not it.majors:
        block = with_shape(plain(str(it.open), style), "question", 2.4, 1.4)
        sheet.set(aligned_right(block, 14), _MAJORS - 14, y)


def _bar(on: Setting, it: SectionRow, y: float, tall: float) -> None:
    sheet, middle = on.paper.sheet, y + min(tall, 10.4) / 2 - 0.6
    if it.supported is None:
        sheet.set(on.say(both("no item at this level"), LABEL, _BAR_WIDTH - 4), _BARS, middle - 1.4)
        return
    for share in (0.0, 0.25, 0.5, 0.75):
        x = _BARS + _BAR_WIDTH * share
        sheet.add(Ruled(x, y, x, y + tall, 0.25, HAIRLINE))
    row = charts.bar(charts.Box(0, 0, 490, 38), it.claimed_share, it.supported_share)
    scale = _BAR_WIDTH / 490
    if row.rest:
        sheet.add(Ruled(_BARS + row.rest.start.x * scale, middle, _BARS + _BAR_WIDTH, middle, 0.3, RULE))
    if row.claimed:
        sheet.add(Hatched(_BARS + row.claimed.x * scale, middle - _BAR / 2, row.claimed.width * scale, _BAR))
    if row.supported:
        sheet.add(Filled(_BARS, middle - _BAR / 2, row.supported.width * scale, _BAR, fill=INK))


def _true_line(on: Setting, sheet: Sheet, top: float, bottom: float, *, last: bool) -> None:
    """The one line at a hundred per cent, through every row, with the weight below the last."""
    x = _BARS + _BAR_WIDTH
    sheet.add(Ruled(x, top - 2.4, x, bottom + (1 if last else 0), 1.13, ACCENT))
    if not last:
        return
    weight = ((x - 0.5, bottom + 0.8), (x + 0.5, bottom + 0.8), (x + 0.5, bottom + 1.5), (x + 1.5, bottom + 2.3),
              (x, bottom + 5.6), (x - 1.5, bottom + 2.3), (x - 0.5, bottom + 1.5))  # fmt: skip
    sheet.add(Traced(weight, fill=ACCENT))
    small = Style(6.8, 9, colour=GREY)
    sheet.set(plain("0", small), _BARS - 0.7, bottom + 1)
    sheet.set(plain("50", small), _BARS + _BAR_WIDTH / 2 - 1.4, bottom + 1)
    true = on.say(both("true, 100"), LABEL.in_colour(ACCENT), 20, inline=False)
    sheet.set(aligned_right(true, 20), x - 22.5, bottom + 1)


def _spokes(on: Setting) -> list[tuple[SectionRow, Spoke]]:
    return [
        (each, Spoke(("", "", ""), each.claimed_share, each.supported_share))
        for each in on.it.sections
        if each.supported is not None
    ]


def _radar(on: Setting, top: float) -> float:
    sheet = on.paper.sheet
    sheet.rule(LEFT, 98, top, 0.4)
    sheet.set(on.say(both("Radar by section"), H2, 78), LEFT, top + 2)
    spokes = _spokes(on)
    laid = radar([spoke for _, spoke in spokes], width=78, radius=_RADIUS)
    if laid is None:
        return top
    middle = (LEFT + 41, top + 47)
    dx, dy = middle[0] - laid.centre.x, middle[1] - laid.centre.y

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
    for (section, _), axis in zip(spokes, laid.axes, strict=True):
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


def _ladder(on: Setting, top: float) -> float:
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


def _evidence(on: Setting) -> None:
    it, paper = on.it.total, on.paper
    paper.need(24)
    paper.sheet.rule(LEFT, RIGHT, paper.y, 0.4)
    paper.y += 1.4
    paper.put(on.say(both("Required evidence"), H2, 100), after=1)
    total = it.have + it.partial + it.missing + it.unmarked
    laid = charts.strip(
        [("have", it.have), ("partial", it.partial), ("missing", it.missing), ("unmarked", it.unmarked)], width=510.0
    )
    scale = (RIGHT - LEFT) / 510
    for part in laid.parts if total else ():
        _strip(paper.sheet, part.name, LEFT + part.box.x * scale, paper.y, part.box.width * scale)
    paper.y += 7.4
    x = LEFT
    for name, number, words in (
        ("have", it.have, both("have")), ("partial", it.partial, both("partial")),
        ("missing", it.missing, both("missing")), ("open", it.unmarked, both("not marked")),
    ):  # fmt: skip
        if number or name != "open":
            block = with_shape(on.say(_counted(number, words), TABLE, 46), name, 2.6)
            paper.sheet.set(block, x, paper.y)
            x += max(run.at + reach(run.text, run.style) for run in block[0].runs) + 7
    paper.sheet.set(on.right(on.it.pointing, LABEL, RIGHT - x), x, paper.y)
    paper.y += 8


def _counted(number: int, words: Text) -> Text:
    return Text(f"{number} {words.zh}" if words.zh.isascii() else f"{number}{words.zh}", f"{number} {words.en}")


def _strip(sheet: Sheet, name: str, x: float, y: float, width: float) -> None:
    tall = 5.4
    if name == "have":
        sheet.add(Filled(x, y, width, tall, fill=INK))
    elif name == "partial":
        at = x
        while at < x + width:
            sheet.add(Filled(at, y, min(0.45, x + width - at), tall, fill=INK))
            at += 1.0
    elif name == "missing":
        sheet.add(Filled(x, y, width, tall, fill=BAD_SOFT, edge=BAD, weight=0.8))
    else:
        sheet.add(Filled(x, y, width, tall, edge=GREY, weight=0.6, dash=(1.3, 1.3)))


def _since(on: Setting) -> None:
    paper, change = on.paper, on.it.change
    paper.need(16 if change else 7)
    paper.sheet.rule(LEFT, RIGHT, paper.y, 0.3, RULE)
    paper.y += 1.6
    paper.sheet.set(on.say(both("Since last time"), H2, 40), LEFT, paper.y)
    if change is None:
        text = both("There is no earlier assessment to compare with")
        paper.y = paper.sheet.set(on.say(text, TEXT, 125), LEFT + 42, paper.y)
        return
    moved = both("%(before)s %% → %(after)s %% supported", before=change.before or "–", after=change.after or "–")
    better = counted("%(num)s item better", "%(num)s items better", len(change.better))
    worse = counted("%(num)s item worse", "%(num)s items worse", len(change.worse))
    said = Text(f"{moved.zh}；{better.zh}，{worse.zh}", f"{moved.en}; {better.en}, {worse.en}")
    paper.y = paper.sheet.set(on.say(said, TEXT, 125, inline=False), LEFT + 42, paper.y)
    paper.y = paper.sheet.set(on.say(change.why, LABEL, 125, inline=False), LEFT + 42, paper.y)
