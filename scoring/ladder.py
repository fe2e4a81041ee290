"""The level ladder: the same answers and reading, judged for every level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scoring.answers import Answers, Grade
from scoring.judging import Circumstances, Judgement, judge
from scoring.targets import Target, aim
from scoring.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Rung:
    """What the answers come to at one level."""

    level: int
    verdict: Verdict
    applicable: int
    answered: int
    major: int
    minor: int

    @property
    def unanswered(self) -> int:
        """How many items have no conclusion."""
        return self.applicable - self.answered


def climb(target: Target, answers: Answers, around: Circumstances, judged: Judgement) -> tuple[Rung, ...]:
    """Judge every level, the lowest first; each level counts as stated on its own rung."""
    fields = tuple(each for each in around.empty_fields if each != "level")
    stated = replace(around, empty_fields=fields)
    return tuple(
        rung(
            level, judged if level == target.level and stated == around else judge_level(target, level, answers, stated)
        )
        for level in reversed(target.questionnaire.ladder.ids)
    )


def judge_level(target: Target, level: int, answers: Answers, around: Circumstances) -> Judgement:
    """Judge another level of the same questionnaire, by the same reading."""
    return judge(aim(target.questionnaire, level, target.reading), answers, around)


def rung(level: int, judged: Judgement) -> Rung:
    """Sum up a level."""
    counts = (judged.count(Grade.MAJOR), judged.count(Grade.MINOR))
    return Rung(level, judged.verdict, len(judged.standings), judged.answered, *counts)


def highest_ready(rungs: Iterable[Rung]) -> int | None:
    """Return the highest level whose verdict is ready; level 1 is the highest."""
    return min((each.level for each in rungs if each.verdict is Verdict.READY), default=None)
