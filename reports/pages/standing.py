"""Where you stand: sections with bars, the radar, the ladder, the evidence, and what changed."""

from __future__ import annotations

from reports import charts
from reports.blocks import Block, Languages, aligned_right, height, plain, reach, with_shape
from reports.faces import Weight
from reports.pages.setting import Setting
from reports.pages.standing_charts import set_ladder, set_radar
from reports.paper import LEFT, RIGHT, Filled, Hatched, Ruled, Sheet, Traced
from reports.phrases import both, counted
from reports.readiness import SectionRow
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
    Style,
)  # fmt: skip
from surveys.text import Text

_NAME, _ITEMS, _BARS, _BAR_WIDTH = LEFT, 73.5, 78.0, 49.0
_SUPPORTED, _CLAIMED, _COVERAGE, _MAJORS, _MINORS = 140.5, 153.0, 166.5, 178.8, 190.0
_BAR = 3.8
_FIGURE = Style(8.6, 11.6)
_STRONG = Style(8.6, 11.6, Weight.BOLD)


def set_standing(on: Setting) -> None:
    on.heading(both("Where you stand"))
    if lead := _lead(on):
        on.lead(lead)
    _sections(on)
    on.paper.y += 5
    _charts(on)
    _evidence(on)
    _since(on)


def _charts(on: Setting) -> None:
    """Set the radar beside the ladder, or two radars beside one another."""
    radars = on.it.radars[: 1 if on.it.ladder else 2]
    if not radars and not on.it.ladder:
        return
    on.paper.need(90)
    top = on.paper.y
    ends = [set_radar(on, each, LEFT + place * 88, top) for place, each in enumerate(radars)]
    if on.it.ladder:
        ends.append(set_ladder(on, top))
    on.paper.y = max(ends) + 2


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
        block = on.say(_title(on, each), TABLE, 50, inline=False)
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


def _title(on: Setting, it: SectionRow) -> Text:
    """Name a section; under its Chinese title the English one leaves out the phase, which says nothing new."""
    return Text(it.title.zh, it.short.en) if on.languages is Languages.BOTH else it.title


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


def _evidence(on: Setting) -> None:
    it, paper = on.it.total, on.paper
    paper.need(24)
    paper.sheet.rule(LEFT, RIGHT, paper.y, 0.4)
    paper.y += 1.4
    paper.sheet.set(on.right(on.it.pointing, LABEL, 100), RIGHT - 100, paper.y + 0.6)
    paper.put(on.say(both("Required evidence"), H2, 68), after=1)
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
    paper.y += 7


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
    if change is None and paper.room < 7:
        return  # that there is nothing to tell is no reason for a page
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
