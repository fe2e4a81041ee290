"""Who answers what: shown, set by item and by section, proposed; nothing lost when two do it at once."""

import re
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from answering.responsibilities import NOBODY, Answerers
from store.database import db
from store.departments import Department
from tests.support.counting import statements
from tests.support.sharing import a_department, archived, share_out, shared_out
from tests.support.world import ISMS, OM, World, hidden


@pytest.fixture
def it(world: World) -> Department:
    return a_department(world, "IT", ["it-operations"], ["member"])


@pytest.fixture
def qa(world: World) -> Department:
    return a_department(world, "QA", ["isms-office"])


def led(*leads: Department, related: tuple[Department, ...] = ()) -> Answerers:
    return Answerers(frozenset(each.id for each in leads), frozenset(each.id for each in related))


def path(world: World, *more: object, isms: bool = False) -> str:
    head = world.isms if isms else world.om
    return "/".join([f"/o/{world.applicant.slug}/matrix/{head.id}", *map(str, more)])


def cells(response: TestResponse, item: str) -> list[tuple[str, str]]:
    """The words of an item's row: what is led, what is related."""
    row = next(row for row in response.text.split("<tr")[1:] if f">{item}<" in row)
    return re.findall(r'data-label="([^"]*)">\s*<span class="(answerer[^"]*)"', row)


def test_the_matrix_shows_leads_and_related_and_counts_what_nobody_leads(world: World, it: Department, qa: Department):
    share_out(world, world.om, {"om-01": led(it, related=(qa,)), "om-02": led(related=(qa,))})

    page = world.visitor("viewer").get(path(world))

    assert cells(page, "1") == [("IT", "answerer answerer-leads"), ("QA", "answerer")]
    assert cells(page, "2") == [("QA", "answerer")]
    assert re.search(r'Without a lead <span class="count">49</span>', page.text), "50 are asked, one is led"
    assert page.text.count('class="matrix-number"') == 50


def test_only_what_nobody_leads_is_shown_when_asked_for(world: World, it: Department):
    share_out(world, world.om, {"om-01": led(it)})

    text = world.visitor("viewer").get(path(world) + "?show=without-lead").text

    assert text.count('class="matrix-number"') == 49
    assert text.count("no lead") == 49


def test_a_section_is_set_item_by_item(world: World, it: Department, qa: Department):
    share_out(world, world.om, {"om-01": led(qa), "om-13": led(qa)})
    page = world.visitor("manager").get(path(world, "sections", "needs")).text
    fields = {
        "seen": hidden(page, "seen"),
        "om-02-leads": [str(it.id), str(qa.id)],
        "om-03-leads": str(it.id),
        "om-03-related": [str(it.id), str(qa.id), "nonsense"],
        "om-13-leads": str(it.id),
    }

    answer = world.visitor("manager").send(path(world, "sections", "needs"), fields)

    assert answer.status_code == 302
    assert shared_out(world, world.om) == {
        "om-02": led(it, qa), "om-03": led(it, related=(qa,)), "om-13": led(qa)
    }, "several may lead; who leads is not related as well; other sections stay"  # fmt: skip


def test_saving_leads_on_to_the_next_section(world: World, it: Department):
    seen = hidden(world.visitor("owner").get(path(world, "sections", "needs")).text, "seen")

    answer = world.visitor("owner").send(path(world, "sections", "needs"), {"seen": seen, "next": "1"})

    assert answer.location.endswith("/sections/design")


def test_a_change_that_came_too_late_is_kept_on_the_page_and_not_saved(world: World, it: Department, qa: Department):
    owner = world.visitor("owner")
    seen = hidden(owner.get(path(world, "sections", "needs")).text, "seen")
    share_out(world, world.om, {"om-01": led(qa)})

    late = owner.send(path(world, "sections", "needs"), {"seen": seen, "om-02-leads": str(it.id)})

    assert late.status_code == 409
    assert shared_out(world, world.om) == {"om-01": led(qa)}
    assert re.search(rf'name="om-02-leads" value="{it.id}" checked', late.text), "what was ticked stays ticked"
    fields = {"seen": hidden(late.text, "seen"), "om-02-leads": str(it.id)}
    assert owner.send(path(world, "sections", "needs"), fields).status_code == 302
    assert shared_out(world, world.om) == {"om-02": led(it)}


@pytest.mark.parametrize(("role", "expected"), [("leads", "leads"), ("related", "related"), ("none", None)])
def test_one_control_sets_a_whole_section(
    world: World, it: Department, qa: Department, role: str, expected: str | None
):
    share_out(world, world.om, {"om-01": led(qa, related=(it,)), "om-13": led(qa)})
    page = path(world, "sections", "needs")

    world.visitor("owner").send(f"{page}/all", {"department": str(it.id), "role": role}, page=page)

    found = shared_out(world, world.om)
    asked = ["om-01", "om-02", "om-03", "om-04", "om-05", "om-06", "om-07"]
    assert all((it.id in found.get(each, NOBODY).leads) == (expected == "leads") for each in asked)
    assert all((it.id in found.get(each, NOBODY).related) == (expected == "related") for each in asked)
    assert qa.id in found["om-01"].leads
    assert found["om-13"] == led(qa)


