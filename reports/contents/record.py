"""All clauses: the complete record. Nothing that was typed is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reports.contents.evidence_lines import asked, labelled, named
from reports.contents.parts import (
    Cell,
    Chapter,
    Column,
    Part,
    Prose,
    Row,
    Said,
    Table,
    Voice,
    name,
    quiet,
    row,
    said,
    title_row,
    typed,
)
from reports.phrases import both, same
from reports.readiness import EvidenceRow, Readiness, RecordRow


def record(it: Readiness) -> Chapter:
    return Chapter("record", both("All clauses"), tuple(_parts(it)))


def _parts(it: Readiness) -> Iterator[Part]:
    columns = (
        Column(both("Item"), 18),
        Column(both("Requirement and evidence"), 98),
        Column(both("Conclusion and what was said"), 54),
    )
    yield Table(both("All clauses"), columns, tuple(_rows(it)))
    if it.decision:
        yield Prose(typed(it.decision, both("body's decision")))


def _rows(it: Readiness) -> Iterator[Row]:
    for section in it.record:
        yield title_row(name(section.title))
        yield from (row(Said(same(each.item.number), Voice.FIGURE), _asked(each), _said(each)) for each in section.rows)


def _asked(it: RecordRow) -> Cell:
    return (name(it.item.name), said(it.item.ask), *_evidence(it))


def _evidence(it: RecordRow) -> Iterator[Said]:
    """List the lines; of an item outside the level those that somebody stated, so that no answer is lost."""
    if it.shares:
        yield quiet(it.shares)
    for line in it.lines:
        if it.is_outside and not line.is_stated:
            continue
        yield asked(line)
        yield from (replace(each, is_under=True) for each in _pointing(line))
    if it.remark:
        yield quiet(it.remark)


def _pointing(it: EvidenceRow) -> Iterator[Said]:
    for document in it.documents:
        yield from named(document)
    if it.pointer:
        yield typed(it.pointer)


def _said(it: RecordRow) -> Cell:
    said_by_both = (*map(labelled, it.typed), *map(labelled, it.review))
    if it.is_outside:
        return (quiet(both("outside the level")), *_conclusion(it), *said_by_both)
    return (name(it.conclusion), *_supported(it), *said_by_both)


def _conclusion(it: RecordRow) -> Iterator[Said]:
    if it.is_concluded:
        yield said(it.conclusion)


def _supported(it: RecordRow) -> Iterator[Said]:
    if it.supported is not None:
        yield quiet(both("supported %(percent)s %%", percent=it.supported))
