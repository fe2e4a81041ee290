"""The verdict: what the gaps come to, with its reasons. A percentage never means ready."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from scoring.answers import Grade
from scoring.gaps import Gap
from scoring.grades import M1, M2, M3, M4, M5, MINOR
from scoring.sentences import Sentence, sentence
from scoring.standing import Standing
from surveys.text import Text


class Verdict(StrEnum):
    """The overall result, for this questionnaire alone. `incomplete` is not on the scale."""

    READY = "ready"
    READY_AFTER_IMPROVEMENT = "ready-after-improvement"
    NOT_READY = "not-ready"
    INCOMPLETE = "incomplete"


SCALE = (Verdict.NOT_READY, Verdict.READY_AFTER_IMPROVEMENT, Verdict.READY)
UNANSWERED, OPEN, FOLLOW_UPS, HEADER, MET = "unanswered", "open", "follow-ups", "header", "met"
REASONS: dict[str, Sentence] = {
    UNANSWERED: sentence(
        "{count}个条款还没有结论：{items}",
        "{count} items have no conclusion: {items}",
        "{count} item has no conclusion: {items}",
    ),
    OPEN: sentence(
        "{count}个已声明做到的条款还有材料没有标记：{items}",
        "{count} claimed items have evidence lines without a mark: {items}",
        "{count} claimed item has evidence lines without a mark: {items}",
    ),
    FOLLOW_UPS: sentence(
        "没有说明上年度的跟踪情况（没有就写“无”）", "last period's findings are not stated (if none, say so)"
    ),
    HEADER: sentence("表头没有填全：{fields}", "the header is not complete: {fields}"),
    M1: sentence(
        "{count}个关键条款没有做到：{items}",
        "{count} key items are not met: {items}",
        "{count} key item is not met: {items}",
    ),
    M2: sentence("整个范围没有一个条款做到：{items}", "no item of a whole area is met: {items}"),
    M3: sentence("轻微差距集中，已确认为系统性：{items}", "minor gaps of an area, confirmed as systemic: {items}"),
    M4: sentence("由人员声明或定为严重：{items}", "declared or graded major by a person: {items}"),
    M5: sentence("上年度严重不符合没有关闭", "a major finding of the last period is not closed"),
    MINOR: sentence("有{count}个轻微差距：{items}", "{count} minor gaps: {items}", "{count} minor gap: {items}"),
    MET: sentence("每个条款都已做到，并有材料为证", "every item is met and shown by evidence"),
}
FIELDS = {
    "organization": Text("申请组织名称（中英文）", "organisation name in both languages"),
    "level": Text("申报级别", "level applied for"),
    "assessed_on": Text("评估时间", "assessment time"),
    "assessed_by": Text("评估部门或人员", "assessing department or person"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the verdict is what it is: the rule, and what it applies to."""

    rule: str
    items: tuple[str, ...] = ()
    count: int = 0
    fields: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        """The reason in words."""
        return REASONS[self.rule].fill(self.count, items=self.items, fields=tuple(FIELDS[each] for each in self.fields))


def what_is_open(
    standings: Iterable[Standing], empty_fields: tuple[str, ...], *, follow_ups_stated: bool
) -> Iterator[Reason]:
    """Return what keeps an assessment incomplete."""
    standings = tuple(standings)
    yield from about(UNANSWERED, (each.asked.id for each in standings if not each.is_answered))
    yield from about(OPEN, (each.asked.id for each in standings if each.falls_short and each.open_questions))
    if not follow_ups_stated:
        yield Reason(FOLLOW_UPS)
    if empty_fields:
        yield Reason(HEADER, fields=empty_fields)


def about(rule: str, items: Iterable[str]) -> Iterator[Reason]:
    """Return a reason about items, if there are any."""
    found = tuple(items)
    if found:
        yield Reason(rule, found, len(found))


def conclude(gaps: Iterable[Gap]) -> tuple[Verdict, tuple[Reason, ...]]:
    """Not ready with a major, ready after improvement with a minor, else ready."""
    gaps = tuple(gaps)
    majors = tuple(because(gaps, Grade.MAJOR))
    if majors:
        return Verdict.NOT_READY, majors
    minors = [gap for gap in gaps if gap.grade is Grade.MINOR]
    if minors:
        return Verdict.READY_AFTER_IMPROVEMENT, (Reason(MINOR, items_of(minors), len(minors)),)
    return Verdict.READY, (Reason(MET),)


def because(gaps: Iterable[Gap], grade: Grade) -> Iterator[Reason]:
    """Return one reason a rule for the gaps of a grade."""
    by_rule: dict[str, list[Gap]] = {}
    for gap in gaps:
        if gap.grade is grade and gap.rule:
            by_rule.setdefault(gap.rule, []).append(gap)
    for rule in sorted(by_rule):
        yield Reason(rule, items_of(by_rule[rule]), len(by_rule[rule]))


def items_of(gaps: Iterable[Gap]) -> tuple[str, ...]:
    """Name the items that gaps are about, each once."""
    return tuple(dict.fromkeys(item for gap in gaps for item in (gap.items or (gap.item,)) if item))
