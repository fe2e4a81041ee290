"""What a new assessment begins with: every answer as a first version, and the departments that answered before."""

from flask import Flask

from answering.carrying import as_last_period, carry
from answering.responsibilities import Answerers
from answering.saving import CheckAgain, Origin
from files.library import shipped
from scoring.answers import Answer, LineAnswer, Mark
from store import answers, assessments, carrying, departments, responsibilities
from store.answers import Change
from store.database import reading, writing
from store.departments import Department
from store.heads import Head, Header
from tests.store.world import acme, somebody

FORM = shipped().questionnaire("om-services@trial-1")
HEADER = Header(title="2026", questionnaire=FORM.name, rules="initial-audit@1", level=2)
# Items 1 to 3 are asked at level 2, item 8 at level 1 only
STATED = {
    "om-01": Answer("conform", {"a": LineAnswer(Mark.HAVE, pointer="第3章")}),
    "om-02": Answer("nonconform", note="没有预算表"),
    "om-03": Answer(note="只有备注"),
    "om-08": Answer("conform"),
}


def test_answers_arrive_to_be_checked_and_count_where_the_target_asks_for_them(program: Flask):
    with writing() as session:
        organization, who = acme(session), somebody(session)
        head = assessments.found(session, organization.id, HEADER, applicable=50, by=who)
        carriage = as_last_period(carry(FORM, FORM, STATED))
        carrying.arrive(session, head, carriage, asked={"om-01", "om-02", "om-03"}, by=who)
    with reading() as session:
        found = assessments.find(session, organization.id, head.id)
        kept = answers.all_of(session, head)
        past = answers.history(session, head, "om-01")

    assert {item: each.answer for item, each in kept.items()} == STATED
    assert {each.check_again for each in kept.values()} == {CheckAgain.LAST_PERIOD}
    assert {each.version for each in kept.values()} == {1}
    assert [each.origin for each in past] == [Origin.CARRIED]
    assert found is not None
    assert found.answered == 2


def test_departments_answer_again_unless_they_were_put_away(program: Flask):
    with writing() as session:
        organization, who = acme(session), somebody(session)
        earlier, head = (assessments.found(session, organization.id, HEADER, applicable=50, by=who) for _ in "ab")
        quality, gone = (departments.found(session, organization.id, name=name) for name in ("质量部", "原运维部"))
        stated = {"om-01": leading(quality), "om-02": leading(gone), "om-99": leading(quality)}
        responsibilities.change(session, earlier, {}, stated)
        departments.archive(session, gone)
        carrying.copy_responsibilities(session, head, earlier, {"om-01", "om-02"})
    with reading() as session:
        assert responsibilities.of(session, head) == {"om-01": leading(quality)}


def leading(department: Department) -> Answerers:
    return Answerers(frozenset({department.id}))


def test_nothing_to_carry_changes_nothing(program: Flask):
    with writing() as session:
        organization, who = acme(session), somebody(session)
        head: Head = assessments.found(session, organization.id, HEADER, applicable=50, by=who)
        carrying.arrive(session, head, as_last_period(carry(FORM, FORM, {})), asked=set(), by=who)
        carrying.copy_responsibilities(session, head, head, set())
        assert answers.all_of(session, head) == {}
        answers.save(session, head, Change(item="om-01", answer=Answer("conform"), base=0, by=who))
