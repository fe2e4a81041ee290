"""History: from what to what, by whom; restored as a new version, never over somebody's newer answer."""

import re
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask

from answering.saving import Origin
from scoring.answers import Answer, Applicability, Declaration, Grade, Ground, LineAnswer, Mark, PersonGrade
from store import answers, log
from store.database import db, reading, writing
from store.document_tables import DocumentRow
from store.log import Event
from tests.support.counting import statements
from tests.support.library import a_document
from tests.support.sharing import archived
from tests.support.world import World

MET = Answer(conclusion="conform", note="<script>alert(1)</script>")
NOT_MET = Answer(conclusion="nonconform", evidence={"a": LineAnswer(Mark.PARTIAL, pointer="第3章")})


def path(world: World, *more: object) -> str:
    return "/".join([f"/o/{world.applicant.slug}/history/{world.om.id}", *map(str, more)])


def told(page: str) -> list[str]:
    """What the entries say, in plain text."""
    entries = page.split('<li class="history-entry"')[1:]
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", each.partition(">")[2])).split()) for each in entries]


def past(world: World, item: str = "om-01") -> list[answers.Past]:
    with world.app.app_context(), reading() as database:
        return answers.history(database, world.om, item)


def test_every_change_is_told_from_what_to_what(world: World):
    world.answer(world.om, "om-01", MET, by="owner")
    world.answer(world.om, "om-01", NOT_MET, base=1, by="member")

    page = world.visitor("viewer").get(path(world, "om-01")).text

    newest, oldest = told(page)
    assert "Member" in newest
    assert "Conclusion before: Conforms → now: Does not conform" in newest
    assert "a: state" in newest
    assert "nothing → now: Partial" in newest
    assert "now: 第3章" in newest
    assert "before: <script>alert(1)</script> → nothing" in newest
    assert "Owner" in oldest
    assert "<script>alert" not in page
    assert "Restore" not in page, "a viewer reads only"


def test_what_one_person_types_in_one_go_is_one_entry_that_opens(world: World):
    for base, note in enumerate(["预", "预算", "预算表"]):
        world.answer(world.om, "om-01", Answer(note=note), base=base, by="owner")

    page = world.visitor("owner").get(path(world, "om-01")).text

    [entry] = told(page)
    assert "nothing → now: 预算表" in entry
    assert "3 steps" in entry
    assert "before: 预算 → now: 预算表" in entry


def test_a_document_is_named_by_its_title_and_a_judgement_by_its_reason(world: World):
    with world.app.app_context(), writing() as database:
        row = DocumentRow(
            organization_id=world.applicant.id, title="预算表", number="QP-07", changed_by=world.people["owner"]
        )
        database.add(row)
        database.flush()
        document = str(row.id)
    answer = Answer(
        conclusion="not-applicable", reason="不提供", evidence={"a": LineAnswer(Mark.HAVE, (document,), applies=False)},
        grade=PersonGrade(Grade.MAJOR, "影响大"), declared=Declaration(Ground.LAW, "未备案"),
    )  # fmt: skip
    world.answer(world.om, "om-01", answer)

    [entry] = told(world.visitor("owner").get(path(world, "om-01")).text)

    for expected in ("QP-07 预算表", "Not applicable", "Major: 影响大", ": 未备案", "now: no"):
        assert expected in entry


def test_an_earlier_answer_comes_back_as_a_new_version(world: World):
    world.answer(world.om, "om-01", MET, by="owner")
    world.answer(world.om, "om-01", NOT_MET, base=1, by="member")

    answer = world.visitor("contributor").send(path(world, "om-01", 1), {"base": "2"}, page=path(world, "om-01"))

    assert answer.status_code == 302
    assert [(each.version, each.origin, each.answer) for each in past(world)] == [
        (3, Origin.RESTORED, MET), (2, Origin.TYPED, NOT_MET), (1, Origin.TYPED, MET),
    ]  # fmt: skip
    assert "restored" in world.visitor("owner").get(path(world, "om-01")).text


def test_nothing_is_restored_over_somebodys_newer_answer(world: World):
    world.answer(world.om, "om-01", MET, by="owner")
    world.answer(world.om, "om-01", NOT_MET, base=1, by="owner")
    newest = replace(NOT_MET, note="刚改的")
    world.answer(world.om, "om-01", newest, base=2, by="member")

    for base in ("2", "", "x", "9" * 30):
        answer = world.visitor("owner").send(path(world, "om-01", 1), {"base": base}, page=path(world, "om-01"))
        assert answer.status_code == 409
        assert "刚改的" in answer.text

    assert world.stated(world.om, "om-01").answer == newest


@pytest.mark.parametrize(("who", "grade"), [("contributor", None), ("manager", PersonGrade(Grade.MAJOR, "反复"))])
def test_a_judgement_comes_back_only_by_somebody_whose_it_is(world: World, who: str, grade: PersonGrade | None):
    judged = replace(NOT_MET, grade=PersonGrade(Grade.MAJOR, "反复"))
    world.answer(world.om, "om-01", judged, by="owner")
    world.answer(world.om, "om-01", MET, base=1, by="owner")

    visitor = world.visitor(who)
    answer = visitor.send(path(world, "om-01", 1), {"base": "2"}, page=path(world, "om-01"))

    assert answer.status_code == 302
    assert past(world)[0].answer == replace(NOT_MET, grade=grade)
    with world.app.app_context(), reading() as database:
        logged = [each.details for each in log.entries(database, world.applicant.id) if each.event == Event.GAP_GRADED]
    assert logged == ([{"item": "om-01", "word": "major"}] if grade else [])


