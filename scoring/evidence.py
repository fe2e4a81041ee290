"""The evidence lines as a whole: how many are required, had, missing; and documents past their date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from scoring.answers import NOT_APPLICABLE, UNANSWERED, Answer, Answers, LineAnswer, Mark
from scoring.assessment import Document
from scoring.standing import Standing, counted_lines
from scoring.targets import Target


@dataclass(frozen=True, slots=True)
class EvidenceCounts:
    """The counted lines of applicable items by mark; `excluded` counts those of excluded items."""

    required: int
    have: int
    partial: int
    missing: int
    unmarked: int
    excluded: int
    expired: int
    with_document: int


def count_evidence(target: Target, standings: Iterable[Standing], answers: Answers) -> EvidenceCounts:
    """Count the lines, those of a shared cell once."""
    cells = by_cell(standings)
    lines = [(line, held_in(items, line), items) for items in cells.values() for line in items[0].lines]
    marks = [mark_for(held, items) for _, held, items in lines]
    return EvidenceCounts(
        required=len(lines),
        have=marks.count(Mark.HAVE),
        partial=marks.count(Mark.PARTIAL),
        missing=marks.count(Mark.MISSING),
        unmarked=marks.count(None),
        excluded=sum(excluded_lines(target, answers, cells)),
        expired=sum(held.expired for _, held, _ in lines if held),
        with_document=sum(bool(held.documents) for _, held, _ in lines if held),
    )


def by_cell(standings: Iterable[Standing]) -> dict[str, list[Standing]]:
    """Gather the items that use one evidence cell."""
    cells: dict[str, list[Standing]] = {}
    for each in standings:
        cells.setdefault(each.asked.cell, []).append(each)
    return cells


def held_in(items: list[Standing], line: str) -> LineAnswer | None:
    """Return what is known of a line."""
    return items[0].evidence.get(line)


def mark_for(held: LineAnswer | None, items: Iterable[Standing]) -> Mark | None:
    """Return a line's mark; without one it is taken as missing where every item that asks for it has claim 0."""
    if held and held.state:
        return held.state
    return Mark.MISSING if all(each.is_refused for each in items) else None


def excluded_lines(target: Target, answers: Answers, counted: Mapping[str, object]) -> Iterator[int]:
    """Count the lines of each excluded item's cell once, unless another item counts them."""
    out = (each for each in target.items if answers.get(each.id, UNANSWERED).conclusion == NOT_APPLICABLE)
    for cell, asked in {each.cell: each for each in out if each.cell not in counted}.items():
        yield len(counted_lines(asked, answers.get(cell, UNANSWERED).evidence))


def with_expiry(answers: Answers, documents: Mapping[str, Document], on: date | None) -> Answers:
    """Count what an expired document shows as partial, on the assessment's date."""
    past = frozenset(name for name, each in documents.items() if on and each.has_expired(on))
    if not past:
        return answers
    return {item: expire(answer, past) for item, answer in answers.items()}


def expire(answer: Answer, past: frozenset[str]) -> Answer:
    """Lower the marks of lines that cite an expired document."""
    cited = {line: lower(held) for line, held in answer.evidence.items() if past.intersection(held.documents)}
    return replace(answer, evidence={**answer.evidence, **cited}) if cited else answer


def lower(held: LineAnswer) -> LineAnswer:
    """Have becomes partial; less than that stays."""
    state = Mark.PARTIAL if held.state is Mark.HAVE else held.state
    return replace(held, state=state, expired=state is Mark.PARTIAL)
