"""The evidence checklist, by section and by document."""

from __future__ import annotations

from collections.abc import Iterator

from reports.contents.evidence_lines import asked, labelled, shown_by, state_of
from reports.contents.parts import (
    Cell,
    Chapter,
    Column,
    Heading,
    Part,
    Prose,
    Row,
    Said,
    Table,
    Tally,
    Voice,
    figure,
    name,
    quiet,
    row,
    said,
    title_row,
)
from reports.phrases import both, listed, same
from reports.readiness import DocumentRow, Readiness, RecordRow, SectionRow


def checklist(it: Readiness) -> Chapter:
    return Chapter("evidence", both("Evidence checklist"), tuple(_parts(it)))


def _parts(it: Readiness) -> Iterator[Part]:
    yield Tally(tuple(counts(it.total)))
    yield Prose(quiet(it.pointing))
    yield Heading(both("By section"))
    yield _by_section(it)
    if it.documents:
        yield Heading(both("By document"))
        yield Prose(quiet(both("One document serves several items; what closes most comes first")))
        yield _by_document(it)


def counts(it: SectionRow) -> Iterator[Said]:
    """Count lines by their state."""
    for shape, number in (("have", it.have), ("partial", it.partial), ("missing", it.missing), ("open", it.unmarked)):
        if number or shape != "open":
            yield Said(state_of(shape), shape=shape, letter=str(number))


def _by_section(it: Readiness) -> Table:
    columns = (
        Column(both("Item"), 22),
        Column(both("Required evidence"), 88),
        Column(both("Document"), 60),
    )
    return Table(both("By section"), columns, tuple(_rows(it)))


def _rows(it: Readiness) -> Iterator[Row]:
    for section, figures in zip(it.record, it.sections, strict=True):
        asked_for = [each for each in section.rows if not each.is_outside]
        if asked_for:
            yield title_row(name(section.title), *_counted(figures))
        for each in asked_for:
            yield from _item(each)


def _counted(it: SectionRow) -> Iterator[Said]:
    marks = (("have", it.have), ("partial", it.partial), ("missing", it.missing))
    yield from (figure(str(number), shape=shape) for shape, number in marks)
    yield figure(f"{it.coverage} %" if it.coverage else "–")


def _item(it: RecordRow) -> Iterator[Row]:
    number = Said(same(it.item.number), Voice.FIGURE)
    if it.shares or not it.lines:
        yield row(number, quiet(it.shares or both("no evidence line")), ())
    for place, line in enumerate(it.lines):
        yield row((number,) if place == 0 else (), asked(line), tuple(shown_by(line)))


def _by_document(it: Readiness) -> Table:
    columns = (
        Column(both("Document"), 96),
        Column(both("Lines served"), 58),
        Column(both("items"), 16, is_figure=True),
    )
    return Table(both("By document"), columns, tuple(row(*_document(each)) for each in it.documents))


def _document(it: DocumentRow) -> tuple[Cell, ...]:
    shape = "missing" if it.is_missing else ("partial" if it.expired_on else "have")
    title = Said(it.title, Voice.TEXT if it.is_missing else Voice.TYPED, shape)
    served = said(listed(it.lines)) if it.lines else quiet(both("cited by no line"))
    return ((title, *document_details(it)), (served,), (figure(str(len(it.lines))),))


def document_details(it: DocumentRow) -> Iterator[Said]:
    """Everything else that was typed about a document."""
    if it.expired_on:
        yield quiet(both("%(day)s expired", day=it.expired_on.isoformat()))
    yield from map(labelled, it.facts)
