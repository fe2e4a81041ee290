"""Verdict, best and worst, ladder, contradictions, expiry, what falls outside: cases on both sides of each edge."""

import re
from datetime import date
from typing import Any

import pytest

from files.library import shipped
from scoring.answers import Answer, Declaration, Ground, LineAnswer, Mark
from scoring.assessment import Assessors, Document, Organization, Word
from scoring.explaining import explain
from scoring.plain import plain, without_advice
from scoring.results import WrongQuestionnaire, assess
from surveys.items import Evidence
from surveys.levels import Reading
from surveys.text import Language, Text
from tests.support.assessments import answered, assessment, marks, met, result
from tests.support.questionnaires import LADDER, item, said, survey

TWO = (Evidence("a", said()), Evidence("b", said("另一份")))
PAIR = survey(item("q-1", evidence=TWO), item("q-2", evidence=TWO))
GOOD = {"q-1": answered("conform", "++"), "q-2": answered("conform", "++")}


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ({"answers": {"q-1": answered("conform", "++")}}, "unanswered"),
        ({"answers": GOOD | {"q-2": answered("conform", "+.")}}, "open"),
        ({"follow_ups": None}, "follow-ups"),
        ({"organization": Organization(Text("示例公司", ""))}, "header"),
        ({"organization": Organization(Text("", "Example Co."))}, "header"),
        ({"assessed_on": None}, "header"),
        ({"assessed_by": Assessors()}, "header"),
        ({"assessed_by": Assessors("", ("",))}, "header"),
    ],
)
def test_an_assessment_is_incomplete_while_something_is_open(parts: dict[str, Any], rule: str):
    answers = parts.pop("answers", GOOD)
    found = result(PAIR, answers, **parts)

    assert (found.verdict, [each.rule for each in found.reasons]) == ("incomplete", [rule])
    assert found.at_best == "ready"


@pytest.mark.parametrize("assessors", [Assessors("质量部"), Assessors("", ("张三",))])
def test_a_department_or_people_are_enough(assessors: Assessors):
    assert result(PAIR, GOOD, assessed_by=assessors).verdict == "ready"


def test_the_level_is_a_header_field_where_there_are_levels():
    questionnaire = survey(item("q-1", evidence=()), ladder=LADDER)
    unstated = result(questionnaire, {"q-1": Answer("conform")}, level=None)

    assert unstated.reasons[0].fields == ("level",)
    assert [each.verdict for each in unstated.levels] == ["ready"] * 3  # on its rung a level is stated
    assert result(questionnaire, {"q-1": Answer("conform")}, level=2).verdict == "ready"


def test_an_open_line_of_a_refused_item_keeps_nothing_open():
    found = result(PAIR, GOOD | {"q-2": answered("nonconform", "+.")})

    assert found.verdict == found.at_best == found.at_worst == "ready-after-improvement"
    assert found.evidence.missing == 1
    assert found.evidence.unmarked == 0


@pytest.mark.parametrize(
    ("answers", "best", "worst"),
    [
        (GOOD | {"q-2": answered("conform", "+.")}, "ready", "ready-after-improvement"),
        (GOOD | {"q-2": Answer()}, "ready", "ready-after-improvement"),
        (GOOD | {"q-2": answered(None, "+-")}, "ready-after-improvement", "ready-after-improvement"),
        (GOOD | {"q-2": answered(None, "++")}, "ready", "ready-after-improvement"),  # shown, but not concluded
        ({}, "ready", "not-ready"),  # nothing met in the whole area
        ({"q-1": answered("nonconform")}, "ready-after-improvement", "not-ready"),
    ],
)
def test_the_best_and_the_worst_that_open_questions_lead_to(answers: dict[str, Answer], best: str, worst: str):
    found = result(PAIR, answers)

    assert (found.verdict, found.at_best, found.at_worst) == ("incomplete", best, worst)


