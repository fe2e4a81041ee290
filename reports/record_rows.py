"""The complete record of a report: every item with what was said of it, and every document with what it serves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reports.closing_rows import SOA_STATES
from reports.evidence_rows import described, rows_of
from reports.names import ItemName, titled
from reports.options import Edition, Options
from reports.phrases import both, same
from reports.readiness import DocumentRow, Fact, RecordRow, SectionRecord
from reports.review_rows import review_facts
from scoring.answers import NOT_APPLICABLE, UNANSWERED, Answer, Applicability, Mark
from scoring.assessment import Document
from scoring.gap_words import GROUNDS
from scoring.results import Result
from surveys.items import Item, LineRef
from surveys.text import Text


def record_of(it: Result, options: Options, names: Mapping[str, ItemName]) -> tuple[SectionRecord, ...]:
    questionnaire = it.target.questionnaire
    return tuple(
        SectionRecord(
            titled(section.title),
            tuple(_row(it, options, names, item) for item in questionnaire.items_of(section)),
        )
        for section in questionnaire.sections
    )


def _row(it: Result, options: Options, names: Mapping[str, ItemName], item: Item) -> RecordRow:
    answer = it.assessment.answers.get(item.id, UNANSWERED)
    standing = it.standings.get(item.id)
    return RecordRow(
        item=names[item.id],
        conclusion=conclusion_of(it, answer),
        is_outside=item.id not in it.target.by_id,
        lines=rows_of(it, item.id) if item.shares is None else (),
        shares=both("the same evidence as %(item)s", item=names[item.shares].reference) if item.shares else None,
        typed=tuple(_typed(it, answer, options)),
        remark=item.note,
        supported=standing.supported.percent if standing else None,
        review=review_facts(it.assessment.review.answers, item.id),
        is_concluded=answer.conclusion is not None,
    )


def conclusion_of(it: Result, answer: Answer) -> Text:
    """Say the conclusion in the words of the questionnaire's scale."""
    if answer.conclusion is None:
        return both("unanswered")
    if answer.conclusion == NOT_APPLICABLE:
        return both("not applicable")
    named = {step.value: step.name for step in it.target.questionnaire.scale.steps}
    return named.get(answer.conclusion, same(answer.conclusion))


def _typed(it: Result, answer: Answer, options: Options) -> Iterator[Fact]:
    """Everything that was typed to an item; improvement texts are remedies, which a body's edition leaves out."""
    stated = [
        (both("reason"), answer.reason),
        (both("note"), answer.note),
        (both("improvement opportunity"), answer.improvement if options.edition is Edition.FULL else None),
        (both("observation"), answer.observation),
    ]
    yield from (Fact(label, same(text)) for label, text in stated if text)
    if answer.grade:
        grade = it.rules.grades[answer.grade.grade]
        yield Fact(both("graded %(grade)s by a person", grade=grade), same(answer.grade.reason))
    if answer.declared:
        yield Fact(GROUNDS[answer.declared.ground], same(answer.declared.reason))
    if answer.soa:
        yield Fact(both("statement of applicability"), _applicability(it, answer.soa))


def _applicability(it: Result, stated: Applicability) -> Text:
    """Say how far a control is implemented, and by which document: by its name where it is one of the assessment's."""
    state = both(SOA_STATES[stated.state]) if stated.state in SOA_STATES else same(stated.state)
    document = it.assessment.documents.get(stated.document or "")
    named = described(document) if document else stated.document
    return both("%(state)s: %(document)s", state=state, document=named) if named else state


def documents_of(it: Result, names: Mapping[str, ItemName]) -> tuple[DocumentRow, ...]:
    """List what is missing, that which closes most first, and then every document with the lines it serves."""
    return (*_missing(it, names), *_held(it, names))


def _missing(it: Result, names: Mapping[str, ItemName]) -> list[DocumentRow]:
    questionnaire = it.target.questionnaire
    wanted: dict[LineRef, list[LineRef]] = {}
    for cell in dict.fromkeys(each.asked.cell for each in it.judged.standings):
        for row in rows_of(it, cell):
            if row.is_counted and row.mark is not Mark.HAVE:
                line = questionnaire.item(cell).line(row.line)
                tied = line.same_as if line and line.same_as else LineRef(cell, row.line)
                wanted.setdefault(tied, []).append(LineRef(cell, row.line))
    found = sorted(wanted.items(), key=lambda each: -len(each[1]))
    return [
        DocumentRow(_line_text(it, several[0]), _served(several, names), is_missing=True) for _tied, several in found
    ]


def _held(it: Result, names: Mapping[str, ItemName]) -> list[DocumentRow]:
    served: dict[str, list[LineRef]] = {name: [] for name in it.assessment.documents}
    for item, answer in it.assessment.answers.items():
        for line, held in answer.evidence.items():
            for name in held.documents:
                served.setdefault(name, []).append(LineRef(item, line))
    on = it.assessment.assessed_on
    rows = []
    for name, lines in served.items():
        document = it.assessment.documents.get(name)
        past = document.valid_until if document and on and document.has_expired(on) else None
        title = same(described(document) if document else name)
        rows.append(
            DocumentRow(title, _served(lines, names), past, held=document, facts=tuple(_document_facts(document)))
        )
    return rows


def _document_facts(it: Document | None) -> Iterator[Fact]:
    """Say what is known of a document besides what names it."""
    if it is None:
        return
    known = (
        (both("owner"), it.owner),
        (both("approved by"), it.approved_by),
        (both("valid until"), it.valid_until.isoformat() if it.valid_until else ""),
        (both("place"), it.location),
    )
    yield from (Fact(label, same(text)) for label, text in known if text)


def _served(lines: list[LineRef], names: Mapping[str, ItemName]) -> tuple[Text, ...]:
    by_item: dict[str, list[str]] = {}
    for each in lines:
        by_item.setdefault(each.item, []).append(each.line)
    return tuple(
        Text(f"{names[item].reference.zh} {''.join(letters)}", f"{names[item].reference.en} {' '.join(letters)}")
        for item, letters in by_item.items()
        if item in names
    )


def _line_text(it: Result, ref: LineRef) -> Text:
    line = it.target.questionnaire.item(ref.item).line(ref.line)
    return line.text if line else same(str(ref))


def pointing(it: Result) -> Text:
    """Say how many of the lines point to a document."""
    return both(
        "%(some)s of %(all)s required lines point to a document",
        some=it.evidence.with_document,
        all=it.evidence.required,
    )