def test_versions_and_items_that_are_not_there(world: World):
    world.answer(world.om, "om-01", MET)
    owner = world.visitor("owner")

    for version in (0, 2, "9" * 30):
        assert owner.send(path(world, "om-01", version), {"base": "1"}, page=path(world, "om-01")).status_code == 404
    assert owner.get(path(world, "om-99")).status_code == 404
    assert "not answered yet" in owner.get(path(world, "om-02")).text
    theirs = f"/o/{world.elsewhere.slug}/history/{world.om.id}"
    stranger = world.visitor("stranger-owner")
    assert stranger.get(theirs).status_code == 404
    assert stranger.get(f"{theirs}/om-01").status_code == 404
    page = f"/o/{world.elsewhere.slug}/departments/new"
    assert stranger.send(f"{theirs}/om-01/1", {"base": "1"}, page=page).status_code == 404


def test_an_assessment_put_away_restores_nothing(world: World):
    world.answer(world.om, "om-01", MET)
    world.answer(world.om, "om-01", NOT_MET, base=1, by="member")
    archived(world, world.om)
    owner = world.visitor("owner")

    assert "Restore this answer" not in owner.get(path(world, "om-01")).text
    answer = owner.send(path(world, "om-01", 1), {"base": "2"}, page=f"/o/{world.applicant.slug}/departments/new")
    assert answer.status_code == 409
    assert world.stated(world.om, "om-01").answer == NOT_MET


def test_the_changes_of_the_whole_assessment_come_fifty_a_page(world: World):
    for number in range(1, 54):
        world.answer(world.om, f"om-{number:02}", MET, by="member")

    first = told(world.visitor("viewer").get(path(world)).text)
    second = told(world.visitor("viewer").get(path(world) + "?page=2").text)

    assert (len(first), len(second)) == (50, 3)
    assert first[0].startswith("53 ")
    assert second[-1].startswith("1 ")
    for wrong in ("0", "3", "9" * 12):
        assert world.visitor("viewer").get(f"{path(world)}?page={wrong}").status_code == 404


def test_the_versions_of_one_answer_come_fifty_a_page(world: World):
    for base in range(53):
        world.answer(world.om, "om-01", Answer(note=f"v{base + 1}"), base=base, by=("owner", "member")[base % 2])
    viewer = world.visitor("viewer")

    first = told(viewer.get(path(world, "om-01")).text)
    second = told(viewer.get(path(world, "om-01") + "?page=2").text)

    assert (len(first), len(second)) == (50, 3)
    assert "before: v52 → now: v53" in first[0]
    assert "before: v3 → now: v4" in first[-1], "the last of a page is told by the first of the next"
    assert "before: v2 → now: v3" in second[0]
    assert "nothing → now: v1" in second[-1]
    assert "?page=2" in viewer.get(path(world, "om-01")).text
    for wrong in ("0", "3", "9" * 12):
        assert viewer.get(f"{path(world, 'om-01')}?page={wrong}").status_code == 404


def test_an_answer_is_restored_from_a_further_page(world: World):
    for base in range(53):
        world.answer(world.om, "om-01", Answer(note=f"v{base + 1}"), base=base, by=("owner", "member")[base % 2])

    page = path(world, "om-01") + "?page=2"
    answer = world.visitor("contributor").send(path(world, "om-01", 2), {"base": "53"}, page=page)

    assert answer.status_code == 302
    assert world.stated(world.om, "om-01").answer == Answer(note="v2")


@pytest.mark.parametrize("more", [(), ("om-01",)])
def test_a_long_history_asks_the_database_no_more_than_a_short_one(world: World, app: Flask, more: tuple[str, ...]):
    visitor, base = world.visitor("owner"), 0
    asked: list[int] = []
    for count in (2, 60):
        for _ in range(count):
            world.answer(world.om, "om-01", Answer(note=str(base)), base=base, by=("owner", "member")[base % 2])
            base += 1
        with app.app_context(), statements(db.engine) as said:
            visitor.get(path(world, *more))
        asked.append(len(said))

    assert asked[0] == asked[1] <= 12


def test_the_document_of_the_statement_of_applicability_is_told_by_its_name(world: World):
    document = a_document(world, "门禁管理制度", number="QS-PH-01")
    world.answer(world.isms, "a-7.2", Answer(soa=Applicability("implemented", str(document.id))))
    world.answer(world.isms, "a-7.2", Answer(soa=Applicability("planned", "QS-07, ch. 2")), base=1, by="member")

    page = world.visitor("viewer").get(f"/o/{world.applicant.slug}/history/{world.isms.id}/a-7.2").text

    newest, oldest = told(page)
    assert "now: implemented: QS-PH-01 门禁管理制度" in oldest
    assert "before: implemented: QS-PH-01 门禁管理制度 → now: planned: QS-07, ch. 2" in newest
    assert str(document.id) not in newest + oldest