def test_at_best_and_at_worst_take_the_header_as_filled_and_unstated_follow_ups_as_none():
    found = result(PAIR, GOOD, follow_ups=None, assessed_on=None, assessed_by=Assessors())

    assert (found.verdict, found.at_best, found.at_worst) == ("incomplete", "ready", "ready")


def test_level_1_is_above_level_2_above_level_3():
    form = shipped().questionnaire("om-services@trial-1")
    answers = met(form, 2)
    found = result(form, answers, level=2)

    assert [(each.level, str(each.verdict)) for each in found.levels] == [
        (3, "ready"), (2, "ready"), (1, "incomplete")]  # fmt: skip
    assert found.highest_ready == 2
    assert result(form, met(form, 1), level=3).highest_ready == 1


@pytest.mark.parametrize(
    ("level", "reading", "count"),
    [(3, "cumulative", 28), (2, "cumulative", 50), (1, "cumulative", 71),
     (3, "exclusive", 28), (2, "exclusive", 50), (1, "exclusive", 49)],
)  # fmt: skip
def test_what_falls_outside_is_listed_and_counts_nowhere(level: int, reading: str, count: int):
    form = shipped().questionnaire("om-services@trial-1")
    answers = {each.id: Answer("nonconform") for each in form.items} | met(form, level, Reading(reading))
    found = result(form, answers, level=level, reading=Reading(reading))

    assert found.total.applicable == count
    assert len(found.outside) == 71 - count
    assert plain(found)["supported"] == "100.0"
    assert found.verdict == "ready"


def test_a_section_without_applicable_items_has_no_figure():
    questionnaire = survey(item("q-1", label="level1-only", evidence=()), ladder=LADDER)
    (section,) = plain(result(questionnaire, {}, level=3))["sections"]

    assert (section["claimed"], section["supported"], section["coverage"], section["applicable"]) == (
        None, None, None, 0)  # fmt: skip


def test_shared_lines_are_counted_once_and_make_both_items_gaps():
    questionnaire = survey(item("q-1", evidence=TWO), item("q-2", evidence=(), shares="q-1"))
    found = result(questionnaire, {"q-1": answered("conform", "+-"), "q-2": Answer("conform")})
    shown = plain(found)

    assert shown["evidence"]["required"] == 2
    assert (shown["supported"], shown["coverage"]) == ("50.0", "50.0")
    assert [(gap["item"], gap.get("of"), gap["missing"]) for gap in shown["gaps"]] == [
        ("q-1", None, ["b"]), ("q-2", "q-1", ["b"])]  # fmt: skip
    assert shown["next"] == [
        {"items": ["q-1", "q-2"], "lines": [{"item": "q-1", "line": "b"}], "conclude": [], "supported_after": "100.0"}
    ]


@pytest.mark.parametrize(("on", "expired"), [("2026-09-29", 0), ("2026-09-30", 0), ("2026-10-01", 1)])
def test_a_document_counts_as_partial_from_the_day_after_its_last(on: str, expired: int):
    held = {"a": LineAnswer(Mark.HAVE, ("D1",)), "b": LineAnswer(Mark.HAVE)}
    documents = {"D1": Document("预案", valid_until=date(2026, 9, 30))}
    found = result(PAIR, GOOD | {"q-1": Answer("conform", held)}, documents=documents,
                   assessed_on=date.fromisoformat(on))  # fmt: skip

    assert found.evidence.expired == found.evidence.partial == expired
    assert found.verdict == ("ready-after-improvement" if expired else "ready")
    assert ("过期" in found.gaps[0].why.zh) if expired else not found.gaps


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (answered("conform", "++"), answered("conform", "+-"), [("q-2", "claim-without-evidence")]),
        (answered("conform", "++"), answered("conform", "+/"), [("q-2", "claim-without-evidence")]),
        (answered("conform", "++"), answered("conform", "+."), []),
        (answered("conform", "++"), answered("nonconform", "++"), [("q-2", "evidence-without-claim")]),
        (answered("conform", "++"), answered("nonconform", "+/"), []),
        (answered("conform", "++"), answered(None, "++"), []),
        (answered("nonconform", "--"), answered("conform", "++"), [("q-2", "order")]),
        (Answer(), answered("conform", "++"), [("q-2", "order")]),
        (Answer("not-applicable", reason="没有"), answered("conform", "++"), []),
        (answered("nonconform", "--"), answered("nonconform", "--"), []),
    ],
)
def test_contradictions_are_left_for_a_person_to_settle(first: Answer, second: Answer, found: list[tuple[str, str]]):
    questionnaire = survey(item("q-1", evidence=TWO, may_exclude=True), item("q-2", evidence=TWO, after=("q-1",)))
    contradictions = result(questionnaire, {"q-1": first, "q-2": second}).contradictions

    assert [(each.item, str(each.kind)) for each in contradictions] == found


