"""Evidence lines as a report lists them: state, document, pointer."""

from __future__ import annotations

from collections.abc import Iterable

from reports.phrases import day
from reports.readiness import Document, EvidenceRow
from scoring.answers import UNANSWERED, LineAnswer
from scoring.assessment import Document as Held
from scoring.evidence import with_expiry
from scoring.results import Result
from scoring.standing import counted_lines
from surveys.items import Evidence


def rows_of(it: Result, cell: str) -> tuple[EvidenceRow, ...]:
    """List the lines of an item's own cell, as they count on the day of the assessment."""
    assessment = it.assessment
    answer = assessment.answers.get(cell, UNANSWERED)
    lowered = with_expiry({cell: answer}, assessment.documents, assessment.assessed_on)[cell]
    asked = it.target.by_id.get(cell)
    counted = frozenset(counted_lines(asked, lowered.evidence)) if asked else frozenset()
    item = it.target.questionnaire.item(cell)
    return tuple(_row(it, line, lowered.evidence.get(line.id), is_counted=line.id in counted) for line in item.evidence)


def _row(it: Result, line: Evidence, held: LineAnswer | None, *, is_counted: bool) -> EvidenceRow:
    return EvidenceRow(
        line=line.id,
        text=line.text,
        mark=held.state if held else None,
        is_counted=is_counted,
        is_optional=line.optional,
        documents=tuple(_documents(it, held.documents if held else ())),
        pointer=(held.pointer if held else None) or "",
        condition=line.when,
        is_expired=bool(held and held.expired),
    )


def _documents(it: Result, names: Iterable[str]) -> Iterable[Document]:
    for name in names:
        held = it.assessment.documents.get(name)
        if held is None:
            yield Document(name, name)
            continue
        on = it.assessment.assessed_on
        is_past = on is not None and held.has_expired(on)
        yield Document(name, described(held), held.valid_until if is_past else None)


def described(it: Held) -> str:
    """Describe a document on one line: number, title, version, date."""
    parts = (it.number, it.title, it.version, day(it.dated) if it.dated else "")
    return " ".join(part for part in parts if part)
