from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answering.carrying import Carriage, Carried, Fate, Left, as_last_period, carry
from answering.differences import Field, fields_of
from answering.saving import CheckAgain
from files.library import shipped
from scoring.answers import (
    Answer,
    Applicability,
    Declaration,
    Grade,
    Ground,
    LineAnswer,
    Mark,
    PersonGrade,
)
from surveys.item_maps import ItemMap, Pair, Prefill, Relation
from surveys.items import Evidence, Item
from surveys.questionnaire import Questionnaire
from surveys.scales import ScaleKind
from tests.support.answers import TIDY_ANSWERS
from tests.support.assessments import answered, scale
from tests.support.questionnaires import item, questionnaires, said, survey

OLD = item(
    "q-1", ask=said("有没有？"), evidence=(Evidence("a", said("记录")), Evidence("b", said("报告"))), may_exclude=True
)
FULL_ANSWER = Answer(
    "conform", {"a": LineAnswer(Mark.HAVE, ("D1",), "第3章"), "b": LineAnswer(Mark.PARTIAL)}, note="好"
)


def only(carriage: Carriage) -> Carried:
    assert len(carriage.items) == 1
    return carriage.items[0]


def carried_to(new: Item, answer: Answer = FULL_ANSWER) -> Carried:
    return only(carry(survey(OLD), survey(new, version="2"), {"q-1": answer}))


def mapped(*pairs: tuple[str, str, Prefill]) -> ItemMap:
    found = tuple(Pair(old, new, Relation.SAME, prefill) for old, new, prefill in pairs)
    return ItemMap("mini@1", "maxi@1", said(), found)


def test_an_item_that_is_the_same_keeps_its_answer_as_it_is():
    found = carried_to(replace(OLD, name=said("另一个名称"), key=True, keywords=("x",)))
    assert found == Carried("q-1", Fate.SAME, ("q-1",), FULL_ANSWER)


def test_a_reworded_question_keeps_its_answer_to_be_looked_at_again():
    found = carried_to(replace(OLD, ask=said("有没有批准？")))
    assert found == Carried("q-1", Fate.REWORDED, ("q-1",), FULL_ANSWER, CheckAgain.REWORDED)


def test_a_reworded_line_keeps_its_documents_but_not_its_mark():
    found = carried_to(replace(OLD, evidence=(Evidence("a", said("经批准的记录")), Evidence("b", said("报告")))))
    assert found.answer == Answer(
        "conform", {"a": LineAnswer(None, ("D1",), "第3章"), "b": LineAnswer(Mark.PARTIAL)}, note="好"
    )
    assert found.check_again is CheckAgain.REWORDED
    assert found.left == (Left("q-1", Field("state", "a"), Mark.HAVE),)


def test_what_has_no_line_any_more_is_named():
    found = carried_to(replace(OLD, evidence=(Evidence("b", said("报告")),)))
    assert found.answer == Answer("conform", {"b": LineAnswer(Mark.PARTIAL)}, note="好")
    assert [(str(each.field), each.value) for each in found.left] == [
        ("a/state", Mark.HAVE),
        ("a/documents", ("D1",)),
        ("a/pointer", "第3章"),
    ]


def test_a_conclusion_that_the_new_item_does_not_take_is_left():
    excluded = Answer("not-applicable", reason="没有外包", note="好")
    found = carried_to(replace(OLD, may_exclude=False), excluded)
    assert found.answer == Answer(None, reason="没有外包", note="好")
    assert found.left == (Left("q-1", Field("conclusion"), "not-applicable"),)
    assert found.check_again is CheckAgain.REWORDED


def test_a_grade_goes_with_its_conclusion():
    graded = Answer("conform", grade=PersonGrade(Grade.MAJOR, "多次"))
    new = survey(OLD, version="2", scale=scale(ScaleKind.MATURITY, 4))
    found = only(carry(survey(OLD), new, {"q-1": graded}))
    assert found.answer == Answer()
    assert [str(each.field) for each in found.left] == ["conclusion", "grade"]
    assert found.check_again is None


def test_a_condition_is_carried_where_it_is_the_same():
    def conditional(when: str) -> Item:
        return replace(OLD, evidence=(Evidence("a", said("合同"), when=said(when)),))

    old = survey(conditional("有外包时"))
    answer = {"q-1": Answer("conform", {"a": LineAnswer(applies=False)})}
    same = only(carry(old, survey(conditional("有外包时")), answer))
    other = only(carry(old, survey(conditional("有采购时")), answer))
    assert (same.answer, same.left) == (answer["q-1"], ())
    assert (other.answer, other.left) == (Answer("conform"), (Left("q-1", Field("applies", "a"), False),))