def test_an_excluded_item_is_listed_with_its_reason_and_counts_in_no_figure():
    questionnaire = survey(item("q-1", evidence=TWO, may_exclude=True), item("q-2", evidence=TWO))
    shown = plain(result(questionnaire, GOOD | {"q-1": Answer("not-applicable", reason="没有外包")}))

    assert shown["excluded_items"] == [{"item": "q-1", "reason": "没有外包"}]
    assert (shown["applicable"], shown["excluded"], shown["answered"]) == (1, 1, 1)
    assert (shown["evidence"]["required"], shown["evidence"]["excluded"]) == (2, 2)


def test_an_assessment_of_another_version_is_not_scored():
    other = survey(item("q-1"), version="2")

    with pytest.raises(WrongQuestionnaire):
        assess(other, assessment(PAIR, GOOD), shipped().rule_set("initial-audit"))


def test_a_body_sees_no_next_steps_and_no_improvement_texts():
    found = plain(
        result(PAIR, GOOD | {"q-2": answered("conform", "+-", improvement="合并两份表", observation="字迹不清")})
    )
    shown = without_advice(found)

    assert found["next"]
    assert found["improvements"] == [{"item": "q-2", "text": "合并两份表"}]
    assert (shown["next"], shown["improvements"]) == ([], [])
    assert shown["observations"] == [{"item": "q-2", "text": "字迹不清"}]
    assert shown["gaps"] == found["gaps"]


def test_a_major_declared_on_an_unanswered_item_is_not_lost():
    law = Declaration(Ground.LAW, "未备案")
    found = result(PAIR, GOOD | {"q-2": Answer(declared=law)})

    assert [(gap.kind, gap.grade, gap.rule) for gap in found.gaps] == [("unanswered", "major", "M4")]
    assert (found.verdict, found.at_best) == ("incomplete", "not-ready")


def test_a_word_on_an_area_without_a_proposal_changes_nothing():
    found = result(PAIR, GOOD, proposals={"s": Word(confirm=True)})

    assert found.proposals == ()
    assert found.verdict == "ready"


@pytest.mark.parametrize("language", Language)
def test_every_sentence_of_an_explanation_is_filled(language: Language):
    form = shipped().questionnaire("om-services@trial-1")
    answers = met(form, 1) | {"om-03": Answer(), "om-64": answered("conform", "+/-."), "om-06": answered("nonconform")}
    pages = explain(result(form, answers, level=1))

    assert [page.about for page in pages][:3] == ["verdict", "total", "needs"]
    assert [page.about for page in pages][-4:] == ["om-03", "om-06", "om-64", "om-65"]
    assert not [
        line for page in pages for line in page.lines if "{" in line.within(language) or not line.within(language)
    ]


