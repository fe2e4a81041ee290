"""Assessments for tests: miniature ones, and the worked example of the report's design."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from files.library import shipped
from scoring.answers import Answer, Grade, LineAnswer, Mark, PersonGrade
from scoring.assessment import (
    Assessment,
    Assessors,
    Document,
    FindingKind,
    FollowUp,
    Organization,
    Size,
    Verification,
)
from scoring.results import Result, assess
from scoring.targets import FULL, aim
from surveys.levels import Reading
from surveys.questionnaire import Questionnaire
from surveys.scales import VALUES, Scale, ScaleKind, Step
from surveys.text import Text
from tests.support.questionnaires import said

MARKS = {"+": Mark.HAVE, "/": Mark.PARTIAL, "-": Mark.MISSING}
HEADER: dict[str, Any] = {
    "organization": Organization(Text("示例公司", "Example Co.")),
    "assessed_on": date(2026, 11, 21),
    "assessed_by": Assessors("质量部"),
    "follow_ups": (),
}


def scale(kind: ScaleKind, target: int | None = None) -> Scale:
    """A scale of a kind."""
    return Scale(kind, tuple(Step(value, said()) for value in VALUES[kind]), target)


def marks(written: str) -> dict[str, LineAnswer]:
    """Write marks for lines a, b, c …: + have, / partial, - missing, anything else not marked."""
    return {chr(97 + index): LineAnswer(MARKS[each]) for index, each in enumerate(written) if each in MARKS}


def answered(conclusion: str | None = "conform", written: str = "", /, **parts: Any) -> Answer:
    """An answer with its marks."""
    return Answer(conclusion, marks(written), **parts)


def assessment(questionnaire: Questionnaire, answers: Mapping[str, Answer], /, **parts: Any) -> Assessment:
    """An assessment with a complete header and no findings of the last period."""
    level = questionnaire.ladder.default
    return Assessment(**({"questionnaire": questionnaire.name, "answers": answers, "level": level} | HEADER | parts))


def result(questionnaire: Questionnaire, answers: Mapping[str, Answer], /, **parts: Any) -> Result:
    """The result of such an assessment under the rules of an initial audit."""
    return assess(questionnaire, assessment(questionnaire, answers, **parts), shipped().rule_set("initial-audit"))


def met(questionnaire: Questionnaire, level: int | None = None, reading: Reading | None = None) -> dict[str, Answer]:
    """Every item of a target met, every countable line had."""
    return {
        asked.id: Answer(
            next(said for said, worth in asked.claims.items() if worth == FULL),
            {line.id: LineAnswer(Mark.HAVE) for line in questionnaire.item(asked.id).countable},
        )
        for asked in aim(questionnaire, level, reading).items
    }


def lines(written: str) -> Iterable[tuple[str, str]]:
    """Read lines written as `7c 13ghi`."""
    for word in written.split():
        number = word.rstrip("abcdefghijklmnopqrstuvwxyz")
        yield from ((f"om-{int(number):02}", letter) for letter in word[len(number) :])


MISSING = "7c 13ghi 20bc 37bc 48b 51a 52cdefg 53g 59be 64befh 67abc"
PARTIAL = "13j 52h 64g"
WITH_DOCUMENT = (
    "1ab 5abc 12abcdef 19abcd 29a 13abcdefj 43a 27abcde 28abcde 38ab 20a 37a 30ab 31c 34abcde 35ab 36ab 36c 53b 53c "
    "52abh 53a 59ac 59d 60abcd 64acdg"
)
NOT_MET = ("om-06", "om-07", "om-48", "om-51", "om-59", "om-67")


def worked_example() -> Assessment:
    """The hand-checked case of the report's design: level 2, 50 items, 210 lines."""
    form = shipped().questionnaire("om-services@trial-1")
    answers = met(form, 2)
    for item in NOT_MET:
        answers[item] = replace(answers[item], conclusion="nonconform")
    for mark, written in ((Mark.MISSING, MISSING), (Mark.PARTIAL, PARTIAL)):
        for item, line in lines(written):
            answers[item] = with_line(answers[item], line, LineAnswer(mark))
    for item, line in lines(WITH_DOCUMENT):
        held = answers[item].evidence[line]
        answers[item] = with_line(answers[item], line, replace(held, documents=("D1",)))
    answers["om-53"] = with_line(answers["om-53"], "c", LineAnswer(Mark.HAVE, ("D2",)))
    answers["om-07"] = with_line(answers["om-07"], "d", LineAnswer(applies=False))
    answers["om-59"] = replace(answers["om-59"], grade=PersonGrade(Grade.MAJOR, "内部审核没有覆盖交付部门"))
    return assessment(
        form,
        answers,
        organization=Organization(Text("示例公司", "Example Co."), Size.MEDIUM),
        reading=Reading.CUMULATIVE,
        documents={"D1": Document("服务目录"), "D2": Document("应急预案", valid_until=date(2026, 9, 30))},
        follow_ups=(
            FollowUp(FindingKind.OBSERVATION, "值班记录的格式不统一"),
            FollowUp(
                FindingKind.NONCONFORMITY, "备份没有恢复演练", Grade.MINOR, closed=True, evidence="演练记录",
                result=Verification.EFFECTIVE,
            ),
        ),
    )  # fmt: skip


def with_line(answer: Answer, line: str, held: LineAnswer) -> Answer:
    """An answer with one line stated differently."""
    return replace(answer, evidence={**answer.evidence, line: held})