def test_new_items_are_empty_and_old_ones_without_a_counterpart_are_named():
    found = carry(
        survey(OLD, item("q-2"), item("q-3")),
        survey(item("q-4"), item("q-3"), version="2"),
        {"q-1": FULL_ANSWER, "q-3": answered("conform")},
    )
    assert [(each.item, each.fate) for each in found.items] == [("q-4", Fate.NEW), ("q-3", Fate.SAME)]
    assert found.without_counterpart == ("q-1",)
    assert found.answers == {"q-3": answered("conform")}
    assert found.to_check == {}


def test_what_had_to_be_looked_at_again_still_has_to_be():
    found = carry(survey(OLD), survey(OLD, version="2"), {"q-1": FULL_ANSWER}, unsettled={"q-1": CheckAgain.MAPPED})
    assert found.to_check == {"q-1": CheckAgain.MAPPED}


@pytest.mark.parametrize(
    ("prefill", "ask", "fate", "check_again"),
    [
        (Prefill.FULL, "有没有？", Fate.SAME, None),
        (Prefill.FULL, "是否具备？", Fate.MAPPED, CheckAgain.MAPPED),
        (Prefill.PARTIAL, "有没有？", Fate.MAPPED, CheckAgain.MAPPED),
    ],
)
def test_a_map_carries_to_another_id(prefill: Prefill, ask: str, fate: Fate, check_again: CheckAgain | None):
    new = survey(replace(OLD, id="m-1", ask=said(ask)), id="maxi")
    found = only(carry(survey(OLD), new, {"q-1": FULL_ANSWER}, item_map=mapped(("q-1", "m-1", prefill))))
    assert found == Carried("m-1", fate, ("q-1",), FULL_ANSWER, check_again)


def test_a_map_that_says_no_carries_nothing():
    found = carry(
        survey(OLD),
        survey(replace(OLD, id="m-1"), id="maxi"),
        {"q-1": FULL_ANSWER},
        item_map=mapped(("q-1", "m-1", Prefill.NONE)),
    )
    assert only(found) == Carried("m-1", Fate.NEW)
    assert found.without_counterpart == ("q-1",)


def test_lines_of_another_questionnaire_are_known_by_their_text():
    lines = (Evidence("a", said("报告")), Evidence("b", said("计划")))
    new = survey(item("m-1", evidence=lines), id="maxi")
    found = only(carry(survey(OLD), new, {"q-1": FULL_ANSWER}, item_map=mapped(("q-1", "m-1", Prefill.PARTIAL))))
    assert found.answer.evidence == {"a": LineAnswer(Mark.PARTIAL)}
    assert {str(each.field) for each in found.left} == {"a/state", "a/documents", "a/pointer"}


def merged(*answers: Answer, kind: ScaleKind = ScaleKind.THREE_VALUED) -> Carried:
    items = [replace(OLD, id=f"q-{index}", number=f"A.{index}") for index in range(len(answers))]
    lines = (Evidence("c", said("记录")), Evidence("d", said("报告"), when=said("外包时")))
    new = survey(item("m-1", evidence=lines, may_exclude=True), id="maxi", scale=scale(kind))
    pairs = [(each.id, "m-1", Prefill.PARTIAL) for each in items]
    old = survey(*items, scale=scale(kind))
    return only(carry(old, new, {f"q-{i}": each for i, each in enumerate(answers)}, item_map=mapped(*pairs)))


def test_several_answers_make_the_worst_of_them_the_proposal():
    found = merged(
        Answer("conform", {"a": LineAnswer(Mark.HAVE, ("D2", "D1"), "第3章")}, note="好", reason="同一理由"),
        Answer("partial", {"a": LineAnswer(Mark.PARTIAL, ("D1", "D3"), "p. 4")}, note="不全", reason="同一理由"),
        Answer(),
    )
    assert found == Carried(
        "m-1",
        Fate.MERGED,
        ("q-0", "q-1", "q-2"),
        Answer(
            "partial",
            {"c": LineAnswer(Mark.PARTIAL, ("D2", "D1", "D3"), "第3章 / p. 4")},
            note="A.0: 好\nA.1: 不全",
            reason="同一理由",
        ),
        CheckAgain.MERGED,
    )


