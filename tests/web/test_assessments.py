"""The list of assessments, and beginning one: what is offered, what is preset, what a copy brings along."""

import re
from dataclasses import replace
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from answering.saving import CheckAgain
from files.library import shipped
from people.types import Role
from scoring.answers import Answer, Audit, LineAnswer, Mark
from scoring.assessment import Size
from store import answers, assessments, listings, log
from store.database import db, reading, writing
from store.document_tables import DocumentRow
from store.heads import Head
from store.listings import Shelf
from store.log import Event
from store.work_tables import AssessmentRow
from surveys.levels import Reading
from tests.support.counting import statements
from tests.support.world import OM, World
from web import assessment_lists

NEW = "assessments/new/om-services/trial-1"
PRESET = {
    "title": "2026", "target": "2-cumulative", "start": "empty", "size": "small", "audit": "initial",
    "rules": "initial-audit@1",
}  # fmt: skip
ROW = re.compile(r'<li class="assessment">(.*?)</li>', re.DOTALL)
CHOICE = re.compile(r'<input[^>]*name="target" value="([^"]+)"([^>]*)>.*?(\d+) items', re.DOTALL)


def at(world: World, path: str, name: str = "owner", language: str = "en") -> TestResponse:
    return world.visitor(name).get(f"/o/{world.applicant.slug}/{path}", **{"Accept-Language": language})


