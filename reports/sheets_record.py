"""Evidence, documents, the record and what closes a report as tables of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from reports.closing_types import FollowUpRow
from reports.contents.evidence_lines import state_of
from reports.phrases import both, listed
from reports.readiness import ActionForm, DocumentRow, EvidenceRow, Fact, Readiness, RecordRow
from reports.scored_types import ScoredRow
from reports.sheets import Field, Sheet, Value, day_of, joined, numbered, ours, percent
from surveys.text import Text


def evidence(it: Readiness) -> Sheet:
    fields = (
        ours(both("Section"), 22), Field(both("Item"), 9), ours(both("Name"), 22), Field(both("Line"), 6),
        ours(both("Required evidence"), 46), ours(both("State"), 12), ours(both("Counts"), 9),
        ours(both("Condition"), 20), Field(both("Document"), 36), Field(both("Expired on"), 12),
        Field(both("Pointer"), 30),
    )  # fmt: skip
    rows = tuple(_line(section.title, row, line) for section in it.record for row in section.rows for line in row.lines)
    return Sheet(both("Evidence checklist"), fields, rows)


def _line(section: Text, row: RecordRow, it: EvidenceRow) -> tuple[Value, ...]:
    expired = min((each.expired_on for each in it.documents if each.expired_on), default=None)
    counts = both("outside the level") if row.is_outside else (both("yes") if it.is_counted else both("no"))
    condition = both("optional") if it.is_optional else it.condition
    documents = "\n".join(each.text for each in it.documents)
    named = (section, numbered(row.item.number), row.item.name, it.line, it.text, state_of(_state(it)))
    return (*named, counts, condition, documents, expired, it.pointer)


def _state(it: EvidenceRow) -> str:
    return str(it.mark) if it.mark else "open"


def documents(it: Readiness) -> Sheet:
    fields = (
        ours(both("State"), 12), ours(both("Document"), 46), Field(both("Document number"), 16),
        Field(both("Version"), 10), Field(both("owner"), 16), Field(both("Date"), 12), Field(both("valid until"), 12),
        Field(both("approved by"), 14), Field(both("place"), 24), ours(both("Lines served"), 40),
        Field(both("items"), 8),
    )  # fmt: skip
    return Sheet(both("Documents"), fields, tuple(_document(each) for each in it.documents))


def _document(it: DocumentRow) -> tuple[Value, ...]:
    state = both("missing") if it.is_missing else (both("expired") if it.expired_on else both("have"))
    held = it.held
    title = Text(held.title, held.title) if held and held.title else it.title
    rest: tuple[Value, ...] = (None,) * 6
    if held:
        rest = (held.number, held.version, held.owner, held.dated, held.valid_until, held.approved_by)
    return (state, title, *rest, held.location if held else None, listed(it.lines), len(it.lines))


def record(it: Readiness) -> Sheet:
    """Every item; what was typed has a column for each kind of text that was typed at all."""
    rows = [(section.title, row) for section in it.record for row in section.rows]
    labels = list(dict.fromkeys(fact.label for _, row in rows for fact in _facts(row)))
    fields = (
        ours(both("Section"), 22), Field(both("Item"), 9), ours(both("Name"), 24), ours(both("Requirement"), 50),
        ours(both("Applies"), 12), ours(both("Conclusion"), 14), Field(both("supported"), 11),
        *(ours(label, 36) for label in labels),
    )  # fmt: skip
    return Sheet(both("All clauses"), fields, tuple(_item(section, row, labels) for section, row in rows))


def _facts(it: RecordRow) -> tuple[Fact, ...]:
    return (*it.typed, *it.review)


def _item(section: Text, it: RecordRow, labels: list[Text]) -> tuple[Value, ...]:
    applies = both("outside the level") if it.is_outside else both("yes")
    said = {fact.label: fact.value for fact in _facts(it)}
    conclusion = it.conclusion if it.is_concluded or not it.is_outside else None
    named = (section, numbered(it.item.number), it.item.name, it.item.ask, applies, conclusion)
    return (*named, percent(it.supported), *(said.get(label) for label in labels))


def follow_ups(it: Readiness) -> Sheet:
    fields = (
        ours(both("Kind"), 14), ours(both("Grade"), 12), Field(both("Clause"), 14), Field(both("Finding"), 50),
        Field(both("What was done"), 40), Field(both("Evidence"), 30), ours(both("State"), 12),
        ours(both("Verification"), 18), Field(both("Verified by, on"), 22),
    )  # fmt: skip
    return Sheet(both("Last period's findings"), fields, tuple(_follow_ups(it)))


def _follow_ups(it: Readiness) -> Iterator[tuple[Value, ...]]:
    """List the findings; that there are none, or that nobody has said, is a row too."""
    if it.follow_ups is None:
        yield both("not listed"), *(None,) * 8
    elif not it.follow_ups:
        yield both("none"), *(None,) * 8
    else:
        yield from map(_follow_up, it.follow_ups)


def _follow_up(it: FollowUpRow) -> tuple[Value, ...]:
    state = both("closed") if it.is_closed else both("not closed")
    return (it.kind, it.grade, it.clause, it.text, it.action, it.evidence, state, it.result, it.verified)


def actions(it: Readiness) -> Sheet:
    typed = (
        both("Correction"), both("Similar cases"), both("Cause"), both("Corrective action"), both("Verification"),
    )  # fmt: skip
    fields = (
        Field(both("Item"), 9), ours(both("Name"), 24), ours(both("Grade"), 14), ours(both("Rule"), 22),
        Field(both("Limit"), 12), ours(both("What falls short"), 20), *(Field(head, 36) for head in typed),
        ours(both("Isolated case"), 10), Field(both("Verified by"), 14), Field(both("Responsible"), 14),
        Field(both("Due"), 12), Field(both("Done"), 12), ours(both("State"), 14),
    )  # fmt: skip
    return Sheet(both("Corrective actions"), fields, tuple(_action(each) for each in it.actions))


def _action(it: ActionForm) -> tuple[Value, ...]:
    gap = it.gap
    found: tuple[Value, ...] = (
        numbered(it.item.number), it.item.name, gap.grade_name if gap else both("no gap any more"), it.rule,
        day_of(it.limit.value.zh), gap.kind if gap else None,
    )  # fmt: skip
    typed = (it.correction, it.similar, it.cause, it.action, it.verification)
    isolated = both("yes") if it.is_isolated else both("no")
    return (*found, *typed, isolated, it.verified_by, it.owner, day_of(it.due), day_of(it.done), it.state)


def applicability(it: Readiness) -> Sheet:
    fields = (
        Field(both("Control"), 10), ours(both("Name"), 34), ours(both("Applicable"), 11),
        Field(both("Reason or note"), 50), ours(both("State"), 16), Field(both("Document"), 36),
        Field(both("Version"), 10),
    )  # fmt: skip
    rows = tuple(
        (
            each.number, each.name, both("yes") if each.is_applicable else both("no"), each.reason, each.state_name,
            each.document, each.version,
        )
        for theme in it.soa
        for each in theme.rows
    )  # fmt: skip
    return Sheet(both("Statement of applicability"), fields, rows)


def scored(it: Readiness) -> Sheet:
    fields = (
        ours(both("Figure"), 24), Field(both("Worked out"), 40), Field(both("Outcome"), 12), ours(both("In words"), 90),
    )  # fmt: skip
    return Sheet(both("How it was scored"), fields, tuple(_scored(each) for each in it.scored.rows))


def _scored(it: ScoredRow) -> tuple[Value, ...]:
    told = joined((*(each.text for each in it.found), *it.lines))
    return (it.label, it.sum.working if it.sum else None, it.sum.outcome if it.sum else None, told)


def losses(it: Readiness) -> Sheet:
    fields = (ours(both("item"), 60), Field(both("gives"), 16), Field(both("loses"), 16))
    rows: tuple[tuple[Value, ...], ...] = tuple((each.items, each.gives, each.loses) for each in it.scored.losses)
    return Sheet(both("What items give and lose"), fields, rows)


def shares(it: Readiness) -> Sheet:
    """The sections with the exact fractions behind their percentages."""
    fields = (
        ours(both("Section"), 34), Field(both("items"), 11), Field(both("claimed"), 16), Field(both("supported"), 16),
        Field(both("evidence"), 16),
    )  # fmt: skip
    rows = tuple(
        (each.title, each.items, each.claimed.fraction, each.supported.fraction, each.coverage.fraction)
        for each in (*it.scored.sections, it.scored.total)
    )
    return Sheet(both("Fractions by section"), fields, rows)
