"""Reports for tests: every shipped questionnaire, empty and filled in, and what nobody should ever type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from files.assessments import load_assessment, parse_assessment
from files.assessments_template import template
from files.assessments_writing import data_of
from files.library import shipped
from reports.cleaning import clean
from reports.options import Edition, Options
from reports.plain import report_data
from reports.readiness import Readiness
from reports.sealing import seal
from reports.summary import summarise
from scoring.answers import Answer, LineAnswer, Mark
from scoring.assessment import (
    Action,
    Assessment,
    Assessors,
    Document,
    FindingKind,
    FollowUp,
    Organization,
    Review,
    ReviewedItem,
)
from scoring.results import Result, assess
from settings import ROOT
from surveys.text import Text
from tests.support.assessments import assessment, met, worked_example

ON = date(2026, 11, 21)
FORM = "om-services@trial-1"
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.yaml"))
CHOICES = {
    "format", "questionnaire", "reading", "audit", "rules", "size", "conclusion", "state", "ground", "kind", "grade",
    "result", "as", "item", "section",
}  # fmt: skip
HOSTILE = "<b>粗</b> &amp; {{ 7*7 }} {% raw %} ]]> \x00\x1b\u202e右到左 \U0001f9ea =1+1 " + "w" * 500


def scored(it: Assessment) -> Result:
    questionnaire = shipped().questionnaire(it.questionnaire)
    return assess(questionnaire, it, shipped().rule_set(it.rules or questionnaire.rules))


@cache
def opened(path: Path) -> Result:
    found = load_assessment(path)
    return assess(found.questionnaire, found.assessment, found.rules)


@cache
def empty(name: str) -> Result:
    found = parse_assessment(template(shipped().questionnaire(name)).encode(), "template.yaml")
    return assess(found.questionnaire, found.assessment, found.rules)


def worked() -> Result:
    return scored(worked_example())


def flawless() -> Result:
    """No gap at all."""
    form = shipped().questionnaire(FORM)
    return scored(assessment(form, met(form, 2), rules="initial-audit"))


def with_one_gap() -> Result:
    form = shipped().questionnaire(FORM)
    answers = met(form, 2)
    answers["om-03"] = replace(answers["om-03"], conclusion="nonconform")
    return scored(assessment(form, answers, rules="initial-audit"))


def with_every_gap() -> Result:
    """Level 1, and nothing done: 71 gaps."""
    form = shipped().questionnaire(FORM)
    answers = {item.id: Answer("nonconform", {line.id: LineAnswer(Mark.MISSING) for line in item.evidence})
               for item in form.items}  # fmt: skip
    return scored(assessment(form, answers, rules="initial-audit", level=1))


def hostile() -> Result:
    """Everything that can be typed, typed by somebody who wishes us ill."""
    form = shipped().questionnaire(FORM)
    answers = met(form, 2)
    lines = {"a": LineAnswer(Mark.PARTIAL, ("D1",), pointer=f"指{HOSTILE}")}
    answers["om-03"] = Answer("nonconform", lines, note=f"注{HOSTILE}", improvement=f"改{HOSTILE}",
                              observation=f"察{HOSTILE}")  # fmt: skip
    # a row outside the level keeps what was answered
    answers["om-08"] = Answer("conform", note=f"外{HOSTILE}")
    document = Document(
        f"题{HOSTILE}",
        f"号{HOSTILE}",
        f"版{HOSTILE}",
        f"主{HOSTILE}",
        approved_by=f"批{HOSTILE}",
        location=f"处{HOSTILE}",
    )
    finding = FollowUp(FindingKind.NONCONFORMITY, f"题{HOSTILE}", clause=f"款{HOSTILE}", action=f"做{HOSTILE}",
                       evidence=f"证{HOSTILE}", verified_by=f"验{HOSTILE}")  # fmt: skip
    action = Action(
        "om-03", f"纠{HOSTILE}", f"似{HOSTILE}",
        cause=f"因{HOSTILE}", action=f"措{HOSTILE}", verification=f"效{HOSTILE}",
        verified_by=f"证人{HOSTILE}", owner=f"责{HOSTILE}",
    )  # fmt: skip
    return scored(
        assessment(
            form,
            answers,
            rules="initial-audit",
            organization=Organization(Text(f"公司{HOSTILE}", f"Company {HOSTILE}")),
            assessed_by=Assessors(f"部门{HOSTILE}", (f"人{HOSTILE}",)),
            documents={"D1": document},
            follow_ups=(finding,),
            actions=(action,),
            review=Review({"om-03": ReviewedItem(f"判{HOSTILE}", f"级{HOSTILE}", f"评{HOSTILE}")}, f"决{HOSTILE}"),
        )
    )


CASES: Mapping[str, Callable[[], Result]] = {
    **{path.stem: partial(opened, path) for path in EXAMPLES},
    **{f"empty {name}": partial(empty, name) for name in shipped().names()},
    "worked example": cache(worked),
    "no gap": cache(flawless),
    "one gap": cache(with_one_gap),
    "71 gaps": cache(with_every_gap),
    "hostile": cache(hostile),
}
# Where a test looks at the shape of a report rather than at its words
FEW = ("isms-2022-gap-analysis", "empty om-services@trial-1", "worked example", "71 gaps", "hostile")


@cache
def told(name: str, edition: Edition = Edition.FULL) -> Readiness:
    """The model of a case."""
    return readiness(CASES[name](), edition)


def readiness(it: Result, edition: Edition = Edition.FULL) -> Readiness:
    data = report_data(it, data_of(it.assessment), edition)
    return summarise(it, Options(edition=edition, on=ON, seal=seal(data, ON)))


def typed(it: Result) -> Iterator[str]:
    """Walk through every text that a person typed: no choices, no days, no keys of documents."""
    data = data_of(it.assessment)
    keys = {*it.assessment.documents, "have", "partial", "missing", "none", "not-listed"}
    for text in _texts({key: value for key, value in data.items() if key not in {"proposals", "declared"}}):
        if text not in keys and not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            yield text


def _texts(it: Any) -> Iterator[str]:
    if isinstance(it, dict):
        for key, value in it.items():
            if key not in CHOICES or (key == "grade" and "w" * 500 in value):
                yield from _texts(value)
    elif isinstance(it, list):
        for value in it:
            yield from _texts(value)
    elif isinstance(it, str):
        yield it


def bare(text: str) -> str:
    """Leave out what setting a text may add or take."""
    return re.sub(r"[\s\u00a0]+", "", clean(text))
