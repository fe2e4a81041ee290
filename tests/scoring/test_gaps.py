"""Kinds, grades, areas and proposals, on both sides of every edge."""

from typing import Any

import pytest

from scoring.answers import Answer, Declaration, Grade, Ground, PersonGrade
from scoring.assessment import FindingKind, FollowUp, Organization, Size, Word
from scoring.gaps import Gap
from scoring.results import Result
from surveys.items import Evidence
from surveys.questionnaire import Questionnaire, Section
from surveys.scales import ScaleKind
from surveys.text import Text
from tests.support.assessments import answered, result, scale
from tests.support.questionnaires import item, said, survey

TWO = (Evidence("a", said()), Evidence("b", said("另一份")))


def area(count: int, **parts: Any) -> Questionnaire:
    """Items in one area; the last of them is meant to be met."""
    return survey(*(item(f"q-{number}", evidence=TWO, **parts) for number in range(1, count + 1)))


def gap_of(answer: Answer, **parts: Any) -> Gap | None:
    """The gap of an item beside another that is met, so that no area fails as a whole."""
    questionnaire = survey(item("q-1", evidence=TWO, **parts), item("q-2", evidence=()))
    found = result(questionnaire, {"q-1": answer, "q-2": Answer("conform")})
    return next((gap for gap in found.gaps if gap.item == "q-1"), None)


@pytest.mark.parametrize(
    ("conclusion", "written", "kind"),
    [
        (None, "++", "unanswered"),
        (None, "", "unanswered"),
        ("nonconform", "++", "not-met"),
        ("conform", "+.", "open"),
        ("conform", "..", "open"),
        ("conform", "+/", "unsupported"),
        ("conform", "-.", "unsupported"),
        ("conform", "/.", "unsupported"),
        ("conform", "++", None),
    ],
)
def test_a_gap_is_of_one_kind(conclusion: str | None, written: str, kind: str | None):
    gap = gap_of(answered(conclusion, written))

    assert (str(gap.kind) if gap else None) == kind


def test_a_claim_between_is_partly_met():
    questionnaire = survey(item("q-1", evidence=()), item("q-2", evidence=()), scale=scale(ScaleKind.MATURITY, 4))

    kinds = {step: result(questionnaire, {"q-1": Answer(step), "q-2": Answer("4")}).gaps for step in "01345"}
    assert [str(gaps[0].kind) if gaps else None for gaps in kinds.values()] == [
        "not-met", "partly-met", "partly-met", None, None]  # fmt: skip


@pytest.mark.parametrize(
    ("conclusion", "written", "key", "grade", "rule"),
    [
        ("nonconform", "++", True, "major", "M1"),
        ("conform", "--", True, "major", "M1"),
        ("conform", "-.", True, "minor", "minor"),  # not all of them are marked missing
        ("conform", "-/", True, "minor", "minor"),
        ("nonconform", "--", False, "minor", "minor"),
        ("conform", "--", False, "minor", "minor"),
        ("conform", "..", True, None, None),  # an open question, no finding
        (None, "--", True, None, None),
    ],
)
def test_a_key_item_that_fails_is_major(
    conclusion: str | None, written: str, key: bool, grade: str | None, rule: str | None
):
    gap = gap_of(answered(conclusion, written), key=key)

    assert gap
    assert (gap.grade, gap.rule) == (grade, rule)


def test_a_key_item_without_lines_that_is_claimed_does_not_fail():
    questionnaire = survey(item("q-1", evidence=(), key=True), item("q-2", evidence=()))

    assert result(questionnaire, {"q-1": Answer("conform"), "q-2": Answer("conform")}).gaps == ()


@pytest.mark.parametrize(
    ("failing", "asked", "systemic"),
    [(1, 1, False), (1, 2, False), (2, 2, True), (2, 3, False), (3, 3, True)],
)
def test_an_area_fails_when_every_item_of_it_does_and_there_are_two(failing: int, asked: int, systemic: bool):
    answers = {f"q-{n}": answered("nonconform" if n <= failing else "conform", "++") for n in range(1, asked + 1)}
    found = [gap for gap in result(area(asked), answers).gaps if gap.kind == "systemic"]

    assert bool(found) is systemic
    if systemic:
        assert (found[0].rule, found[0].grade, found[0].item) == ("M2", "major", None)
        assert found[0].items == tuple(answers)


def test_an_excluded_item_is_not_needed_for_an_area_to_fail():
    answers = {"q-1": answered("nonconform"), "q-2": answered("nonconform"),
               "q-3": Answer("not-applicable", reason="没有外包")}  # fmt: skip

    assert [gap.rule for gap in result(area(3, may_exclude=True), answers).gaps] == ["minor", "minor", "M2"]


def with_minors(minors: int, size: Size = Size.SMALL, **parts: Any) -> Result:
    """An area of eight items of which so many have a minor gap."""
    answers = {f"q-{n}": answered("conform", "+-" if n <= minors else "++") for n in range(1, 9)}
    named = Organization(Text("示例公司", "Example Co."), size)
    return result(area(8), answers, organization=named, **parts)


@pytest.mark.parametrize(
    ("size", "minors", "proposed"),
    [
        (Size.SMALL, 2, False), (Size.SMALL, 3, True), (Size.SMALL, 4, True),
        (Size.MEDIUM, 3, False), (Size.MEDIUM, 4, True), (Size.MEDIUM, 5, True),
        (Size.LARGE, 4, False), (Size.LARGE, 5, True), (Size.LARGE, 6, True),
    ],
)  # fmt: skip
def test_an_area_is_proposed_from_so_many_minors_on(size: Size, minors: int, proposed: bool):
    found = with_minors(minors, size)

    assert [each.state for each in found.proposals] == (["open"] if proposed else [])
    assert found.verdict == "ready-after-improvement"  # a proposal changes nothing
    assert found.at_worst == ("not-ready" if proposed else "ready-after-improvement")


