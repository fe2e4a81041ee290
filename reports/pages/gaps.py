"""The gaps: majors, proposals, minors, open questions, contradictions; and the next best steps."""

from __future__ import annotations

from functools import partial

from reports.blocks import EMPTY, Block, Line, aligned_right, height, moved, plain, reach, stacked, with_shape
from reports.faces import Weight
from reports.pages.setting import Setting
from reports.paper import LEFT, RIGHT, Cell, Filled
from reports.phrases import both, counted, listed
from reports.readiness import EvidenceRow, GapRow, ProposalRow
from reports.styles import (
    BAD,
    EVIDENCE,
    GREY,
    H2,
    HEAD,
    INK,
    LABEL,
    MUTE,
    NAME,
    PART,
    TABLE,
    TEXT,
    TINT,
    Role,
    Style,
)  # fmt: skip
from reports.tables import Table
from scoring.answers import Grade
from surveys.text import Text

_GRADE, _WHAT, _NEXT, _WHO = LEFT, LEFT + 27, LEFT + 116, LEFT + 151
_VIEW = LEFT + 128
_COLOURS = {Grade.MAJOR: BAD, Grade.MINOR: PART}
_NUMBER = Style(15, 19)


def set_gaps(on: Setting) -> None:
    it = on.it
    on.heading(both("Gaps"))
    _counts(on)
    if it.limits:
        on.lead(it.limits)
    if not (it.majors or it.minors or it.questions):
        on.put(both("There is no gap: every item is met and shown by evidence"), TEXT, after=4)
    for group in (it.majors, it.minors, it.questions):
        if group is it.minors:
            _proposals(on)
        if group:
            _table(on, group)
            on.paper.y += 5
    _contradictions(on)


def _counts(on: Setting) -> None:
    x, y = LEFT + 8, on.paper.y
    for shape, number, words in (
        ("major", len(on.it.majors), both("expected major")),
        ("minor", len(on.it.minors), both("expected minor")),
        ("question", len(on.it.questions), both("open questions")),
    ):
        bold = plain(str(number), Style(11, 15, Weight.BOLD))
        on.paper.sheet.set(with_shape(bold, shape, 3.0, 1.8), x, y)
        on.paper.sheet.set(on.say(words, TEXT, 44), x + 5 + len(str(number)) * 2.3 + 2, y + 0.4)
        x += 49
    on.paper.y = y + 8


def _head(on: Setting) -> list[Cell]:
    columns = [
        (_GRADE, both("Grade, item, rule"), 26.0),
        (_WHAT, both("Requirement, and what is missing"), 86.0),
    ]
    if on.it.options.edition.value == "full":
        columns += [(_NEXT, both("Next step"), 33.0), (_WHO, both("Owner, due"), 19.0)]
    else:
        columns.append((_VIEW, both("The body's view"), RIGHT - _VIEW))
    return [Cell(x, on.say(text, HEAD, width, inline=False)) for x, text, width in columns]


def _table(on: Setting, group: tuple[GapRow, ...]) -> None:
    rows = [_row(on, gap) for gap in group]
    table = Table(on.paper, _head(on))
    table.reserve = table.keeping(rows[:1])
    with table:
        for place, row in enumerate(rows):
            table.follows = partial(_follows, on, group, place)
            table.row(row)


def _follows(on: Setting, group: tuple[GapRow, ...], place: int) -> Block:
    """Say what stands on the next page, should the table break before this gap."""
    groups = [on.it.majors, on.it.minors, on.it.questions]
    counts = [len(each) for each in groups]
    at = next(number for number, each in enumerate(groups) if each is group)
    counts[: at + 1] = [*([0] * at), len(group) - place]
    rest = [text for number, text in zip(counts, _counted(counts), strict=True) if number]
    if on.it.contradictions:
        number = len(on.it.contradictions)
        rest.append(counted("%(num)s contradiction", "%(num)s contradictions", number))
    return on.say(both("Continued on the next page: %(rest)s", rest=listed(rest)), LABEL.in_colour(INK), RIGHT - LEFT)


