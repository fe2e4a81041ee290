"""Mine: the items of my departments across open assessments, unanswered first; what was said to me until I saw it."""

import re

import pytest
from flask import Flask

from answering.responsibilities import Answerers
from scoring.answers import Answer
from store import answers
from store.database import db, writing
from store.departments import Department
from tests.support.counting import statements
from tests.support.sharing import a_comment, a_department, archived, share_out
from tests.support.world import World


@pytest.fixture
def it(world: World) -> Department:
    return a_department(world, "IT", ["it-operations"], ["member"])


def led(*leads: Department, related: tuple[Department, ...] = ()) -> Answerers:
    return Answerers(frozenset(each.id for each in leads), frozenset(each.id for each in related))


def page(world: World, name: str = "member") -> str:
    return world.visitor(name).get(f"/o/{world.applicant.slug}/mine").text


def numbers(text: str) -> list[str]:
    return re.findall(r'<span class="matrix-number">([^<]*)</span>', text)


def test_who_belongs_to_no_department_is_told_what_to_do(world: World):
    text = page(world, "viewer")

    assert "You belong to no department yet" in text
    assert f"/o/{world.applicant.slug}/departments" in text


def test_the_items_of_my_departments_stand_here_unanswered_ones_first(world: World, it: Department):
    other = a_department(world, "QA")
    share_out(world, world.om, {
        "om-01": led(it), "om-02": led(other, related=(it,)), "om-03": led(it), "om-04": led(other),
    })  # fmt: skip
    share_out(world, world.isms, {"c-4.1": led(it)})
    world.answer(world.om, "om-01", Answer(conclusion="conform"))

    text = page(world)

    assert "IT" in text
    assert "3 items wait for you" in text
    assert sorted(numbers(text)) == ["1", "2", "3", "4.1"]
    assert numbers(text).index("3") < numbers(text).index("2"), "what one leads comes before what one is related to"
    assert "1 answered item" in text


def test_what_is_flagged_waits_although_it_is_answered(world: World, it: Department):
    share_out(world, world.om, {"om-01": led(it)})
    world.answer(world.om, "om-01", Answer(conclusion="conform"))
    with world.app.app_context(), writing() as database:
        answers.flag(database, world.om, "om-01", flagged=True, by=world.people["owner"])

    text = page(world)

    assert "1 item waits for you" in text
    assert "Second look" in text


def test_what_the_target_does_not_ask_for_and_what_is_put_away_is_not_mine(world: World, it: Department):
    share_out(world, world.om, {"om-08": led(it)})
    share_out(world, world.isms, {"c-4.1": led(it)})
    assert numbers(page(world)) == ["4.1"], "item 8 belongs to level 1 only"

    archived(world, world.isms)

    assert "Nothing falls to you yet" in page(world)


def test_what_was_said_to_me_stands_here_until_i_have_read_it(world: World):
    a_comment(world, world.om, "Where is the <b>budget</b>?", to=["member"])
    assert "Where is the &lt;b&gt;budget&lt;/b&gt;?" in page(world)
    assert "Where is the" not in page(world, "contributor")

    member, thread = world.visitor("member"), f"/o/{world.applicant.slug}/comments/{world.om.id}/om-01"
    assert "I have read it" in member.get(thread).text
    assert "Where is the" in page(world), "looking at a page changes nothing"
    assert "I have read it" not in world.visitor("contributor").get(thread).text

    assert member.send(f"{thread}/seen", page=thread).status_code == 302
    assert "Where is the" not in page(world)
    assert "I have read it" not in member.get(thread).text


def test_whoever_answers_what_was_said_to_them_has_read_it(world: World):
    a_comment(world, world.om, "Where is the budget?", to=["member"])

    world.visitor("member").send(f"/o/{world.applicant.slug}/comments/{world.om.id}/om-01", {"text": "Here"})

    assert "Where is the" not in page(world)


def test_another_organisation_has_nothing_of_mine(world: World, it: Department):
    share_out(world, world.om, {"om-01": led(it)})
    text = world.visitor("stranger-owner").get(f"/o/{world.elsewhere.slug}/mine").text

    main = text.partition("<main")[2]
    assert re.search(r"\bIT\b", main) is None
    assert numbers(text) == []


def test_much_that_is_mine_asks_the_database_no_more_than_a_little(world: World, app: Flask, it: Department):
    visitor, asked = world.visitor("member"), []
    for count in (1, 8):
        for _ in range(count):
            head = world.assess()
            share_out(world, head, {f"om-{number:02}": led(it) for number in range(1, 5 * count)})
            a_comment(world, head, to=["member"])
        with app.app_context(), statements(db.engine) as said:
            visitor.get(f"/o/{world.applicant.slug}/mine")
        asked.append(len(said))

    assert asked[0] == asked[1] <= 14
