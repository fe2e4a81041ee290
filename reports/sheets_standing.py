"""Summary, sections, levels, gaps, steps and contradictions as tables of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from reports.options import Edition
from reports.phrases import both, same
from reports.readiness import GapRow, Readiness, SectionRow, StepRow
from reports.sheets import Field, Sheet, Value, day_of, joined, labelled, numbered, ours, percent
from surveys.text import Text


def summary(it: Readiness) -> Sheet:
    """What page one says, a line a fact."""
    fields = (ours(both("Fact"), 34), Field(both("Value"), 24), ours(both("In words"), 60))
    return Sheet(both("Overview"), fields, tuple(_summary(it)))


def _summary(it: Readiness) -> Iterator[tuple[Value, ...]]:
    yield both("Organisation"), it.organization.zh or it.organization.en, it.organization
    yield from ((each.label, None, each.value) for each in it.facts)
    if it.level:
        yield both("Level applied for"), it.result.target.level, it.level
    if it.reading:
        yield both("Reading"), None, it.reading
    yield both("Verdict"), str(it.verdict), it.verdict_label
    yield from ((both("Reason"), None, each.text) for each in it.reasons)
    yield from ((each.label, percent(each.percent), same(each.fraction)) for each in it.figures)
    yield both("Required evidence"), None, it.pointing
    yield from ((both("Note"), None, each) for each in it.notes)
    if it.omitted:
        yield both("Note"), None, it.omitted
    if it.options.number:
        yield both("Report number"), it.options.number, None
    if it.options.on:
        yield both("Day of the report"), it.options.on, None
    if it.decision:
        yield both("body's decision"), it.decision, None


def sections(it: Readiness) -> Sheet:
    heads: tuple[Text, ...] = (
        both("items"), both("supported"), both("claimed"), both("evidence"), both("have"), both("partial"),
        both("missing"), both("not marked"), both("expected major"), both("expected minor"), both("open questions"),
    )  # fmt: skip
    if it.total.step:
        heads += (both("present step / target step"),)
    fields = (ours(both("Section"), 34), *(Field(head, 11) for head in heads))
    return Sheet(both("Sections"), fields, tuple(_section(each) for each in (*it.sections, it.total)))


def _section(it: SectionRow) -> tuple[Value, ...]:
    figures = (percent(it.supported), percent(it.claimed), percent(it.coverage))
    marks = (it.have, it.partial, it.missing, it.unmarked)
    step = (it.step,) if it.step else ()
    return (it.title, it.items, *figures, *marks, it.majors, it.minors, it.open, *step)


def levels(it: Readiness) -> Sheet:
    fields = (
        Field(both("Level"), 9), ours(both("Name"), 24), ours(both("Verdict"), 34), ours(both("Answered"), 30),
        Field(both("expected major"), 11), Field(both("expected minor"), 11),
    )  # fmt: skip
    rows = tuple((each.level, each.name, each.label, each.counts, each.majors, each.minors) for each in it.ladder)
    return Sheet(both("Level ladder"), fields, rows)


def _is_full(it: Readiness) -> bool:
    return it.options.edition is Edition.FULL


def gaps(it: Readiness) -> Sheet:
    fields: tuple[Field, ...] = (
        Field(both("Number"), 10), ours(both("Name"), 24), ours(both("Requirement"), 46), ours(both("Grade"), 14),
        ours(both("Kind"), 14), ours(both("Rule"), 22), ours(both("What is missing"), 46), ours(both("Remarks"), 36),
    )  # fmt: skip
    if _is_full(it):
        fields += (ours(both("Next step"), 40), Field(both("Planned action"), 30), Field(both("Responsible"), 14))
        fields += (Field(both("Due"), 12),)
    else:
        fields += (ours(both("The body's view"), 40),)
    found = (*it.majors, *it.minors, *it.questions)
    return Sheet(both("Gaps"), fields, tuple(_gap(each, is_full=_is_full(it)) for each in found))


def _gap(it: GapRow, *, is_full: bool) -> tuple[Value, ...]:
    missing = joined(Text(f"{each.line} {each.text.zh}", f"{each.line} {each.text.en}") for each in it.lines)
    remarks = labelled((each.label, each.value) for each in it.remarks)
    named = (numbered(it.number), it.title, it.ask, it.grade_name, it.kind, it.rule, missing, remarks)
    if is_full:
        return (*named, it.next_step, it.typed_step, it.owner, day_of(it.due))
    return (*named, labelled((each.label, each.value) for each in it.review))


def proposals(it: Readiness) -> Sheet:
    fields = (
        ours(both("Area"), 30), ours(both("State"), 14), Field(both("Expected minors"), 12),
        ours(both("Proposal"), 70), Field(both("Reason"), 40),
    )  # fmt: skip
    rows = tuple((each.area, each.state, each.count, each.text, each.reason) for each in it.proposals)
    return Sheet(both("Systemic proposals"), fields, rows)


def steps(it: Readiness) -> Sheet:
    fields = (
        Field(both("No."), 7), Field(both("Number"), 14), ours(both("Name"), 28),
        ours(both("What to bring, what to conclude"), 70), Field(both("supported afterwards"), 14),
    )  # fmt: skip
    rows = tuple(
        (number, _numbers(each), each.name, each.text, percent(each.after)) for number, each in enumerate(it.steps, 1)
    )
    return Sheet(both("Next best steps"), fields, rows)


def _numbers(it: StepRow) -> int | str:
    numbers = [each.number for each in it.items]
    return numbered(numbers[0]) if len(numbers) == 1 else "、".join(numbers)


def contradictions(it: Readiness) -> Sheet:
    fields = (Field(both("Number"), 10), ours(both("Name"), 28), ours(both("What does not go together"), 80))
    rows = tuple((numbered(item.number), item.name, why) for item, why in it.contradictions)
    return Sheet(both("Contradictions"), fields, rows)
