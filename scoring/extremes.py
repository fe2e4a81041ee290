"""The best and the worst that open questions can still lead to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scoring.answers import UNANSWERED, UNMARKED, Answer, Answers, Mark
from scoring.judging import Circumstances, Judgement, judge, worst_of
from scoring.standing import Standing
from scoring.targets import FULL, Asked, Target
from scoring.verdicts import Verdict


def at_best(target: Target, answers: Answers, around: Circumstances, judged: Judgement) -> Verdict:
    """Return the verdict with open items and lines taken as met."""
    taken = take_open_as(judged.standings, answers, FULL, Mark.HAVE)
    return judge(target, taken, around.taken_as_stated()).verdict


def at_worst(target: Target, answers: Answers, around: Circumstances, judged: Judgement) -> Verdict:
    """Return the verdict with open items not met, open lines missing, open proposals confirmed."""
    taken = take_open_as(judged.standings, answers, 0, Mark.MISSING)
    return worst_of(judge(target, taken, around.taken_as_stated()))


def take_open_as(standings: Iterable[Standing], answers: Answers, claim: int, mark: Mark) -> Answers:
    """Conclude every unanswered item with a claim, and mark every open line."""
    taken = dict(answers)
    for each in standings:
        if not each.is_answered:
            taken[each.asked.id] = conclude(taken.get(each.asked.id, UNANSWERED), each.asked, claim)
        if each.unmarked:
            taken[each.asked.cell] = put_marks(taken.get(each.asked.cell, UNANSWERED), each.unmarked, mark)
    return taken


def conclude(answer: Answer, asked: Asked, claim: int) -> Answer:
    """Conclude an item with a claim."""
    return replace(answer, conclusion=conclusion_of(asked, claim), reason=None)


def conclusion_of(asked: Asked, claim: int) -> str:
    """Return the first conclusion of an item that is worth a claim."""
    return next(conclusion for conclusion, worth in asked.claims.items() if worth == claim)


def put_marks(answer: Answer, lines: Iterable[str], mark: Mark) -> Answer:
    """Mark lines of an answer; a line newly marked cites no expired document."""
    marked = {line: replace(answer.evidence.get(line, UNMARKED), state=mark, expired=False) for line in lines}
    return replace(answer, evidence={**answer.evidence, **marked})
