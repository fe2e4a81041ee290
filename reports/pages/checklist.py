"""The evidence checklist: by section line for line, and the same by document."""

from __future__ import annotations

from reports.blocks import Block, aligned_right, beside, plain, reach, stacked, with_shape
from reports.faces import Weight
from reports.pages.gaps import labelled
from reports.pages.gaps import line as evidence_line
from reports.pages.setting import Setting
from reports.paper import LEFT, RIGHT, Cell
from reports.phrases import both
from reports.readiness import DocumentRow, EvidenceRow, Fact, RecordRow, SectionRecord, SectionRow
from reports.styles import BAD, EVIDENCE, GREY, H2, HEAD, LABEL, PART, RULE, TABLE, TEXT, Role, Style
from reports.tables import Table
from scoring.answers import Mark
from surveys.text import Text

_ITEM, _LINE, _DOCUMENT = LEFT, LEFT + 22, LEFT + 110
_DOCUMENT_STYLE = Style(7.95, 11.2)


def set_checklist(on: Setting) -> None:
    on.heading(both("Evidence checklist"))
    _counts(on)
    on.put(both("By section"), H2, after=1.4)
    head = [
        Cell(_ITEM, on.say(both("Item"), HEAD, 20)),
        Cell(_LINE, on.say(both("Required evidence"), HEAD, 84)),
        Cell(_DOCUMENT, on.say(both("Document"), HEAD, 60)),
    ]
    with Table(on.paper, head, padding=0.7) as table:
        for section, figures in zip(on.it.record, on.it.sections, strict=True):
            _section(on, table, section, figures)
    on.paper.y += 6
    _documents(on)


def _counts(on: Setting) -> None:
    total = on.it.total
    parts = [
        ("have", total.have, both("have")), ("partial", total.partial, both("partial")),
        ("missing", total.missing, both("missing")), ("open", total.unmarked, both("not marked")),
    ]  # fmt: skip
    x, y = LEFT + 8, on.paper.y
    for shape, number, words in parts:
        if not number and shape == "open":
            continue
        block = with_shape(plain(str(number), Style(10, 14, Weight.BOLD)), shape, 2.8, 1.8)
        on.paper.sheet.set(block, x, y)
        x += 5 + reach(str(number), Style(10, 14, Weight.BOLD)) + 1.6
        word = on.say(words, TEXT, 30)
        on.paper.sheet.set(word, x, y + 0.3)
        x += max(run.at + reach(run.text, run.style) for run in word[0].runs) + 6
    on.paper.y = y + 6
    on.paper.put(on.say(on.it.pointing, LABEL, 120), LEFT + 8, after=3)


def _section(on: Setting, table: Table, section: SectionRecord, figures: SectionRow) -> None:
    rows = [each for each in section.rows if not each.is_outside]
    if not rows:
        return
    title = on.say(section.title, Role(Style(8.4, 11.4, Weight.BOLD), Style(7, 9.4, colour=GREY)), 110)
    counts = []
    x = RIGHT - 52
    for shape, number in (("have", figures.have), ("partial", figures.partial), ("missing", figures.missing)):
        counts.append(Cell(x, with_shape(plain(str(number), TABLE.zh), shape, 2.3, 1.2)))
        x += 11
    percent = plain(f"{figures.coverage} %" if figures.coverage else "–", Style(8.4, 11.4, Weight.BOLD))
    table.title([Cell(LEFT + 2, title), *counts, Cell(RIGHT - 20, aligned_right(percent, 18))], keep=14)
    for row in rows:
        _item(on, table, row)


