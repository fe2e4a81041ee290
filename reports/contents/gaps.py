"""The gaps, what contradicts itself, and the next best steps."""

from __future__ import annotations

from collections.abc import Iterator

from reports.contents.evidence_lines import asked, labelled
from reports.contents.parts import (
    Cell,
    Chapter,
    Column,
    Heading,
    Part,
    Proposal,
    Prose,
    Said,
    Table,
    Tally,
    Voice,
    figure,
    name,
    quiet,
    row,
    said,
    typed,
)
from reports.options import Edition
from reports.phrases import both, same
from reports.readiness import GapRow, ProposalRow, Readiness, StepRow


def gaps(it: Readiness) -> Chapter:
    return Chapter("gaps", both("Gaps"), tuple(_parts(it)))


def _parts(it: Readiness) -> Iterator[Part]:
    yield Tally(
        tuple(
            Said(words, shape=shape, letter=str(len(found)))
            for shape, found, words in (
                ("major", it.majors, both("expected major")),
                ("minor", it.minors, both("expected minor")),
                ("question", it.questions, both("open questions")),
            )
        )
    )
    if it.limits:
        yield Prose(quiet(it.limits))
    if not (it.majors or it.minors or it.questions):
        yield Prose(said(both("There is no gap: every item is met and shown by evidence")))
    if it.majors:
        yield _table(it, it.majors)
    yield from (_proposal(each) for each in it.proposals)
    yield from (_table(it, group) for group in (it.minors, it.questions) if group)
    if it.contradictions:
        yield Heading(both("Contradictions, for the assessor to settle"))
        yield _contradictions(it)


def _table(it: Readiness, group: tuple[GapRow, ...]) -> Table:
    is_full = it.options.edition is Edition.FULL
    what = both("Requirement, and what is missing")
    columns: tuple[Column, ...] = (Column(both("Grade, item, rule"), 30), Column(what, 80 if is_full else 100))
    if is_full:
        columns += (Column(both("Next step"), 36), Column(both("Owner, due"), 24))
    else:
        columns += (Column(both("The body's view"), 40),)
    rows = tuple(row(_grade(each), _what(each), *(_plan(each) if is_full else (_review(each),))) for each in group)
    return Table(group[0].grade_name, columns, rows)


def _grade(it: GapRow) -> Cell:
    shape = str(it.grade) if it.grade else "question"
    rule = (quiet(it.rule),) if it.rule.en else ()
    if not it.number:
        return (Said(it.grade_name, Voice.NAME, shape), quiet(it.kind), *rule)
    return (Said(same(it.number), Voice.NAME, shape), said(it.grade_name), quiet(it.kind), *rule)


def _what(it: GapRow) -> Cell:
    ask = (said(it.ask),) if it.ask else ()
    return (name(it.title), *ask, *map(asked, it.lines), *map(labelled, it.remarks))


def _plan(it: GapRow) -> tuple[Cell, Cell]:
    step = (typed(it.typed_step),) if it.typed_step else ((said(it.next_step),) if it.next_step else ())
    owner = typed(it.owner) if it.owner else quiet(same("—"))
    due = (Said(same(it.due), Voice.FIGURE),) if it.due else ()
    return step or (quiet(same("—")),), (owner, *due)


def _review(it: GapRow) -> Cell:
    return tuple(map(labelled, it.review)) or (quiet(same("—")),)


def _proposal(it: ProposalRow) -> Proposal:
    heading = name(both("Systemic proposal: %(area)s (rule M3)", area=it.area))
    reason = (typed(it.reason),) if it.reason else ()
    return Proposal((heading, said(it.text), quiet(it.state), *reason))


def _contradictions(it: Readiness) -> Table:
    columns = (Column(both("Item"), 24), Column(both("What does not go together"), 146))
    rows = tuple(
        row(Said(same(item.number), Voice.FIGURE), (name(item.name), said(why))) for item, why in it.contradictions
    )
    return Table(both("Contradictions, for the assessor to settle"), columns, rows)


def steps(it: Readiness) -> Chapter | None:
    """The next best steps, which a body's edition does not tell."""
    if not it.steps:
        return None
    columns = (
        Column(both("No."), 12, is_figure=True),
        Column(both("Item"), 46),
        Column(both("What to bring, what to conclude"), 84),
        Column(both("supported afterwards"), 28, is_figure=True),
    )
    rows = tuple(row(*_step(number, each)) for number, each in enumerate(it.steps, 1))
    lead = both("In the order of their effect. Each figure holds once that step and all before it are done")
    return Chapter("steps", both("Next best steps"), (Prose(said(lead)), Table(both("Next best steps"), columns, rows)))


def _step(number: int, it: StepRow) -> tuple[Cell, ...]:
    shape = str(it.grade) if it.grade else "question"
    item = (name(it.name), Said(it.reference, Voice.QUIET, shape))
    return ((figure(str(number)),), item, (said(it.text),), (figure(it.after),))
