"""The result of an assessment: one calculation that feeds screen, report, export and interface."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from scoring.answers import NOT_APPLICABLE, UNANSWERED, Answers
from scoring.assessment import Assessment
from scoring.contradictions import Contradicted, contradictions
from scoring.evidence import EvidenceCounts, count_evidence, with_expiry
from scoring.extremes import at_best, at_worst
from scoring.gaps import Gap
from scoring.judging import Judgement, circumstances_of, figures, judge
from scoring.ladder import Rung, climb, highest_ready
from scoring.standing import Standing
from scoring.steps import Step, next_steps
from scoring.systemic import Proposal
from scoring.targets import Target, aim
from scoring.totals import Figures
from scoring.verdicts import Reason, Verdict
from surveys.questionnaire import Questionnaire
from surveys.rule_sets import RuleSet


class WrongQuestionnaire(ValueError):
    """An assessment is scored with another questionnaire version than its own."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person wrote to an item: an improvement, an observation, the reason of an exclusion."""

    item: str
    text: str


@dataclass(frozen=True, slots=True)
class FollowUpCount:
    """Last period's findings: whether they are stated, and how many are open and closed."""

    state: str
    open: int = 0
    closed: int = 0


@dataclass(frozen=True)
class Result:
    """Everything that scoring says about an assessment."""

    assessment: Assessment
    rules: RuleSet
    target: Target
    judged: Judgement
    sections: tuple[tuple[str, Figures], ...]
    total: Figures
    evidence: EvidenceCounts
    at_best: Verdict
    at_worst: Verdict
    contradictions: tuple[Contradicted, ...]
    improvements: tuple[Remark, ...]
    observations: tuple[Remark, ...]
    excluded: tuple[Remark, ...]
    follow_ups: FollowUpCount
    levels: tuple[Rung, ...]
    steps: tuple[Step, ...]

    @property
    def verdict(self) -> Verdict:
        """The overall result, for this questionnaire alone."""
        return self.judged.verdict

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the verdict is what it is."""
        return self.judged.reasons

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps in the form's order, those without an item last."""
        return self.judged.gaps

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The systemic proposals, whatever a person said to them."""
        return self.judged.proposals

    @property
    def outside(self) -> tuple[str, ...]:
        """The items that this target does not ask for."""
        return self.target.outside

    @property
    def highest_ready(self) -> int | None:
        """The highest level whose verdict is ready."""
        return highest_ready(self.levels)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Where each applicable, not excluded item stands."""
        return {each.asked.id: each for each in self.judged.standings}


def assess(questionnaire: Questionnaire, assessment: Assessment, rules: RuleSet) -> Result:
    """Work out what the answers of an assessment mean."""
    if assessment.questionnaire != questionnaire.name:
        raise WrongQuestionnaire(f"{assessment.questionnaire}, not {questionnaire.name}")
    target = aim(questionnaire, assessment.level, assessment.reading)
    answers = with_expiry(assessment.answers, assessment.documents, assessment.assessed_on)
    around = circumstances_of(assessment, target, rules)
    judged = judge(target, answers, around)
    sections, total = figures(judged.sections)
    return Result(
        assessment=assessment,
        rules=rules,
        target=target,
        judged=judged,
        sections=sections,
        total=total,
        evidence=count_evidence(target, judged.standings, answers),
        at_best=at_best(target, answers, around, judged),
        at_worst=at_worst(target, answers, around, judged),
        contradictions=contradictions(judged.standings),
        improvements=remarks(target, answers, "improvement"),
        observations=remarks(target, answers, "observation"),
        excluded=excluded(target, answers),
        follow_ups=count_follow_ups(assessment),
        levels=climb(target, answers, around, judged),
        steps=next_steps(questionnaire, judged.standings, judged.gaps, total.supported),
    )


def remarks(target: Target, answers: Answers, kind: str) -> tuple[Remark, ...]:
    """Return the notes of one kind on items of the target. They are no gaps."""
    return tuple(said(target, answers, kind))


def said(target: Target, answers: Answers, kind: str) -> Iterator[Remark]:
    """Walk through what was written to the items of a target."""
    for asked in target.items:
        text = getattr(answers.get(asked.id, UNANSWERED), kind)
        if text:
            yield Remark(asked.id, text)


def excluded(target: Target, answers: Answers) -> tuple[Remark, ...]:
    """Return the excluded items with their reasons."""
    found: Iterable[str] = (
        asked.id for asked in target.items if answers.get(asked.id, UNANSWERED).conclusion == NOT_APPLICABLE
    )
    return tuple(Remark(item, answers[item].reason or "") for item in found)


def count_follow_ups(assessment: Assessment) -> FollowUpCount:
    """Count last period's findings."""
    if assessment.follow_ups is None:
        return FollowUpCount("not-listed")
    closed = sum(each.closed for each in assessment.follow_ups)
    return FollowUpCount("listed" if assessment.follow_ups else "none", len(assessment.follow_ups) - closed, closed)