def test_a_confirmed_proposal_is_a_systemic_major_and_stays_visible():
    found = with_minors(3, proposals={"s": Word(confirm=True)})

    assert [each.state for each in found.proposals] == ["confirmed"]
    assert (found.gaps[-1].rule, found.gaps[-1].grade, found.gaps[-1].items) == ("M3", "major", ("q-1", "q-2", "q-3"))
    assert (found.verdict, [each.rule for each in found.reasons]) == ("not-ready", ["M3"])


def test_a_dismissed_proposal_changes_nothing_and_stays_visible():
    found = with_minors(3, proposals={"s": Word(confirm=False, reason="三处互不相干")})

    assert [(each.state, each.reason) for each in found.proposals] == [("dismissed", "三处互不相干")]
    assert found.verdict == found.at_worst == "ready-after-improvement"


def test_nothing_is_proposed_where_the_area_failed_as_a_whole():
    found = result(area(3), {f"q-{n}": answered("nonconform") for n in (1, 2, 3)})

    assert found.proposals == ()
    assert found.verdict == "not-ready"


def test_areas_are_not_sections():
    questionnaire = survey(
        *(item(f"q-{n}", evidence=TWO, area="x" if n < 3 else None) for n in range(1, 5)),
        sections=(Section("s", said(), ("q-1", "q-3")), Section("t", said(), ("q-2", "q-4"))),
    )
    found = result(questionnaire, {f"q-{n}": answered("nonconform" if n < 3 else "conform", "++") for n in range(1, 5)})

    assert [(gap.area, gap.items) for gap in found.gaps if gap.rule == "M2"] == [("x", ("q-1", "q-2"))]


LAW = Declaration(Ground.LAW, "未办理许可")


@pytest.mark.parametrize(
    ("parts", "kind", "grade", "rule"),
    [
        ({"declared": LAW}, "declared", "major", "M4"),
        ({"grade": PersonGrade(Grade.MAJOR, "影响大")}, "declared", "major", "M4"),
        ({"grade": PersonGrade(Grade.MINOR, "影响小")}, "declared", "minor", "M4"),
    ],
)
def test_a_persons_word_makes_a_gap_of_a_supported_item(parts: dict[str, Any], kind: str, grade: str, rule: str):
    gap = gap_of(answered("conform", "++", **parts))

    assert gap
    assert (gap.kind, gap.grade, gap.rule) == (kind, grade, rule)
    assert "影响" in gap.why.zh or "未办理许可" in gap.why.zh


def test_a_persons_grade_goes_over_the_rules_in_both_directions():
    lowered = gap_of(answered("nonconform", "--", grade=PersonGrade(Grade.MINOR, "已有替代做法")), key=True)
    raised = gap_of(answered("conform", "+-", grade=PersonGrade(Grade.MAJOR, "反复出现")))

    assert lowered
    assert (lowered.kind, lowered.grade) == ("not-met", "minor")
    assert raised
    assert (raised.kind, raised.grade) == ("unsupported", "major")


def test_a_declaration_without_an_item_stands_after_the_items():
    found = result(area(2), {"q-1": answered("conform", "+-"), "q-2": answered("conform", "++")},
                   declared=(Declaration(Ground.COMPLAINT, "投诉半年未答复", "s"),))  # fmt: skip

    assert [(gap.item, gap.section, gap.rule) for gap in found.gaps] == [("q-1", "s", "minor"), (None, "s", "M4")]
    assert found.verdict == "not-ready"


@pytest.mark.parametrize(
    ("kind", "grade", "closed", "expected", "verdict"),
    [
        (FindingKind.NONCONFORMITY, Grade.MAJOR, False, [("major", "M5")], "not-ready"),
        (FindingKind.NONCONFORMITY, Grade.MAJOR, True, [], "ready"),
        (FindingKind.NONCONFORMITY, Grade.MINOR, False, [("minor", "minor")], "ready-after-improvement"),
        (FindingKind.NONCONFORMITY, Grade.MINOR, True, [], "ready"),
        (FindingKind.OBSERVATION, None, False, [], "ready"),  # shown, and blocks nothing
    ],
)
def test_a_finding_of_the_last_period_that_is_not_closed(
    kind: FindingKind, grade: Grade | None, closed: bool, expected: list[tuple[str, str]], verdict: str
):
    found = result(
        area(2),
        {"q-1": answered("conform", "++"), "q-2": answered("conform", "++")},
        follow_ups=(FollowUp(kind, "备份没有演练", grade, closed=closed, evidence="记录"),),
    )

    assert [(gap.grade, gap.rule) for gap in found.gaps] == expected
    assert found.verdict == verdict
    assert found.follow_ups.open == (0 if closed else 1)


def test_only_minors_count_towards_a_proposal():
    questionnaire = survey(*(item(f"q-{n}", evidence=TWO, key=n == 1) for n in range(1, 6)))
    answers = {f"q-{n}": answered("conform" if n > 3 else "nonconform", "++") for n in range(1, 6)}
    found = result(questionnaire, answers)

    assert [gap.grade for gap in found.gaps] == ["major", "minor", "minor"]
    assert found.proposals == ()
