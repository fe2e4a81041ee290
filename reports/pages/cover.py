"""Page one, read in ten seconds: the level, the verdict, the three things to do."""

from __future__ import annotations

from dataclasses import dataclass

from reports.blocks import Block, Line, Run, aligned_right, height, plain, reach, with_shape
from reports.pages.cover_edges import notes_of, set_logo, set_notes
from reports.pages.setting import Setting
from reports.paper import BOTTOM, LEFT, RIGHT, Filled, Ruled, Sheet, Traced
from reports.phrases import both, capital, same
from reports.readiness import Fact, Figure, StepRow
from reports.styles import (
    ACCENT,
    BAD,
    FIGURE,
    GREY,
    H2,
    HAIRLINE,
    INK,
    LABEL,
    LEVEL,
    NAME,
    NUMERAL,
    OK,
    PART,
    RULE,
    STRONG_NAME,
    TABLE,
    TEXT,
    TITLE,
    UNIT,
    VERDICT,
    WHITE,
    Role,
    Style,
)  # fmt: skip
from scoring.verdicts import Verdict

_LINE_X = 23.3
_LABELS = 26.0
_CONTENT = 44.0
_STEP = 76.0
_BAND_TOP, _BAND_HEIGHT = 84.0, 33.0
_BAND = {Verdict.READY: OK, Verdict.READY_AFTER_IMPROVEMENT: PART, Verdict.NOT_READY: BAD}
_LEAN = {Verdict.READY: 0, Verdict.READY_AFTER_IMPROVEMENT: 5, Verdict.NOT_READY: 13, Verdict.INCOMPLETE: 0}
_UNIT = 0.62
_NAME_STYLE = Style(12.5, 17, STRONG_NAME.zh.weight)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands, and how wide it may be."""

    x: float
    y: float
    width: float


def set_cover(on: Setting) -> None:
    on.paper.turn()
    on.paper.mark(on.outline(on.it.title))
    sheet = on.paper.sheet
    _name(on, sheet)
    _title(on, sheet)
    _facts(on, sheet)
    _band(on, sheet)
    y = _reasons(on, sheet, _BAND_TOP + _BAND_HEIGHT + 5)
    y = _figures(on, sheet, max(y + 4, 144))
    edges = notes_of(on)
    foot = BOTTOM + 6 - edges.height
    if on.it.steps or on.it.options.edition.value == "full":
        y = _steps(on, sheet, Spot(_LABELS, y + min(8, max(4, foot - y - 72)), foot - 3))
    set_notes(sheet, edges, min(max(y + 4, 246), foot))


def _name(on: Setting, sheet: Sheet) -> None:
    sheet.set(on.say(both("Plumbline"), NAME, 60), _LABELS, 11.4)
    if on.it.options.cover_line:
        sheet.set(on.typed(on.it.options.cover_line, Style(7, 8.2, colour=GREY), RIGHT - _LABELS), _LABELS, 17)
    edge = RIGHT - set_logo(on, sheet)
    if on.it.options.number:
        sheet.set(aligned_right(plain(on.it.options.number, LABEL.zh), 60), edge - 60, 12)
    sheet.add(Ruled(_LINE_X, 0, _LINE_X, _BAND_TOP, 1.13, ACCENT))


def _title(on: Setting, sheet: Sheet) -> None:
    it = on.it
    below = sheet.set(on.say(it.title, TITLE, 110), _LABELS, 21.5)
    if it.level:
        label = on.say(both("Level applied for"), LABEL, 40, inline=False)
        level = (on.languages.value != "en" and it.level.zh) or capital(it.level.en)
        style = on.say(it.level, LEVEL, 60)[0].runs[0].style
        wide = reach(level, style)
        sheet.set(plain(level, style), RIGHT - wide, 21.5)
        sheet.set(aligned_right(label, 40), RIGHT - wide - 43, 25.5)
    first, *other = on.languages.names(it.organization) or ("—",)
    name = _cut(on.typed(first, _NAME_STYLE, 105), 2)
    for each in other:
        name += _cut(on.typed(each, Style(9.6, 13, colour=GREY), 105), 1)
    sheet.set(name, _LABELS, below + 3 if len(name) < 3 else below + 1)
    y = below + 3.6
    if it.level and on.languages.value == "both":
        y = sheet.set(on.right(same(capital(it.level.en)), Role(LEVEL.en, LEVEL.en), 60), RIGHT - 60, y)
    extent = both("%(reading)s, %(extent)s", reading=it.reading, extent=it.extent) if it.reading else it.extent
    sheet.set(on.right(extent, TABLE, 80), RIGHT - 80, y)


def _cut(block: Block, lines: int) -> Block:
    """Keep so many lines of what was typed, and show where it goes on; the last page has it in full."""
    if len(block) <= lines:
        return block
    *kept, last = block[:lines]
    (run,) = last.runs
    return (*kept, Line((Run(run.at, f"{run.text[:-1]}…", run.style),), last.height))


def _facts(on: Setting, sheet: Sheet) -> None:
    columns = ((_LABELS, 58.0), (88.0, 48.0), (140.0, 50.0))
    for row in range(2):
        y = 55.5 + row * 13
        sheet.rule(_LABELS, RIGHT, y, 0.3, RULE)
        for (x, width), fact in zip(columns, on.it.facts[row * 3 : row * 3 + 3], strict=True):
            _fact(on, fact, Spot(x, y + 1.4, width))


def _fact(on: Setting, fact: Fact, at: Spot) -> None:
    sheet, x, width = on.paper.sheet, at.x, at.width
    y = sheet.set(on.say(fact.label, LABEL, width), x, at.y)
    role = Role(Style(9.2, 12.4), Style(7, 9.3, colour=GREY))
    block = on.say(fact.value, role, width)
    block = _cut(block, 2) if fact.value.zh == fact.value.en else block[:2]
    sheet.set(block, x, y)
    if fact.tag:
        wide = block[0].runs[0].at + reach(block[0].runs[0].text, block[0].runs[0].style)
        tag = on.say(fact.tag, Role(Style(7.4, 9, NAME.zh.weight), Style(6.6, 9)), 40)
        reach_of_tag = max(run.at + reach(run.text, run.style) for run in tag[0].runs)
        sheet.add(Filled(x + wide + 3, y + 0.2, reach_of_tag + 3, 4.1, edge=INK, weight=0.7))
        sheet.set(tag, x + wide + 4.5, y + 0.7)


def _band(on: Setting, sheet: Sheet) -> None:
    """The one filled area: the verdict in words, the wall beside the line, and the scale it stands on."""
    it = on.it
    colour = _BAND.get(it.verdict)
    ink = WHITE if colour else INK
    if colour:
        sheet.add(Filled(LEFT, _BAND_TOP, RIGHT - LEFT, _BAND_HEIGHT, fill=colour))
    else:
        sheet.add(Filled(LEFT, _BAND_TOP, RIGHT - LEFT, _BAND_HEIGHT, edge=INK, weight=0.8, dash=(2.4, 1.8)))
    _wall(sheet, it.verdict, ink)
    sheet.set(on.say(both("Verdict"), LABEL.in_colour(ink), 60), _CONTENT, _BAND_TOP + 4.2)
    sheet.set(_verdict(on, ink), _CONTENT, _BAND_TOP + 9.4)
    _scale(on, sheet, ink, colour)


def _verdict(on: Setting, ink: str) -> Block:
    """Set the verdict as big as the band has room for."""
    role = VERDICT.in_colour(ink)
    roles = (Role(role.zh.scaled(share), role.en.scaled(max(share, 0.8))) for share in (1.0, 0.75, 0.62))
    blocks = [on.say(on.it.verdict_label, each, 76, inline=False) for each in roles]
    return next((each for each in blocks if height(each) <= _BAND_HEIGHT - 11), blocks[-1])


def _wall(sheet: Sheet, verdict: Verdict, ink: str) -> None:
    """The wall and the weight: upright, leaning a little, leaning far, or not yet drawn."""
    left, top = _LINE_X - 13 * _UNIT, _BAND_TOP + 33 - 40 * _UNIT - 3.5
    lean = _LEAN[verdict] * _UNIT
    wall = (
        (left + 17.4 * _UNIT, top + 38 * _UNIT),
        (left + 17.4 * _UNIT + lean, top + 4 * _UNIT),
        (left + 25.4 * _UNIT + lean, top + 4 * _UNIT),
        (left + 25.4 * _UNIT, top + 38 * _UNIT),
    )
    hangs_at = top + 16 * _UNIT
    sheet.add(Ruled(_LINE_X, _BAND_TOP, _LINE_X, hangs_at, 1.13, ink))
    sheet.add(Traced(_weight(_LINE_X, hangs_at, 0.36), fill=ink))
    if verdict in {Verdict.READY, Verdict.NOT_READY}:
        sheet.add(Traced(wall, fill=ink))
    else:
        dash = (1.6, 1.4) if verdict is Verdict.INCOMPLETE else ()
        sheet.add(Traced(wall, edge=ink, weight=1.1, dash=dash))
    sheet.rule(left, left + 28 * _UNIT + 5, top + 38.4 * _UNIT, 0.7, ink)


def _weight(x: float, y: float, unit: float) -> tuple[tuple[float, float], ...]:
    """The weight of the mark, hanging with its knot at x, y."""
    shape = ((4, 0), (8, 0), (8, 2.2), (9.8, 3.4), (11.6, 6.6), (6, 18), (0.4, 6.6), (2.2, 3.4), (4, 2.2))
    return tuple((x + (a - 6) * unit, y + b * unit) for a, b in shape)


def _scale(on: Setting, sheet: Sheet, ink: str, colour: str | None) -> None:
    x, top = 122.0, _BAND_TOP + 4.6
    for place, (verdict, label) in enumerate(on.it.scale):
        y = top + place * 9
        is_here = verdict is on.it.verdict
        if is_here and colour:
            sheet.add(Filled(x + 4, y - 1.4, RIGHT - x - 6, 7.8, fill=WHITE))
        voice = colour if is_here and colour else ink
        role = Role(Style(8, 10.2, colour=voice), Style(6.6, 8.4, colour=voice))
        block = on.say(label, role, RIGHT - x - 10, inline=False)
        sheet.set(block, x + 6, y + (5 - height(block)) / 2)
        node = ((x, y + 0.9), (x + 1.6, y + 2.5), (x, y + 4.1), (x - 1.6, y + 2.5))
        sheet.add(Traced(node, fill=ink if is_here else None, edge=ink, weight=0.7))
        if place:
            sheet.add(Ruled(x, y - 4.9, x, y + 0.9, 0.5, ink))


def _reasons(on: Setting, sheet: Sheet, y: float) -> float:
    sheet.set(on.say(both("Reasons"), H2, 17, inline=False), _LABELS, y)
    for reason in on.it.reasons[:5]:
        shape = str(reason.grade) if reason.grade else ("ready" if on.it.verdict is Verdict.READY else "open")
        role = Role(TEXT.zh, TEXT.en)
        block = on.say(reason.text, role, RIGHT - _CONTENT - 5, inline=False)
        y = sheet.set(with_shape(block, shape, 3.0, 2.4), _CONTENT, y) + 0.6
    if on.it.range_note:
        y = sheet.set(on.say(on.it.range_note, LABEL, RIGHT - _CONTENT, inline=False), _CONTENT, y + 0.6)
    return y


def _figures(on: Setting, sheet: Sheet, y: float) -> float:
    width, gap = 36.5, 5.5
    for place, each in enumerate(on.it.figures):
        x = _LABELS + place * (width + gap)
        sheet.rule(x, x + width, y, 0.9 if place == 0 else 0.3, INK if place == 0 else RULE)
        _figure(on, each, Spot(x, y, width), is_first=place == 0)
    return y + 25


def _figure(on: Setting, it: Figure, at: Spot, *, is_first: bool) -> None:
    sheet, x, y, width = on.paper.sheet, at.x, at.y, at.width
    english = Style(6.9, 10, colour=GREY)
    role = Role(H2.zh, english) if is_first else Role(Style(9.2, 13.5), english)
    sheet.set(on.say(it.label, role, width), x, y + 1.4)
    percent = it.percent or "–"
    sheet.set(plain(percent, FIGURE), x, y + 6.4)
    if it.percent:
        sheet.set(plain("%", UNIT), x + reach(percent, FIGURE) + 1.4, y + 11.4)
    sheet.add(Filled(x, y + 18.6, width, 1.7, fill=HAIRLINE))
    sheet.add(Filled(x, y + 18.6, width * min(it.share, 1), 1.7, fill=INK if is_first else GREY))
    sheet.set(aligned_right(plain(it.fraction, Style(7.4, 10, colour=GREY)), width), x, y + 21)


def _steps(on: Setting, sheet: Sheet, at: Spot) -> float:
    """Set the first steps, closer together where the page is short; `at.width` is how far down they may reach."""
    y, foot = at.y, at.width
    tall = [_step_height(on, each) for each in on.it.steps[:3]]
    air = max(1.0, min(4.0, (foot - y - 12 - sum(tall)) / max(1, len(tall))))
    while len(tall) > 1 and y + 12 + sum(tall) + air * (len(tall) - 1) > foot:
        tall.pop()
    steps = on.it.steps[: len(tall)]
    sheet.rule(_LABELS, RIGHT, y, 0.9)
    heading = both("Do these three first") if len(steps) == 3 else both("Do this first")
    big = Role(Style(12, 16, NAME.zh.weight), Style(8.6, 12, colour=GREY))
    sheet.set(on.say(heading, big, 110), _LABELS, y + 2)
    sheet.set(on.right(both("supported afterwards"), LABEL, 50), RIGHT - 50, y + 3)
    y += 12
    if not steps:
        sheet.set(on.say(both("Nothing to bring"), TEXT, 100), _LABELS, y)
        return y + 8
    for place, step in enumerate(steps, 1):
        _one_step(on, sheet, place, step, y)
        y += tall[place - 1] + air
        if place < len(steps):
            sheet.rule(_LABELS, RIGHT, y - air / 2, 0.3, RULE)
    return y - air


def _step_height(on: Setting, step: StepRow) -> float:
    return max(height(_step_name(on, step)), height(_step_text(on, step)), 12.0)


def _step_name(on: Setting, step: StepRow) -> Block:
    name = on.say(step.name, STRONG_NAME, _STEP - _CONTENT - 2, inline=False)
    shape = str(step.grade) if step.grade else "open"
    return (*name, *with_shape(on.say(step.reference, TABLE, 26), shape, 2.6))


def _step_text(on: Setting, step: StepRow) -> Block:
    return on.say(step.brief, TEXT, 94, inline=False)[:5]


def _one_step(on: Setting, sheet: Sheet, place: int, step: StepRow, y: float) -> None:
    sheet.set(plain(str(place), NUMERAL), _LABELS, y + 0.6)
    sheet.set(_step_name(on, step), _CONTENT, y)
    sheet.set(_step_text(on, step), _STEP, y)
    after = Style(13.5, 18)
    wide = reach(step.after, after)
    sheet.set(plain(step.after, after), RIGHT - wide - 3.6, y)
    sheet.set(plain("%", Style(8, 11, colour=GREY)), RIGHT - 3.2, y + 2.1)