def _counted(counts: list[int]) -> list[Text]:
    majors, minors, questions = counts
    return [
        counted("%(num)s expected major gap", "%(num)s expected major gaps", majors),
        counted("%(num)s expected minor gap", "%(num)s expected minor gaps", minors),
        counted("%(num)s open question", "%(num)s open questions", questions),
    ]


def _row(on: Setting, it: GapRow) -> list[Cell]:
    is_full = on.it.options.edition.value == "full"
    wide = 86.0 if is_full else _VIEW - _WHAT - 4
    cells = [Cell(_GRADE, _grade(on, it)), Cell(_WHAT, _what(on, it, wide))]
    if is_full:
        cells += [Cell(_NEXT, _next(on, it)), Cell(_WHO, _who(on, it))]
    else:
        cells.append(Cell(_VIEW, _review(on, it)))
    return cells


def _review(on: Setting, it: GapRow) -> Block:
    """Set what the body said, or the dash that says it said nothing."""
    if not it.review:
        return plain("—", Style(8.4, 11.6, colour=MUTE))
    return stacked(labelled(on, on.say(each.label, LABEL, 30), each.value, RIGHT - _VIEW) for each in it.review)


def _grade(on: Setting, it: GapRow) -> Block:
    shape = str(it.grade) if it.grade else "question"
    number = plain(it.number, _NUMBER if len(it.number) < 4 else Style(10.5, 15)) if it.number else plain(" ", TABLE.zh)
    colour = _COLOURS.get(it.grade, GREY) if it.grade else GREY
    strong = Role(Style(7.8, 10.6, Weight.BOLD, colour), Style(6.6, 8.7, colour=GREY))
    quiet = Role(Style(7.3, 10.2), Style(6.4, 8.5, colour=GREY))
    parts = [
        with_shape(number, shape, 3.0, 2.0),
        on.say(it.grade_name, strong, 26, inline=False),
        on.say(it.kind, quiet, 26),
    ]
    if it.rule.en:
        parts.append(on.say(it.rule, quiet, 26, inline=False))
    return stacked(parts)


def _what(on: Setting, it: GapRow, width: float) -> Block:
    parts = [on.say(it.title, NAME, width)]
    if it.ask:
        parts.append(on.say(it.ask, Role(TEXT.zh, TABLE.en), width, inline=False))
    parts += [line(on, each, width) for each in it.lines]
    for remark in it.remarks:
        label = on.say(remark.label, LABEL, 30)
        parts.append(labelled(on, label, remark.value, width))
    return stacked(parts)


def labelled(on: Setting, label: Block, value: Text, width: float) -> Block:
    """Set a label and what it says behind it, or under it where both are long."""
    first = label[-1]
    end = max(run.at + reach(run.text, run.style) for run in first.runs) + 2.2
    role = Role(TABLE.zh, TABLE.en)
    body = (
        on.say(value, role, width - end, inline=False)
        if value.zh != value.en
        else on.typed(value.zh, TABLE.zh, width - end)
    )
    if end > width * 0.4 or not body:
        return (*label, *body)
    shifted = moved(body, end)
    head = Line((*first.runs, *shifted[0].runs), max(first.height, shifted[0].height))
    return (*label[:-1], head, *shifted[1:])


def line(on: Setting, it: EvidenceRow, width: float) -> Block:
    """Set an evidence line with its shape and letter."""
    letter = plain(it.line, EVIDENCE.zh)
    body = moved(on.say(it.text, EVIDENCE, width - 8), 3.4)
    first = body[0]
    joined = type(first)((*letter[0].runs, *first.runs), first.height)
    return with_shape((joined, *body[1:]), it.shape, 2.3, 2.0)