@pytest.mark.parametrize(
    ("kind", "conclusions", "worst"),
    [
        (ScaleKind.MATURITY, ("4", "0", "2"), "0"),
        (ScaleKind.TWO_VALUED, ("conform", "nonconform"), "nonconform"),
        (ScaleKind.THREE_VALUED, ("not-applicable", "conform"), "conform"),
        (ScaleKind.THREE_VALUED, ("not-applicable", "not-applicable"), "not-applicable"),
    ],
)
def test_the_worst_conclusion(kind: ScaleKind, conclusions: tuple[str, ...], worst: str):
    assert merged(*map(Answer, conclusions), kind=kind).answer.conclusion == worst


def test_judgements_are_combined_with_every_reason():
    found = merged(
        Answer(
            "nonconform",
            grade=PersonGrade(Grade.MINOR, "一次"),
            declared=Declaration(Ground.LAW, "罚款"),
            soa=Applicability("implemented", "D1"),
        ),
        Answer(
            "nonconform",
            grade=PersonGrade(Grade.MAJOR, "多次"),
            declared=Declaration(Ground.COMPLAINT, "投诉"),
            soa=Applicability("planned"),
        ),
    )
    assert found.answer == Answer(
        "nonconform",
        grade=PersonGrade(Grade.MAJOR, "A.0: 一次\nA.1: 多次"),
        declared=Declaration(Ground.LAW, "A.0: 罚款\nA.1: 投诉"),
        soa=Applicability("planned"),
    )


def test_answers_of_the_last_period_are_looked_at_again_without_its_judgements():
    graded = replace(FULL_ANSWER, grade=PersonGrade(Grade.MAJOR, "多次"), declared=Declaration(Ground.LAW, "罚款"))
    lone = Answer(declared=Declaration(Ground.LAW, "罚款"))
    old = survey(OLD, item("q-2"))
    found = as_last_period(carry(old, old, {"q-1": graded, "q-2": lone}))
    assert found.answers == {"q-1": FULL_ANSWER}
    assert found.to_check == {"q-1": CheckAgain.LAST_PERIOD}


def test_the_2013_edition_to_the_2022_edition():
    old, new = shipped().questionnaire("isms-2013@1"), shipped().questionnaire("isms-2022@1")
    answers = {each.id: answered("3") for each in old.items}
    found = carry(old, new, answers, item_map=shipped().item_map(old.name, new.name))
    fates = [each.fate for each in found.items]
    assert (fates.count(Fate.NEW), fates.count(Fate.MERGED)) == (12, 24)
    assert fates.count(Fate.SAME) + fates.count(Fate.MAPPED) == 87
    assert len(found.answers) == 111
    assert found.without_counterpart == ()
    # A.6.2.1 and A.11.2.8 of 2013 both feed A.8.1
    assert next(each for each in found.items if each.item == "a-8.1").sources == ("a-6.2.1", "a-11.2.8")


CITED = st.sampled_from([(), ("D1",)])
MARKS = st.builds(LineAnswer, st.sampled_from(list(Mark)), CITED, st.sampled_from([None, "§3"]))


@given(questionnaires(), st.data())
def test_carrying_to_the_same_version_changes_nothing(questionnaire: Questionnaire, data: st.DataObject):
    answers = {}
    for each in questionnaire.items:
        lines = data.draw(st.dictionaries(st.sampled_from([line.id for line in each.evidence]), MARKS))
        answers[each.id] = Answer(questionnaire.scale.values[0], lines, note=data.draw(st.sampled_from([None, "好"])))
    found = carry(questionnaire, questionnaire, answers)
    assert found.answers == answers
    assert found.to_check == {}
    assert found.without_counterpart == ()


@given(TIDY_ANSWERS, TIDY_ANSWERS)
def test_every_field_is_either_carried_or_named(first: Answer, second: Answer):
    found = merged(first, second)
    carried = fields_of(found.answer)
    left = {(each.item, each.field) for each in found.left}
    for source, answer in (("q-0", first), ("q-1", second)):
        for field in fields_of(answer):
            place = Field(field.name, {"a": "c", "b": "d"}.get(field.line)) if field.line else field
            assert (source, field) in left or place in carried or field.name == "applies"


MARKS = st.builds(
    LineAnswer, st.sampled_from(list(Mark)), st.sampled_from([(), ("D1",)]), st.sampled_from([None, "§3"])
)