def _item(on: Setting, table: Table, row: RecordRow) -> None:
    """Set an item's lines one under another; its number stands at the first."""
    number = plain(row.item.number, Style(9, 11.6, Weight.BOLD))
    if row.shares:
        table.row([Cell(_ITEM, number), Cell(_LINE, on.say(row.shares, LABEL, 84))])
        return
    if not row.lines:
        table.row([Cell(_ITEM, number), Cell(_LINE, on.say(both("no evidence line"), LABEL, 84))])
        return
    for place, each in enumerate(row.lines):
        is_last = place == len(row.lines) - 1
        cells = [Cell(_LINE, evidence_line(on, each, 86)), Cell(_DOCUMENT, _shown(on, each))]
        if place == 0:
            cells.append(Cell(_ITEM, number))
        table.row(cells, rule=is_last, colour=RULE)
        if not is_last:
            table.thin_from(_LINE)


def _shown(on: Setting, it: EvidenceRow) -> Block:
    """Say what shows a line, or that nothing does."""
    parts: list[Block] = []
    for document in it.documents:
        parts.append(on.typed(document.text, _DOCUMENT_STYLE, 60))
        if document.expired_on:
            text = both("%(day)s expired", day=document.expired_on.isoformat())
            parts.append(on.say(text, EVIDENCE.in_colour(PART), 60))
    if it.pointer:
        parts.append(on.typed(it.pointer, Style(7.4, 10, colour=GREY), 60))
    if not it.documents:
        parts.insert(0, _state(on, it))
    return stacked(parts)


def _state(on: Setting, it: EvidenceRow) -> Block:
    quiet = LABEL
    if it.is_optional:
        return on.say(both("optional"), quiet, 60)
    if it.condition and not it.is_counted:
        return on.say(both("does not apply"), quiet, 60)
    if it.mark is Mark.MISSING:
        return on.say(both("missing"), EVIDENCE.in_colour(BAD), 60)
    if it.mark is None:
        return on.say(both("not marked"), quiet, 60)
    words = both("have, no document named") if it.mark is Mark.HAVE else both("partial, no document named")
    return on.say(words, quiet, 60)


def _documents(on: Setting) -> None:
    if not on.it.documents:
        return
    on.paper.need(40)
    on.put(both("By document"), H2, after=0.6)
    on.put(both("One document serves several items; what closes most comes first"), LABEL, after=1.4)
    head = [
        Cell(LEFT + 5, on.say(both("Document"), HEAD, 96)),
        Cell(LEFT + 106, on.say(both("Lines served"), HEAD, 48)),
        Cell(RIGHT - 14, aligned_right(on.say(both("items"), HEAD, 14, inline=False), 14)),
    ]
    with Table(on.paper, head, padding=0.8) as table:
        for each in on.it.documents:
            table.row(_document(on, each))


def _document(on: Setting, it: DocumentRow) -> list[Cell]:
    shape = "missing" if it.is_missing else ("partial" if it.expired_on else "have")
    title = on.say(it.title, EVIDENCE, 94) if it.is_missing else on.typed(it.title.zh, _DOCUMENT_STYLE, 94)
    parts = [title]
    if it.expired_on:
        parts.append(on.say(both("%(day)s expired", day=it.expired_on.isoformat()), EVIDENCE.in_colour(PART), 94))
    parts.append(_facts(on, it.facts))
    served = _joined(it.lines) if it.lines else both("cited by no line")
    return [
        Cell(LEFT, with_shape(stacked(parts), shape, 2.3, 2.7)),
        Cell(LEFT + 106, on.say(served, EVIDENCE, 48, inline=False)),
        Cell(
            RIGHT - 14,
            aligned_right(plain(str(len(it.lines)), Style(8.4, 11.6, colour=GREY if not it.lines else "#17191E")), 14),
        ),
    ]


def _facts(on: Setting, facts: tuple[Fact, ...]) -> Block:
    """Set what else is known of a document, one thing behind another as far as there is room."""
    lines: Block = ()
    for each in facts:
        label = on.say(each.label, LABEL, 40)
        fact = labelled(on, label, each.value, 94)
        lines = (beside(lines, fact, 4, 94) if lines else None) or (*lines, *fact)
    return lines


def _joined(lines: tuple[Text, ...]) -> Text:
    return Text("、".join(each.zh for each in lines), ", ".join(each.en for each in lines))
