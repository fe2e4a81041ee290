"""Moving an assessment to another version: previewed, made anew, the old one untouched, undone by deleting."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

import pytest

from answering.responsibilities import Answerers
from answering.saving import CheckAgain, Origin
from scoring.answers import Answer, LineAnswer, Mark
from scoring.assessment import Action
from store import answers, assessments, departments, responsibilities
from store.database import reading, writing
from store.heads import Head, Header
from tests.support.world import World
from tests.web.test_imports import plain

OLD = Header(
    title="2013版",
    questionnaire="isms-2013@1",
    rules="initial-audit@1",
    name_zh="澄湖数据",
    actions=(Action("a-6.2.1", action="立制度"), Action("a-18.2.3", action="自查")),
)


@pytest.fixture
def head(world: World) -> Head:
    head = world.assess(OLD, applicable=140)
    world.answer(head, "c-4.3", Answer("4", note="范围"))
    world.answer(head, "a-6.2.1", Answer("4", {"a": LineAnswer(Mark.HAVE)}))
    world.answer(head, "a-11.2.8", Answer("2", note="无人值守"))
    return head


def address(world: World, head: Head, rest: str = "") -> str:
    return f"/o/{world.applicant.slug}/moves/{head.id}{rest}"


def moved(world: World, head: Head) -> Head:
    path = address(world, head, "/isms-2022/1")
    visitor = world.visitor("owner")
    version = re.search(r'name="version"[^>]*value="(\d+)"', visitor.get(path).text)
    assert version
    answer = visitor.send(path, {"version": version[1], "title": "2022版"})
    assert answer.status_code == 302, plain(answer.text)
    id_ = UUID(answer.location.rsplit("/", 1)[1])
    with world.app.app_context(), reading() as database:
        found = assessments.find(database, head.organization_id, id_)
    assert found is not None
    return found


def test_the_versions_to_move_to_are_offered(world: World, head: Head):
    text = plain(world.visitor("owner").get(address(world, head)).text)

    assert "(2022 edition) Version 1 by the map between the two" in text
    assert "isms-2022@1" not in text
    assert "om-services" not in text
    assert "There is no other version" in plain(world.visitor("owner").get(address(world, world.om)).text)


@pytest.mark.parametrize(
    ("old", "proposed"),
    [
        ("ISMS self-assessment (2013 edition) 2026", "ISMS self-assessment (2022 edition) 2026"),
        ("信息安全管理体系自评估（2013版）2026", "信息安全管理体系自评估（2022版）2026"),
        ("Our own", "Our own (isms-2022@1)"),
    ],
)
def test_the_name_that_is_proposed_tells_the_new_edition(world: World, old: str, proposed: str):
    head = world.assess(replace(OLD, title=old), applicable=140)
    page = world.visitor("owner").get(address(world, head, "/isms-2022/1")).text

    assert f'value="{proposed}"' in page


def test_what_becomes_of_each_item_is_shown_before_anything_is_made(world: World, head: Head):
    visitor = world.visitor("owner")
    before = world.everything()

    text = plain(visitor.get(address(world, head, "/isms-2022/1")).text)

    assert "2 answers are carried over, 1 of them to check again" in text
    assert "24 from several items, the worst of them: check again" in text
    assert "12 new, begins empty" in text
    assert world.everything() == before


def test_answers_arrive_marked_and_the_old_assessment_stays(world: World, head: Head):
    with world.app.app_context(), reading() as database:
        was = assessments.whole(database, head)

    new = moved(world, head)

    assert (new.questionnaire, new.title, new.name_zh, new.moved_from_id) == (
        "isms-2022@1",
        "2022版",
        "澄湖数据",
        head.id,
    )
    assert (new.applicable, new.answered) == (123, 2)
    assert [each.item for each in new.actions] == ["a-8.1", "a-5.36"]
    kept = world.stated(new, "c-4.3")
    assert (kept.answer, kept.check_again) == (Answer("4", note="范围"), None)
    merged = world.stated(new, "a-8.1")
    assert merged.answer.conclusion == "2"
    assert merged.check_again is CheckAgain.MERGED
    with world.app.app_context(), reading() as database:
        assert assessments.whole(database, head) == was
        assert answers.history(database, new, "a-8.1")[0].origin is Origin.CARRIED


def test_departments_go_on_answering_what_their_items_became(world: World, head: Head):
    with world.app.app_context(), writing() as database:
        found = departments.found(database, world.applicant.id, name="质量部", functions=(), members=())
        led = Answerers(frozenset({found.id}))
        responsibilities.change(database, head, {}, {"a-6.2.1": Answerers(related=led.leads), "a-11.2.8": led})

    new = moved(world, head)

    with world.app.app_context(), reading() as database:
        assert responsibilities.of(database, new) == {"a-8.1": led}


def test_answers_changed_since_the_preview_are_looked_at_again(world: World, head: Head):
    late = world.visitor("owner").send(address(world, head, "/isms-2022/1"), {"version": "0", "title": "x"})

    assert late.status_code == 409
    assert "Answers were changed since this was shown" in plain(late.text)


def test_a_move_is_undone_by_deleting_the_new_one(world: World, head: Head):
    new = moved(world, head)
    path = address(world, new, "/undo")
    visitor = world.visitor("owner")
    assert "This assessment was moved here from 2013版" in plain(visitor.get(address(world, new)).text)
    assert "Moved already: 2022版" in plain(visitor.get(address(world, head)).text)
    assert "Nothing was changed here since" in plain(visitor.get(path).text)
    world.answer(new, "a-5.1", Answer("3"))
    drawn = visitor.get(path).text
    assert "1 item was answered or changed here since" in plain(drawn)

    version = re.search(r'name="version"[^>]*value="(\d+)"', drawn)
    assert version
    assert visitor.send(path, {"version": version[1]}).status_code == 302

    with world.app.app_context(), reading() as database:
        assert assessments.find(database, new.organization_id, new.id) is None
        assert assessments.find(database, head.organization_id, head.id) is not None
    assert visitor.get(path).status_code == 404


def test_what_was_never_moved_is_not_undone(world: World, head: Head):
    assert world.visitor("owner").get(address(world, head, "/undo")).status_code == 404


def test_other_versions_than_those_on_offer_are_not_there(world: World, head: Head):
    for rest in ("/om-services/trial-1", "/isms-2013/1", "/isms-2022/9"):
        assert world.visitor("owner").get(address(world, head, rest)).status_code == 404
