"""All clauses: the complete record. Nothing that was typed is left out."""

from __future__ import annotations

from collections.abc import Iterator

from reports.blocks import Block, plain, stacked
from reports.faces import Weight
from reports.pages.gaps import labelled, line
from reports.pages.setting import Setting
from reports.paper import LEFT, RIGHT, Cell
from reports.phrases import both, same
from reports.readiness import EvidenceRow, RecordRow
from reports.styles import GREY, HEAD, LABEL, MUTE, NAME, PART, TABLE, Role, Style
from reports.tables import Table

_WHAT, _SAID = LEFT + 16, LEFT + 120


def set_record(on: Setting) -> None:
    on.heading(both("All clauses"))
    head = [
        Cell(LEFT, on.say(both("Item"), HEAD, 15)),
        Cell(_WHAT, on.say(both("Requirement and evidence"), HEAD, 100)),
        Cell(_SAID, on.say(both("Conclusion and what was said"), HEAD, 50, inline=False)),
    ]
    with Table(on.paper, head) as table:
        for section in on.it.record:
            title = on.say(section.title, Role(Style(8.4, 11.4, Weight.BOLD), Style(7, 9.4, colour=GREY)), 160)
            rows = [_row(on, row) for row in section.rows]
            table.title([Cell(LEFT + 2, title)], keep=table.keeping(rows))
            for row in rows:
                table.row(row)
    if on.it.decision:
        label = on.say(both("body's decision"), LABEL, 40)
        on.paper.y += 3
        on.paper.put(labelled(on, label, same(on.it.decision), RIGHT - LEFT))


def _row(on: Setting, it: RecordRow) -> list[Cell]:
    number = Style(10.5, 13.6) if len(it.item.number) < 4 else Style(8.6, 13.6)
    return [
        Cell(LEFT, plain(it.item.number, number)),
        Cell(_WHAT, _asked(on, it)),
        Cell(_SAID, _said(on, it)),
    ]


def _asked(on: Setting, it: RecordRow) -> Block:
    width = _SAID - _WHAT - 4
    parts = [
        on.say(it.item.name, NAME, width),
        on.say(it.item.ask, Role(TABLE.zh, Style(6.9, 9.3, colour=GREY)), width, inline=False),
    ]
    if it.shares:
        parts.append(on.say(it.shares, LABEL, width))
    for each in (row for row in it.lines if row.is_stated or not it.is_outside):
        parts.append(line(on, each, width))
        parts += [on.indented(block, 7.7) for block in _shown(on, each, width - 8)]
    if it.remark:
        parts.append(on.say(it.remark, LABEL, width, inline=False))
    return stacked(parts)


def _shown(on: Setting, it: EvidenceRow, width: float) -> Iterator[Block]:
    """Set the documents that show a line, and where in them; what has expired says so."""
    small = Style(7.2, 9.8, colour=GREY)
    for each in it.documents:
        yield on.typed(each.text, small, width)
        if each.expired_on:
            yield on.say(both("%(day)s expired", day=each.expired_on.isoformat()), LABEL.in_colour(PART), width)
    if it.pointer:
        yield on.typed(it.pointer, small, width)


def _said(on: Setting, it: RecordRow) -> Block:
    width = RIGHT - _SAID
    strong = Role(Style(8.6, 11.6, Weight.BOLD), Style(7, 9.3, colour=GREY))
    if it.is_outside:
        quiet = Role(Style(8.4, 11.6, colour=MUTE), Style(6.9, 9.3, colour=MUTE))
        parts = [on.say(both("outside the level"), quiet, width)]
        parts += [on.say(it.conclusion, quiet, width)] if it.is_concluded else []
    else:
        parts = [on.say(it.conclusion, strong, width)]
        if it.supported is not None:
            parts.append(on.say(both("supported %(percent)s %%", percent=it.supported), LABEL, width))
    parts += [labelled(on, on.say(each.label, LABEL, 24), each.value, width) for each in (*it.typed, *it.review)]
    return stacked(parts)