def test_another_organisations_department_leads_nothing(world: World, it: Department):
    foreign = "01a1fe1c-8298-7b40-895d-dc4632c2776e"
    page = path(world, "sections", "needs")
    seen = hidden(world.visitor("owner").get(page).text, "seen")

    world.visitor("owner").send(f"{page}/all", {"department": foreign, "role": "leads"}, page=page)
    world.visitor("owner").send(page, {"seen": seen, "om-01-leads": foreign})

    assert shared_out(world, world.om) == {}


def test_what_is_proposed_is_looked_at_first_and_only_what_is_ticked_is_taken_over(
    world: World, it: Department, qa: Department
):
    owner, page = world.visitor("owner"), path(world, "proposal", isms=True)
    share_out(world, world.isms, {"c-4.1": led(it)})

    text = owner.get(page).text

    assert shared_out(world, world.isms) == {"c-4.1": led(it)}, "looking changes nothing"
    ticked = re.findall(r'name="items" value="([^"]+)" checked', text)
    offered = re.findall(r'name="items" value="([^"]+)"', text)
    assert "c-4.1" in offered, "the questionnaire names the ISMS office for it"
    assert "c-4.1" not in ticked, "what has a lead is not replaced unless somebody ticks it"
    assert {"c-4.2", "a-8.13"} <= set(ticked)
    owner.send(page, {"seen": hidden(text, "seen"), "items": ["c-4.2", "a-8.13", "c-5.1", "x"]})
    found = shared_out(world, world.isms)
    assert set(found) == {"c-4.1", "c-4.2", "a-8.13"}, "5.1 is for top management: no such department"
    assert found["c-4.2"] == led(qa)
    assert it.id in found["a-8.13"].leads


def test_a_proposal_that_is_no_longer_the_same_takes_nothing_over(world: World, it: Department, qa: Department):
    owner, page = world.visitor("owner"), path(world, "proposal", isms=True)
    seen = hidden(owner.get(page).text, "seen")
    a_department(world, "Another IT", ["it-operations"])

    answer = owner.send(page, {"seen": seen, "items": ["a-8.13"]})

    assert answer.status_code == 409
    assert shared_out(world, world.isms) == {}


def test_a_questionnaire_that_names_nobody_lists_all_its_items_as_without_a_proposal(world: World, it: Department):
    text = unescape(world.visitor("owner").get(path(world, "proposal")).text)

    assert "50 items without a lead and without a proposal" in text
    assert 'name="items"' not in text


def test_a_proposal_is_offered_where_there_is_one(world: World, it: Department):
    owner = world.visitor("owner")

    assert path(world, "proposal", isms=True) in owner.get(path(world, isms=True)).text
    assert path(world, "proposal") not in owner.get(path(world)).text, "this questionnaire names nobody"


def test_an_assessment_put_away_is_read_and_not_changed(world: World, it: Department):
    archived(world, world.om)
    page = world.visitor("owner").get(path(world))

    assert page.status_code == 200
    assert "/sections/" not in page.text
    answer = world.visitor("owner").send(path(world, "sections", "needs"), {}, page=path(world, "proposal", isms=True))
    assert answer.status_code == 409


def test_sections_and_assessments_that_are_not_here(world: World, it: Department):
    owner = world.visitor("owner")
    assert owner.get(path(world, "sections", "nowhere")).status_code == 404
    foreign = f"/o/{world.elsewhere.slug}/matrix/{world.om.id}"
    assert world.visitor("stranger-owner").get(foreign).status_code == 404


def test_hostile_department_names_are_only_words(world: World):
    hostile = a_department(world, '<img src=x onerror=alert(1)>"')
    share_out(world, world.om, {"om-01": led(hostile)})
    for page in (path(world), path(world, "sections", "needs"), path(world, "proposal")):
        assert "<img src=x" not in world.visitor("owner").get(page).text


@pytest.mark.parametrize("more", ["", "/sections/needs", "/proposal"])
def test_a_large_matrix_asks_the_database_no_more_than_a_small_one(world: World, app: Flask, more: str):
    visitor, asked = world.visitor("owner"), []
    made = [a_department(world, functions=["it-operations"])]
    for header, count in ((OM, 1), (replace(ISMS, questionnaire="om-services@trial-1", level=1), 12)):
        head = world.assess(header)
        made += [a_department(world) for _ in range(count)]
        share_out(world, head, {f"om-{number:02}": led(*made) for number in range(1, 1 + 3 * count)})
        with app.app_context(), statements(db.engine) as said:
            assert visitor.get(f"/o/{world.applicant.slug}/matrix/{head.id}{more}").status_code == 200
        asked.append(len(said))

    assert asked[0] == asked[1] <= 12
