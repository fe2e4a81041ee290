"""One target judged: standings, gaps, proposals and verdict from the same answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from scoring.answers import Answers, Declaration, Grade
from scoring.assessment import Assessment, FollowUp, Word
from scoring.gaps import Gap, declared_gaps, follow_up_gaps, item_gaps
from scoring.standing import Standing, stand_all
from scoring.systemic import Proposal, State, failed_areas, propose, systemic_gaps
from scoring.targets import Target
from scoring.totals import Figures, add_up, tally
from scoring.verdicts import Reason, Verdict, conclude, what_is_open
from surveys.rule_sets import RuleSet


@dataclass(frozen=True)
class Circumstances:
    """What bears on a verdict besides the answers."""

    threshold: int
    words: Mapping[str, Word] = field(default_factory=dict)
    declared: tuple[Declaration, ...] = ()
    follow_ups: tuple[FollowUp, ...] | None = None
    empty_fields: tuple[str, ...] = ()

    def taken_as_stated(self) -> Circumstances:
        """Take the header as filled and unstated follow-ups as none."""
        return replace(self, follow_ups=self.follow_ups or (), empty_fields=())


@dataclass(frozen=True)
class Judgement:
    """What one target comes to."""

    sections: tuple[tuple[str, list[Standing]], ...]
    standings: tuple[Standing, ...]
    gaps: tuple[Gap, ...]
    proposals: tuple[Proposal, ...]
    verdict: Verdict
    reasons: tuple[Reason, ...]

    @cached_property
    def answered(self) -> int:
        """How many items have a conclusion."""
        return sum(each.is_answered for each in self.standings)

    def count(self, grade: Grade) -> int:
        """How many gaps have a grade."""
        return sum(gap.grade is grade for gap in self.gaps)


def circumstances_of(assessment: Assessment, target: Target, rules: RuleSet) -> Circumstances:
    """Gather what bears on the verdict of an assessment."""
    return Circumstances(
        threshold=rules.systemic[assessment.organization.size],
        words=assessment.proposals,
        declared=assessment.declared,
        follow_ups=assessment.follow_ups,
        empty_fields=empty_fields(assessment, has_levels=bool(target.questionnaire.ladder.levels)),
    )


def empty_fields(assessment: Assessment, *, has_levels: bool) -> tuple[str, ...]:
    """Name the header fields that are empty; without levels there is no level to state."""
    name = assessment.organization.name
    filled = {
        "organization": bool(name.zh.strip() and name.en.strip()),
        "level": assessment.level is not None or not has_levels,
        "assessed_on": assessment.assessed_on is not None,
        "assessed_by": assessment.assessed_by.are_named,
    }
    return tuple(name for name, is_filled in filled.items() if not is_filled)


def judge(target: Target, answers: Answers, around: Circumstances) -> Judgement:
    """Judge the answers for one target."""
    sections = stand_sections(target, answers)
    standings = tuple(chain.from_iterable(items for _, items in sections))
    gaps, proposals = find_gaps(standings, around)
    blocking = tuple(what_is_open(standings, around.empty_fields, follow_ups_stated=around.follow_ups is not None))
    verdict, reasons = (Verdict.INCOMPLETE, blocking) if blocking else conclude(gaps)
    return Judgement(sections, standings, gaps, proposals, verdict, reasons)


def find_gaps(standings: tuple[Standing, ...], around: Circumstances) -> tuple[tuple[Gap, ...], tuple[Proposal, ...]]:
    """Return every gap, those without an item last, and the proposals."""
    gaps = item_gaps(standings)
    failed = failed_areas(standings, gaps)
    proposals = propose(gaps, failed, around.threshold, around.words)
    others = (
        *systemic_gaps(failed, proposals),
        *declared_gaps(around.declared),
        *follow_up_gaps(around.follow_ups or ()),
    )
    return (*gaps, *others), proposals


def stand_sections(target: Target, answers: Answers) -> tuple[tuple[str, list[Standing]], ...]:
    """Weigh the items of every section in the form's order."""
    return tuple([(section, stand_all(items, answers)) for section, items in target.sections])


def figures(sections: Iterable[tuple[str, list[Standing]]]) -> tuple[tuple[tuple[str, Figures], ...], Figures]:
    """Return the figures of the sections and of the whole."""
    cells: set[str] = set()
    found = tuple([(section, tally(items, cells)) for section, items in sections])
    return found, add_up(part for _, part in found)


def worst_of(judgement: Judgement) -> Verdict:
    """Return the verdict with every open proposal confirmed."""
    is_open = any(each.state is State.OPEN for each in judgement.proposals)
    return Verdict.NOT_READY if is_open else judgement.verdict