def plain(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def rows(page: str) -> list[str]:
    return [plain(row) for row in ROW.findall(page)]


def begin(world: World, questionnaire: str = "om-services/trial-1", **fields: Any) -> Head:
    """Begin an assessment as the manager, and find what is kept of it."""
    path = f"/o/{world.applicant.slug}/assessments/new/{questionnaire}"
    response = world.visitor("manager").send(path, PRESET | fields)
    assert response.status_code == 302, plain(response.text)
    found = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", response.location)
    assert found
    return head_of(world, UUID(found[0]))


def head_of(world: World, id: UUID) -> Head:
    with world.app.app_context(), reading() as database:
        found = assessments.find(database, world.applicant.id, id)
    assert found is not None
    return found


def put_away(world: World, *heads: Head) -> None:
    with world.app.app_context(), writing() as database:
        for head in heads:
            assessments.archive(database, head_of(world, head.id))


def events(world: World) -> list[log.Entry]:
    with world.app.app_context(), reading() as database:
        return log.page(database, world.applicant.id, size=50, number=1)[0]


def test_the_list_says_what_how_far_and_who(world: World):
    world.answer(world.om, "om-01", Answer("conform"), by="member")
    latest, other = rows(at(world, "", "viewer").text)

    assert "2026" in latest
    assert "security O&M service qualification Version trial-1 Level 2, cumulative" in latest
    assert "1 of 50 answered Member" in latest
    assert "0 of 123 answered Owner" in other
    assert "Level" not in other


def test_the_ring_shows_all_only_when_all_is_answered(world: World):
    world.change(AssessmentRow, applicable=200, answered=199)

    assert "99% answered" in at(world, "").text


def test_empty_header_fields_are_asked_for_once_most_is_answered(world: World):
    world.change(AssessmentRow, answered=39, applicable=50, name_zh="澄湖数据", department="质量部")
    assert "Still missing" not in at(world, "").text

    world.change(AssessmentRow, answered=40)
    page = at(world, "")
    told = "Still missing at the head of the form: name of the organisation in both languages and date of the"
    assert told in plain(page.text)
    assert f"/setup/{world.om.id}#header" in page.text
    assert "Fill it in" not in at(world, "", "viewer").text


def test_a_list_is_read_page_by_page_and_one_after_the_last_is_empty(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(assessment_lists, "PAGE", 2)
    for number in range(3):
        world.assess(replace(OM, title=f"number {number}"))
    first = at(world, "").text
    onward = re.search(r'href="([^"]+)" rel="next"', first)
    assert onward
    second = at(world, onward[1].removeprefix(f"/o/{world.applicant.slug}/")).text

    assert ["number" in row for row in rows(first)] == [True, True]
    assert len(rows(second)) == 2
    assert not set(rows(first)) & set(rows(second))
    assert "Back to the latest" in second
    assert "There is nothing earlier" in at(world, f"?after=0-{world.om.id.hex}").text


@pytest.mark.parametrize("after", ["", "x", "1-", "1-zz", "-", f"{10**30}-{'0' * 32}", f"²-{'0' * 32}"])
def test_an_address_that_no_page_gave_leads_nowhere(world: World, after: str):
    assert at(world, f"?after={after}").status_code == 404
    assert at(world, f"assessments/archived?after={after}").status_code == 404


def test_the_list_takes_the_same_queries_for_two_and_for_forty(world: World):
    visitor = world.visitor("viewer")

    def count() -> int:
        with world.app.app_context(), statements(db.engine) as said:
            assert visitor.get(f"/o/{world.applicant.slug}/").status_code == 200
        return sum(each.startswith("SELECT") for each in said)

    visitor.get(f"/o/{world.applicant.slug}/")
    few = count()
    for number in range(38):
        world.answer(world.assess(replace(OM, title=str(number))), "om-01", Answer("conform"))

    assert count() == few


def test_the_archive_stands_behind_a_link(world: World):
    assert "assessments/archived" not in at(world, "").text
    assert "The archive is empty" in at(world, "assessments/archived").text
    put_away(world, world.om)

    assert "assessments/archived" in at(world, "").text
    assert len(rows(at(world, "").text)) == 1
    (row,) = rows(at(world, "assessments/archived", "viewer").text)
    assert "In the archive since" in row


@pytest.mark.parametrize(
    ("role", "offered"), [(Role.OWNER, "Start:"), (Role.MANAGER, "Start:"), (Role.VIEWER, "Read:")]
)
def test_where_there_is_nothing_yet_one_can_begin_or_read(world: World, role: Role, offered: str):
    world.add("newcomer", world.elsewhere, role)
    page = world.visitor("newcomer").get(f"/o/{world.elsewhere.slug}/").text

    for name, is_listed in (("om-services@trial-1", True), ("isms-2022@1", True), ("isms-2013@1", False)):
        title = unescape(shipped().questionnaire(name).title.en)
        assert (f"{offered} {title}" in unescape(page)) is is_listed


def test_a_body_has_no_assessments_of_its_own(world: World):
    page = world.visitor("body-owner").get(f"/o/{world.body.slug}/")

    assert "No submissions yet" in page.text
    assert "New assessment" not in page.text


def test_questionnaires_to_choose_from_are_in_use_and_retired_ones_say_why(world: World):
    page = at(world, "assessments/new").text
    offered, _details, retired = page.partition('<details class="opens"><summary>')

    assert offered.count("/assessments/new/") == 3
    assert "/assessments/new/isms-2013/1" in retired
    assert "can no longer be certified" in retired


def test_every_level_under_every_reading_has_its_count(world: World):
    found = [(value, int(count), "checked" in rest) for value, rest, count in CHOICE.findall(at(world, NEW).text)]

    assert found == [
        ("3-cumulative", 28, False), ("3-exclusive", 28, False),
        ("2-cumulative", 50, True), ("2-exclusive", 50, False),
        ("1-cumulative", 71, False), ("1-exclusive", 49, False),
    ]  # fmt: skip
    assert "28 items for every level, 22 for this level only" in at(world, NEW).text


def test_what_is_known_is_filled_in(world: World):
    page = unescape(at(world, NEW).text)
    in_chinese = at(world, NEW, language="zh").text

    assert re.search(r'value="Self-assessment for the security O&M service qualification 20\d\d"', page)
    assert re.search(r'value="安全运维服务资质自评估20\d\d"', in_chinese)
    assert 'value="澄湖数据"' in page
    assert 'value="Chenghu Data"' in page
    assert "Minor gaps are closed within 30 working days, major ones within 3 months" in page


def test_an_assessment_begins_with_what_was_stated(world: World):
    head = begin(
        world, title="  二级\u202e自评估 ", target="1-exclusive", name_zh="澄湖", assessed_on="２０２６年１１月２１日",
        people="曾瑜、李岚, 曾瑜", department="质量部", size="large", audit="surveillance", rules="procedure-2025@1",
    )  # fmt: skip

    assert (head.title, head.questionnaire) == ("二级自评估", "om-services@trial-1")
    assert (head.level, head.reading, head.applicable, head.answered) == (1, Reading.EXCLUSIVE, 49, 0)
    assert (head.name_zh, head.department, head.people) == ("澄湖", "质量部", ("曾瑜", "李岚"))
    assert head.assessed_on is not None
    assert head.assessed_on.isoformat() == "2026-11-21"
    assert (head.size, head.audit, head.rules) == (Size.LARGE, Audit.SURVEILLANCE, "procedure-2025@1")
    entry = events(world)[0]
    assert (entry.event, entry.details["questionnaire"]) == (Event.ASSESSMENT_BEGUN, "om-services@trial-1")
    assert entry.details["assessment"] == str(head.id)


def test_a_questionnaire_without_levels_asks_for_none(world: World):
    fields = {name: value for name, value in PRESET.items() if name != "target"}
    path = f"/o/{world.applicant.slug}/assessments/new/isms-2022/1"
    response = world.visitor("owner").send(path, fields)

    assert response.status_code == 302
    with world.app.app_context(), reading() as database:
        latest = listings.page(database, world.applicant.id, Shelf.OPEN, size=1).lines[0]
    assert (latest.level, latest.reading, latest.applicable) == (None, None, 123)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", " ", "Enter a name"),
        ("title", "x" * 201, "at most 200"),
        ("target", "4-cumulative", "choice"),
        ("start", "00000000-0000-0000-0000-000000000000", "choice"),
        ("rules", "none@1", "choice"),
        ("assessed_on", "2026-02-30", "There is no 30 February. Change the date"),
        ("assessed_on", "2206-11-21", "The year 2206 can hardly be meant"),
        ("people", "、".join(f"人{number}" for number in range(21)), "Name at most 20 people"),
        ("people", "x" * 101, "at most 100"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(world: World, field: str, typed: str, said: str):
    before = world.everything()["assessments"]
    response = world.visitor("owner").send(f"/o/{world.applicant.slug}/{NEW}", PRESET | {field: typed})

    assert response.status_code == 200
    assert said in plain(response.text)
    assert world.everything()["assessments"] == before


def test_a_copy_of_the_last_period_brings_answers_to_check_and_cited_documents(world: World):
    with world.app.app_context(), writing() as database:
        row = DocumentRow(organization_id=world.applicant.id, title="预算表", changed_by=world.people["owner"])
        database.add(row)
        database.flush()
        document = str(row.id)
    stated = Answer("conform", {"a": LineAnswer(Mark.HAVE, documents=(document,), pointer="第3章")}, note="如前")
    world.answer(world.om, "om-01", stated)
    world.answer(world.om, "om-08", Answer("conform"))
    put_away(world, world.om)
    assert "1 of 50" not in at(world, NEW).text
    assert "2 of 50 answered. Its answers arrive marked “check again”" in unescape(at(world, NEW).text)
    head = begin(world, start=str(world.om.id))

    assert (head.previous_id, head.answered) == (world.om.id, 1)  # item 8 is asked at level 1 only
    with world.app.app_context(), reading() as database:
        kept = answers.all_of(database, head)
        cited = answers.cited(head).ask(database)
    assert kept["om-01"].answer == stated
    assert {each.check_again for each in kept.values()} == {CheckAgain.LAST_PERIOD}
    assert list(cited) == [document]


def test_nothing_is_copied_from_another_organisation_or_questionnaire(world: World):
    world.answer(world.isms, "c-4.1", Answer("4"))
    with world.app.app_context(), writing() as database:
        theirs = assessments.found(database, world.elsewhere.id, OM, applicable=50, by=world.people["stranger-owner"])
    before = world.everything()["assessments"]
    for earlier in (world.isms.id, theirs.id):
        response = world.visitor("owner").send(f"/o/{world.applicant.slug}/{NEW}", PRESET | {"start": str(earlier)})
        assert response.status_code == 200
    assert world.everything()["assessments"] == before


@pytest.mark.parametrize("path", ["om-services/9", "nothing/1", "body.pre-check/1"])
def test_a_version_that_is_not_there_cannot_be_begun(world: World, path: str):
    assert at(world, f"assessments/new/{path}").status_code == 404
