"""What is named exists, once, and nothing depends on itself."""

from dataclasses import replace
from typing import Any

import pytest

from surveys.checks import check
from surveys.items import Evidence, LineRef, Reference, Trait
from surveys.levels import Ladder, Level, Reading
from surveys.problems import Path
from surveys.questionnaire import Questionnaire, Section, Status
from surveys.scales import Scale, ScaleKind
from tests.support.questionnaires import item, said, survey


def found(questionnaire: Questionnaire) -> list[tuple[str, Path]]:
    return [(problem.code, problem.path) for problem in check(questionnaire)]


def lines(**parts: Any) -> tuple[Evidence, ...]:
    return (Evidence("a", said("记录"), **parts),)


def test_a_questionnaire_in_order_has_no_problem():
    assert found(survey(item("q-1"), item("q-2", after=("q-1",)))) == []


TWO = (item("q-1"), item("q-2"))


@pytest.mark.parametrize(
    ("questionnaire", "problem"),
    [
        (survey(item("q-1"), item("q-1", number="2")), ("duplicate-id", ("items", 1, "id"))),
        (survey(item("q-1"), item("q-2", number="q-1")), ("duplicate-number", ("items", 1, "number"))),
        (survey(item("q-1", evidence=lines() + lines())), ("duplicate-id", ("items", 0, "evidence", 1, "id"))),
        (
            survey(*TWO, sections=(Section("s", said(), ("q-1",)),)),
            ("item-in-no-section", ("items", 1, "id")),
        ),
        (
            survey(*TWO, sections=(Section("s", said(), ("q-1", "q-2", "q-1")),)),
            ("item-listed-twice", ("sections", 0, "items", 2)),
        ),
        (
            survey(*TWO, sections=(Section("s", said(), ("q-1", "q-2", "q-3")),)),
            ("no-such-item", ("sections", 0, "items", 2)),
        ),
        (survey(item(owners=("nobody",))), ("not-declared", ("items", 0, "owners", 0))),
        (survey(item(area="nowhere")), ("not-declared", ("items", 0, "area"))),
        (survey(item(references=(Reference("iso", "5"),))), ("not-declared", ("items", 0, "references", "iso"))),
        (survey(item(attributes=(Trait("kind", ("x",)),))), ("not-declared", ("items", 0, "attributes", "kind"))),
        (survey(item(after=("q-9",))), ("no-such-item", ("items", 0, "after", 0))),
        (survey(item(after=("q-1",))), ("refers-to-itself", ("items", 0, "after", 0))),
        (survey(item(shares="q-9", evidence=())), ("no-such-item", ("items", 0, "shares"))),
        (survey(item(shares="q-1", evidence=())), ("refers-to-itself", ("items", 0, "shares"))),
        (
            survey(item("q-1"), item("q-2", shares="q-1")),
            ("shares-and-has-lines", ("items", 1, "shares")),
        ),
        (
            survey(item("q-1"), item("q-2", shares="q-1", evidence=()), item("q-3", shares="q-2", evidence=())),
            ("chain", ("items", 2, "shares")),
        ),
        (survey(item(evidence=lines(added=True))), ("added-not-optional", ("items", 0, "evidence", 0, "added"))),
        (
            survey(item(evidence=lines(optional=True, when=said()))),
            ("optional-and-conditional", ("items", 0, "evidence", 0, "when")),
        ),
        (
            survey(item(evidence=lines(same_as=LineRef("q-9", "a")))),
            ("no-such-line", ("items", 0, "evidence", 0, "same_as")),
        ),
        (
            survey(item(evidence=lines(same_as=LineRef("q-1", "a")))),
            ("refers-to-itself", ("items", 0, "evidence", 0, "same_as")),
        ),
        (
            survey(item(evidence=(*lines(), Evidence("b", said("记录"))))),
            ("same-line-twice", ("items", 0, "evidence", 1)),
        ),
        (survey(item(label="level2-only")), ("no-such-level", ("items", 0, "label"))),
        (survey(item(target=3)), ("scale-target", ("items", 0, "target"))),
        (survey(scale=Scale(ScaleKind.MATURITY, ())), ("scale-steps", ("scale", "steps"))),
        (survey(ladder=Ladder((Level(1, said()),), (), 1)), ("levels-incomplete", ("default_level",))),
        (
            survey(ladder=Ladder((Level(2, said()), Level(1, said("乙"))), (Reading.CUMULATIVE,), 1)),
            ("levels-not-sorted", ("levels",)),
        ),
        (survey(status=Status.RETIRED), ("retired-without-reason", ("status",))),
        (survey(retired_because=said()), ("reason-without-retirement", ("retired_because",))),
    ],
)
def test_a_fault_is_found_at_its_place(questionnaire: Questionnaire, problem: tuple[str, Path]):
    assert problem in found(questionnaire)


def test_a_line_may_be_tied_to_one_that_is_not_tied_itself():
    first, second = item("q-1"), item("q-2", evidence=lines(same_as=LineRef("q-1", "a")))
    third = item("q-3", evidence=lines(same_as=LineRef("q-2", "a")))

    assert found(survey(first, second)) == []
    assert found(survey(first, second, third)) == [("chain", ("items", 2, "evidence", 0, "same_as"))]


def test_a_circle_of_dependence_is_told_once_with_its_way():
    round_trip = survey(item("q-1", after=("q-3",)), item("q-2", after=("q-1",)), item("q-3", after=("q-2",)))

    [problem] = check(round_trip)
    assert problem.code == "circle"
    assert problem.words["path"] == "q-1 → q-3 → q-2 → q-1"


def test_a_name_that_is_nearly_right_brings_a_suggestion():
    nearly = survey(item("backup"), item("q-2", after=("bakcup",)))

    [problem] = check(nearly)
    assert problem.words["hint_en"] == "Did you mean `backup`?"


def test_checks_find_every_problem_at_once():
    bad = replace(survey(item(area="x", owners=("y",), after=("z",))), status=Status.RETIRED)

    assert len(found(bad)) == 4
