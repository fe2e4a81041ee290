"""Who answers what: several may lead, a stale change is refused, a department put away answers nothing."""

from dataclasses import replace

import pytest
from flask import Flask

from answering.responsibilities import Answerers
from people.types import Organization
from store import answers, assessments, departments, responsibilities
from store.database import db, reading, writing
from store.departments import Department
from store.heads import Head
from store.organizations import ChangedMeanwhile
from tests.store.world import acme, an_assessment, somebody
from tests.support.counting import statements

Case = tuple[Head, Department, Department]


@pytest.fixture
def case(program: Flask) -> Case:
    with writing() as session:
        organization, who = acme(session), somebody(session)
        head = an_assessment(session, organization, who)
        return head, *(departments.found(session, organization.id, name=name) for name in ("IT", "QA"))  # type: ignore[return-value]  # two of them


def led(*leads: Department, related: tuple[Department, ...] = ()) -> Answerers:
    return Answerers(frozenset(each.id for each in leads), frozenset(each.id for each in related))


def stated(head: Head, before: dict[str, Answerers], after: dict[str, Answerers]) -> dict[str, Answerers]:
    with writing() as session:
        return responsibilities.change(session, head, before, after)


def test_items_are_led_by_one_or_several_and_related_to_others(case: Case):
    head, it, qa = case
    wanted = {"om-01": led(it, related=(qa,)), "om-02": led(it, qa)}

    assert stated(head, {}, wanted) == wanted
    with reading() as session:
        assert responsibilities.of(session, head) == wanted


def test_a_change_replaces_what_was_there_and_leaves_the_other_items(case: Case):
    head, it, qa = case
    before = stated(head, {}, {"om-01": led(it), "om-02": led(qa)})

    after = stated(head, before, {"om-01": led(qa, related=(it,)), "om-02": led(qa)})

    assert after == {"om-01": led(qa, related=(it,)), "om-02": led(qa)}
    assert stated(head, after, {"om-01": Answerers()}) == {"om-02": led(qa)}


def test_a_change_built_on_what_is_no_longer_there_is_refused_whole(case: Case):
    head, it, qa = case
    now = stated(head, {}, {"om-01": led(it)})

    with pytest.raises(ChangedMeanwhile):
        stated(head, {}, {"om-01": led(qa), "om-02": led(qa)})

    with reading() as session:
        assert responsibilities.of(session, head) == now


def test_a_department_that_was_put_away_answers_nothing_until_it_comes_back(case: Case):
    head, it, qa = case
    stated(head, {}, {"om-01": led(it, related=(qa,))})
    with writing() as session:
        departments.archive(session, it)
    with reading() as session:
        assert responsibilities.of(session, head) == {"om-01": led(related=(qa,))}
    stated(head, {"om-01": led(related=(qa,))}, {"om-01": led(qa)})

    with writing() as session:
        back = departments.find(session, it.organization_id, it.id)
        assert back is not None
        departments.restore(session, back)

    with reading() as session:
        assert responsibilities.of(session, head) == {"om-01": led(it, qa)}


def test_open_pages_learn_of_a_change_and_an_assessment_put_away_takes_none(case: Case):
    head, it, _qa = case
    stated(head, {}, {"om-01": led(it)})
    with writing() as session:
        assert answers.next_revision(session, head) == 2
        assessments.archive(session, head)

    with pytest.raises(ChangedMeanwhile):
        stated(head, {"om-01": led(it)}, {"om-01": Answerers()})


def other_organization() -> Organization:
    with writing() as session:
        return acme(session, "Other")


def test_another_organisation_sees_and_changes_nothing(case: Case):
    head, it, _qa = case
    stated(head, {}, {"om-01": led(it)})
    stolen = replace(head, organization_id=other_organization().id)

    with reading() as session:
        assert responsibilities.of(session, stolen) == {}
    with pytest.raises(ChangedMeanwhile):
        stated(stolen, {}, {"om-01": led(it)})


def test_many_items_are_shared_out_in_as_many_statements_as_one(case: Case):
    head, it, qa = case
    written = []
    for wanted in ({"om-01": led(it)}, {f"om-{number:02}": led(qa, related=(it,)) for number in range(2, 40)}):
        with writing() as session, statements(db.engine) as said:
            responsibilities.change(session, head, {}, wanted)
        written.append(len(said))

    assert written[0] == written[1]
    with reading() as session:
        assert len(responsibilities.of(session, head)) == 39
