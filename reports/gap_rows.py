"""The gaps of a report: majors, proposals, minors, open questions, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.arithmetic import listed_numbers
from reports.evidence_rows import rows_of
from reports.names import ItemName, titled
from reports.options import Edition, Options
from reports.phrases import KINDS, both, counted, day, same
from reports.readiness import EvidenceRow, Fact, GapRow, ProposalRow
from reports.review_rows import review_facts
from scoring.answers import Grade
from scoring.assessment import Action
from scoring.gap_words import GROUNDS
from scoring.gaps import Gap
from scoring.grades import M1, M2, M3, M4, M5, MINOR
from scoring.kinds import Kind
from scoring.results import Result
from scoring.steps import Step, by_item
from scoring.systemic import State
from scoring.time_limits import due
from surveys.text import Text
from words import N_

_RULES = {
    M1: N_("rule M1: a key item"),
    M2: N_("rule M2: a whole area"),
    M3: N_("rule M3: confirmed as systemic"),
    M4: N_("rule M4: set by a person"),
    M5: N_("rule M5: a major of last period"),
    MINOR: N_("every other gap is minor"),
}
_GRADES = {Grade.MAJOR: N_("expected major"), Grade.MINOR: N_("expected minor")}
_STATES = {State.OPEN: N_("to be confirmed"), State.CONFIRMED: N_("confirmed"), State.DISMISSED: N_("dismissed")}


@dataclass(frozen=True)
class Around:
    """What the rows of gaps look things up in."""

    it: Result
    options: Options
    names: Mapping[str, ItemName]
    steps: Mapping[str, Step]
    actions: Mapping[str, Action]


def gap_rows(it: Result, options: Options, names: Mapping[str, ItemName]) -> tuple[GapRow, ...]:
    actions = {each.item: each for each in it.assessment.actions}
    around = Around(it, options, names, by_item(it.steps), actions)
    return tuple(_row(around, gap) for gap in it.gaps)


def _row(around: Around, gap: Gap) -> GapRow:
    it = around.it
    item = around.names.get(gap.item or "")
    action = around.actions.get(gap.item or "")
    step = around.steps.get(gap.item or "")
    is_full = around.options.edition is Edition.FULL
    return GapRow(
        title=titled(item.name) if item else _title(it, gap),
        number=item.number if item else "",
        ask=item.ask if item else None,
        kind=both(KINDS[gap.kind]),
        grade=gap.grade,
        grade_name=both(_GRADES[gap.grade]) if gap.grade else both("open question"),
        rule=both(_RULES[gap.rule]) if gap.rule and gap.rule != MINOR else same(""),
        lines=_lines(it, gap),
        remarks=tuple(_remarks(gap, around.names)),
        next_step=step_text(it, step) if step and is_full else None,
        typed_step=action.action if action and is_full else "",
        owner=action.owner if action and is_full else "",
        due=_due(it, gap, action) if is_full else "",
        review=review_facts(it.assessment.review.answers, gap.item),
    )


def rule_of(gap: Gap) -> Text:
    """Name the rule that gave a grade; an open question has none."""
    return both(_RULES[gap.rule]) if gap.rule else both("open question")


def _title(it: Result, gap: Gap) -> Text:
    if gap.kind is Kind.SYSTEMIC:
        return both("Systemic: %(area)s", area=area_name(it, gap.area or ""))
    if gap.follow_up:
        return both("A nonconformity of the last period is not closed")
    return both("Declared by a person")


def area_name(it: Result, area: str) -> Text:
    """Name an area: one of the questionnaire's own, or a section."""
    questionnaire = it.target.questionnaire
    named = {each.id: each.name for each in questionnaire.areas} | {
        each.id: each.title for each in questionnaire.sections
    }
    return named.get(area, same(area))


def _lines(it: Result, gap: Gap) -> tuple[EvidenceRow, ...]:
    if gap.standing is None:
        return ()
    wanted = {*gap.missing, *gap.partial, *gap.unmarked}
    return tuple(row for row in rows_of(it, gap.standing.asked.cell) if row.line in wanted)


def _remarks(gap: Gap, names: Mapping[str, ItemName]) -> Iterable[Fact]:
    if gap.of:
        yield Fact(both("evidence shared with"), names[gap.of].reference)
    if gap.items:
        yield Fact(both("items"), listed_numbers(names[each].number for each in gap.items))
    declared = gap.declared or (gap.standing and gap.standing.answer.declared)
    if declared:
        yield Fact(GROUNDS[declared.ground], same(declared.reason))
    if gap.standing and gap.standing.answer.grade and gap.standing.is_answered:
        yield Fact(both("reason for the grade"), same(gap.standing.answer.grade.reason))
    if gap.follow_up:
        clause = f"{gap.follow_up.clause} " if gap.follow_up.clause else ""
        yield Fact(both("finding"), same(clause + gap.follow_up.text))
    if gap.standing and gap.standing.answer.note:
        yield Fact(both("note"), same(gap.standing.answer.note))


def step_text(it: Result, step: Step, *, most: int | None = None) -> Text:
    """Say what a step brings and what it concludes; with `most`, name so many lines and count the rest."""
    lines = [it.target.questionnaire.item(each.item).line(each.line) for each in step.lines]
    texts = list(dict.fromkeys(line.text for line in lines if line))
    if not texts:
        return both("All evidence is there, yet the conclusion says no: check it and settle the conclusion")
    brought = _named(texts, most)
    if step.conclude:
        return both("Bring %(lines)s; then conclude again", lines=brought)
    return both("Bring %(lines)s", lines=brought)


def _named(texts: list[Text], most: int | None) -> Text:
    shown = texts if most is None or len(texts) <= most + 1 else texts[:most]
    named = Text("、".join(each.zh for each in shown), "; ".join(each.en for each in shown))
    rest = len(texts) - len(shown)
    if not rest:
        return named
    more = counted("and %(num)s more line", "and %(num)s more lines", rest)
    return Text(f"{named.zh}，{more.zh}", f"{named.en}; {more.en}")


def _due(it: Result, gap: Gap, action: Action | None) -> str:
    if action and action.due:
        return day(action.due)
    if gap.grade is None or it.assessment.assessed_on is None:
        return ""
    return day(due(gap.grade, it.assessment.assessed_on, it.rules).day)


def proposal_rows(it: Result, names: Mapping[str, ItemName]) -> tuple[ProposalRow, ...]:
    return tuple(
        ProposalRow(
            area=area_name(it, each.area),
            text=counted(
                "%(num)s expected minor gap (%(items)s) reaches the threshold of %(threshold)s. Confirmed, it becomes "
                "one expected major; dismissing takes a reason",
                "%(num)s expected minor gaps (%(items)s) reach the threshold of %(threshold)s. Confirmed, they become "
                "one expected major; dismissing takes a reason",
                len(each.items),
                items=listed_numbers(names[item].number for item in each.items),
                threshold=each.threshold,
            ),
            state=both(_STATES[each.state]),
            reason=each.reason,
            count=len(each.items),
            is_open=each.state is State.OPEN,
        )
        for each in it.proposals
    )