def _next(on: Setting, it: GapRow) -> Block:
    if it.typed_step:
        return on.typed(it.typed_step, TABLE.zh, 33)
    if it.next_step is None:
        return EMPTY
    return on.say(it.next_step, TABLE, 33, inline=False)


def _who(on: Setting, it: GapRow) -> Block:
    parts = [on.typed(it.owner, TABLE.zh, 19) if it.owner else plain("—", Style(8.4, 11.6, colour=MUTE))]
    if it.due:
        parts.append(plain(it.due, Style(8.4, 11.6)))
    return stacked(parts)


def _proposals(on: Setting) -> None:
    for each in on.it.proposals:
        _proposal(on, each)


def _proposal(on: Setting, it: ProposalRow) -> None:
    """A dashed box on tint: a proposal changes nothing until a person confirms it."""
    width = RIGHT - _WHAT - 3
    body = [
        on.say(both("Systemic proposal: %(area)s (rule M3)", area=it.area), NAME, width),
        on.say(it.text, Role(TABLE.zh, TABLE.en), width, inline=False),
    ]
    if it.reason:
        body.append(on.typed(it.reason, TABLE.zh, width))
    block = stacked(body)
    tall = height(block) + 6
    on.paper.need(tall + 4)
    y = on.paper.y
    on.paper.sheet.add(Filled(LEFT, y, RIGHT - LEFT, tall, fill=TINT, edge=INK, weight=0.5, dash=(2.4, 1.8)))
    marks = with_shape(plain(" ", TABLE.zh), "minor", 2.2)
    for place in range(min(it.count, 5)):
        on.paper.sheet.set(moved(marks, place * 3.0), LEFT + 2, y + 2.6)
    on.paper.sheet.set(on.say(it.state, TABLE, 22, inline=False), LEFT + 2, y + 8)
    on.paper.sheet.set(block, _WHAT, y + 3)
    on.paper.y = y + tall + 4


def _contradictions(on: Setting) -> None:
    if not on.it.contradictions:
        return
    on.paper.need(30)
    on.put(both("Contradictions, for the assessor to settle"), H2, after=1.5)
    head = [
        Cell(LEFT, on.say(both("Item"), HEAD, 25)),
        Cell(_WHAT, on.say(both("What does not go together"), HEAD, 100)),
    ]
    with Table(on.paper, head) as table:
        for item, why in on.it.contradictions:
            name = on.say(item.name, NAME, RIGHT - _WHAT)
            body = stacked([name, on.say(why, TABLE, RIGHT - _WHAT, inline=False)])
            table.row([Cell(LEFT, plain(item.number, Style(10.5, 13.2))), Cell(_WHAT, body)])
    on.paper.y += 5


def set_steps(on: Setting) -> None:
    if not on.it.steps:
        return
    on.heading(both("Next best steps"))
    on.lead(both("In the order of their effect. Each figure holds once that step and all before it are done"))
    head = [
        Cell(LEFT, on.say(both("No."), HEAD, 10)),
        Cell(LEFT + 12, on.say(both("Item"), HEAD, 46)),
        Cell(LEFT + 60, on.say(both("What to bring, what to conclude"), HEAD, 80)),
        Cell(RIGHT - 26, aligned_right(on.say(both("supported afterwards"), HEAD, 26, inline=False), 26)),
    ]
    with Table(on.paper, head) as table:
        for number, step in enumerate(on.it.steps, 1):
            shape = str(step.grade) if step.grade else "question"
            item = stacked(
                [on.say(step.name, NAME, 46, inline=False), with_shape(on.say(step.reference, TABLE, 40), shape)]
            )
            table.row(
                [
                    Cell(LEFT, plain(str(number), Style(11, 14))),
                    Cell(LEFT + 12, item),
                    Cell(LEFT + 60, on.say(step.text, TABLE, 82, inline=False)),
                    Cell(RIGHT - 26, aligned_right(plain(step.after, Style(10, 13.2)), 26)),
                ]
            )
