"""Corrective actions: each fills a page, which can be filed by itself, and written on where nothing is typed yet."""

from __future__ import annotations

from dataclasses import dataclass

from reports.blocks import EMPTY, Block, aligned_right, height, plain, space, stacked, with_shape
from reports.faces import Weight
from reports.pages.gaps import labelled, line
from reports.pages.setting import Setting
from reports.paper import BOTTOM, LEFT, RIGHT, TOP
from reports.phrases import both, same
from reports.readiness import ActionForm, Fact
from reports.styles import GREY, INK, LABEL, NAME, RULE, STRONG_NAME, TABLE, TEXT, Role, Style
from surveys.text import Text

_CELLS = ((LEFT, 43.0), (LEFT + 46, 43.0), (LEFT + 92, 34.0), (LEFT + 128, 42.0))
_TITLE, _PART, _BODY = LEFT + 11, LEFT + 50, LEFT + 72
_WIDE = RIGHT - _BODY
_NUMERAL = Style(24, 30)
_LINE_APART = 8.8
_FEWEST_LINES = 2
_LEAST = 24.0
_SIGN_WIDTH = 38.0
_SIGN_HEIGHT = 17.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a block: its label, and what was typed; nothing typed leaves lines to write on."""

    label: Text | None
    body: Block

    @property
    def height(self) -> float:
        return height(self.body) + 2.4 if self.body else _FEWEST_LINES * _LINE_APART


@dataclass(frozen=True, slots=True)
class Titled:
    """A block of the form, and how high it is at least."""

    numeral: str
    title: Text
    hint: Text
    least: float
    parts: tuple[Part, ...]

    @property
    def needed(self) -> float:
        return sum(each.height for each in self.parts) + 5

    @property
    def is_typed(self) -> bool:
        return all(each.body for each in self.parts)


def set_actions(on: Setting) -> None:
    for place, each in enumerate(on.it.actions, 1):
        if place == 1:
            on.heading(both("Corrective actions"))
        else:
            on.paper.turn()
            on.repeat_heading(both("Corrective actions"))
        counted = f"{place} / {len(on.it.actions)}"
        on.paper.sheet.set(aligned_right(plain(counted, Style(10, 14, colour=GREY)), 40), RIGHT - 40, TOP + 2)
        on.paper.mark(
            on.outline(Text(f"{each.item.number} {each.item.name.zh}", f"{each.item.number} {each.item.name.en}")), 1
        )
        _form(on, each)


def _form(on: Setting, it: ActionForm) -> None:
    _head(on, it)
    blocks = _blocks(on, it)
    for each, tall in zip(blocks, _heights(blocks, on.paper.room - _SIGN_HEIGHT), strict=True):
        _block(on, each, tall)
    _signatures(on, it)


def _heights(blocks: tuple[Titled, ...], room: float) -> list[float]:
    """Give each block its height; where the page is short, those with nothing to write in give way first."""
    tall = [max(each.least, each.needed) for each in blocks]
    for is_typed in (True, False):
        spare = [
            high - max(each.needed, _LEAST) if each.is_typed is is_typed else 0.0
            for each, high in zip(blocks, tall, strict=True)
        ]
        spare = [max(0.0, each) for each in spare]
        over = min(max(0.0, sum(tall) - room), sum(spare))
        tall = [high - each * over / (sum(spare) or 1) for each, high in zip(spare, tall, strict=True)]
    return tall


def _head(on: Setting, it: ActionForm) -> None:
    name = Text(f"{it.item.reference.zh} {it.item.name.zh}", f"{it.item.reference.en} {it.item.name.en}")
    grade = it.gap.grade_name if it.gap else both("no gap any more")
    shape = (str(it.gap.grade) if it.gap.grade else "question") if it.gap else "have"
    on.paper.sheet.rule(LEFT, RIGHT, on.paper.y, 0.9)
    _cells(on, (Fact(both("Item"), name), Fact(both("Grade"), grade), Fact(both("Rule"), it.rule), it.limit), shape)
    on.paper.sheet.rule(LEFT, RIGHT, on.paper.y, 0.3, RULE)
    owner = Fact(both("Responsible"), same(it.owner or "—"))
    _cells(
        on, (owner, Fact(both("Due"), same(it.due)), Fact(both("Done"), same(it.done)), Fact(both("State"), it.state))
    )


def _cells(on: Setting, facts: tuple[Fact, ...], shape: str = "") -> None:
    tallest = 0.0
    for (x, width), fact in zip(_CELLS, facts, strict=True):
        block = _value(on, fact, width - (5 if shape and x == _CELLS[1][0] else 0))
        if shape and x == _CELLS[1][0]:
            block = with_shape(block, shape, 3.0, 2.0)
        block = (*on.say(fact.label, LABEL, width), *space(0.5), *block)
        on.paper.sheet.set(block, x, on.paper.y + 1.8)
        tallest = max(tallest, height(block))
    on.paper.y += max(tallest + 3.4, 12.0)


def _value(on: Setting, fact: Fact, width: float) -> Block:
    role = Role(Style(9.2, 12.6, Weight.BOLD if fact.value.zh != fact.value.en else Weight.REGULAR), NAME.en)
    value = (
        on.say(fact.value, role, width) if fact.value.zh != fact.value.en else on.typed(fact.value.zh, role.zh, width)
    )
    return (*value, *on.say(fact.tag, LABEL, width)) if fact.tag else value


def _blocks(on: Setting, it: ActionForm) -> tuple[Titled, ...]:
    correction = Part(both("correction"), _typed(on, it.correction))
    similar = Part(both("similar cases"), _similar(on, it))
    verified = [Part(both("result"), _typed(on, it.verification))]
    if it.verified_by:
        verified.append(Part(both("verified by"), _typed(on, it.verified_by)))
    cause, action = Part(None, _typed(on, it.cause)), Part(None, _typed(on, it.action))
    return (
        Titled("", both("Facts"), both("requirement, statement, objective evidence"), 36, _facts(on, it)),
        Titled("1", both("Correction"), both("and whether the same happened elsewhere"), 42, (correction, similar)),
        Titled("2", both("Cause"), both("why it arose"), 34, (cause,)),
        Titled("3", both("Corrective action"), both("must answer block 2"), 36, (action,)),
        Titled("4", both("Verification"), both("by somebody else"), 42, tuple(verified)),
    )


def _facts(on: Setting, it: ActionForm) -> tuple[Part, ...]:
    ask = on.say(it.item.ask, Role(TEXT.zh, TABLE.en), _WIDE, inline=False)
    parts = [Part(both("requirement"), (*ask, *on.say(it.asked_of, LABEL, _WIDE)))]
    if it.gap:
        found = [on.say(it.gap.kind, TABLE, _WIDE)]
        found += [line(on, each, _WIDE) for each in it.gap.lines]
        found += [labelled(on, on.say(each.label, LABEL, 30), each.value, _WIDE) for each in it.gap.remarks]
        parts.append(Part(both("statement"), stacked(found)))
    return tuple(parts)


def _typed(on: Setting, text: str) -> Block:
    return on.typed(text, TEXT.zh, _WIDE) if text else EMPTY


def _similar(on: Setting, it: ActionForm) -> Block:
    isolated = on.say(both("an isolated case"), LABEL, _WIDE) if it.is_isolated else EMPTY
    return (*_typed(on, it.similar), *isolated)


def _block(on: Setting, it: Titled, tall: float) -> None:
    """Set a block on one page if a page holds it; only what is taller goes on over the page."""
    on.paper.need(min(tall, BOTTOM - TOP))
    top, sheet = on.paper.y, on.paper.sheet
    sheet.rule(LEFT, RIGHT, top, 0.6)
    if it.numeral:
        sheet.set(plain(it.numeral, _NUMERAL), LEFT, top + 1.6)
    title = stacked([on.say(it.title, STRONG_NAME, 36, inline=False), on.say(it.hint, LABEL, 36, inline=False)])
    sheet.set(title, _TITLE, top + 2)
    on.paper.y = top + 2
    empty = sum(not each.body for each in it.parts)
    spare = tall - 5 - sum(each.height for each in it.parts if each.body)
    for each in it.parts:
        _part(on, each, spare / max(1, empty))
    if on.paper.sheet is sheet:
        on.paper.y = max(on.paper.y, top + tall)


def _part(on: Setting, it: Part, room: float) -> None:
    if it.label:
        on.paper.sheet.set(on.say(it.label, LABEL, 20, inline=False), _PART, on.paper.y + 0.4)
    if it.body:
        on.paper.put(it.body, _BODY, 2.4)
        return
    for _ in range(max(_FEWEST_LINES, int(room / _LINE_APART))):
        on.paper.y += _LINE_APART
        on.paper.sheet.rule(_BODY, RIGHT, on.paper.y - 1.6, 0.25, RULE)


def _signatures(on: Setting, it: ActionForm) -> None:
    """Set four lines to sign or date at the page's foot."""
    on.paper.sheet.rule(LEFT, RIGHT, on.paper.y, 0.6)
    on.paper.need(_SIGN_HEIGHT)
    y = on.paper.bottom - 7
    signs = (
        (both("Required by"), it.limit.value.zh if it.limit.tag else ""),
        (both("Actually done"), it.done if it.done != "—" else ""),
        (both("Verified by"), ""),
        (both("For the organisation"), ""),
    )
    for place, (label, value) in enumerate(signs):
        x = LEFT + place * 44
        on.paper.sheet.set(plain(value, Style(9, 12.4)), x, y - 5)
        on.paper.sheet.rule(x, x + _SIGN_WIDTH, y, 0.5, INK)
        on.paper.sheet.set(on.say(label, LABEL, _SIGN_WIDTH), x, y + 1)
    on.paper.y = on.paper.bottom