def test_an_explanation_leaves_out_what_there_is_none_of():
    form = shipped().questionnaire("om-services@trial-1")
    answers = met(form, 3) | {"om-03": answered("nonconform", "-"), "om-06": answered("conform", "/++++")}
    pages = {page.about: page.lines for page in explain(result(form, answers, level=3))}

    assert pages["total"][0].zh == "声明：27条为1；为0的om-03。合计27，除以28条，得96.4%。"
    assert pages["om-03"][-2].zh.startswith("结论为没有做到；材料缺少")
    every = [line for lines in pages.values() for line in lines]
    assert not [
        line for line in every if re.search("部分无|缺少无|(?:part|partial|missing) none", f"{line.zh} {line.en}")
    ]


def test_a_section_without_items_explains_that_it_has_no_figure():
    questionnaire = survey(item("q-1", label="level1-only", evidence=()), ladder=LADDER)

    assert explain(result(questionnaire, {}, level=3))[2].lines[0].zh == "本级别没有适用的条款，所以没有数值。"


@pytest.mark.parametrize(
    ("state", "counted", "expired"),
    [(Mark.HAVE, "partial", 1), (Mark.PARTIAL, "partial", 1), (Mark.MISSING, "missing", 0), (None, "unmarked", 0)],
)
def test_an_expired_document_lowers_have_and_raises_nothing(state: Mark | None, counted: str, expired: int):
    held = {"a": LineAnswer(state, ("D1",)), "b": LineAnswer(Mark.HAVE)}
    documents = {"D1": Document("预案", valid_until=date(2026, 9, 30))}
    found = result(PAIR, GOOD | {"q-1": Answer("conform", held)}, documents=documents)

    assert getattr(found.evidence, counted) == 1
    assert found.evidence.expired == expired


def test_an_unanswered_key_item_is_a_major_at_worst_however_well_shown():
    questionnaire = survey(item("q-1", evidence=TWO, key=True), item("q-2", evidence=TWO))
    found = result(questionnaire, GOOD | {"q-1": answered(None, "++")})

    assert (found.at_best, found.at_worst) == ("ready", "not-ready")


def test_an_item_without_lines_cannot_be_shown_without_being_claimed():
    questionnaire = survey(item("q-1", evidence=()), item("q-2", evidence=()))

    assert result(questionnaire, {"q-1": Answer("nonconform"), "q-2": Answer("conform")}).contradictions == ()


@pytest.mark.parametrize(
    ("first", "second", "unmarked", "missing", "verdict"),
    [
        ("nonconform", "conform", 1, 0, "incomplete"),  # still an open question of the item that is claimed
        ("conform", "nonconform", 1, 0, "incomplete"),
        ("nonconform", "nonconform", 0, 1, "not-ready"),
    ],
)
def test_a_shared_line_is_taken_as_missing_where_every_item_that_asks_for_it_is_refused(
    first: str, second: str, unmarked: int, missing: int, verdict: str
):
    questionnaire = survey(item("q-1", evidence=TWO), item("q-2", evidence=(), shares="q-1"))
    found = result(questionnaire, {"q-1": answered(first, "+."), "q-2": Answer(second)})

    assert (found.evidence.unmarked, found.evidence.missing) == (unmarked, missing)
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("first", "second", "required", "excluded"),
    [("conform", "conform", 2, 0), ("out", "conform", 2, 0), ("conform", "out", 2, 0), ("out", "out", 0, 2)],
)
def test_a_shared_cell_is_excluded_only_with_every_item_that_uses_it(
    first: str, second: str, required: int, excluded: int
):
    questionnaire = survey(
        item("q-1", evidence=TWO, may_exclude=True), item("q-2", evidence=(), shares="q-1", may_exclude=True)
    )
    out = Answer("not-applicable", marks("++"), reason="没有")
    given = {"q-1": out if first == "out" else answered(first, "++"), "q-2": out if second == "out" else Answer(second)}
    found = result(questionnaire, given).evidence

    assert (found.required, found.have, found.excluded) == (required, required, excluded)
