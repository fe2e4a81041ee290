"""The answering page: what it lists, what its filters find, where it leads, and who may change anything on it."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest
from flask import Flask

from answering.responsibilities import Answerers
from files.library import shipped
from scoring.answers import Answer, Grade, LineAnswer, Mark, PersonGrade
from store import assessments, departments, presence, responsibilities
from store.database import db, writing
from store.heads import Head
from store.work_tables import AssessmentRow
from tests.support.counting import statements
from tests.support.world import OM, World

ITEMS = re.compile(r'<article class="item answer[^"]*" id="([^"]+)"')
OM_SERVICES = shipped().questionnaire("om-services@trial-1")


def read(world: World, path: str, name: str = "contributor", head: Head | None = None, language: str = "en") -> str:
    address = f"/o/{world.applicant.slug}/assessments/{(head or world.om).id}/{path}"
    response = world.visitor(name).get(address, **{"Accept-Language": language})
    assert response.status_code == 200, response.status_code
    return response.text


def plain(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def met(item: str) -> Answer:
    lines = {line.id: LineAnswer(Mark.HAVE) for line in OM_SERVICES.item(item).countable if not line.when}
    return Answer("conform", lines)


def chips(page: str) -> dict[str, int]:
    found = re.findall(r'<a class="chip"[^>]*>([^<]+) <span class="count">(\d+)</span>', page)
    return {unescape(name): int(count) for name, count in found}


def test_a_section_lists_the_items_of_its_target(world: World):
    assert len(ITEMS.findall(read(world, "design"))) == 12
    assert len(ITEMS.findall(read(world, "a-5", head=world.isms))) == 37


def test_progress_counts_what_has_a_conclusion(world: World):
    world.answer(world.om, "om-15", met("om-15"))
    world.answer(world.om, "om-16", Answer(note="no conclusion yet"))

    page = plain(read(world, "design"))

    assert "1 / 50 items" in page
    assert "49 items left" in page
    assert "1 of 12 in this section" in page


def test_filters_count_the_whole_assessment_and_list_across_sections(world: World):
    world.answer(world.om, "om-01", Answer("nonconform"))
    world.answer(world.om, "om-15", met("om-15"))
    world.answer(world.om, "om-16", Answer("conform", {"a": LineAnswer(Mark.MISSING)}))

    page = read(world, "design")

    assert chips(page) == {
        "This section": 12, "Unanswered": 47, "Falls short": 2, "Contradictions": 1, "Missing evidence": 2,
    }  # fmt: skip
    assert ITEMS.findall(read(world, "design?show=gaps")) == ["om-01", "om-16"]
    assert ITEMS.findall(read(world, "needs?show=contradictions")) == ["om-16"]


def test_the_filters_and_the_list_of_gaps_name_the_same_items(world: World):
    world.answer(world.om, "om-01", Answer("nonconform"))
    world.answer(world.om, "om-15", met("om-15"))
    world.answer(world.om, "om-16", Answer("conform", {"a": LineAnswer(Mark.MISSING)}))
    graded = replace(met("om-17"), grade=PersonGrade(Grade.MINOR, "Only on paper"))
    world.answer(world.om, "om-17", graded)
    gaps = world.visitor("viewer").get(f"/o/{world.applicant.slug}/results/{world.om.id}/gaps").text

    short, unanswered = (set(all_found(world, wish)) for wish in ("gaps", "unanswered"))
    listed = set(re.findall(r'id="(om-\d\d)"', gaps))

    assert short == {"om-01", "om-16", "om-17"}
    assert not short & unanswered
    assert listed == short | unanswered
    assert f"{len(listed)} gaps" in plain(gaps)
    assert "46 of them are items without an answer." in plain(gaps)


def all_found(world: World, wish: str) -> list[str]:
    return [item for number in (1, 2) for item in ITEMS.findall(read(world, f"design?show={wish}&page={number}"))]


def test_a_long_list_is_given_a_page_at_a_time(world: World):
    first, second = (ITEMS.findall(read(world, f"design?show=unanswered&page={number}")) for number in (1, 2))

    assert (len(first), len(second)) == (40, 10)
    assert len({*first, *second}) == 50


def test_mine_and_a_department_are_found(world: World):
    with world.app.app_context(), writing() as database:
        own = departments.found(database, world.applicant.id, name="Operations", members=[world.people["contributor"]])
        other = departments.found(database, world.applicant.id, name="Sales")
        shared = {
            "om-15": Answerers(frozenset({own.id}), frozenset({other.id})),
            "om-16": Answerers(frozenset({other.id}), frozenset()),
        }
        responsibilities.change(database, world.om, {}, shared)

    page = read(world, "design")

    assert chips(page)["Mine"] == 1
    assert "▲ Operations leads" in plain(page)
    assert ITEMS.findall(read(world, "design?show=mine")) == ["om-15"]
    assert ITEMS.findall(read(world, f"design?department={other.id}")) == ["om-15", "om-16"]


def test_controls_are_filtered_by_their_attributes(world: World):
    it = shipped().questionnaire("isms-2022@1")
    expected = [
        item.id
        for item in it.in_order()
        if any(trait.attribute == "control-type" and "corrective" in trait.values for trait in item.attributes)
    ]

    assert ITEMS.findall(read(world, "a-5?is-control-type=corrective", head=world.isms)) == expected


@pytest.mark.parametrize("path", ["nowhere", "design?show=everything", "a-5"])
def test_what_there_is_none_of_is_no_page(world: World, path: str):
    address = f"/o/{world.applicant.slug}/assessments/{world.om.id}/{path}"

    assert world.visitor("contributor").get(address).status_code == 404


def test_an_assessment_of_another_organisation_is_not_here(world: World):
    address = f"/o/{world.elsewhere.slug}/assessments/{world.om.id}/design"

    assert world.visitor("stranger-owner").get(address).status_code == 404


def test_a_viewer_reads_everything_and_changes_nothing(world: World):
    world.answer(world.om, "om-15", Answer("conform", note="to be read"))

    page = read(world, "design", "viewer")

    assert "to be read" in page
    assert page.count('<fieldset class="answer-fields" disabled>') == 12
    assert 'data-save="' not in page
    assert 'name="all-here"' not in page


def test_an_archived_assessment_says_so_and_is_read_only(world: World):
    with world.app.app_context(), writing() as database:
        assessments.archive(database, world.om)

    page = read(world, "design", "owner")

    assert "This assessment is archived, so nothing in it can be changed." in page
    assert 'data-save="' not in page


def test_what_was_answered_outside_the_target_stays_readable(world: World):
    world.answer(world.om, "om-62", Answer("conform", note="answered at another level"))
    section = OM_SERVICES.section_of["om-62"].id

    page = read(world, section)
    inside, outside = page.split('id="left-out"')

    assert "om-62" not in ITEMS.findall(inside)
    assert ITEMS.findall(outside) == ["om-62"]
    assert "answered at another level" in outside


def test_an_item_that_shares_evidence_leads_to_where_it_stands(world: World):
    highest = world.assess(replace(OM, level=1), applicable=71)

    page = read(world, OM_SERVICES.section_of["om-62"].id, head=highest)

    assert "The same evidence as 61" in plain(page)
    assert 'name="om-62-a-state"' not in page
    assert "The evidence here also serves 62" in plain(page)


def test_going_on_leads_to_where_one_was_then_to_what_is_open(world: World):
    address = f"/o/{world.applicant.slug}/answers/{world.om.id}"
    visitor = world.visitor("contributor")

    assert visitor.get(address).headers["Location"].endswith("/needs#om-01")
    world.answer(world.om, "om-01", met("om-01"))
    assert visitor.get(address).headers["Location"].endswith("/needs#om-02")
    with world.app.app_context(), writing() as database:
        presence.note(database, world.om, world.people["contributor"], "om-20")
    assert visitor.get(address).headers["Location"].endswith("/design#om-20")


@pytest.mark.parametrize(
    ("typed", "language", "found"),
    [
        ("健康检查 频次", "en", "om-15"),
        ("health checks customer", "zh", "om-15"),
        ("Kranführer", "en", "om-16"),
        ("om-17", "en", "om-17"),
    ],
)
def test_search_finds_either_language_and_what_was_answered(world: World, typed: str, language: str, found: str):
    world.answer(world.om, "om-16", Answer(note="Ask the Kranführer"))
    address = f"/o/{world.applicant.slug}/answers/{world.om.id}/search?q={typed}"

    page = world.visitor("contributor").get(address, **{"Accept-Language": language})
    told = world.visitor("contributor").get(address, Accept="application/json").get_json()

    assert f"#{found}" in page.text
    assert found in [each["item"] for each in told["items"]]


def test_search_without_words_or_matches_is_calm(world: World):
    address = f"/o/{world.applicant.slug}/answers/{world.om.id}/search"
    visitor = world.visitor("contributor")

    assert visitor.get(address).status_code == 200
    assert "Nothing here matches" in visitor.get(f"{address}?q=%00zzz", **{"Accept-Language": "en"}).text


def test_the_page_says_nothing_half_in_the_other_language(world: World):
    page = read(world, "design", language="zh")

    assert "需提供证明材料" in page
    assert "Required evidence" not in page


def test_a_page_asks_the_database_as_often_among_many_answers(world: World, app: Flask):
    few = counted(world, app, "needs")
    for item in OM_SERVICES.items_at(2)[:30]:
        world.answer(world.om, item.id, met(item.id))
    world.answer(world.om, "om-60", Answer(note="somebody else"), by="member")

    assert counted(world, app, "design") <= few + 1
    assert few <= 16


def counted(world: World, app: Flask, section: str) -> int:
    with app.app_context():
        engine = db.engine
    visitor = world.visitor("contributor")
    with statements(engine) as said:
        visitor.get(f"/o/{world.applicant.slug}/assessments/{world.om.id}/{section}")
    return len([each for each in said if not each.startswith("BEGIN")])


def test_empty_header_fields_are_asked_for_above_the_answers_once_most_is_answered(world: World):
    world.change(AssessmentRow, answered=39, applicable=50)
    assert "Still missing" not in read(world, "design", "owner")

    world.change(AssessmentRow, answered=40)
    assert "Still missing at the head of the form" in read(world, "design", "owner")
    assert f'/setup/{world.om.id}#header">Fill it in</a>' in read(world, "design", "owner")
    assert "Fill it in" not in read(world, "design", "contributor")

    world.change(AssessmentRow, archived_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert "Still missing" not in read(world, "design", "owner")
